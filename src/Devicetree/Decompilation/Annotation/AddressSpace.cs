using System.Buffers.Binary;
using Devicetree.Live;

namespace Devicetree.Decompilation.Annotation;

/// <summary>
/// The addresses among the children of a node (Devicetree Specification 0.4, sections 2.3.5 and 2.3.8). Not inherited; addresses
/// of more than two cells, such as those of PCI, are counted but not read.
/// </summary>
/// <param name="AddressCells">Cells of an address.</param>
/// <param name="SizeCells">Cells of a size.</param>
internal readonly record struct AddressSpace(int AddressCells, int SizeCells)
{
    private const int DefaultAddressCells = 2;
    private const int DefaultSizeCells = 1;
    private const int MaxCells = 16;
    private const int MaxReadable = 2;

    /// <summary>Cells of an entry of <c>reg</c>; 0 when the node does not say it sensibly.</summary>
    public int EntryCells => AddressCells + SizeCells;

    private bool IsReadable => AddressCells is > 0 and <= MaxReadable && SizeCells <= MaxReadable;

    /// <summary>The space below a node.</summary>
    public static AddressSpace Of(LiveNode bus)
    {
        uint address = Count(bus, PropertyNames.AddressCells, DefaultAddressCells),
            size = Count(bus, PropertyNames.SizeCells, DefaultSizeCells);
        return address <= MaxCells && size <= MaxCells ? new((int)address, (int)size) : default;
    }

    /// <summary>Cells of an entry of the <c>ranges</c> of a node; null for the root.</summary>
    public static int? RangeCells(LiveNode bus)
    {
        if (bus.Parent is null)
            return null;
        AddressSpace inner = Of(bus);
        return inner.AddressCells + Of(bus.Parent).AddressCells + inner.SizeCells;
    }

    /// <summary>Reads one entry of the <c>reg</c> of a node, and where a CPU sees it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="entry">The bytes of the entry.</param>
    /// <param name="address">The address for a CPU.</param>
    /// <param name="size">The size in bytes.</param>
    /// <returns>False where a CPU does not see it, or it cannot be told.</returns>
    public static bool TryTranslate(LiveNode node, ReadOnlySpan<byte> entry, out ulong address, out ulong size)
    {
        address = size = 0;
        if (node.Parent is not LiveNode bus || Of(bus) is not { IsReadable: true, SizeCells: > 0 } space)
            return false;
        address = Number(entry[..(space.AddressCells * sizeof(uint))]);
        size = Number(entry[(space.AddressCells * sizeof(uint))..]);
        for (; bus.Parent is LiveNode outer; bus = outer)
        {
            if (!TryTranslate(bus, Of(bus), Of(outer), ref address))
                return false;
        }
        return true;
    }

    private static bool TryTranslate(LiveNode bus, AddressSpace inner, AddressSpace outer, ref ulong address)
    {
        if (bus.Properties.FindLive(PropertyNames.Ranges) is not LiveProperty ranges)
            return false;
        if (ranges.Value.Length == 0)
            return true;
        if (!inner.IsReadable || !outer.IsReadable)
            return false;
        int from = inner.AddressCells * sizeof(uint), to = from + (outer.AddressCells * sizeof(uint)),
            width = to + (inner.SizeCells * sizeof(uint));
        for (ReadOnlySpan<byte> rest = ranges.Value.Bytes.Span; rest.Length >= width; rest = rest[width..])
        {
            ulong start = Number(rest[..from]);
            if (address < start || address - start >= Number(rest[to..width]))
                continue;
            address = address - start + Number(rest[from..to]);
            return true;
        }
        return false;
    }

    private static ulong Number(ReadOnlySpan<byte> cells)
    {
        ulong number = 0;
        for (; cells.Length >= sizeof(uint); cells = cells[sizeof(uint)..])
            number = (number << 32) | BinaryPrimitives.ReadUInt32BigEndian(cells);
        return number;
    }

    private static uint Count(LiveNode bus, string name, uint otherwise) =>
        bus.Properties.FindLive(name) is not LiveProperty property ? otherwise
        : property.Value.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(property.Value.Bytes.Span) : uint.MaxValue;
}
