using Devicetree.Schema.Decoding;
using Devicetree.Schema.Patterns;

namespace Devicetree.Schema.Validation.Keywords;

/// <summary><c>type</c>: the value is of one of these types.</summary>
internal sealed class TypeKeyword(IReadOnlyList<string> types) : Assertion("type")
{
    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        foreach (string type in types)
        {
            if (Is(value, type))
                return true;
        }
        return false;
    }

    /// <summary>Whether a value is of a type of JSON Schema. Raw bytes are of none.</summary>
    internal static bool Is(DecodedValue value, string type) => type switch
    {
        "object" => value is DecodedNode,
        "array" => value is DecodedList,
        "string" => value is DecodedText,
        "boolean" => value is DecodedFlag,
        "integer" => value is DecodedInteger || value is DecodedFloat real && double.IsInteger(real.Value),
        "number" => value is DecodedInteger or DecodedFloat,
        "null" => value is DecodedNull,
        _ => false,
    };

    /// <summary>
    /// Whether the type of a value is one that is wanted here; decides between errors that are otherwise equally good.
    /// </summary>
    internal bool Accepts(DecodedValue value) => types.Any(type => Is(value, type));
}

/// <summary><c>const</c>: the value is this one.</summary>
internal sealed class ConstKeyword(DecodedValue expected) : Assertion("const")
{
    public DecodedValue Expected { get; } = expected;

    public override bool IsValid(Evaluation evaluation, DecodedValue value) => DecodedEquality.AreEqual(value, Expected);
}

/// <summary><c>enum</c>: the value is one of these.</summary>
internal sealed class EnumKeyword : Assertion
{
    /// <summary>Up to so many are compared one by one.</summary>
    private const int SearchedInTurn = 8;

    private readonly HashSet<DecodedValue>? _set;

    public EnumKeyword(DecodedList options)
        : base("enum")
    {
        Options = options;
        if (options.Count > SearchedInTurn)
            _set = new(options.Items, DecodedEquality.Comparer);
    }

    public DecodedList Options { get; }

    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        if (_set is not null)
            return _set.Contains(value);
        foreach (DecodedValue option in Options.Span)
        {
            if (DecodedEquality.AreEqual(option, value))
                return true;
        }
        return false;
    }
}

/// <summary><c>pattern</c>: a string has a match of it somewhere.</summary>
internal sealed class PatternKeyword(string pattern) : Assertion("pattern")
{
    private PatternSet? _set;

    public string Pattern { get; } = pattern;

    public override bool IsValid(Evaluation evaluation, DecodedValue value) =>
        value is not DecodedText text || (_set ??= new PatternSet([Pattern])).IsMatch(text.Value);
}

/// <summary><c>minimum</c>, <c>maximum</c> and their exclusive forms: a limit of a number.</summary>
internal sealed class LimitKeyword(string name, DecodedValue limit, bool isUpper, bool isExclusive) : Assertion(name)
{
    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        if (value is not (DecodedInteger or DecodedFloat))
            return true;
        int order = Compare(value, limit);
        return isExclusive ? (isUpper ? order < 0 : order > 0) : (isUpper ? order <= 0 : order >= 0);
    }

    private static int Compare(DecodedValue one, DecodedValue other) => (one, other) switch
    {
        (DecodedInteger a, DecodedInteger b) => a.Value.CompareTo(b.Value),
        _ => Real(one).CompareTo(Real(other)),
    };

    private static double Real(DecodedValue value) =>
        value is DecodedInteger integer ? (double)integer.Value : ((DecodedFloat)value).Value;
}

/// <summary><c>multipleOf</c>: a number is divisible by it.</summary>
internal sealed class MultipleOfKeyword(Int128 divisor) : Assertion("multipleOf")
{
    public override bool IsValid(Evaluation evaluation, DecodedValue value) => value switch
    {
        DecodedInteger integer => integer.Value % divisor == 0,
        DecodedFloat real => real.Value % (double)divisor == 0,
        _ => true,
    };
}

/// <summary>
/// <c>minItems</c>, <c>maxItems</c>, <c>minLength</c>, <c>maxLength</c>, <c>minProperties</c>, <c>maxProperties</c>.
/// </summary>
internal sealed class SizeKeyword(string name, Int128 limit, bool isUpper, Func<DecodedValue, int?> size) : Assertion(name)
{
    public override bool IsValid(Evaluation evaluation, DecodedValue value) =>
        size(value) is not int count || (isUpper ? count <= limit : count >= limit);

    protected override int? CountOf(DecodedValue value) => size(value);
}

/// <summary><c>uniqueItems</c>: no item stands twice.</summary>
internal sealed class UniqueItemsKeyword() : Assertion("uniqueItems")
{
    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        if (value is not DecodedList { Count: > 1 } list)
            return true;
        return new HashSet<DecodedValue>(list.Items, DecodedEquality.Comparer).Count == list.Count;
    }
}

/// <summary><c>typeSize</c>, dt-schema's own: the elements are so many bits wide. What has no width counts as 32 bits.</summary>
internal sealed class TypeSizeKeyword(Int128 bits) : Assertion("typeSize")
{
    public override bool IsValid(Evaluation evaluation, DecodedValue value) => Bits(value) == bits;

    protected override int? CountOf(DecodedValue value) => Bits(value);

    private static int Bits(DecodedValue value) => value is DecodedInteger integer ? integer.Bits : 32;
}
