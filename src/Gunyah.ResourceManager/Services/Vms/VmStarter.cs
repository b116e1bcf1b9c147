using System.Collections.Immutable;
using Devicetree;
using Devicetree.Flattened;
using Devicetree.Overlays;
using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Boot;
using Gunyah.ResourceManager.Overlays;
using Gunyah.ResourceManager.Platform;
using Gunyah.ResourceManager.Records;
using Gunyah.ResourceManager.Services.Memory;

namespace Gunyah.ResourceManager.Services.Vms;

/// <summary>VM_START (gunyah-rm.md 2.1, 5.5, 7.3 and 7.7): memory, devicetree, power.</summary>
internal sealed class VmStarter(
    RootVm root, ResourceManagerOptions options, VmRegistry vms, VmNotifier notifier, ParcelStore parcels,
    ParcelAcceptance acceptance)
{
    /// <summary>
    /// Up to this size the original merges in a buffer of its own; above, in the VM's memory, which then must have twice the
    /// room.
    /// </summary>
    private const int BufferSize = 16 * 1024;

    /// <summary>Starts a VM.</summary>
    public RpcAnswer Start(VirtualMachine caller, in VmidRequest request)
    {
        if (vms.Find(request.Vmid) is not VirtualMachine vm)
            return RmError.VmidInvalid;
        if (vm.Owner != caller.Vmid)
            return RmError.Denied;
        if (vm.State != VmState.Ready)
            return RmError.VmState;

        string? reason = Prepare(vm) ?? PowerOn(vm);
        if (reason is not null)
            root.Note($"VM {vm.Vmid} cannot be started: {reason}");
        notifier.ChangeState(vm, reason is null ? VmState.Running : VmState.InitFailed);
        return reason is null ? RmError.Ok : RmError.NoResource;
    }

    /// <summary>Gives the VM its memory and its devicetree. What was done when it fails, the reset of the VM undoes.</summary>
    private string? Prepare(VirtualMachine vm)
    {
        string? reason = AcceptImage(vm);
        if (reason is not null)
            return reason;
        MemoryBlock ram = AcceptRam(vm);
        return WriteDevicetree(vm, ram, AcceptBuffers(vm));
    }

    private string? AcceptImage(VirtualMachine vm)
    {
        MemoryParcel parcel = vm.Image!.Parcel;
        bool isLent = parcel.Transfer == TransferType.Lend && parcel.Acl.Count == 1
            && parcel.RightsOf(vm.Vmid) == MemoryRights.All;
        bool isGoodEnough = isLent || (options.AcceptsSharedImages && parcel.Transfer is TransferType.Lend or TransferType.Share);
        if (!isGoodEnough || parcel.Type != MemoryType.Normal)
            return "the image is not lent to this VM alone with all rights";
        if (parcel.TotalSize > vm.Configuration!.Memory.SizeMax)
            return "the image is larger than size-max";
        RmError error = acceptance.AcceptFor(vm, parcel, vm.Configuration.Memory.Base, sanitiseOnReclaim: false);
        return error == RmError.Ok ? null : $"the image cannot be mapped: {error}";
    }

    /// <summary>Memory with label 0 is RAM as long as there is room for it right behind the rest.</summary>
    /// <returns>All RAM, which is one range.</returns>
    private MemoryBlock AcceptRam(VirtualMachine vm)
    {
        ulong start = vm.Configuration!.Memory.Base;
        ulong size = vm.Image!.Parcel.TotalSize;
        foreach (MemoryParcel parcel in parcels.Naming(vm.Vmid).Where(parcel => IsPrivateRam(vm, parcel)))
        {
            bool hasRoom = parcel.TotalSize <= vm.Configuration.Memory.SizeMax - size;
            if (hasRoom && acceptance.AcceptFor(vm, parcel, start + size, sanitiseOnReclaim: false) == RmError.Ok)
                size += parcel.TotalSize;
        }
        if (size < vm.Configuration.Memory.SizeMin)
            root.Note($"VM {vm.Vmid} is started with less memory than size-min");
        return new(start, size);
    }

    /// <summary>All other memory goes where it finds room. What cannot be taken is left (gunyah-rm.md Q-10).</summary>
    private List<SharedBuffer> AcceptBuffers(VirtualMachine vm)
    {
        var buffers = new List<SharedBuffer>();
        foreach (MemoryParcel parcel in parcels.Naming(vm.Vmid).Where(parcel => parcel.AcceptanceOf(vm.Vmid) is null))
        {
            if (IsPrivateRam(vm, parcel)
                || acceptance.AcceptFor(vm, parcel, address: null, sanitiseOnReclaim: false) != RmError.Ok)
            {
                root.Note($"VM {vm.Vmid} is started without memory parcel {parcel.Handle}");
                continue;
            }
            var vmids = new List<ushort>();
            foreach (AclEntry entry in parcel.Acl)
                vmids.Add(entry.Vmid);
            IEnumerable<MemoryBlock> ranges = parcel.AcceptanceOf(vm.Vmid)!.Ranges.Select(
                range => new MemoryBlock(range.Ipa, range.Size));
            buffers.Add(new(parcel.Handle, parcel.Label, [.. ranges], vmids));
        }
        return buffers;
    }

    private bool IsPrivateRam(VirtualMachine vm, MemoryParcel parcel)
    {
        if (parcel == vm.Image!.Parcel || parcel.Label != 0 || parcel.Type != MemoryType.Normal
            || !HasDefaultAttribute(parcel, vm.Vmid))
            return false;
        bool isAlone = parcel.Acl.Count == 1 && parcel.RightsOf(vm.Vmid) == MemoryRights.All;
        return isAlone || options.AcceptsSharedImages;
    }

    private static bool HasDefaultAttribute(MemoryParcel parcel, ushort vmid)
    {
        foreach (AttributeEntry entry in parcel.Attributes)
        {
            if (entry.Vmid == vmid && entry.Attribute != MemoryAttribute.Normal)
                return false;
        }
        return true;
    }

    private string? WriteDevicetree(VirtualMachine vm, MemoryBlock ram, List<SharedBuffer> buffers)
    {
        VmImage image = vm.Image!;
        string? reason = ParcelTree.Read(root.Window, image, out Tree? tree, out byte[] blob);
        if (reason is not null)
            return reason;
        if (root.Entropy.Next() is not ulong seed)
            return "there is no random number for kaslr-seed";

        var description = new SecondaryDescription(
            vm.Vmid, vm.Owner, vm.Configuration!, vm.Vdevices, VcpusInOwnSpace(vm), [ram], buffers, seed);
        reason = SecondaryOverlay.Write(tree!, BindingSpelling.Of(options.Dialect), description, out Tree overlay);
        if (reason is not null)
            return reason;
        if (!OverlayApplier.TryApply(tree!, overlay, out Tree? merged, out OverlayError? error))
            return error.ToString();

        byte[] overlayBlob = FdtWriter.Write(overlay);
        byte[] finished = FdtWriter.Write(merged);
        const int cell = sizeof(uint);
        long inPlace = ((blob.Length + (cell - 1)) & -cell) + overlayBlob.Length;
        if (inPlace > BufferSize && image.DevicetreeSize < 2 * (ulong)inPlace)
            return "there is not twice the room of the finished devicetree";
        reason = ParcelTree.Write(root.Window, image, finished);
        if (reason is null)
            Report(vm, blob, overlayBlob, finished);
        return reason;
    }

    private static ImmutableArray<CapId> VcpusInOwnSpace(VirtualMachine vm) =>
        vm.Configuration!.Vcpus.UsesPsci ? [] : [.. vm.Objects!.Vcpus.Select(vcpu => vcpu.OwnCapability!.Value)];

    private void Report(VirtualMachine vm, byte[] before, byte[] overlay, byte[] after)
    {
        if (!root.Vcpu.Observes(EventKind.Devicetree))
            return;
        ulong address = vm.Configuration!.Memory.Base + vm.Image!.DevicetreeOffset;
        root.ReportDevicetree(vm.Vmid, vm.DisplayName, DevicetreeStage.Base, address, before);
        root.ReportDevicetree(vm.Vmid, vm.DisplayName, DevicetreeStage.Overlay, 0, overlay);
        root.ReportDevicetree(vm.Vmid, vm.DisplayName, DevicetreeStage.Final, address, after);
    }

    private string? PowerOn(VirtualMachine vm)
    {
        ulong start = vm.Configuration!.Memory.Base;
        foreach (VmVcpu vcpu in vm.Objects!.Vcpus.Where(vcpu => vcpu.IsBoot))
        {
            GunyahError error = root.Vcpu.VcpuPoweron(
                vcpu.Capability, start + vm.Image!.ImageOffset, start + vm.Image.DevicetreeOffset);
            if (error == GunyahError.Ok)
                continue;
            vm.Objects.KillAll(root.Vcpu);
            return $"a vCPU cannot be powered on: {error}";
        }
        return null;
    }
}
