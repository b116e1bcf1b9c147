using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Devicetree;
using Devicetree.Interpretation;
using Gunyah.ResourceManager.Boot;

namespace Gunyah.ResourceManager.Overlays;

/// <summary>How many cells an address and a size take in the <c>reg</c> of a node's children.</summary>
/// <param name="Address">Cells of an address.</param>
/// <param name="Size">Cells of a size.</param>
internal readonly record struct RegCells(int Address, int Size)
{
    /// <summary>Addresses of memory have at most 64 bits.</summary>
    private const uint Most = 2;

    /// <summary>Reads <c>#address-cells</c> and <c>#size-cells</c>; false where they make no sense.</summary>
    public static bool TryReadOf(Node parent, out RegCells cells)
    {
        uint address = AddressReader.AddressCells(parent) ?? 0;
        uint size = AddressReader.SizeCells(parent) ?? 0;
        cells = new((int)address, (int)size);
        return address is >= 1 and <= Most && size is >= 1 and <= Most;
    }

    /// <summary>Encodes ranges; false where a number does not fit.</summary>
    public bool TryEncode(IEnumerable<MemoryBlock> blocks, [NotNullWhen(true)] out uint[]? reg)
    {
        reg = null;
        var cells = new List<uint>();
        foreach (MemoryBlock block in blocks)
        {
            if (!TryEncode(block.Base, Address, cells) || !TryEncode(block.Size, Size, cells))
                return false;
        }
        reg = [.. cells];
        return true;
    }

    /// <summary>Encodes one number in the cells of an address.</summary>
    public bool TryEncodeAddress(ulong value, [NotNullWhen(true)] out uint[]? encoded)
    {
        var cells = new List<uint>();
        encoded = TryEncode(value, Address, cells) ? [.. cells] : null;
        return encoded is not null;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"#address-cells {Address}, #size-cells {Size}");

    private static bool TryEncode(ulong value, int width, List<uint> cells)
    {
        for (int cell = width - 1; cell >= 0; cell--)
            cells.Add((uint)(value >> (32 * cell)));
        return width == Most || value <= uint.MaxValue;
    }
}
