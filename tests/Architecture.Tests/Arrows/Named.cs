namespace Architecture.Tests.Arrows.InArgument
{
    internal sealed class Item;
}

namespace Architecture.Tests.Arrows.InAttribute
{
    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class MarkAttribute : Attribute;
}

namespace Architecture.Tests.Arrows.InBase
{
    internal abstract class Base;
}

namespace Architecture.Tests.Arrows.InConstant
{
    internal static class Numbers
    {
        public const int One = 1;
    }
}

namespace Architecture.Tests.Arrows.InConstraint
{
    internal abstract class Bound;
}

namespace Architecture.Tests.Arrows.InField
{
    internal sealed class Held;
}

namespace Architecture.Tests.Arrows.InSignature
{
    internal sealed class Result;
}

namespace Architecture.Tests.Arrows.InBody
{
    internal sealed class Chosen
    {
        public int Value { get; init; }
    }
}
