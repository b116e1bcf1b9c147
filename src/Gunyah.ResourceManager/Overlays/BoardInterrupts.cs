using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Devicetree;
using Devicetree.Interpretation;
using Gunyah.Abi.Vcpus;
using Gunyah.ResourceManager.Configuration;

namespace Gunyah.ResourceManager.Overlays;

/// <summary>
/// The interrupt controller of a board that the primary VM's new interrupts go to, as its devicetree describes it, and the
/// shared interrupts that the board's own devices use.
/// </summary>
internal sealed class BoardInterrupts
{
    /// <summary>A GICv3 with PPI partitions takes a fourth cell.</summary>
    private const uint CellsWithAffinity = 4;

    private BoardInterrupts(Node gic, int cells, bool isInherited, IReadOnlySet<uint> used)
    {
        Gic = gic;
        Cells = cells;
        IsInherited = isInherited;
        Used = used;
    }

    /// <summary>The controller's node.</summary>
    public Node Gic { get; }

    /// <summary>The number of cells of an interrupt specifier: 3 or 4.</summary>
    public int Cells { get; }

    /// <summary>True where a child of the root has this controller as interrupt parent without saying so.</summary>
    public bool IsInherited { get; }

    /// <summary>The INTIDs of the shared interrupts that the board's devices use.</summary>
    public IReadOnlySet<uint> Used { get; }

    /// <summary>Finds the controller.</summary>
    /// <param name="tree">The board's devicetree.</param>
    /// <param name="board">What was found.</param>
    /// <param name="reason">Why the primary VM cannot be given interrupts on this board.</param>
    public static bool TryFind(Tree tree, [NotNullWhen(true)] out BoardInterrupts? board, [NotNullWhen(false)] out string? reason)
    {
        board = null;
        var map = new InterruptMap(tree);
        Node[] gics = [.. tree.Root.SelfAndDescendants().Where(node => IsGic(node) && !IsDisabled(node))];
        // Some chips have a second GIC for a subsystem, whose own output goes to the first.
        Node? gic = gics.FirstOrDefault(node => !IsCascaded(map, node, gics));
        if (gic is null)
        {
            reason = "the board's devicetree has no GIC (an interrupt controller compatible with arm,gic-v3, arm,gic-400 or a relative)";
            return false;
        }
        uint cells = InterruptMap.CellsOf(gic);
        if (cells is not (GicSpecifier.Cells or CellsWithAffinity))
        {
            reason = string.Create(
                CultureInfo.InvariantCulture, $"the interrupt controller {gic.Path} has #interrupt-cells {cells}, not 3 or 4");
            return false;
        }

        reason = null;
        board = new(gic, (int)cells, ReferenceEquals(map.ParentForChildrenOf(tree.Root), gic), UsedBy(tree, map, gic));
        return true;
    }

    private static bool IsGic(Node node) =>
        node.Property("interrupt-controller") is not null && GicNames.OfSystem.Any(node.IsCompatible);

    private static bool IsDisabled(Node node) =>
        node.Property("status") is { } status && (!status.TryGetString(out string? text) || text is not ("okay" or "ok"));

    private static bool IsCascaded(InterruptMap map, Node node, Node[] gics) =>
        node.Property("interrupts") is not null
        && map.ParentOf(node) is Node parent
        && !ReferenceEquals(parent, node)
        && gics.Contains(parent);

    private static HashSet<uint> UsedBy(Tree tree, InterruptMap map, Node gic)
    {
        var used = new HashSet<uint>();
        foreach (Node node in tree.Root.SelfAndDescendants())
        {
            foreach ((Node controller, ReadOnlyMemory<uint> specifier) in map.SpecifiersOf(node))
            {
                ReadOnlySpan<uint> cells = specifier.Span;
                // A controller that hands its interrupts on one by one takes the same cells as the GIC behind it.
                bool arrives = ReferenceEquals(controller, gic)
                    || (map.HandsOnTo(controller, gic) && cells.Length >= GicSpecifier.Cells);
                if (arrives && cells is [GicSpecifier.Shared, <= InterruptIds.LastSpi - InterruptIds.FirstSpi, ..])
                    used.Add(cells[1] + InterruptIds.FirstSpi);
            }
        }
        return used;
    }
}
