using Devicetree.Live;

namespace Devicetree.Schema.Decoding.Trees;

/// <summary>How a value was written in its source. Where several types fit a blob's bytes, this decides.</summary>
internal enum ValueSyntax
{
    /// <summary>Not known: the tree comes from a blob, or the value is a mixture.</summary>
    Unknown,

    /// <summary>Strings.</summary>
    Text,

    /// <summary>Elements of 8 bits.</summary>
    Numbers8,

    /// <summary>Elements of 16 bits.</summary>
    Numbers16,

    /// <summary>Cells.</summary>
    Numbers32,

    /// <summary>Elements of 64 bits.</summary>
    Numbers64,
}

/// <summary>Finds the syntax of a value of a live tree.</summary>
internal static class ValueSyntaxReader
{
    /// <summary>The syntax of a value, unknown unless all of it was written in one.</summary>
    public static ValueSyntax Of(LiveValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        ValueSyntax found = ValueSyntax.Unknown;
        foreach (Marker marker in value.Markers)
        {
            ValueSyntax part = marker.Kind switch
            {
                MarkerKind.Text or MarkerKind.PathReference => ValueSyntax.Text,
                MarkerKind.Bytes => ValueSyntax.Numbers8,
                MarkerKind.Elements16 => ValueSyntax.Numbers16,
                MarkerKind.Cells => ValueSyntax.Numbers32,
                MarkerKind.Elements64 => ValueSyntax.Numbers64,
                _ => ValueSyntax.Unknown,
            };
            if (marker.Kind == MarkerKind.Untyped || part != ValueSyntax.Unknown && found != ValueSyntax.Unknown && part != found)
                return ValueSyntax.Unknown;
            if (part != ValueSyntax.Unknown)
                found = part;
        }
        return found;
    }

    internal static int Bits(this ValueSyntax syntax) => syntax switch
    {
        ValueSyntax.Numbers8 => 8,
        ValueSyntax.Numbers16 => 16,
        ValueSyntax.Numbers32 => 32,
        ValueSyntax.Numbers64 => 64,
        _ => 0,
    };
}
