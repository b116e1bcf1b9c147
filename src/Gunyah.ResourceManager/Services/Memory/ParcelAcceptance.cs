using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Platform;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Services.Memory;

/// <summary>MEM_ACCEPT and MEM_RELEASE, and the same done by the Resource Manager for a VM that starts.</summary>
internal sealed class ParcelAcceptance(RootVm root, ParcelStore parcels, ParcelCreation creation)
{
    /// <summary>Accepts a parcel (gunyah-rm.md 2.5.4). The checks come in the reference's order.</summary>
    public RpcAnswer Accept(VirtualMachine caller, in MemoryAcceptRequest request)
    {
        if (parcels.Find(request.Handle) is not MemoryParcel parcel)
            return RmError.HandleInvalid;
        RmError error = Check(caller, parcel, request);
        if (error != RmError.Ok)
            return error;
        if (caller.Memory is not VmMemory memory)
            return RmError.NoResource;

        bool isContiguous = request.Flags.HasFlag(MemoryAcceptFlags.Contiguous);
        Acceptance? earlier = parcel.AcceptanceOf(caller.Vmid);
        Acceptance acceptance = earlier ?? new(caller.Vmid, memory, isContiguous, new ObjectLedger(root));
        int before = acceptance.Ranges.Count;
        error = Reserve(parcel, acceptance, request.Sgl, out bool isIncomplete);
        if (error == RmError.Ok && request.Flags.HasFlag(MemoryAcceptFlags.Done))
            error = isIncomplete || !IsReserved(parcel, acceptance) ? RmError.ArgumentInvalid : Map(caller, parcel, acceptance);
        if (error != RmError.Ok)
        {
            acceptance.Unreserve(before);
            return error;
        }

        acceptance.SanitiseOnReclaim |= request.Flags.HasFlag(MemoryAcceptFlags.SanitiseOnReclaim);
        if (earlier is null)
            parcel.Add(acceptance);
        if (request.Sgl.Count > 0)
            return RmError.Ok;
        var flags = isIncomplete ? MemoryAcceptReplyFlags.Incomplete : MemoryAcceptReplyFlags.None;
        return RpcAnswer.With(new MemoryAcceptReply(flags, acceptance.Ranges.Skip(before).ToArray()));
    }

    /// <summary>Gives a parcel back to its owner (gunyah-rm.md 2.5.5).</summary>
    public RpcAnswer Release(VirtualMachine caller, in MemoryReturnRequest request)
    {
        if (parcels.Find(request.Handle) is not MemoryParcel parcel)
            return RmError.HandleInvalid;
        if (parcel.Owner == caller.Vmid)
            return RmError.Denied;
        if (parcel.RightsOf(caller.Vmid) is not MemoryRights rights)
            return RmError.HandleInvalid;
        if (parcel.AcceptanceOf(caller.Vmid) is not Acceptance acceptance)
            return RmError.MemReleased;
        if (parcel.IsLocked)
            return RmError.Denied;
        if (request.Flags.HasFlag(MemoryReturnFlags.Sanitise)
            && (!rights.HasFlag(MemoryRights.Write) || !creation.TryClear(parcel)))
            return RmError.ArgumentInvalid;
        Drop(parcel, acceptance);
        return RmError.Ok;
    }

    /// <summary>Accepts a whole parcel for a VM as one range.</summary>
    /// <param name="vm">The VM, which the parcel must name.</param>
    /// <param name="parcel">The parcel.</param>
    /// <param name="address">Where in the VM; null to choose.</param>
    /// <param name="sanitiseOnReclaim">Whether to clear the memory when the VM ends.</param>
    public RmError AcceptFor(VirtualMachine vm, MemoryParcel parcel, ulong? address, bool sanitiseOnReclaim)
    {
        var acceptance = new Acceptance(vm.Vmid, vm.Memory!, isContiguous: true, new ObjectLedger(root))
        {
            SanitiseOnReclaim = sanitiseOnReclaim,
        };
        bool reserved = address is ulong fixedAddress
            ? acceptance.TryReserve(fixedAddress, parcel.TotalSize)
            : acceptance.TryReserveAnywhere(parcel.TotalSize);
        if (!reserved)
            return RmError.NoResource;
        RmError error = Map(vm, parcel, acceptance);
        if (error == RmError.Ok)
            parcel.Add(acceptance);
        else
            acceptance.Release();
        return error;
    }

    /// <summary>Takes a parcel away from a VM, cleared where that was asked for.</summary>
    public void Drop(MemoryParcel parcel, Acceptance acceptance)
    {
        bool clears = acceptance is { IsMapped: true, SanitiseOnReclaim: true };
        parcel.Drop(acceptance);
        if (clears)
            creation.TryClear(parcel);
    }

    private static RmError Check(VirtualMachine caller, MemoryParcel parcel, in MemoryAcceptRequest request)
    {
        if (request.Type != parcel.Type || request.Transfer != parcel.Transfer)
            return RmError.ArgumentInvalid;
        MemoryAcceptFlags flags = request.Flags;
        bool isAsExpected = (!flags.HasFlag(MemoryAcceptFlags.RequireSanitised) || parcel.IsSanitised)
            && (!flags.HasFlag(MemoryAcceptFlags.ValidateLabel) || request.Label == parcel.Label)
            && (!flags.HasFlag(MemoryAcceptFlags.ValidateLists)
                || (request.Acl == parcel.Acl && request.Attributes == parcel.Attributes));
        if (!isAsExpected)
            return RmError.ValidateFailed;
        if (request.MapVmid != 0)
            return RmError.ArgumentInvalid;
        if (flags.HasFlag(MemoryAcceptFlags.MapOther))
            return RmError.Denied;
        if (parcel.RightsOf(caller.Vmid) is not MemoryRights rights)
            return RmError.VmidInvalid;
        Acceptance? earlier = parcel.AcceptanceOf(caller.Vmid);
        if (parcel.Owner == caller.Vmid || earlier is { IsMapped: true })
            return RmError.Denied;

        bool isContiguous = flags.HasFlag(MemoryAcceptFlags.Contiguous);
        if (isContiguous && (parcel.Type == MemoryType.Io || earlier is { IsContiguous: false }))
            return RmError.ArgumentInvalid;
        bool sanitises = flags.HasFlag(MemoryAcceptFlags.SanitiseOnReclaim);
        return sanitises && (parcel.Type == MemoryType.Io || !rights.HasFlag(MemoryRights.Write))
            ? RmError.ArgumentInvalid
            : RmError.Ok;
    }

    /// <summary>Promises addresses for the next regions: those that the list says, or free ones where it is empty.</summary>
    private static RmError Reserve(MemoryParcel parcel, Acceptance acceptance, RpcList<SglEntry> sgl, out bool isIncomplete)
    {
        isIncomplete = false;
        ulong[] sizes = RemainingSizes(parcel, acceptance);
        if (sgl.Count > sizes.Length)
            return RmError.ArgumentInvalid;
        for (int i = 0; i < sgl.Count; i++)
        {
            if (sgl[i].Size != sizes[i] || !Abi.Memory.Page.IsAligned(sgl[i].Ipa))
                return RmError.ArgumentInvalid;
        }
        for (int i = 0; i < sgl.Count; i++)
        {
            if (!acceptance.TryReserve(sgl[i].Ipa, sgl[i].Size))
                return RmError.NoResource;
        }
        if (sgl.Count > 0)
            return RmError.Ok;

        isIncomplete = sizes.Length > MemoryParcels.MaxListEntries;
        foreach (ulong size in sizes.Take(MemoryParcels.MaxListEntries))
        {
            if (!acceptance.TryReserveAnywhere(size))
                return RmError.NoResource;
        }
        return RmError.Ok;
    }

    private static ulong[] RemainingSizes(MemoryParcel parcel, Acceptance acceptance) =>
        acceptance.IsContiguous
            ? acceptance.Ranges.Count == 0 ? [parcel.TotalSize] : []
            : [.. parcel.Regions.Skip(acceptance.Ranges.Count).Select(region => region.Size)];

    /// <summary>Whether every byte has an address: the owner may have appended since a contiguous range was promised.</summary>
    private static bool IsReserved(MemoryParcel parcel, Acceptance acceptance)
    {
        ulong reserved = 0;
        foreach (SglEntry range in acceptance.Ranges)
            reserved += range.Size;
        return reserved == parcel.TotalSize;
    }

    private RmError Map(VirtualMachine vm, MemoryParcel parcel, Acceptance acceptance)
    {
        CapId space = vm.Objects!.AddressSpace;
        var access = ParcelCreation.AccessOf(parcel.RightsOf(vm.Vmid)!.Value);
        ulong next = acceptance.Ranges[0].Ipa;
        for (int i = 0; i < parcel.Regions.Count; i++)
        {
            ParcelRegion region = parcel.Regions[i];
            ulong address = acceptance.IsContiguous ? next : acceptance.Ranges[i].Ipa;
            next = address + region.Size;
            GunyahError error = root.Vcpu.Map(space, region.Extent, address, access);
            if (error != GunyahError.Ok)
            {
                acceptance.Mappings.Release();
                return RmError.MapFailed;
            }
            acceptance.Mappings.WillUndo(() => root.Vcpu.Unmap(space, region.Extent, address));
        }
        acceptance.IsMapped = true;
        return RmError.Ok;
    }
}
