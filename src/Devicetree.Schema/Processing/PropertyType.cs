using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Devicetree.Schema.Processing;

/// <summary>What the elements of a property's value are.</summary>
internal enum ElementKind
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
internal enum ElementShape
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
internal readonly record struct SizeRange(long Minimum, long Maximum)
{
    /// <summary>Whether only one size is allowed.</summary>
    public bool IsFixed => Minimum > 0 && Minimum == Maximum;
}

/// <summary>The sizes of a list of lists.</summary>
/// <param name="Outer">How many rows.</param>
/// <param name="Inner">How many elements in each.</param>
internal readonly record struct PropertyDimensions(SizeRange Outer, SizeRange Inner);

/// <summary>
/// A type that schemas give a property (devicetree.md 5.4). The name says it all; the rest is worked out from it.
/// </summary>
/// <param name="Name">The name, <c>uint32-matrix</c> for instance; null when schemas know the property but not its type.</param>
/// <param name="Dimensions">The sizes of a matrix, when schemas limit them.</param>
internal sealed record PropertyType(string? Name, PropertyDimensions? Dimensions)
{
    private readonly Form _form = Form.Of(Name);

    /// <summary>What the elements are.</summary>
    public ElementKind Kind => _form.Kind;

    /// <summary>How they are grouped. References and addresses are always lists of lists, strings always lists.</summary>
    public ElementShape Shape => _form.Shape;

    /// <summary>The width of an element in bits: 8, 16, 32 or 64; 0 where elements have none.</summary>
    public int Bits => _form.Bits;

    /// <summary>Whether elements are numbers that can be negative.</summary>
    public bool IsSigned => _form.IsSigned;

    /// <summary>Whether it is exactly one element: a number, or a phandle without arguments.</summary>
    internal bool IsSingle => Kind == ElementKind.Number && Shape == ElementShape.Scalar || Name == "phandle";

    /// <summary>Whether the original keeps dimensions for the type: matrices, and references with arguments.</summary>
    internal static bool HasDimensions([NotNullWhen(true)] string? name) =>
        name is not null && (name == "phandle-array" || name.EndsWith("-matrix", StringComparison.Ordinal));

    /// <summary>What a name says. Decoding asks for it at every property of every node.</summary>
    private readonly record struct Form(ElementKind Kind, ElementShape Shape, int Bits, bool IsSigned)
    {
        public static Form Of(string? name) => name switch
        {
            "flag" => new(ElementKind.Flag, ElementShape.Scalar, 0, false),
            "string" or "string-array" => new(ElementKind.Text, ElementShape.Array, 0, false),
            "phandle" or "phandle-array" => new(ElementKind.Phandle, ElementShape.Matrix, 32, false),
            "address" => new(ElementKind.Address, ElementShape.Matrix, 32, false),
            _ => OfNumber(name),
        };

        private static Form OfNumber(ReadOnlySpan<char> name)
        {
            bool isSigned = !name.StartsWith('u');
            ReadOnlySpan<char> rest = isSigned ? name : name[1..];
            int hyphen = rest.IndexOf('-');
            ReadOnlySpan<char> suffix = hyphen < 0 ? "" : rest[hyphen..];
            if (!rest.StartsWith("int") || suffix is not ("" or "-array" or "-matrix")
                || !int.TryParse(hyphen < 0 ? rest[3..] : rest[3..hyphen], NumberStyles.None, CultureInfo.InvariantCulture,
                    out int bits)
                || bits is not (8 or 16 or 32 or 64))
            {
                return default;
            }
            ElementShape shape = suffix switch
            {
                "-matrix" => ElementShape.Matrix,
                "-array" => ElementShape.Array,
                _ => ElementShape.Scalar,
            };
            return new(ElementKind.Number, shape, bits, isSigned);
        }
    }
}
