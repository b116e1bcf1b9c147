using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Devicetree.Schema.Processing;

/// <summary>What the elements of a property's value are.</summary>
public enum ElementKind
{
    /// <summary>A name that is none of dt-schema's types; nothing is known of the value.</summary>
    Unknown,

    /// <summary>There is no value: the property's presence is what counts.</summary>
    Flag,

    /// <summary>Numbers of a fixed width.</summary>
    Number,

    /// <summary>Strings.</summary>
    Text,

    /// <summary>Cells that refer to nodes, perhaps with arguments behind each.</summary>
    Phandle,

    /// <summary>Addresses and sizes, as wide as the parent node says.</summary>
    Address,
}

/// <summary>How the elements of a property's value are grouped.</summary>
public enum ElementShape
{
    /// <summary>One element.</summary>
    Scalar,

    /// <summary>A list.</summary>
    Array,

    /// <summary>A list of lists.</summary>
    Matrix,
}

/// <summary>The smallest and the largest size of a list.</summary>
/// <param name="Minimum">At least so many.</param>
/// <param name="Maximum">At most so many; 0 means any number.</param>
public readonly record struct SizeRange(long Minimum, long Maximum)
{
    /// <summary>Whether only one size is allowed.</summary>
    public bool IsFixed => Minimum > 0 && Minimum == Maximum;
}

/// <summary>The sizes of a list of lists.</summary>
/// <param name="Outer">How many rows.</param>
/// <param name="Inner">How many elements in each.</param>
public readonly record struct PropertyDimensions(SizeRange Outer, SizeRange Inner);

/// <summary>
/// A type that schemas give a property (reference 5.4). The name says it all; the rest is worked out from it.
/// </summary>
/// <param name="Name">The name, <c>uint32-matrix</c> for instance; null when schemas know the property but not its type.</param>
/// <param name="Dimensions">The sizes of a matrix, when schemas limit them.</param>
public sealed record PropertyType(string? Name, PropertyDimensions? Dimensions)
{
    /// <summary>What the elements are.</summary>
    public ElementKind Kind => Name switch
    {
        "flag" => ElementKind.Flag,
        "string" or "string-array" => ElementKind.Text,
        "phandle" or "phandle-array" => ElementKind.Phandle,
        "address" => ElementKind.Address,
        _ => TryGetInteger(out _, out _) ? ElementKind.Number : ElementKind.Unknown,
    };

    /// <summary>How they are grouped. References and addresses are always lists of lists, strings always lists.</summary>
    public ElementShape Shape => Kind switch
    {
        ElementKind.Phandle or ElementKind.Address => ElementShape.Matrix,
        ElementKind.Text => ElementShape.Array,
        ElementKind.Number when Name!.EndsWith("-matrix", StringComparison.Ordinal) => ElementShape.Matrix,
        ElementKind.Number when Name!.EndsWith("-array", StringComparison.Ordinal) => ElementShape.Array,
        _ => ElementShape.Scalar,
    };

    /// <summary>The width of an element in bits: 8, 16, 32 or 64; 0 where elements have none.</summary>
    public int Bits => TryGetInteger(out int bits, out _) ? bits : Kind is ElementKind.Phandle or ElementKind.Address ? 32 : 0;

    /// <summary>Whether elements are numbers that can be negative.</summary>
    public bool IsSigned => TryGetInteger(out _, out bool isSigned) && isSigned;

    /// <summary>Whether the original keeps dimensions for the type: matrices, and references with arguments.</summary>
    internal static bool HasDimensions([NotNullWhen(true)] string? name) =>
        name is not null && (name == "phandle-array" || name.EndsWith("-matrix", StringComparison.Ordinal));

    private bool TryGetInteger(out int bits, out bool isSigned)
    {
        ReadOnlySpan<char> rest = Name;
        isSigned = !rest.StartsWith('u');
        rest = isSigned ? rest : rest[1..];
        int hyphen = rest.IndexOf('-');
        ReadOnlySpan<char> suffix = hyphen < 0 ? "" : rest[hyphen..];
        bits = 0;
        return rest.StartsWith("int") && suffix is "" or "-array" or "-matrix"
            && int.TryParse(hyphen < 0 ? rest[3..] : rest[3..hyphen], NumberStyles.None, CultureInfo.InvariantCulture, out bits)
            && bits is 8 or 16 or 32 or 64;
    }
}
