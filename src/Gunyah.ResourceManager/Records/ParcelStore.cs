using Gunyah.Abi.Rpc;

namespace Gunyah.ResourceManager.Records;

/// <summary>All parcels there are, by handle.</summary>
internal sealed class ParcelStore
{
    private readonly SortedDictionary<uint, MemoryParcel> _parcels = [];
    private uint _next;

    public int Count => _parcels.Count;

    public MemoryParcel? Find(uint handle) => _parcels.GetValueOrDefault(handle);

    public int CountOf(ushort owner) => _parcels.Values.Count(parcel => parcel.Owner == owner);

    /// <summary>The parcels that name a VM, by handle.</summary>
    public MemoryParcel[] Naming(ushort vmid) => [.. _parcels.Values.Where(parcel => parcel.Names(vmid))];

    /// <summary>The next handle: they are given in order from 0, and again after four billion.</summary>
    public uint NextHandle()
    {
        while (_next == MemoryParcels.InvalidHandle || _parcels.ContainsKey(_next))
            _next++;
        return _next;
    }

    public void Add(MemoryParcel parcel)
    {
        _parcels.Add(parcel.Handle, parcel);
        _next = parcel.Handle + 1;
    }

    public void Remove(MemoryParcel parcel) => _parcels.Remove(parcel.Handle);
}
