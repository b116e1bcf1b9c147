using Gunyah.Abi;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Memory;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>
/// Where a VM finds the frames: where they were placed, and at the addresses that every controller has unless its configuration
/// took them away (gunyah-abi.md 4.5.4).
/// </summary>
internal sealed partial class Vic
{
    private const ulong DistributorBase = 0x0800_0000;
    private const ulong RedistributorBase = 0x080A_0000;
    private const uint RedistributorSize = 2 * GicFrame.Size;

    /// <summary>vic_configure, option bit 1.</summary>
    private const ulong NoFixedAddresses = 2;

    private const ulong LastIsValid = 1;
    private const ulong IsLast = 2;

    private volatile bool _hasFixedAddresses = true;

    /// <summary>Where GICD was placed, if it was.</summary>
    private VirtualDevice? _distributor;

    /// <summary>addrspace_attach_vdevice.</summary>
    public GunyahError Place(VirtualDeviceMap devices, uint index, MemoryRange range, ulong flags)
    {
        if (index > _maxVcpus)
            return GunyahError.ArgumentInvalid;
        lock (_gate)
            return index == 0 ? PlaceDistributor(devices, range, flags) : PlaceRedistributor(devices, index, range, flags);
    }

    /// <summary>An access of a vCPU to an address without memory.</summary>
    public DeviceAnswer Access(VcpuInterface caller, VirtualDeviceMap placed, in DeviceAccess access, out ulong value)
    {
        value = 0;
        if (placed.Find(access.Address, access.Size) is { } device && device.Owner == this)
            return AccessFrame(caller, device.Frame, access.Address - device.Range.Base, access, out value);
        if (!_hasFixedAddresses)
            return DeviceAnswer.NotThere;
        ulong at = access.Address - DistributorBase;
        if (at < GicFrame.Size)
            return AccessFrame(caller, 0, at, access, out value);
        at = access.Address - RedistributorBase;
        return at < (ulong)_maxVcpus * RedistributorSize
            ? AccessFrame(caller, 1 + (uint)(at / RedistributorSize), at % RedistributorSize, access, out value)
            : DeviceAnswer.NotThere;
    }

    private GunyahError PlaceDistributor(VirtualDeviceMap devices, MemoryRange range, ulong flags)
    {
        if (flags != 0)
            return GunyahError.ArgumentInvalid;
        if (_distributor is { IsPlaced: true })
            return GunyahError.Busy;
        return devices.TryPlace(range, this, 0, out _distributor);
    }

    private GunyahError PlaceRedistributor(VirtualDeviceMap devices, uint index, MemoryRange range, ulong flags)
    {
        ulong known = Context.FollowsReference(Deviations.VdeviceFlags) ? LastIsValid | IsLast : 0;
        if ((flags & ~known) != 0)
            return GunyahError.ArgumentInvalid;
        if (_vcpus[index - 1] is not { } local)
            return GunyahError.Idle;
        if (local.Frame is { IsPlaced: true })
            return GunyahError.Busy;
        GunyahError error = devices.TryPlace(range, this, index, out VirtualDevice? placed);
        if (error == GunyahError.Ok)
        {
            local.Frame = placed;
            local.IsLast = (flags & LastIsValid) != 0 ? (flags & IsLast) != 0 : null;
        }

        return error;
    }

    /// <summary>Accesses GICD, frame 0, or the GICR of the vCPU with the index below that of the frame.</summary>
    private DeviceAnswer AccessFrame(VcpuInterface caller, uint frame, ulong at, in DeviceAccess access, out ulong value)
    {
        value = 0;
        if (frame == 0)
            return at < GicFrame.Size ? AccessDistributor(caller, (uint)at, access, out value) : DeviceAnswer.NotThere;
        return at < RedistributorSize && Volatile.Read(ref _vcpus[frame - 1]) is { } owner
            ? AccessRedistributor(owner, (uint)at, access, out value)
            : DeviceAnswer.NotThere;
    }

    private DeviceAnswer AccessDistributor(VcpuInterface caller, uint offset, in DeviceAccess access, out ulong value)
    {
        value = 0;
        bool done = access.IsWrite
            ? TryWriteDistributor(caller, offset, access.Size, access.Value)
            : TryReadDistributor(caller, offset, access.Size, out value);
        return done ? DeviceAnswer.Done : DeviceAnswer.Fault;
    }

    private DeviceAnswer AccessRedistributor(VcpuInterface owner, uint offset, in DeviceAccess access, out ulong value)
    {
        value = 0;
        bool done = access.IsWrite
            ? TryWriteRedistributor(owner, offset, access.Size, access.Value)
            : TryReadRedistributor(owner, offset, access.Size, out value);
        return done ? DeviceAnswer.Done : DeviceAnswer.Fault;
    }
}
