using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Platform;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Services.Memory;

/// <summary>MEM_DONATE, MEM_LEND, MEM_SHARE, MEM_APPEND and MEM_RECLAIM: what the owner of memory does with it.</summary>
internal sealed class ParcelCreation(RootVm root, VmRegistry vms, ParcelStore parcels)
{
    /// <summary>Addresses and sizes in lists stay below this, whatever the machine's address space.</summary>
    private const ulong AddressLimit = 1UL << 44;

    /// <summary>Makes a parcel (gunyah-rm.md 2.5.2). The checks come in the reference's order.</summary>
    public RpcAnswer Create(VirtualMachine caller, TransferType transfer, in MemoryCreateRequest request)
    {
        RmError error = Check(caller, transfer, request);
        if (error != RmError.Ok)
            return error;
        var parcel = new MemoryParcel(parcels.NextHandle(), caller.Vmid, transfer, request);
        error = AddRegions(caller, parcel, request.Sgl);
        if (error != RmError.Ok)
            return error;
        parcels.Add(parcel);
        return RpcAnswer.With(new MemoryHandleReply(parcel.Handle));
    }

    /// <summary>Adds memory to a parcel that was announced as unfinished (gunyah-rm.md 2.5.3).</summary>
    public RpcAnswer Append(VirtualMachine caller, in MemoryAppendRequest request)
    {
        if (request.Sgl.Count == 0)
            return RmError.ArgumentInvalid;
        if (parcels.Find(request.Handle) is not MemoryParcel parcel)
            return RmError.HandleInvalid;
        if (parcel.Owner != caller.Vmid || !parcel.IsGrowing)
            return RmError.Denied;
        RmError error = AddRegions(caller, parcel, request.Sgl);
        if (error == RmError.Ok && request.Flags.HasFlag(MemoryAppendFlags.Last))
            parcel.IsGrowing = false;
        return error;
    }

    /// <summary>Takes a parcel back (gunyah-rm.md 2.5.5).</summary>
    public RpcAnswer Reclaim(VirtualMachine caller, in MemoryReturnRequest request)
    {
        if (parcels.Find(request.Handle) is not MemoryParcel parcel)
            return RmError.HandleInvalid;
        if (parcel.Owner != caller.Vmid)
            return RmError.Denied;
        if (parcel.IsAccepted)
            return RmError.MemInUse;
        if (parcel.IsLocked)
            return RmError.Denied;
        if (request.Flags.HasFlag(MemoryReturnFlags.Sanitise) && !TryClear(parcel))
            return RmError.ArgumentInvalid;
        parcel.Dissolve();
        parcels.Remove(parcel);
        return RmError.Ok;
    }

    /// <summary>Fills a parcel's memory with zeros.</summary>
    public bool TryClear(MemoryParcel parcel) =>
        parcel.Regions.All(region => root.Vcpu.ExtentZero(region.Extent, 0, region.Size) == GunyahError.Ok);

    private RmError Check(VirtualMachine caller, TransferType transfer, in MemoryCreateRequest request)
    {
        bool isIo = request.Type == MemoryType.Io;
        bool isDonation = transfer == TransferType.Donate;
        if (request.Acl.Count == 0 || request.Sgl.Count == 0)
            return RmError.ArgumentInvalid;
        if (isDonation && request.Acl.Count != 1)
            return RmError.ArgumentInvalid;
        if (parcels.CountOf(caller.Vmid) >= MemoryParcels.MaxPerOwner)
            return RmError.Denied;
        if (request.Type > MemoryType.Io || (isIo && request.Flags.HasFlag(MemoryCreateFlags.Sanitise)))
            return RmError.ArgumentInvalid;

        var named = new HashSet<ushort>();
        foreach (AclEntry entry in request.Acl)
        {
            bool rightsAreLegal = entry.Rights is >= MemoryRights.Read and <= MemoryRights.All;
            if (!named.Add(entry.Vmid) || !IsValidInAcl(entry.Vmid) || !rightsAreLegal
                || (isIo && entry.Rights.HasFlag(MemoryRights.Execute)))
                return RmError.ArgumentInvalid;
        }
        if (isDonation && request.Acl[0].Rights != (isIo ? MemoryRights.Read | MemoryRights.Write : MemoryRights.All))
            return RmError.Denied;
        if (named.Contains(caller.Vmid) != (transfer == TransferType.Share))
            return RmError.ArgumentInvalid;
        // The platform's own refusal: ownership never moves here (docs/decisions/0401).
        if (isDonation)
            return RmError.Denied;
        return CheckAttributes(request, named, isIo);
    }

    private static RmError CheckAttributes(in MemoryCreateRequest request, HashSet<ushort> named, bool isIo)
    {
        var attributed = new HashSet<ushort>();
        foreach (AttributeEntry entry in request.Attributes)
        {
            bool fits = entry.Attribute switch
            {
                MemoryAttribute.Normal => true,
                MemoryAttribute.Device => isIo,
                MemoryAttribute.Uncached or MemoryAttribute.Cached => !isIo,
                _ => false,
            };
            if (!fits || !attributed.Add(entry.Vmid))
                return RmError.ArgumentInvalid;
        }
        return attributed.IsSubsetOf(named) ? RmError.Ok : RmError.VmidInvalid;
    }

    private bool IsValidInAcl(ushort vmid) =>
        vmid is Vmids.Primary or Vmids.ResourceManager
        || Vmids.IsStaticSecondary(vmid)
        || (Vmids.IsDynamic(vmid) && vms.Find(vmid) is not null);

    /// <summary>Cuts regions out of the owner's memory. On failure none of them was.</summary>
    private RmError AddRegions(VirtualMachine owner, MemoryParcel parcel, RpcList<SglEntry> sgl)
    {
        foreach (SglEntry entry in sgl)
        {
            bool isLegal = Page.IsAligned(entry.Ipa) && Page.IsAligned(entry.Size) && entry.Size != 0
                && entry.Ipa < AddressLimit && entry.Size < AddressLimit;
            if (!isLegal)
                return RmError.ArgumentInvalid;
        }

        var batch = new ObjectLedger(root);
        var regions = new List<ParcelRegion>(sgl.Count);
        foreach (SglEntry entry in sgl)
        {
            RmError error = Cut(owner, parcel, entry, batch, out CapId extent);
            if (error != RmError.Ok)
            {
                batch.Release();
                return error;
            }
            regions.Add(new(entry.Ipa, entry.Size, extent));
        }
        parcel.Append(regions, batch);
        return RmError.Ok;
    }

    private RmError Cut(VirtualMachine owner, MemoryParcel parcel, SglEntry entry, ObjectLedger batch, out CapId extent)
    {
        extent = CapId.Invalid;
        var range = new AddressRange(entry.Ipa, entry.Size);
        if (parcel.Type == MemoryType.Io
            || owner.Memory is not VmMemory memory
            || owner.Objects is not VmObjects objects
            || !memory.TryFindOwned(range, out OwnedMemory whole)
            || !memory.GivenAway.TryAdd(range))
            return RmError.MemInvalid;
        batch.WillUndo(() => memory.GivenAway.Remove(range));

        GunyahError error = batch.DeriveExtent(whole.Extent, range.Base - whole.Range.Base, range.Size, out extent);
        if (error is GunyahError.NoMemory or GunyahError.CapabilitySpaceFull)
            return RmError.NoMem;
        if (error != GunyahError.Ok)
            return RmError.MemInvalid;

        // The new extent starts with the mappings that its part of the old one had: the owner's.
        bool isKept = parcel.Transfer == TransferType.Share;
        error = isKept
            ? root.Vcpu.UpdateAccess(objects.AddressSpace, extent, range.Base, AccessOf(parcel.RightsOf(owner.Vmid)!.Value))
            : root.Vcpu.ExtentUnmapAll(extent);
        if (error == GunyahError.Ok && parcel.IsSanitised)
            error = root.Vcpu.ExtentZero(extent, 0, range.Size);
        return error == GunyahError.Ok ? RmError.Ok : RmError.MapFailed;
    }

    /// <summary>The rights of a parcel as the hypervisor counts them: the same bits.</summary>
    internal static MemoryAccess AccessOf(MemoryRights rights) => (MemoryAccess)rights;
}
