using System.Collections.Immutable;
using Gunyah.Abi;

namespace Gunyah.Hypervisor.Memory;

/// <summary>
/// Where frames of the hypervisor's own devices were placed in an address space (gunyah-abi.md 4.5.4). There are few, placed
/// before a VM runs: a list is searched, and readers take no lock.
/// </summary>
internal sealed class VirtualDeviceMap
{
    /// <summary>Frames end at or below this.</summary>
    private const ulong AddressLimit = 1UL << 44;

    private readonly Lock _gate = new();
    private ImmutableArray<VirtualDevice> _placed = [];

    /// <summary>Places a frame. Neither its alignment nor what memory is mapped there is looked at.</summary>
    public GunyahError TryPlace(MemoryRange range, object owner, uint frame, out VirtualDevice? placed)
    {
        placed = null;
        if (range.Size == 0)
            return GunyahError.ArgumentInvalid;
        if (range.Base > AddressLimit || range.Size > AddressLimit - range.Base)
            return GunyahError.ArgumentSize;
        lock (_gate)
        {
            if (_placed.Any(other => other.Range.Overlaps(range)))
                return GunyahError.Busy;
            placed = new(this, range, owner, frame);
            ImmutableInterlocked.Update(ref _placed, static (all, added) => all.Add(added), placed);
            return GunyahError.Ok;
        }
    }

    /// <summary>The frame that holds all of an access; null for none.</summary>
    public VirtualDevice? Find(ulong address, int size)
    {
        foreach (VirtualDevice device in _placed)
        {
            if (device.Range.Contains(address, (ulong)size))
                return device;
        }

        return null;
    }

    /// <summary>The address space goes.</summary>
    public void Clear()
    {
        foreach (VirtualDevice device in _placed)
            device.Remove();
    }

    internal void Remove(VirtualDevice device)
    {
        lock (_gate)
            ImmutableInterlocked.Update(ref _placed, static (all, gone) => all.Remove(gone), device);
    }
}

/// <summary>A frame in an address space. It is there until its owner or the address space goes.</summary>
/// <param name="map">Where it is placed.</param>
/// <param name="range">Its addresses.</param>
/// <param name="owner">Whose it is.</param>
/// <param name="frame">Which of its owner's.</param>
internal sealed class VirtualDevice(VirtualDeviceMap map, MemoryRange range, object owner, uint frame)
{
    private volatile bool _isPlaced = true;

    public MemoryRange Range { get; } = range;

    public object Owner { get; } = owner;

    public uint Frame { get; } = frame;

    public bool IsPlaced => _isPlaced;

    public void Remove()
    {
        _isPlaced = false;
        map.Remove(this);
    }
}
