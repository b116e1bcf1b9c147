using System.Collections.Immutable;
using System.Globalization;
using Devicetree;
using Devicetree.Flattened;
using Devicetree.Overlays;
using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Rpc;
using Gunyah.Abi.Vcpus;
using Gunyah.ResourceManager.Boot;
using Gunyah.ResourceManager.Overlays;
using Gunyah.ResourceManager.Platform;
using Gunyah.ResourceManager.Records;
using Gunyah.ResourceManager.Services.Vdevices;

namespace Gunyah.ResourceManager.Services.Vms;

/// <summary>
/// Builds the primary VM and starts it: memory one to one, objects, the link, the board's devicetree with the overlay applied
/// (gunyah-rm.md 5.4 and 7.2). A machine whose primary VM cannot be told where it is gets none.
/// </summary>
internal sealed class PrimaryLauncher(
    RootVm root, BootEnvironment environment, VmRegistry vms, VmNotifier notifier, VcpuFactory vcpus, LinkFactory links)
{
    private const int CopyBlock = 64 * 1024;

    private readonly PrimaryVmPlan _plan = environment.Primary;
    private readonly ObjectLedger _ledger = new(root);

    /// <summary>Builds and starts the VM.</summary>
    /// <returns>Why there is none; then nothing of it is left. Null on success.</returns>
    public string? Launch()
    {
        var vm = new VirtualMachine(Vmids.Primary, Vmids.ResourceManager)
        {
            Names = VmNames.Initial with { Name = PrimaryVmPlan.Name },
            // It is never given other memory than its RAM: only VMs that own memory give some away, and only it does.
            Memory = new(new(GuestAddressSpace.End - Page.Size, Page.Size)),
        };
        string? reason = Build(vm, out ulong devicetree);
        if (reason is null)
        {
            vms.Add(vm);
            notifier.SetState(vm, VmState.Running);
            reason = Explain(
                root.Vcpu.VcpuPoweron(vm.Objects!.Vcpus[0].Capability, _plan.Entry ?? _plan.Memory[0].Base, devicetree),
                "the primary VM cannot be powered on");
        }
        if (reason is null)
            return null;
        vms.Remove(vm);
        _ledger.Release();
        return reason;
    }

    private string? Build(VirtualMachine vm, out ulong devicetree)
    {
        devicetree = 0;
        string? reason = ReadBoard(out Tree? board, out byte[] original);
        if (reason is not null)
            return reason;
        if (HypervisorNode.Exists(board!))
            return "the base devicetree already has a /hypervisor node";
        if (!BoardInterrupts.TryFind(board!, out BoardInterrupts? interrupts, out reason))
            return reason;
        var layout = new PrimaryLayout(_plan, ReservedMemory.Of(board!));
        if (!layout.TryPlaceRamdisk(out MemoryBlock? ramdisk))
            return "the primary VM's image and ramdisk do not fit its first range of memory";

        ImmutableArray<BootInterrupt> lines = environment.Capabilities.HardwareInterrupts;
        var virqs = new VirqPool(
            VirqPool.FirstInVms, InterruptIds.LastSpi, [.. interrupts.Used, .. lines.Select(static line => line.Intid)]);
        GunyahError error = VmObjects.Create(
            root, vm.Vmid, (uint)_plan.Vcpus, PowerControl.Psci, virqs, out VmObjects objects);
        if (error != GunyahError.Ok)
            return Explain(error, "the primary VM's objects cannot be made");
        vm.Objects = objects;
        _ledger.WillUndo(objects.Ledger.Release);

        error = AddLink(vm, objects, out LinkEnds link);
        reason = Explain(error, "the primary VM's link cannot be made")
            ?? AddHardwareInterrupts(objects, lines)
            ?? AddMemory(vm, objects)
            ?? Explain(vcpus.CreateForPrimary(vm, objects, _plan.Vcpus), "the primary VM's vCPUs cannot be made");
        if (reason is not null)
            return reason;

        var description = new PrimaryDescription(_plan.Memory, ramdisk, link);
        reason = PrimaryOverlay.Write(board!, interrupts, environment.Options.Dialect, description, out Tree overlay);
        if (reason is not null)
            return reason;
        if (!OverlayApplier.TryApply(board!, overlay, out Tree? merged, out OverlayError? refused))
            return $"the overlay cannot be applied to the base devicetree: {refused}";
        byte[] finished = FdtWriter.Write(merged);
        if (finished.Length > DevicetreeLimits.MaxSize
            || !layout.TryPlaceDevicetree((ulong)finished.Length, ramdisk, out devicetree))
            return string.Create(CultureInfo.InvariantCulture,
                $"the finished devicetree of {finished.Length} bytes does not fit the primary VM's memory");

        reason = Load(vm, layout, finished, devicetree, ramdisk);
        if (reason is null && root.Vcpu.Observes(EventKind.Devicetree))
        {
            root.ReportDevicetree(vm.Vmid, vm.DisplayName, DevicetreeStage.Base, _plan.Devicetree.Base, original);
            root.ReportDevicetree(vm.Vmid, vm.DisplayName, DevicetreeStage.Overlay, 0, FdtWriter.Write(overlay));
            root.ReportDevicetree(vm.Vmid, vm.DisplayName, DevicetreeStage.Final, devicetree, finished);
        }
        return reason;
    }

    private string? ReadBoard(out Tree? board, out byte[] original)
    {
        board = null;
        original = [];
        MemoryBlock source = _plan.Devicetree;
        if (source.Size > DevicetreeLimits.MaxSize)
            return string.Create(CultureInfo.InvariantCulture,
                $"the base devicetree of {source.Size} bytes is larger than {DevicetreeLimits.MaxSize}");
        original = new byte[source.Size];
        if (!root.Vcpu.TryRead(source.Base, original))
            return "the base devicetree is not in the Resource Manager's memory";
        return FdtReader.TryRead(original, out board, out FdtError? malformed, DevicetreeLimits.Reading)
            ? null
            : $"the base devicetree is malformed: {malformed}";
    }

    /// <summary>The devices of the board are the primary VM's, their interrupts by the numbers that they have there.</summary>
    private static string? AddHardwareInterrupts(VmObjects objects, ImmutableArray<BootInterrupt> lines)
    {
        foreach (BootInterrupt line in lines)
        {
            if (objects.Ledger.BindHardwareInterrupt(line.Capability, objects.Vic, line.Intid).Failed(out GunyahError error))
                return Explain(error, string.Create(CultureInfo.InvariantCulture,
                    $"the board's interrupt {line.Intid} cannot be the primary VM's"));
        }

        return null;
    }

    private string? AddMemory(VirtualMachine vm, VmObjects objects)
    {
        foreach (MemoryBlock block in _plan.Memory)
        {
            var range = new AddressRange(block.Base, block.Size);
            if (!range.IsValid || !Page.IsAligned(block.Base) || !Page.IsAligned(block.Size))
                return string.Create(CultureInfo.InvariantCulture,
                    $"the primary VM's memory at 0x{block.Base:x} is not whole pages");
            if (!TryFindExtent(range, out BootExtent source))
                return string.Create(CultureInfo.InvariantCulture,
                    $"the machine has no memory at 0x{block.Base:x} for the primary VM");
            if (_ledger.DeriveExtent(source.Capability, block.Base - source.Base, block.Size, out CapId extent)
                .Failed(out GunyahError error)
                || root.Vcpu.Map(objects.AddressSpace, extent, block.Base, MemoryAccess.All).Failed(out error))
                return Explain(error, "the primary VM's memory cannot be mapped");
            CapId space = objects.AddressSpace;
            _ledger.WillUndo(() => root.Vcpu.Unmap(space, extent, block.Base));
            vm.Memory!.AddOwned(new(range, extent));
        }
        return null;
    }

    private bool TryFindExtent(AddressRange range, out BootExtent found)
    {
        foreach (BootExtent extent in environment.Capabilities.Memory)
        {
            if (new AddressRange(extent.Base, extent.Size).Contains(range))
            {
                found = extent;
                return true;
            }
        }
        found = default;
        return false;
    }

    /// <summary>The order decides the capability IDs that the VM sees: its transmit queue 0, its receive queue 1.</summary>
    private GunyahError AddLink(VirtualMachine vm, VmObjects objects, out LinkEnds link)
    {
        link = default;
        GunyahError error = links.Create(
            vm, objects, RpcLimits.QueueDepth, RpcLimits.FragmentSize, objects.Ledger, out var ends);
        if (error != GunyahError.Ok)
            return error;
        link = new(ends[0], ends[1]);

        // The primary VM may give its time to the Resource Manager.
        if (objects.Ledger.Grant(root.Capabilities.Vcpu, objects.CapabilitySpace, ThreadRights.YieldTo, out CapId copy)
            .Failed(out error))
            return error;
        var own = new VmVcpu(root.Capabilities.Vcpu, 0, copy, OwnCapability: null, OwnerVirq: null, IsBoot: true);
        vms.Find(Vmids.ResourceManager)!.Objects = VmObjects.OfRoot(root, own);
        return GunyahError.Ok;
    }

    /// <summary>Copies what the boot loader did not leave in the VM's memory itself.</summary>
    private string? Load(VirtualMachine vm, PrimaryLayout layout, byte[] finished, ulong devicetree, MemoryBlock? ramdisk)
    {
        OwnedMemory first = vm.Memory!.Owned[0];
        MemoryPiece[] pieces = [new(first.Extent, first.Range.Size)];
        if (root.Window.Open(pieces, 0, first.Range.Size, out MemoryView view).Failed(out GunyahError error))
            return Explain(error, "the primary VM's memory cannot be mapped for loading");
        ulong start = first.Range.Base;
        bool isLoaded = (layout.IsInPlace(_plan.Image) || TryCopy(view, _plan.Image, 0))
            && (_plan.Ramdisk is not MemoryBlock source || layout.IsInPlace(source)
                || TryCopy(view, source, ramdisk!.Value.Base - start))
            && view.TryWrite(devicetree - start, finished);
        view.Close();
        return isLoaded ? null : "the primary VM's image or ramdisk is not in the Resource Manager's memory";
    }

    private bool TryCopy(MemoryView view, MemoryBlock source, ulong offset)
    {
        var block = new byte[CopyBlock];
        for (ulong done = 0; done < source.Size; done += CopyBlock)
        {
            Span<byte> part = block.AsSpan(0, (int)Math.Min(CopyBlock, source.Size - done));
            if (!root.Vcpu.TryRead(source.Base + done, part) || !view.TryWrite(offset + done, part))
                return false;
        }
        return true;
    }

    private static string? Explain(GunyahError error, string what) => error == GunyahError.Ok ? null : $"{what}: {error}";
}
