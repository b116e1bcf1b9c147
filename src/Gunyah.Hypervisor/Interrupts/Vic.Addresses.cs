using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>
/// Where a VM finds the frames: at the addresses that every controller has unless its configuration took them away
/// (gunyah-abi.md 4.5.4).
/// </summary>
internal sealed partial class Vic
{
    private const ulong DistributorBase = 0x0800_0000;
    private const ulong RedistributorBase = 0x080A_0000;
    private const uint RedistributorSize = 2 * GicFrame.Size;

    /// <summary>vic_configure, option bit 1.</summary>
    private const ulong NoFixedAddresses = 2;

    private volatile bool _hasFixedAddresses = true;

    /// <summary>An access of a vCPU to an address without memory.</summary>
    public DeviceAnswer Access(VcpuInterface caller, in DeviceAccess access, out ulong value)
    {
        value = 0;
        if (!_hasFixedAddresses)
            return DeviceAnswer.NotThere;
        ulong at = access.Address - DistributorBase;
        if (at < GicFrame.Size)
            return AccessDistributor(caller, (uint)at, access, out value);
        at = access.Address - RedistributorBase;
        return at < (ulong)_maxVcpus * RedistributorSize && Volatile.Read(ref _vcpus[at / RedistributorSize]) is { } owner
            ? AccessRedistributor(owner, (uint)(at % RedistributorSize), access, out value)
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
