using Devicetree.Live;

namespace Devicetree.Typing;

/// <summary>What the bytes of a value are.</summary>
internal enum ValueShape
{
    /// <summary>Strings, each with a NUL at its end.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Numbers of 32 bits.</summary>
    Cells,

    /// <summary>Numbers of 32 bits that may be negative.</summary>
    SignedCells,

    /// <summary>Numbers of 64 bits.</summary>
    Elements64,
}

/// <summary>What is known of a property without a look at its bytes.</summary>
/// <param name="Shape">What its bytes are.</param>
/// <param name="MayRefer">Whether cells of it may be phandles.</param>
internal sealed record PropertyType(ValueShape Shape, bool MayRefer = false)
{
    /// <summary>The marker that says so in a live tree.</summary>
    public MarkerKind Marker => Shape switch
    {
        ValueShape.Text => MarkerKind.Text,
        ValueShape.Bytes => MarkerKind.Bytes,
        ValueShape.Elements64 => MarkerKind.Elements64,
        _ => MarkerKind.Cells,
    };
}
