using System.Diagnostics.CodeAnalysis;

namespace Devicetree.Interpretation;

/// <summary>A region of an address space, or an address alone.</summary>
/// <param name="Address">The first address, in the address space of the node's parent.</param>
/// <param name="Size">The size in bytes; 0 where the parent has no size cells, so that addresses are bare numbers.</param>
public readonly record struct AddressRegion(ulong Address, ulong Size);

/// <summary>
/// What <c>reg</c> means (Devicetree Specification 0.4, sections 2.3.5 and 2.3.6). Numbers over 64 bits are refused.
/// </summary>
public static class AddressReader
{
    private const int DefaultAddressCells = 2;
    private const int DefaultSizeCells = 1;
    private const int MaxCells = 2;

    /// <summary>
    /// The number of cells of an address among the children of a node: its <c>#address-cells</c>, 2 without one. Not inherited.
    /// Null when the property is not one cell.
    /// </summary>
    public static uint? AddressCells(Node bus) => CellCount(bus, PropertyNames.AddressCells, DefaultAddressCells);

    /// <summary>
    /// The number of cells of a size among the children of a node: its <c>#size-cells</c>, 1 without one. Not inherited. Null
    /// when the property is not one cell.
    /// </summary>
    public static uint? SizeCells(Node bus) => CellCount(bus, PropertyNames.SizeCells, DefaultSizeCells);

    /// <summary>
    /// Decodes the <c>reg</c> of a node with the cell counts of its parent. Without a <c>reg</c> there are no regions.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="regions">The regions in order, null on error.</param>
    /// <param name="reason">What is wrong, null when nothing is.</param>
    public static bool TryGetRegions(
        Node node, [NotNullWhen(true)] out IReadOnlyList<AddressRegion>? regions, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(node);
        regions = null;
        reason = null;
        if (node.Property(PropertyNames.Reg) is not Property reg)
        {
            regions = [];
            return true;
        }
        if (node.Parent is not Node bus)
            reason = "the root has no addresses, but a reg";
        else if (AddressCells(bus) is not uint addressCells || SizeCells(bus) is not uint sizeCells)
            reason = $"the cell counts of {bus} are not one cell each";
        else if (addressCells is 0 or > MaxCells || sizeCells > MaxCells)
            reason = $"{bus} has addresses of {addressCells} cells and sizes of {sizeCells}; up to {MaxCells} can be read";
        else if (!reg.TryGetCells(out uint[]? cells) || cells.Length % (addressCells + sizeCells) != 0)
            reason = $"{node}:{reg.Name} has {reg.Value.Length} bytes, which is not a multiple of {addressCells} + {sizeCells} "
                + "cells";
        else
            regions = Decode(cells, (int)addressCells, (int)sizeCells);
        return regions is not null;
    }

    /// <summary>
    /// The banks of RAM: the regions of the root's children with <c>device_type = "memory"</c>, in order. That property decides,
    /// not the name, as in Linux.
    /// </summary>
    /// <param name="tree">The tree.</param>
    /// <param name="banks">The banks in order, null on error.</param>
    /// <param name="reason">Which node cannot be read and why, null when all can.</param>
    public static bool TryGetMemory(
        Tree tree, [NotNullWhen(true)] out IReadOnlyList<AddressRegion>? banks, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(tree);
        banks = null;
        var found = new List<AddressRegion>();
        foreach (Node node in tree.Root.Children)
        {
            if (node.Property(PropertyNames.DeviceType) is not Property type || !type.TryGetString(out string? name)
                || name != "memory")
                continue;
            if (!TryGetRegions(node, out IReadOnlyList<AddressRegion>? regions, out reason))
                return false;
            found.AddRange(regions);
        }
        banks = found;
        reason = null;
        return true;
    }

    private static List<AddressRegion> Decode(uint[] cells, int addressCells, int sizeCells)
    {
        var regions = new List<AddressRegion>();
        foreach (uint[] entry in cells.Chunk(addressCells + sizeCells))
            regions.Add(new(Number(entry.AsSpan(0, addressCells)), Number(entry.AsSpan(addressCells))));
        return regions;
    }

    private static ulong Number(ReadOnlySpan<uint> cells)
    {
        ulong number = 0;
        foreach (uint cell in cells)
            number = (number << 32) | cell;
        return number;
    }

    private static uint? CellCount(Node bus, string name, uint otherwise)
    {
        ArgumentNullException.ThrowIfNull(bus);
        return bus.Property(name) is not Property property ? otherwise : property.TryGetU32(out uint cells) ? cells : null;
    }
}
