using Architecture.Tests.Arrows.InArgument;
using Architecture.Tests.Arrows.InAttribute;
using Architecture.Tests.Arrows.InBase;
using Architecture.Tests.Arrows.InBody;
using Architecture.Tests.Arrows.InConstant;
using Architecture.Tests.Arrows.InConstraint;
using Architecture.Tests.Arrows.InField;
using Architecture.Tests.Arrows.InSignature;

namespace Architecture.Tests.Arrows.From;

/// <summary>Names a type of another namespace in each of the ways there are; a comment, Comments.Only, is none of them.</summary>
[Mark]
internal abstract class Everything<T> : Base
    where T : Bound
{
    private readonly List<Held[]?> _held = [];

    public abstract Result? Make(int count);

    /// <summary>The body is behind a jump table, which a reader of instructions has to step over.</summary>
    public int Run(int way)
    {
        switch (way)
        {
            case Numbers.One:
                return Array.Empty<Item>().Length;
            case 2:
                return _held.Count;
            case 3:
                return way * way;
            case 4:
                return -way;
            default:
                return ((object)this as Chosen)?.Value ?? 0;
        }
    }
}
