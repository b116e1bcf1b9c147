using Devicetree.Diagnostics;
using Devicetree.Source;

namespace Devicetree.Live.Passes;

/// <summary>
/// Knows which phandles are taken and gives out the others, lowest first, in the order nodes are referred to (reference 1.10).
/// </summary>
internal sealed class PhandleAllocator
{
    private readonly Dictionary<uint, LiveNode> _owners = [];
    private readonly ValueBudget _budget;
    private uint _next = 1;

    /// <summary>Takes the phandles that the source sets by hand, and reports those that cannot be.</summary>
    public PhandleAllocator(LiveTree tree, DiagnosticBag diagnostics)
    {
        _budget = tree.Budget;
        foreach (LiveNode node in tree.Nodes)
        {
            uint? modern = Explicit(tree, node, PropertyNames.Phandle, diagnostics);
            uint? legacy = Explicit(tree, node, PropertyNames.LegacyPhandle, diagnostics);
            if ((modern ?? legacy) is not uint phandle)
                continue;
            LiveProperty property = node.Properties.FindLive(modern is null ? PropertyNames.LegacyPhandle : PropertyNames.Phandle)!;
            if (legacy is not null && legacy != phandle)
                diagnostics.Report(DtsRules.BadPhandle, property.Span, new PropertyPlace(node, property));
            else if (!_owners.TryAdd(phandle, node))
                diagnostics.Report(DtsRules.DuplicatePhandle, property.Span, phandle, node, _owners[phandle]);
            node.Phandle = phandle;
        }
    }

    /// <summary>The phandle of a node, given to it when it has none: as its last property.</summary>
    public uint PhandleOf(LiveNode node)
    {
        if (node.Phandle != 0)
            return node.Phandle;
        // What an omitted node had is free again.
        while (_owners.TryGetValue(_next, out LiveNode? owner) && !owner.Deleted)
            _next++;
        node.Phandle = _next;
        _owners[_next] = node;
        // "phandle = <&self>" is there already and gets its value when its own reference is resolved.
        if (node.Properties.FindLive(PropertyNames.Phandle) is null)
        {
            var value = new LiveValue(_budget);
            value.AddNumber(node.Phandle, 32);
            node.Properties.Add(new(PropertyNames.Phandle, value, node.Span));
        }
        return node.Phandle;
    }

    /// <summary>The phandle that a property sets; null when it sets none, when that is wrong, or when it asks for any.</summary>
    private static uint? Explicit(LiveTree tree, LiveNode node, string name, DiagnosticBag diagnostics)
    {
        if (node.Properties.FindLive(name) is not LiveProperty property)
            return null;
        bool refersToSelf = false;
        bool refersElsewhere = false;
        foreach (Marker marker in property.Value.Markers)
        {
            if (marker.Kind == MarkerKind.PhandleReference)
            {
                refersToSelf |= tree.Find(marker.Target) == node;
                refersElsewhere |= tree.Find(marker.Target) != node;
            }
        }
        uint? value = new Property(name, property.Value.Bytes).TryGetU32(out uint cell) ? cell : null;
        if (value is null || refersElsewhere || (!refersToSelf && value is 0 or uint.MaxValue))
            diagnostics.Report(DtsRules.BadPhandle, property.Span, new PropertyPlace(node, property));
        else if (!refersToSelf)
            return value;
        return null;
    }
}
