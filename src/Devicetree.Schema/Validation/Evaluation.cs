using System.Buffers;
using Devicetree.Schema.Decoding;

namespace Devicetree.Schema.Validation;

/// <summary>
/// The state of one validation: where it is, and how much it has done. Belongs to one thread and may be used for one value after
/// the other.
/// </summary>
internal sealed class Evaluation
{
    /// <summary>
    /// Schemas inside of schemas, through references too. A finite value under real bindings needs a tenth of it; a schema that
    /// refers to itself without going down into the value reaches it.
    /// </summary>
    private const int MaxDepth = 400;

    /// <summary>
    /// Schemas applied to one value and what is in it. The largest node of Linux 6.1 with the most expensive schemas stays two
    /// orders of magnitude below.
    /// </summary>
    private const int MaxWork = 20_000_000;

    private readonly List<PathStep> _path = [];
    private readonly List<PathStep> _schemaPath = [];
    private int _pathBase;
    private int _schemaPathBase;
    private int _depth;
    private int _work;

    /// <summary>True when a limit was reached; the verdict of the value is then unknown.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Begins again, for the next value.</summary>
    public void Reset()
    {
        _depth = 0;
        _work = 0;
        IsExhausted = false;
    }

    /// <summary>
    /// Enters a schema; false when a limit is reached, and then everything counts as valid so that the end comes soon.
    /// </summary>
    internal bool TryEnter()
    {
        if (_depth < MaxDepth && _work < MaxWork)
        {
            _depth++;
            _work++;
            return true;
        }
        IsExhausted = true;
        _work = MaxWork;
        return false;
    }

    internal void Leave() => _depth--;

    /// <summary>
    /// How often a schema was applied whose verdict nobody knows. A verdict between which it grew depends on one: "it fits" then
    /// means no more than "nothing says that it does not", and the opposite must not be concluded from it.
    /// </summary>
    internal int Unknowns { get; private set; }

    /// <summary>Notes that such a schema was applied.</summary>
    internal void MeetUnknown() => Unknowns++;

    internal void Push(PathStep? step, PathStep? schemaStep)
    {
        if (step is PathStep there)
            _path.Add(there);
        if (schemaStep is PathStep rule)
            _schemaPath.Add(rule);
    }

    internal void Pop(PathStep? step, PathStep? schemaStep)
    {
        if (step is not null)
            _path.RemoveAt(_path.Count - 1);
        if (schemaStep is not null)
            _schemaPath.RemoveAt(_schemaPath.Count - 1);
    }

    /// <summary>An error at the place where the evaluation is.</summary>
    internal SchemaError Error(
        string? keyword, CompiledSchema schema, DecodedValue instance, List<SchemaError>? context = null,
        IReadOnlyList<string>? keys = null,
        int? count = null, IReadOnlyList<CompiledSchema>? fitting = null)
    {
        var error = new SchemaError(keyword, schema, instance, [.. _path.Skip(_pathBase)], [.. _schemaPath.Skip(_schemaPathBase)])
        {
            Context = context ?? (IReadOnlyList<SchemaError>)[],
            Keys = keys ?? [],
            Count = count,
            Fitting = fitting ?? [],
        };
        foreach (SchemaError inner in error.Context)
            inner.Parent = error;
        return error;
    }

    /// <summary>Lets the paths of the errors that follow begin here, until <see cref="EndContext"/>.</summary>
    internal (int Path, int SchemaPath) BeginContext()
    {
        (int, int) before = (_pathBase, _schemaPathBase);
        (_pathBase, _schemaPathBase) = (_path.Count, _schemaPath.Count);
        return before;
    }

    internal void EndContext((int Path, int SchemaPath) before) => (_pathBase, _schemaPathBase) = before;

    /// <summary>Marks for the keys of a mapping, all false. They go back with <see cref="Return"/>.</summary>
    internal static bool[] Rent(int count)
    {
        bool[] marks = ArrayPool<bool>.Shared.Rent(count);
        marks.AsSpan(0, count).Clear();
        return marks;
    }

    internal static void Return(bool[] marks) => ArrayPool<bool>.Shared.Return(marks);
}
