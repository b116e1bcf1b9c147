namespace Devicetree.Interpretation;

/// <summary>
/// Who an interrupt of a devicetree goes to: the rules of the Devicetree Specification 0.4, section 2.4, as Linux reads them.
/// Malformed properties simply name no interrupt.
/// </summary>
internal sealed class InterruptMap
{
    private readonly Dictionary<uint, Node> _byPhandle = [];
    private readonly NodeInterrupts _nodes;
    private readonly SpecifierCutter _cutter;

    /// <summary>A map of a tree, which must not change while it is used.</summary>
    public InterruptMap(Tree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        _nodes = new(_byPhandle.GetValueOrDefault);
        _cutter = new(_byPhandle.GetValueOrDefault,
            controller => CellsOf(controller) is <= int.MaxValue and uint cells ? (int)cells : null);
        foreach (Node node in tree.Root.SelfAndDescendants())
        {
            if (node.Phandle is uint phandle)
                _byPhandle.TryAdd(phandle, node);
        }
    }

    /// <summary><c>#interrupt-cells</c> of a controller or nexus; 0 where it has none.</summary>
    public static uint CellsOf(Node controller)
    {
        ArgumentNullException.ThrowIfNull(controller);
        return controller.Property(PropertyNames.InterruptCells) is { } property && property.TryGetU32(out uint cells)
            ? cells : 0;
    }

    /// <summary>The controller or nexus that the <c>interrupts</c> of a node go to.</summary>
    public Node? ParentOf(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return InterruptParentSearch.Find(_nodes, node, out Node end, out _) == InterruptParentOutcome.Found ? end : null;
    }

    /// <summary>The controller that a child of this node gets which says nothing itself.</summary>
    public Node? ParentForChildrenOf(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Property(PropertyNames.InterruptCells) is not null ? node : ParentOf(node);
    }

    /// <summary>
    /// True for a controller without an output of its own that passes what it gets on to another, such as a power controller.
    /// </summary>
    public bool HandsOnTo(Node controller, Node target)
    {
        ArgumentNullException.ThrowIfNull(controller);
        return !ReferenceEquals(controller, target)
            && controller.Property("interrupt-controller") is not null
            && controller.Property(PropertyNames.Interrupts) is null
            && controller.Property(PropertyNames.InterruptsExtended) is null
            && CellsOf(controller) == CellsOf(target)
            && ReferenceEquals(ParentOf(controller), target);
    }

    /// <summary>
    /// Every interrupt that a node states: <c>interrupts-extended</c>, else <c>interrupts</c>; and its <c>interrupt-map</c>.
    /// </summary>
    public IEnumerable<(Node Controller, ReadOnlyMemory<uint> Specifier)> SpecifiersOf(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var own = new List<(Node, ReadOnlyMemory<uint>)>();
        if (node.Property(PropertyNames.InterruptsExtended) is { } extended)
            _cutter.Extended(extended, own, out _, out _);
        else if (node.Property(PropertyNames.Interrupts) is { } interrupts && ParentOf(node) is { } parent)
            _cutter.Plain(interrupts, parent, own);
        return node.Property("interrupt-map") is { } map ? own.Concat(Mapped(node, map)) : own;
    }

    /// <summary>
    /// The parents' halves of a nexus's map: child address and interrupt, phandle, parent address, parent interrupt.
    /// </summary>
    private IEnumerable<(Node, ReadOnlyMemory<uint>)> Mapped(Node nexus, Property property)
    {
        const uint defaultNexusAddressCells = 2;
        if (!property.TryGetCells(out uint[]? cells))
            yield break;
        ulong childWidth = (ulong)(AddressCellsOf(nexus) ?? defaultNexusAddressCells) + CellsOf(nexus);
        ulong at = 0;
        while (at + childWidth < (ulong)cells.Length
            && _byPhandle.TryGetValue(cells[at + childWidth], out Node? controller))
        {
            ulong specifier = at + childWidth + 1 + (AddressCellsOf(controller) ?? 0);
            uint width = CellsOf(controller);
            if (specifier + width > (ulong)cells.Length)
                yield break;
            yield return (controller, cells.AsMemory((int)specifier, (int)width));
            at = specifier + width;
        }
    }

    private static uint? AddressCellsOf(Node node) =>
        node.Property(PropertyNames.AddressCells) is { } property && property.TryGetU32(out uint cells) ? cells : null;
}
