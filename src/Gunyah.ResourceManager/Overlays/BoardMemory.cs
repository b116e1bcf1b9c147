using System.Globalization;
using Devicetree;
using Devicetree.Interpretation;
using Devicetree.Overlays;
using Gunyah.ResourceManager.Boot;

namespace Gunyah.ResourceManager.Overlays;

/// <summary>
/// Makes the memory nodes of a board's devicetree say what the primary VM really has. A board file often leaves it to the
/// boot loader, or states memory that the hypervisor keeps.
/// </summary>
internal static class BoardMemory
{
    /// <summary>Writes what must change; nothing where the tree is right already.</summary>
    /// <param name="board">The board's devicetree.</param>
    /// <param name="ram">The VM's RAM in ascending order, at least one range.</param>
    /// <param name="overlay">Takes the changes.</param>
    /// <returns>Why it cannot be said in this tree; null when it could.</returns>
    public static string? Describe(Tree board, IReadOnlyList<MemoryBlock> ram, OverlayBuilder overlay)
    {
        if (!RegCells.TryReadOf(board.Root, out RegCells cells))
            return "the root's #address-cells or #size-cells cannot be used";
        if (!cells.TryEncode(ram, out uint[]? truth))
            return $"the memory does not fit the root's {cells}";

        Node[] nodes = [.. board.Root.Children.Where(IsMemory)];
        if (nodes.Length == 0)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"memory@{ram[0].Base:x}");
            Node added = overlay.Fragment("/").AddChild(name);
            added.SetString("device_type", "memory");
            added.SetCells("reg", truth);
            return null;
        }

        Node first = nodes[0];
        bool isDisabled = first.Property("status") is { } status
            && !(status.TryGetString(out string? text) && text is "okay" or "ok");
        if (!States(first, ram) || isDisabled)
        {
            Node changed = overlay.Fragment(first.Path);
            changed.SetCells("reg", truth);
            if (isDisabled)
                changed.SetString("status", "okay");
        }
        foreach (Node other in nodes.Skip(1))
        {
            if (!States(other, []))
                overlay.Fragment(other.Path).SetCells("reg", new uint[cells.Address + cells.Size]);
        }
        return null;
    }

    private static bool IsMemory(Node node) =>
        node.Property("device_type") is { } type && type.TryGetString(out string? text) && text == "memory";

    private static bool States(Node node, IReadOnlyList<MemoryBlock> ram) =>
        AddressReader.TryGetRegions(node, out IReadOnlyList<AddressRegion>? regions, out _)
        && regions.Where(region => region.Size != 0)
            .Select(region => new MemoryBlock(region.Address, region.Size))
            .OrderBy(block => block.Base)
            .SequenceEqual(ram);
}
