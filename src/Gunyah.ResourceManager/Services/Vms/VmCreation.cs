using Devicetree;
using Gunyah.Abi;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Rpc;
using Gunyah.Abi.Vcpus;
using Gunyah.ResourceManager.Configuration;
using Gunyah.ResourceManager.Platform;
using Gunyah.ResourceManager.Records;
using Gunyah.ResourceManager.Services.Vdevices;

namespace Gunyah.ResourceManager.Services.Vms;

/// <summary>
/// VM_CONFIG_IMAGE, VM_AUTH_IMAGE and VM_INIT (gunyah-rm.md 2.2): from a piece of memory to a VM that could start.
/// Once the common checks are passed every outcome changes the state.
/// </summary>
internal sealed class VmCreation(
    RootVm root, VmRegistry vms, VmNotifier notifier, ParcelStore parcels, VcpuFactory vcpus, VdeviceFactory vdevices)
{
    /// <summary>
    /// Up to here a guest-physical address is a trapped device access of a VM that its owner schedules (gunyah-rm.md 5.5).
    /// </summary>
    private const ulong DeviceAddresses = 0x4000_0000;

    /// <summary>Takes a parcel as a VM's image.</summary>
    public RpcAnswer ConfigureImage(VirtualMachine caller, in VmConfigImageRequest request)
    {
        RmError error = CommonChecks(caller, request.Vmid, out VirtualMachine? vm, VmState.Load, VmState.Reset);
        if (error != RmError.Ok)
            return error;

        error = CheckImage(caller, request, out MemoryParcel? parcel);
        if (error == RmError.Ok)
        {
            vm!.Image = new(parcel!, request.ImageOffset, request.DevicetreeOffset, request.DevicetreeSize);
            vm.Names = VmNames.Initial with { SignAuth = "None" };
            parcel!.Locks++;
        }
        return Conclude(vm!, error, VmState.Init);
    }

    /// <summary>No VM gets as far as here: no image is accepted that would have to be authenticated.</summary>
    public RpcAnswer AuthenticateImage(VirtualMachine caller, in VmAuthImageRequest request)
    {
        RmError error = CommonChecks(caller, request.Vmid, out VirtualMachine? vm, VmState.Auth);
        return error == RmError.Ok ? Conclude(vm!, RmError.ArgumentInvalid, VmState.Init) : error;
    }

    /// <summary>Reads the VM's configuration and makes its hypervisor objects.</summary>
    public RpcAnswer Initialise(VirtualMachine caller, in VmInitRequest request)
    {
        RmError error = CommonChecks(caller, request.Vmid, out VirtualMachine? vm, VmState.Init);
        return error == RmError.Ok ? Conclude(vm!, Initialise(caller, vm!), VmState.Ready) : error;
    }

    private RmError CommonChecks(VirtualMachine caller, ushort vmid, out VirtualMachine? vm, params ReadOnlySpan<VmState> states)
    {
        vm = vms.Find(vmid);
        if (vm is null)
            return RmError.VmidInvalid;
        if (vm.Owner != caller.Vmid)
            return RmError.Denied;
        return states.Contains(vm.State) ? RmError.Ok : RmError.VmState;
    }

    private RmError Conclude(VirtualMachine vm, RmError error, VmState success)
    {
        notifier.ChangeState(vm, error == RmError.Ok ? success : VmState.InitFailed);
        return error;
    }

    private RmError CheckImage(VirtualMachine caller, in VmConfigImageRequest request, out MemoryParcel? parcel)
    {
        parcel = parcels.Find(request.MemoryParcel);
        if (parcel is null || parcel.Owner != caller.Vmid || !parcel.Names(request.Vmid))
            return RmError.MemInvalid;
        bool fits = FitsInto(parcel, request.ImageOffset, request.ImageSize)
            && FitsInto(parcel, request.DevicetreeOffset, request.DevicetreeSize)
            && request.DevicetreeSize > 0
            && request.ImageOffset < parcel.TotalSize;
        // Both other types need a platform that authenticates, which this one does not (docs/decisions/0402).
        return fits && request.Authentication == AuthenticationType.None ? RmError.Ok : RmError.ArgumentInvalid;
    }

    private static bool FitsInto(MemoryParcel parcel, ulong offset, ulong size) =>
        offset <= parcel.TotalSize && size <= parcel.TotalSize - offset;

    private RmError Initialise(VirtualMachine owner, VirtualMachine vm)
    {
        string? reason = ParcelTree.Read(root.Window, vm.Image!, out Tree? tree, out _);
        VmConfiguration? configuration = null;
        if (reason is not null || !VmConfigurationParser.TryParse(tree!, out configuration, out reason))
            return Refuse(vm, RmError.MemInvalid, reason!);
        if (!CanApply(configuration, out reason))
            return Refuse(vm, RmError.ArgumentInvalid, reason!);

        vm.Names = new(
            configuration.Identity.Name, configuration.Identity.Uri ?? "",
            configuration.Identity.Guid is { } guid ? new Guid(guid.AsSpan(), bigEndian: true) : default,
            vm.Names.SignAuth);
        vm.Attributes = configuration.Attributes;
        GunyahError error = CreateObjects(owner, vm, configuration, out reason);
        if (error != GunyahError.Ok)
            return Refuse(vm, RmError.NoResource, reason ?? $"the hypervisor answered {error}");
        vm.Configuration = configuration;
        return RmError.Ok;
    }

    /// <summary>What only a trusted configuration may ask for, and what contradicts itself.</summary>
    private static bool CanApply(VmConfiguration configuration, out string? reason)
    {
        // Generic constraint bits: 0x01 ECC, 0x02 tagged, 0x04 normal memory, 0x40 like base memory.
        (uint generic, uint platform) = configuration.Memory.Constraints;
        bool meetsConstraints = platform == 0 && (generic is 0 or 0x40 || (generic & ~0x07u) == 0 && (generic & 0x04) != 0);
        reason = configuration switch
        {
            { Attributes: VmAttributes attributes } when attributes.HasFlag(VmAttributes.CrashFatal) =>
                "crash-fatal needs a trusted configuration",
            { Memory.IsDirect: true } => "is-direct needs a trusted configuration",
            _ when configuration.Memory.SizeMin > configuration.Memory.SizeMax => "size-min is larger than size-max",
            _ when !meetsConstraints => "base-mem-constraints cannot be met",
            _ => null,
        };
        return reason is null;
    }

    private GunyahError CreateObjects(VirtualMachine owner, VirtualMachine vm, VmConfiguration configuration, out string? reason)
    {
        reason = null;
        var virqs = new VirqPool(VirqPool.FirstInVms, InterruptIds.LastSpi);
        uint count = (uint)configuration.Vcpus.Cpus.Length;
        PowerControl power = PowerOf(configuration.Vcpus);
        if (VmObjects.Create(root, vm.Vmid, count, power, virqs, out VmObjects objects).Failed(out GunyahError error))
            return error;

        vm.Objects = objects;
        vm.Memory = new(AllocatableAddresses(configuration.Memory));
        if (!vcpus.CreateForSecondary(vm, objects, owner.Objects!, configuration.Vcpus).Failed(out error)
            && !vdevices.CreateAll(vm, owner, configuration.Vdevices, out reason).Failed(out error))
            return GunyahError.Ok;
        objects.Ledger.Release();
        (vm.Objects, vm.Memory) = (null, null);
        return error;
    }

    /// <summary>
    /// No VM here has a watchdog, which is what would keep the vCPUs of a proxy-scheduled one together (gunyah-rm.md 5.3).
    /// </summary>
    private static PowerControl PowerOf(VcpuConfiguration vcpus) => vcpus switch
    {
        { UsesPsci: false } => PowerControl.Hypercalls,
        { Affinity: VcpuAffinity.Proxy } => PowerControl.PsciWithoutAggregation,
        _ => PowerControl.Psci,
    };

    /// <summary>
    /// Where the VM's other memory may go: outside the range of its RAM, which begins at the base address and is as large as
    /// the configuration lets it grow. With no limit that leaves what is below.
    /// </summary>
    private static AddressRange AllocatableAddresses(MemoryConfiguration memory)
    {
        ulong end = memory.Base + memory.SizeMax;
        return end < GuestAddressSpace.End
            ? new(end, GuestAddressSpace.End - end)
            : new(DeviceAddresses, Math.Max(memory.Base, DeviceAddresses + Abi.Memory.Page.Size) - DeviceAddresses);
    }

    private RmError Refuse(VirtualMachine vm, RmError error, string reason)
    {
        root.Note($"VM {vm.Vmid} cannot be initialised: {reason}");
        return error;
    }
}
