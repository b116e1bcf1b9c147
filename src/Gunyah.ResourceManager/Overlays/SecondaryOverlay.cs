using System.Collections.Immutable;
using System.Globalization;
using Devicetree;
using Devicetree.Overlays;
using Gunyah.Abi;
using Gunyah.Guest.Platform;
using Gunyah.ResourceManager.Boot;
using Gunyah.ResourceManager.Configuration;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Overlays;

/// <summary>What a secondary VM's overlay has to say.</summary>
/// <param name="Vmid">The VM.</param>
/// <param name="Owner">Its owner.</param>
/// <param name="Configuration">What it was configured with.</param>
/// <param name="Vdevices">Its vdevices in the order of the configuration.</param>
/// <param name="Vcpus">The capabilities of its vCPUs in its own space, where it powers them without PSCI; else empty.</param>
/// <param name="Ram">Its RAM, merged, in ascending order.</param>
/// <param name="Buffers">Other memory that it was given.</param>
/// <param name="KaslrSeed">A random number.</param>
internal sealed record SecondaryDescription(
    ushort Vmid,
    ushort Owner,
    VmConfiguration Configuration,
    IReadOnlyList<Vdevice> Vdevices,
    ImmutableArray<CapId> Vcpus,
    IReadOnlyList<MemoryBlock> Ram,
    IReadOnlyList<SharedBuffer> Buffers,
    ulong KaslrSeed);

/// <summary>A memory parcel that a VM holds besides its RAM.</summary>
/// <param name="Handle">The parcel's handle.</param>
/// <param name="Label">The parcel's label.</param>
/// <param name="Ranges">Where the VM sees it.</param>
/// <param name="Vmids">Every VM that may map it.</param>
internal sealed record SharedBuffer(uint Handle, uint Label, IReadOnlyList<MemoryBlock> Ranges, IReadOnlyList<ushort> Vmids);

/// <summary>Writes the overlay of a secondary VM, fragment by fragment in the original's order (gunyah-rm.md 7.4).</summary>
internal static class SecondaryOverlay
{
    private const ulong RedistributorStride = 0x2_0000;
    private const ulong DistributorBase = 0x0800_0000;
    private const ulong DistributorSize = 0x1_0000;
    private const ulong RedistributorBase = 0x080A_0000;

    /// <summary>Writes the overlay.</summary>
    /// <param name="vm">The VM's own tree, which has a configuration.</param>
    /// <param name="spelling">The dialect's spelling.</param>
    /// <param name="description">What to say.</param>
    /// <param name="overlay">The overlay, on success.</param>
    /// <returns>Why the tree cannot take it; null on success.</returns>
    public static string? Write(Tree vm, BindingSpelling spelling, SecondaryDescription description, out Tree overlay)
    {
        var writer = new OverlayBuilder(emptyFixups: true);
        string? reason = Write(vm, spelling, description, writer);
        overlay = writer.Build();
        return reason;
    }

    private static string? Write(Tree vm, BindingSpelling spelling, SecondaryDescription description, OverlayBuilder overlay)
    {
        if (HypervisorNode.Exists(vm))
            return "the VM's tree has /hypervisor already";
        if (vm.Root.Child("chosen") is null)
            return "the VM's tree has no /chosen";
        if (!RegCells.TryReadOf(vm.Root, out RegCells cells))
            return "the root's #address-cells or #size-cells cannot be used";
        if (!RegCells.TryReadOf(vm.Root.Child("reserved-memory") ?? vm.Root, out RegCells reservedCells))
            return "the #address-cells or #size-cells of /reserved-memory cannot be used";
        if (!cells.TryEncode(description.Ram, out uint[]? ram))
            return $"the memory does not fit the root's {cells}";

        foreach (SharedBuffer buffer in description.Buffers)
        {
            if (!reservedCells.TryEncode(buffer.Ranges, out uint[]? reg))
                return "a buffer's address does not fit the cells of /reserved-memory";
            WriteBuffer(overlay, buffer, reg);
        }
        overlay.Fragment("/chosen").SetU64("kaslr-seed", description.KaslrSeed);
        if (vm.Root.Child("reserved-memory") is null)
            WriteBus(overlay.Fragment("/").AddChild("reserved-memory"), (uint)cells.Address, (uint)cells.Size);

        Node memory = overlay.Fragment("/").AddChild("memory");
        memory.SetString("device_type", "memory");
        memory.SetCells("reg", ram);
        if (vm.Root.Child("vsoc") is null)
        {
            Node vsoc = overlay.Fragment("/").AddChild("vsoc");
            WriteBus(vsoc, 2, 2);
            vsoc.SetString("compatible", "simple-bus");
        }

        for (int i = 0; i < description.Vcpus.Length; i++)
            overlay.Fragment(description.Configuration.Vcpus.Cpus[i].Path)
                .SetU64("qcom,gunyah-capability", description.Vcpus[i].Value);
        WriteHypervisor(overlay, spelling, description);
        foreach (Vdevice vdevice in description.Vdevices.OrderBy(OrderOf))
            VdeviceNodes.Write(overlay, spelling, vdevice);
        return WriteGic(overlay, vm, cells, description.Configuration);
    }

    /// <summary>Fragments come by kind; within a kind in the order of the configuration.</summary>
    private static int OrderOf(Vdevice vdevice) => vdevice.Configuration switch
    {
        RpcLinkConfiguration => 0,
        DoorbellConfiguration or DoorbellSourceConfiguration => 1,
        MessageQueueConfiguration => 2,
        _ => 3,
    };

    private static void WriteBus(Node node, uint addressCells, uint sizeCells)
    {
        node.SetCells("#address-cells", addressCells);
        node.SetCells("#size-cells", sizeCells);
        node.SetFlag("ranges");
    }

    private static void WriteBuffer(OverlayBuilder overlay, SharedBuffer buffer, uint[] reg)
    {
        Node node = overlay.Fragment("/").AddChild("reserved-memory")
            .AddChild(string.Create(CultureInfo.InvariantCulture, $"buffer@{buffer.Ranges[0].Base:x}"));
        node.SetCells("reg", reg);
        node.SetFlag("qcom,shared-memory");
        node.SetFlag("no-map");
        node.SetCells("peers", [.. buffer.Vmids.Select(vmid => (uint)vmid)]);
        node.SetCells("qcom,rm-mem-handle", buffer.Handle);
        overlay.PhandleOf(node);
        node.SetCells("qcom,label", buffer.Label);
    }

    private static void WriteHypervisor(OverlayBuilder overlay, BindingSpelling spelling, SecondaryDescription description)
    {
        IdentityConfiguration identity = description.Configuration.Identity;
        Node hypervisor = overlay.Fragment("/").AddChild(HypervisorNode.Name);
        BindingSpelling.WriteHypervisor(hypervisor, spelling.SecondaryHypervisor);

        // A VM without a link has no other way to learn who it is, so this node comes in every dialect.
        Node vm = overlay.Fragment("/").AddChild(HypervisorNode.Name).AddChild("qcom,gunyah-vm");
        vm.SetString("compatible", Compatibles.VmId, Compatibles.VmIdPlain);
        vm.SetCells("qcom,vmid", description.Vmid);
        vm.SetCells("qcom,owner-vmid", description.Owner);
        vm.SetString("qcom,vendor", "Qualcomm");
        vm.SetString("qcom,image-name", identity.Name);
        if (identity.Uri is not null)
            vm.SetString("qcom,vm-uri", identity.Uri);
        if (identity.GuidText is not null)
            vm.SetString("qcom,vm-guid", identity.GuidText);
    }

    /// <summary>A GIC without addresses gets those where the hypervisor puts its registers.</summary>
    private static string? WriteGic(OverlayBuilder overlay, Tree vm, RegCells cells, VmConfiguration configuration)
    {
        if (vm.Find(configuration.GicPath) is not Node gic || gic.Property("reg") is not null)
            return null;
        ulong redistributors = RedistributorStride * (ulong)configuration.Vcpus.Cpus.Length;
        if (!cells.TryEncode([new(DistributorBase, DistributorSize), new(RedistributorBase, redistributors)], out uint[]? reg))
            return "the GIC's addresses do not fit the root's cells";
        Node changed = overlay.Fragment(gic.Path);
        changed.SetCells("#redistributor-regions", 1);
        changed.SetU64("redistributor-stride", RedistributorStride);
        changed.SetCells("reg", reg);
        return null;
    }
}
