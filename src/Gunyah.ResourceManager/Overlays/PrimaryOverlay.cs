using Devicetree;
using Devicetree.Overlays;
using Gunyah.Abi.Rpc;
using Gunyah.Guest.Platform;
using Gunyah.ResourceManager.Boot;
using Gunyah.ResourceManager.Platform;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Overlays;

/// <summary>What the primary VM's overlay has to say.</summary>
/// <param name="Ram">Its RAM in ascending order.</param>
/// <param name="Ramdisk">Where its ramdisk lies in its memory.</param>
/// <param name="Link">Its way to the Resource Manager.</param>
internal sealed record PrimaryDescription(IReadOnlyList<MemoryBlock> Ram, MemoryBlock? Ramdisk, LinkEnds Link);

/// <summary>Writes the overlay that tells the primary VM where it is (gunyah-rm.md 7.2).</summary>
internal static class PrimaryOverlay
{
    /// <summary>Writes the overlay.</summary>
    /// <param name="board">The base tree.</param>
    /// <param name="interrupts">The board's interrupt controller.</param>
    /// <param name="dialect">The spelling to use.</param>
    /// <param name="description">What to say.</param>
    /// <param name="overlay">The overlay, on success.</param>
    /// <returns>Why the tree cannot take it; null on success.</returns>
    public static string? Write(
        Tree board, BoardInterrupts interrupts, Dialect dialect, PrimaryDescription description, out Tree overlay)
    {
        var writer = new OverlayBuilder(emptyFixups: true);
        string? reason = BoardMemory.Describe(board, description.Ram, writer)
            ?? DescribeRamdisk(board, description.Ramdisk, writer);
        WriteHypervisor(writer, interrupts, BindingSpelling.Of(dialect), description.Link);
        overlay = writer.Build();
        return reason;
    }

    private static string? DescribeRamdisk(Tree board, MemoryBlock? ramdisk, OverlayBuilder overlay)
    {
        if (ramdisk is not MemoryBlock block)
            return null;
        // The end is one past the last byte, as Linux reads it; the original writes the last byte itself (gunyah-rm.md Q-15).
        if (!RegCells.TryReadOf(board.Root, out RegCells cells)
            || !cells.TryEncodeAddress(block.Base, out uint[]? start)
            || !cells.TryEncodeAddress(block.Base + block.Size, out uint[]? end))
            return "the ramdisk's address does not fit the root's #address-cells";
        Node chosen = board.Root.Child("chosen") is null
            ? overlay.Fragment("/").AddChild("chosen")
            : overlay.Fragment("/chosen");
        chosen.SetCells("linux,initrd-start", start);
        chosen.SetCells("linux,initrd-end", end);
        return null;
    }

    private static void WriteHypervisor(OverlayBuilder overlay, BoardInterrupts interrupts, BindingSpelling spelling,
        LinkEnds link)
    {
        Node? gic = interrupts.IsInherited || interrupts.Gic.Phandle is not null ? null : overlay.Fragment(interrupts.Gic.Path);
        Node hypervisor = overlay.Fragment("/").AddChild(HypervisorNode.Name);
        BindingSpelling.WriteHypervisor(hypervisor, spelling.Hypervisor);
        if (spelling.HasVendorProperties)
        {
            Node vm = hypervisor.AddChild("qcom,gunyah-vm");
            vm.SetString("compatible", Compatibles.VmId, Compatibles.VmIdPlain);
            vm.SetCells("qcom,vmid", Vmids.Primary);
            vm.SetString("qcom,vendor", "Qualcomm");
        }

        Node manager = hypervisor.AddChild(spelling.ManagerNodeName(link.Transmit.Capability));
        manager.SetString("compatible", spelling.Manager);
        BindingSpelling.WriteEnds(manager, link, interrupts.Cells);
        if (spelling.HasVendorProperties)
            BindingSpelling.WriteVendorQueuePair(manager, VirqPool.FirstInVms, RpcLimits.FragmentSize, RpcLimits.QueueDepth);
        if (gic is not null)
        {
            manager.SetCells("interrupt-parent", overlay.PhandleOf(gic));
            overlay.AddLocalReference(manager, "interrupt-parent", 0);
        }
        else if (!interrupts.IsInherited)
            manager.SetCells("interrupt-parent", interrupts.Gic.Phandle!.Value);
    }
}
