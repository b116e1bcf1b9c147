using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Services.Memory;

/// <summary>MEM_NOTIFY: owners and acceptors tell each other about a parcel (gunyah-rm.md 2.5.6).</summary>
internal sealed class ParcelNotices(VmRegistry vms, ParcelStore parcels, VmNotifier notifier)
{
    /// <summary>
    /// Passes a notice on. The payload is judged in parts, because who may say what comes before how it is said.
    /// </summary>
    public RpcAnswer Notify(VirtualMachine caller, ReadOnlySpan<byte> payload)
    {
        RmError error = MemoryNotifyRequest.TryReadHead(payload, out MemoryNotifyRequest head);
        if (error != RmError.Ok)
            return error;
        if (parcels.Find(head.Handle) is not MemoryParcel parcel)
            return RmError.HandleInvalid;
        switch (head.Kind)
        {
            case MemoryNotifyKind.Shared or MemoryNotifyKind.Recall:
                if (parcel.Owner != caller.Vmid)
                    return RmError.Denied;
                error = RpcPayload.TryRead(payload, out MemoryNotifyRequest request);
                return error == RmError.Ok ? ToAcceptors(parcel, request) : error;
            case MemoryNotifyKind.Released or MemoryNotifyKind.Accepted:
                return ToOwner(caller, parcel, head);
            default:
                return RmError.ArgumentInvalid;
        }
    }

    /// <summary>Tells the owner that an acceptor let go, or has the memory.</summary>
    public void TellOwner(MemoryParcel parcel, ushort acceptor, RmMessageId id) =>
        notifier.Send(parcel.Owner, id, new MemoryAcceptorNotification(parcel.Handle, acceptor, parcel.Tag ?? 0));

    private RmError ToOwner(VirtualMachine caller, MemoryParcel parcel, in MemoryNotifyRequest head)
    {
        if (!parcel.Names(caller.Vmid) || parcel.Owner == caller.Vmid)
            return RmError.HandleInvalid;
        bool accepted = parcel.AcceptanceOf(caller.Vmid) is { IsMapped: true };
        if (head.Kind == MemoryNotifyKind.Released && accepted)
            return RmError.MemInUse;
        if (head.Kind == MemoryNotifyKind.Accepted && !accepted)
            return RmError.MemReleased;
        if (!TryFixTag(parcel, head.Tag, isFirst: false))
            return RmError.ArgumentInvalid;
        TellOwner(parcel, caller.Vmid, head.Kind == MemoryNotifyKind.Accepted
            ? RmMessageId.MemAccepted : RmMessageId.MemReleased);
        return RmError.Ok;
    }

    private RmError ToAcceptors(MemoryParcel parcel, in MemoryNotifyRequest request)
    {
        if (request.Vmids.Count > parcel.Acl.Count)
            return RmError.ArgumentInvalid;
        foreach (VmidEntry entry in request.Vmids)
        {
            if (vms.Find(entry.Vmid) is null)
                return RmError.VmidInvalid;
            if (!parcel.Names(entry.Vmid))
                return RmError.ArgumentInvalid;
        }
        bool isShared = request.Kind == MemoryNotifyKind.Shared;
        if (!TryFixTag(parcel, request.Tag, isFirst: isShared))
            return RmError.ArgumentInvalid;

        RmError error = RmError.Ok;
        foreach (VmidEntry entry in request.Vmids)
        {
            VirtualMachine target = vms.Find(entry.Vmid)!;
            // A VM that is made but does not run cannot answer. The Resource Manager would accept on its behalf what a vdevice
            // with the parcel's label waits for; there are no such vdevices here.
            if (isShared && target.State == VmState.Ready)
                error = RmError.MemReleased;
            else if (isShared)
                notifier.Send(target, RmMessageId.MemShared, SharedNotification(parcel));
            else
                notifier.Send(target, RmMessageId.MemRecall, new MemoryRecallNotification(parcel.Handle, parcel.Tag ?? 0));
        }
        return error;
    }

    private static bool TryFixTag(MemoryParcel parcel, uint tag, bool isFirst)
    {
        if (parcel.Tag is uint known)
            return known == tag;
        if (isFirst)
            parcel.Tag = tag;
        return true;
    }

    private static MemorySharedNotification SharedNotification(MemoryParcel parcel) => new(
        parcel.Handle,
        parcel.Type,
        parcel.Transfer,
        parcel.IsSanitised ? MemorySharedFlags.Sanitised : MemorySharedFlags.None,
        parcel.Owner,
        parcel.Label,
        parcel.Tag ?? 0,
        parcel.Acl,
        parcel.Regions.Take(MemoryParcels.MaxListEntries).Select(region => new RegionSize(region.Size)).ToArray(),
        parcel.Attributes);
}
