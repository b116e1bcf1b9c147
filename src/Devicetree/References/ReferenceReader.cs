using System.Buffers.Binary;
using Devicetree.Live;

namespace Devicetree.References;

/// <summary>
/// Finds the references in the values of a tree: those that a source or fixups name, and in properties that are known to hold
/// them those that only phandles tell. A value that does not fit what is known of its property to the last cell has none.
/// </summary>
internal sealed class ReferenceReader
{
    private const int Cell = sizeof(uint);
    private const uint DefaultAddressCells = 2;

    private readonly LiveTree _tree;
    private readonly Dictionary<uint, LiveNode> _byPhandle = [];
    private readonly List<ReferenceEntry> _entries = [];

    /// <summary>A reader of a tree, which must not change while it is used.</summary>
    public ReferenceReader(LiveTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        _tree = tree;
        foreach (LiveNode node in tree.Nodes)
        {
            if (PhandleOf(node) is uint phandle)
                _byPhandle.TryAdd(phandle, node);
        }
    }

    /// <summary>The phandle that a node states; null when that is not one cell, or one that no node can have.</summary>
    public static uint? PhandleOf(LiveNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        uint? phandle = CellOf(node, PropertyNames.Phandle) ?? CellOf(node, PropertyNames.LegacyPhandle);
        return phandle is 0 or uint.MaxValue ? null : phandle;
    }

    /// <summary>The first node that has a phandle; null when there is none.</summary>
    public LiveNode? Find(uint phandle) => _byPhandle.GetValueOrDefault(phandle);

    /// <summary>The references of a property, in order.</summary>
    /// <param name="node">The node that has it.</param>
    /// <param name="property">The property.</param>
    /// <returns>The entries; the list is used again by the next call.</returns>
    public IReadOnlyList<ReferenceEntry> Read(LiveNode node, LiveProperty property)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(property);
        _entries.Clear();
        if (!ReadMarkers(property.Value.Markers) && !_tree.IsPlugin
            && ReferenceTable.Find(node, property.Name) is ReferenceRule rule
            && !ReadCells(node, property.Value.Bytes.Span, rule))
        {
            _entries.Clear();
        }
        return _entries;
    }

    /// <summary>True when the value says itself where its references are, or that it is no list of cells.</summary>
    private bool ReadMarkers(IReadOnlyList<Marker> markers)
    {
        for (int i = 0; i < markers.Count; i++)
        {
            Marker marker = markers[i];
            if (marker.Kind == MarkerKind.PhandleReference)
                _entries.Add(new(marker.Offset, marker.Offset, _tree.Find(marker.Target), marker.Target));
        }
        return markers.Count > 0;
    }

    private bool ReadCells(LiveNode node, ReadOnlySpan<byte> value, ReferenceRule rule)
    {
        if (value.Length % Cell != 0)
            return false;
        int count = value.Length / Cell;
        long before = rule.IsMap ? CellsBefore(node) : rule.Before;
        for (long at = 0; at < count;)
        {
            long cell = at + before;
            if (cell >= count)
                return false;
            int start = (int)at * Cell, offset = (int)cell * Cell;
            uint phandle = BinaryPrimitives.ReadUInt32BigEndian(value[offset..]);
            // A place in the list that is left empty has no arguments.
            if (phandle is 0 or uint.MaxValue && before == 0)
            {
                _entries.Add(new(start, offset, null, ""));
                at = cell + 1;
                continue;
            }
            if (Find(phandle) is not LiveNode target || Arguments(target, rule) is not long arguments)
                return false;
            if (rule.IsMap)
                arguments += CellOf(target, PropertyNames.AddressCells) ?? 0;
            if (cell + arguments >= count)
                return false;
            _entries.Add(new(start, offset, target, ""));
            at = cell + arguments + 1;
        }
        return true;
    }

    /// <summary>An address of a child and its interrupt, in front of each entry of a map.</summary>
    private static long CellsBefore(LiveNode nexus) =>
        (long)(CellOf(nexus, PropertyNames.AddressCells) ?? DefaultAddressCells)
        + (CellOf(nexus, PropertyNames.InterruptCells) ?? 0);

    private static long? Arguments(LiveNode target, ReferenceRule rule) =>
        rule.CellsProperty is string cells && CellOf(target, cells) is uint said ? said : rule.Arguments;

    private static uint? CellOf(LiveNode node, string name) =>
        node.Properties.FindLive(name) is { Value.Length: Cell } property
        ? BinaryPrimitives.ReadUInt32BigEndian(property.Value.Bytes.Span) : null;
}
