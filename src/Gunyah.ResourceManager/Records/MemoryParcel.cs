using Gunyah.Abi;
using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Platform;

namespace Gunyah.ResourceManager.Records;

/// <summary>One region of a parcel: an entry of the list by which its owner made it.</summary>
/// <param name="OwnerIpa">Where the owner saw it.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Extent">The extent that was cut out of the owner's memory for it.</param>
internal readonly record struct ParcelRegion(ulong OwnerIpa, ulong Size, CapId Extent);

/// <summary>Memory that its owner lends to or shares with other VMs (gunyah-rm.md 2.5).</summary>
internal sealed class MemoryParcel(uint handle, ushort owner, TransferType transfer, in MemoryCreateRequest request)
{
    private readonly List<ObjectLedger> _batches = [];
    private readonly List<ParcelRegion> _regions = [];
    private readonly Dictionary<ushort, Acceptance> _acceptances = [];

    public uint Handle { get; } = handle;

    public ushort Owner { get; } = owner;

    public TransferType Transfer { get; } = transfer;

    public MemoryType Type { get; } = request.Type;

    public bool IsSanitised { get; } = request.Flags.HasFlag(MemoryCreateFlags.Sanitise);

    public uint Label { get; } = request.Label;

    public RpcList<AclEntry> Acl { get; } = request.Acl;

    public RpcList<AttributeEntry> Attributes { get; } = request.Attributes;

    /// <summary>True until the last part was appended.</summary>
    public bool IsGrowing { get; set; } = request.Flags.HasFlag(MemoryCreateFlags.Append);

    /// <summary>The tag of the first MEM_NOTIFY that told somebody of the parcel; it cannot change afterwards.</summary>
    public uint? Tag { get; set; }

    /// <summary>
    /// How many VMs that are not reset have the parcel as their image: while there is one nobody may take it away.
    /// </summary>
    public int Locks { get; set; }

    public bool IsLocked => Locks > 0;

    public IReadOnlyList<ParcelRegion> Regions => _regions;

    public ulong TotalSize { get; private set; }

    /// <summary>The memory for a <see cref="MemoryWindow"/>, in order.</summary>
    public IEnumerable<MemoryPiece> Pieces => _regions.Select(region => new MemoryPiece(region.Extent, region.Size));

    public bool IsAccepted => _acceptances.Values.Any(acceptance => acceptance.IsMapped);

    public bool Names(ushort vmid) => RightsOf(vmid) is not null;

    public MemoryRights? RightsOf(ushort vmid)
    {
        foreach (AclEntry entry in Acl)
        {
            if (entry.Vmid == vmid)
                return entry.Rights;
        }
        return null;
    }

    public Acceptance? AcceptanceOf(ushort vmid) => _acceptances.GetValueOrDefault(vmid);

    /// <summary>Adds memory, with the ledger that gives it back to the owner.</summary>
    public void Append(IReadOnlyCollection<ParcelRegion> regions, ObjectLedger batch)
    {
        _regions.AddRange(regions);
        _batches.Add(batch);
        foreach (ParcelRegion region in regions)
            TotalSize += region.Size;
    }

    public void Add(Acceptance acceptance) => _acceptances.Add(acceptance.Vmid, acceptance);

    /// <summary>Takes the memory away from a VM, whether mapped or only promised an address.</summary>
    public void Drop(Acceptance acceptance)
    {
        acceptance.Release();
        _acceptances.Remove(acceptance.Vmid);
    }

    /// <summary>Gives all memory back to the owner. The parcel is of no use afterwards.</summary>
    public void Dissolve()
    {
        foreach (Acceptance acceptance in _acceptances.Values.ToArray())
            Drop(acceptance);
        for (int i = _batches.Count - 1; i >= 0; i--)
            _batches[i].Release();
        _batches.Clear();
        _regions.Clear();
    }
}
