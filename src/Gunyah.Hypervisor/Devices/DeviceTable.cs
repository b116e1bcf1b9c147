using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Memory;

namespace Gunyah.Hypervisor.Devices;

/// <summary>
/// The machine's devices and where VMs find them. A machine has few and attaches them before it runs: a list is searched, and
/// readers take no lock.
/// </summary>
internal sealed class DeviceTable
{
    private readonly Lock _gate = new();
    private ImmutableArray<Placed> _devices = [];

    /// <summary>Puts a device into the address space of a VM, whether there is one already or not.</summary>
    /// <returns>False if another device of that VM is there.</returns>
    public bool TryAttach(ushort vmid, MemoryRange range, IDevice device)
    {
        lock (_gate)
        {
            if (_devices.Any(placed => placed.Vmid == vmid && placed.Range.Overlaps(range)))
                return false;
            ImmutableInterlocked.Update(ref _devices, static (devices, added) => devices.Add(added),
                new Placed(vmid, range, device));
            return true;
        }
    }

    /// <summary>An access of a VM to an address without memory.</summary>
    public DeviceAnswer Access(ushort vmid, in DeviceAccess access, out ulong value)
    {
        value = 0;
        if (!TryFind(vmid, access, out Placed? placed))
            return DeviceAnswer.NotThere;
        ulong offset = access.Address - placed.Range.Base;
        bool done = access.IsWrite
            ? placed.Device.TryWrite(offset, access.Size, access.Value)
            : placed.Device.TryRead(offset, access.Size, out value);
        return done ? DeviceAnswer.Done : DeviceAnswer.Fault;
    }

    private bool TryFind(ushort vmid, in DeviceAccess access, [NotNullWhen(true)] out Placed? found)
    {
        if (access.Size is 1 or 2 or 4 or 8)
        {
            foreach (Placed placed in _devices)
            {
                found = placed;
                if (placed.Vmid == vmid && access.Address >= placed.Range.Base
                    && access.Address - placed.Range.Base <= placed.Range.Size - (ulong)access.Size)
                    return true;
            }
        }

        found = null;
        return false;
    }

    private sealed record Placed(ushort Vmid, MemoryRange Range, IDevice Device);
}
