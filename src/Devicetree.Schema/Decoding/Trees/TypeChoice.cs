using Devicetree.Schema.Processing;

namespace Devicetree.Schema.Decoding.Trees;

/// <summary>
/// Leaves of several types those that a value of some length can have (devicetree.md 5.5, step 4), and with a known syntax those
/// that it was meant to have.
/// </summary>
internal static class TypeChoice
{
    public static IReadOnlyList<PropertyType> Reduce(IReadOnlyList<PropertyType> types, int length, ValueSyntax syntax)
    {
        if (types.Count < 2)
            return types;
        List<PropertyType> left = [.. types.Where(type => Fits(type, length))];
        left.RemoveAll(type => type.Name!.StartsWith("uint", StringComparison.Ordinal)
            && type.IsSingle
            && left.Exists(other => other.Name == type.Name[1..]));
        if (syntax != ValueSyntax.Unknown && left.Count > 1)
            Prefer(left, syntax == ValueSyntax.Text ? IsText : type => !IsText(type));
        if (syntax.Bits() is int bits and > 0 && left.Count > 1)
            Prefer(left, type => type.Bits == bits);
        return left;
    }

    public static bool IsText(PropertyType type) => type.Kind == ElementKind.Text;

    private static void Prefer(List<PropertyType> types, Predicate<PropertyType> wanted)
    {
        if (types.Exists(wanted))
            types.RemoveAll(type => !wanted(type));
    }

    private static bool Fits(PropertyType type, int length) => type.Kind switch
    {
        ElementKind.Flag => false,
        // The original looks at no matrix of numbers here.
        ElementKind.Number when type.Shape == ElementShape.Matrix => true,
        ElementKind.Number or ElementKind.Phandle => FitsElements(type, length),
        _ => true,
    };

    private static bool FitsElements(PropertyType type, int length)
    {
        int size = type.Bits / 8;
        if (length % size != 0 || type.IsSingle && length > size && size < sizeof(ulong))
            return false;
        return size < sizeof(ulong) || length > sizeof(uint);
    }
}
