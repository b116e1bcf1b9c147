using Devicetree.Flattened;

namespace Devicetree.Overlays;

/// <summary>
/// Where the nodes of an overlay are in the result, and what their phandles are there. Phandles of the base never change; a node
/// of the overlay that meets one takes it over, whatever its own was.
/// </summary>
internal sealed class OverlayMap
{
    private readonly Dictionary<uint, Node> _byPhandle = [];
    private readonly Dictionary<uint, Node> _overlayByPhandle = [];
    private readonly Dictionary<Node, Node> _places = [];
    private readonly HashSet<Node> _added = [];

    private readonly uint _highest;
    private uint _last;

    /// <param name="result">The tree before anything is applied.</param>
    public OverlayMap(Tree result)
    {
        foreach (Node node in result.Root.SelfAndDescendants())
        {
            if (node.Phandle is not uint phandle)
                continue;
            _byPhandle.TryAdd(phandle, node);
            _highest = Math.Max(_highest, phandle);
        }
        _last = _highest;
    }

    /// <summary>Notes the phandles of the overlay, which move above those of the base.</summary>
    public OverlayError? NumberNodesOf(Tree overlay)
    {
        foreach (Node node in overlay.Root.SelfAndDescendants())
        {
            foreach (string name in (string[])[PropertyNames.Phandle, PropertyNames.LegacyPhandle])
            {
                if (node.Property(name) is not Property property)
                    continue;
                if (property.Value.Length != sizeof(uint))
                    return Bad(node, name, FdtErrorKind.BadPhandle, $"a phandle has 4 bytes, this has {property.Value.Length}");
                uint phandle = property.Cell(0);
                if (phandle is 0 or OverlayNames.Unresolved)
                    return Bad(node, name, FdtErrorKind.BadPhandle, $"0x{phandle:x} cannot be a phandle");
                if (phandle >= OverlayNames.Unresolved - _highest)
                    return Bad(node, name, FdtErrorKind.NoPhandles, $"0x{phandle:x} cannot be raised by 0x{_highest:x}");
                if (!_overlayByPhandle.TryAdd(phandle, node) && _overlayByPhandle[phandle] is Node other && other != node)
                    return Bad(node, name, FdtErrorKind.BadPhandle, $"0x{phandle:x} is the phandle of {other}, too");
                _last = Math.Max(_last, _highest + phandle);
            }
        }
        return null;
    }

    /// <summary>The node of the base that has a phandle; null when there is none.</summary>
    public Node? FindByPhandle(uint phandle) => _byPhandle.GetValueOrDefault(phandle);

    /// <summary>The node of the overlay that has a phandle there; null when there is none.</summary>
    public Node? OfOverlay(uint phandle) => _overlayByPhandle.GetValueOrDefault(phandle);

    /// <summary>Where a node of the overlay is in the result; null when no fragment has brought it there.</summary>
    public Node? PlaceOf(Node own) => _places.GetValueOrDefault(own);

    /// <summary>The node, unless this overlay has added it.</summary>
    public Node? OfBase(Node? node) => node is not null && !_added.Contains(node) ? node : null;

    /// <summary>Adds a node after its siblings.</summary>
    public Node Add(Node parent, string name)
    {
        Node added = parent.AddChild(name);
        _added.Add(added);
        return added;
    }

    /// <summary>True for the body of a fragment and for all below it.</summary>
    public static bool IsInFragment(Node node)
    {
        Node? below = null;
        for (Node at = node; at.Parent is Node parent; at = parent)
        {
            if (parent.Parent is null)
                return below?.Name == OverlayNames.Body;
            below = at;
        }
        return false;
    }

    /// <summary>Notes that a node of the overlay is a node of the result.</summary>
    /// <param name="own">The node of the overlay.</param>
    /// <param name="into">The node of the result.</param>
    /// <returns>
    /// The phandle that the node is to have when the overlay gives it one: its own, moved, or that which the other has.
    /// </returns>
    public uint? Meet(Node own, Node into)
    {
        _places[own] = into;
        if (own.Phandle is not uint phandle)
            return null;
        uint now = into.Phandle ?? _highest + phandle;
        _byPhandle.TryAdd(now, into);
        return now;
    }

    /// <summary>
    /// The phandle of a node of the result; one that nobody referred to before gets the next free one. 0 when none is left.
    /// </summary>
    public uint PhandleOf(Node node)
    {
        if (node.Phandle is uint phandle)
            return phandle;
        if (_last >= OverlayNames.Unresolved - 1)
            return 0;
        _last++;
        node.SetCells(PropertyNames.Phandle, _last);
        _byPhandle.TryAdd(_last, node);
        return _last;
    }

    private static OverlayError Bad(Node node, string name, FdtErrorKind kind, string message) =>
        new(kind, FixupTables.FragmentOf(node.Path), $"{node}:{name}", message);
}
