using Gunyah.Abi.Memory;
using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Platform;

namespace Gunyah.ResourceManager.Records;

/// <summary>What one VM has of a parcel: addresses that are promised, later memory that is mapped there.</summary>
/// <param name="vmid">The VM.</param>
/// <param name="memory">The books on the VM's addresses.</param>
/// <param name="isContiguous">True where all regions form one range of the VM's addresses.</param>
/// <param name="mappings">What takes the memory out of the VM's address space.</param>
internal sealed class Acceptance(ushort vmid, VmMemory memory, bool isContiguous, ObjectLedger mappings)
{
    private readonly List<SglEntry> _ranges = [];

    public ushort Vmid { get; } = vmid;

    public bool IsContiguous { get; } = isContiguous;

    /// <summary>True once the VM can use the memory; before that only addresses are promised.</summary>
    public bool IsMapped { get; set; }

    /// <summary>Whether the memory is to be cleared when the VM gives it back.</summary>
    public bool SanitiseOnReclaim { get; set; }

    /// <summary>The ranges of the VM's addresses: one a region, or one alone where the parcel is contiguous.</summary>
    public IReadOnlyList<SglEntry> Ranges => _ranges;

    public ObjectLedger Mappings { get; } = mappings;

    /// <summary>Promises a range; false, with nothing changed, when the VM uses part of it.</summary>
    public bool TryReserve(ulong address, ulong size)
    {
        var range = new AddressRange(address, size);
        if (!range.IsValid || range.Last >= GuestAddressSpace.End || !memory.Used.TryAdd(range))
            return false;
        _ranges.Add(new(address, size));
        return true;
    }

    /// <summary>Promises a range where there is room; false, with nothing changed, when there is none.</summary>
    public bool TryReserveAnywhere(ulong size) => memory.FindFree(size) is ulong address && TryReserve(address, size);

    /// <summary>Takes back the promises from the one at an index on.</summary>
    public void Unreserve(int from)
    {
        foreach (SglEntry range in _ranges.Skip(from))
            memory.Used.Remove(new(range.Ipa, range.Size));
        _ranges.RemoveRange(from, _ranges.Count - from);
    }

    /// <summary>Takes everything back.</summary>
    public void Release()
    {
        Mappings.Release();
        IsMapped = false;
        Unreserve(0);
    }
}
