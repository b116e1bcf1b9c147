using System.Diagnostics.CodeAnalysis;

namespace Devicetree.Interpretation;

/// <summary>
/// Which interrupts a node has (Devicetree Specification 0.4, section 2.4). Maps of nexus nodes are not followed: the interrupt
/// is told as the nexus receives it.
/// </summary>
public static class InterruptReader
{
    /// <summary>
    /// Finds the node that interprets a node's <c>interrupts</c>: what <c>interrupt-parent</c> points to, else the parent; from
    /// there on again, until a node has <c>#interrupt-cells</c>.
    /// </summary>
    /// <param name="tree">The tree, in which phandles are looked up.</param>
    /// <param name="node">The node with the interrupts.</param>
    /// <param name="parent">The interrupt parent, null when there is none.</param>
    /// <param name="reason">Why there is none, null when there is.</param>
    public static bool TryGetParent(
        Tree tree, Node node, [NotNullWhen(true)] out Node? parent, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(node);
        InterruptParentOutcome outcome = InterruptParentSearch.Find(new NodeInterrupts(tree.FindByPhandle), node, out Node end,
            out uint phandle);
        parent = outcome == InterruptParentOutcome.Found ? end : null;
        reason = outcome switch
        {
            InterruptParentOutcome.Found => null,
            InterruptParentOutcome.NotOneCell => $"{end}:{PropertyNames.InterruptParent} is not one cell",
            InterruptParentOutcome.NoSuchPhandle =>
                $"{end}:{PropertyNames.InterruptParent} is 0x{phandle:x}, which is no node's phandle",
            InterruptParentOutcome.None => $"no {PropertyNames.InterruptParent} from {node} up to the root",
            _ =>
                $"the interrupt parents of {node} lead back to each other without reaching a node with {PropertyNames.InterruptCells}",
        };
        return parent is not null;
    }

    /// <summary>
    /// The number of cells that a controller's interrupts have; null when it does not say so with one cell of 1 to 16.
    /// </summary>
    internal static int? CellsOf(Node controller)
    {
        ArgumentNullException.ThrowIfNull(controller);
        return controller.Property(PropertyNames.InterruptCells) is Property property
            && property.TryGetU32(out uint cells) && cells is >= 1 and <= MaxInterruptCells ? (int)cells : null;
    }

    /// <summary>
    /// Decodes the interrupts of a node: of <c>interrupts-extended</c> when it has that, else of <c>interrupts</c>. A node with
    /// neither has none, which is no error.
    /// </summary>
    /// <param name="tree">The tree, in which phandles are looked up.</param>
    /// <param name="node">The node with the interrupts.</param>
    /// <param name="interrupts">The interrupts in order, null on error.</param>
    /// <param name="reason">What is wrong, null when nothing is.</param>
    public static bool TryGetInterrupts(
        Tree tree,
        Node node,
        [NotNullWhen(true)] out IReadOnlyList<InterruptSpecifier>? interrupts,
        [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(node);
        interrupts = null;
        if (node.Property(PropertyNames.InterruptsExtended) is Property extended)
            return TryDecodeExtended(tree, node, extended, out interrupts, out reason);
        if (node.Property(PropertyNames.Interrupts) is Property plain)
            return TryDecodePlain(tree, node, plain, out interrupts, out reason);
        interrupts = [];
        reason = null;
        return true;
    }

    /// <summary>No controller in use has more than four; a bound keeps a hostile tree from naming billions.</summary>
    private const int MaxInterruptCells = 16;

    private static bool TryDecodePlain(
        Tree tree, Node node, Property property, [NotNullWhen(true)] out IReadOnlyList<InterruptSpecifier>? interrupts,
        [NotNullWhen(false)] out string? reason)
    {
        interrupts = null;
        if (!TryGetParent(tree, node, out Node? controller, out reason))
            return false;
        var found = new List<(Node Controller, ReadOnlyMemory<uint> Cells)>();
        CutOutcome outcome = new SpecifierCutter(tree.FindByPhandle, CellsOf).Plain(property, controller, found);
        reason = outcome switch
        {
            CutOutcome.Whole => null,
            CutOutcome.NoCellCount => $"{controller}:{PropertyNames.InterruptCells} is no usable number",
            _ =>
                $"{node}:{property.Name} has {property.Value.Length} bytes, which is no multiple of {CellsOf(controller)} cells of {controller}",
        };
        return TryFinish(found, reason, out interrupts);
    }

    private static bool TryDecodeExtended(
        Tree tree, Node node, Property property, [NotNullWhen(true)] out IReadOnlyList<InterruptSpecifier>? interrupts,
        [NotNullWhen(false)] out string? reason)
    {
        var found = new List<(Node Controller, ReadOnlyMemory<uint> Cells)>();
        // Looking a phandle up walks the tree, and a value may name one controller thousands of times.
        var known = new Dictionary<uint, Node?>();
        CutOutcome outcome = new SpecifierCutter(Find, CellsOf).Extended(property, found, out Node? controller, out uint phandle);
        reason = outcome switch
        {
            CutOutcome.Whole => null,
            CutOutcome.NotCells => $"{node}:{property.Name} has {property.Value.Length} bytes, which are no whole cells",
            CutOutcome.NoSuchPhandle => $"{node}:{property.Name} refers to 0x{phandle:x}, which is no node's phandle",
            _ => $"{node}:{property.Name} has not as many cells as {controller} asks for",
        };
        return TryFinish(found, reason, out interrupts);

        Node? Find(uint wanted)
        {
            if (!known.TryGetValue(wanted, out Node? node))
                known.Add(wanted, node = tree.FindByPhandle(wanted));
            return node;
        }
    }

    private static bool TryFinish(
        List<(Node Controller, ReadOnlyMemory<uint> Cells)> found, string? reason,
        [NotNullWhen(true)] out IReadOnlyList<InterruptSpecifier>? interrupts)
    {
        interrupts = reason is null
            ? [.. found.Select(each => new InterruptSpecifier(each.Controller, each.Cells.ToArray()))] : null;
        return interrupts is not null;
    }
}
