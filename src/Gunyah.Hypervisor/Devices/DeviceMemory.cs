using Gunyah.Abi;
using Gunyah.Abi.Memory;
using Gunyah.Hypervisor.AddressSpaces;
using Gunyah.Hypervisor.Memory;

namespace Gunyah.Hypervisor.Devices;

/// <summary>
/// The memory of a VM as its devices reach it: what its address space maps at the moment, with the rights of its kernel. What the
/// VM gave away is out of reach, as behind a real board's SMMU. Calls may come from any thread.
/// </summary>
public sealed class DeviceMemory
{
    private readonly ushort _vmid;
    private readonly VmidTable _vmids;
    private readonly MemoryMap _map;
    private readonly PhysicalMemory _physical;

    /// <summary>Guarded by <see cref="MemoryMap.Gate"/>, as what it sees is: nothing is unmapped during an access.</summary>
    private GuestMemory _memory;
    private AddressSpace? _space;

    internal DeviceMemory(ushort vmid, VmidTable vmids, MemoryMap map, PhysicalMemory physical)
    {
        (_vmid, _vmids, _map, _physical) = (vmid, vmids, map, physical);
        _memory = new(physical);
    }

    /// <summary>Reads.</summary>
    /// <param name="address">A guest-physical address.</param>
    /// <param name="destination">Takes the bytes; untouched on failure.</param>
    /// <returns>False where part of the range is not mapped readable, or there is no such VM.</returns>
    public bool TryRead(ulong address, Span<byte> destination)
    {
        lock (_map.Gate)
            return Find() && _memory.Read(address, destination, MemoryAccess.Read) == GunyahError.Ok;
    }

    /// <summary>Writes.</summary>
    /// <param name="address">A guest-physical address.</param>
    /// <param name="source">The bytes.</param>
    /// <returns>False, with nothing written, where part of the range is not mapped writable, or there is no such VM.</returns>
    public bool TryWrite(ulong address, ReadOnlySpan<byte> source)
    {
        lock (_map.Gate)
            return Find() && _memory.Write(address, source) == GunyahError.Ok;
    }

    /// <summary>Looks for the VM that has the number now: another one may have it after a reset.</summary>
    private bool Find()
    {
        AddressSpace? space = _vmids.Find(_vmid);
        if (space != _space)
        {
            _space = space;
            _memory = new(_physical);
            if (space is not null)
                _memory.Attach(space.Table);
        }

        return space is not null;
    }
}
