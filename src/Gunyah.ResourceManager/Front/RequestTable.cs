using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Services;
using Gunyah.ResourceManager.Services.Memory;
using Gunyah.ResourceManager.Services.Vms;

namespace Gunyah.ResourceManager.Front;

/// <summary>The services behind the front.</summary>
internal sealed record RequestServices(
    VmAllocation Allocation,
    VmCreation Creation,
    VmStarter Starter,
    VmTermination Termination,
    VmQueries Queries,
    ResourceQueries Resources,
    VmSelfServices Self,
    ParcelCreation Parcels,
    ParcelAcceptance Acceptance,
    ParcelNotices Notices);

/// <summary>
/// Every message that is served, one row each (gunyah-rm.md 2). A row reads the payload by the message's own rules
/// and hands it on; a test that comes before even the length stands in the row.
/// </summary>
internal static class RequestTable
{
    private delegate RpcAnswer Handler<T>(VirtualMachine caller, in T request);

    public static IEnumerable<RequestRow> Rows(RequestServices services) =>
    [
        Row<VmidRequest>(RmMessageId.VmAllocate, services.Allocation.Allocate, before: OnlyPrimary),
        Row<VmidRequest>(RmMessageId.VmDeallocate, services.Allocation.Deallocate),
        Row<VmConfigImageRequest>(RmMessageId.VmConfigImage, services.Creation.ConfigureImage, before: OnlyPrimary),
        Row<VmAuthImageRequest>(RmMessageId.VmAuthImage, services.Creation.AuthenticateImage, before: OnlyPrimary),
        Row<VmInitRequest>(RmMessageId.VmInit, services.Creation.Initialise, before: OnlyPrimary),
        Row<VmidRequest>(RmMessageId.VmStart, services.Starter.Start),
        Row<VmStopRequest>(RmMessageId.VmStop, services.Termination.Stop),
        Row<VmidRequest>(RmMessageId.VmReset, services.Termination.Reset),

        Row<VmidRequest>(RmMessageId.VmGetId, services.Queries.GetId),
        Row<VmLookupTextRequest>(RmMessageId.VmLookupUri, services.Queries.LookUpUri),
        Row<VmLookupGuidRequest>(RmMessageId.VmLookupGuid, services.Queries.LookUpGuid),
        Row<VmLookupTextRequest>(RmMessageId.VmLookupName, services.Queries.LookUpName),
        Row<EmptyPayload>(RmMessageId.VmGetOwner, VmQueries.GetOwner),
        Row<VmidRequest>(RmMessageId.VmGetState, services.Queries.GetState),
        Row<VmidRequest>(RmMessageId.VmGetCrashMsg, services.Queries.GetCrashMessage),
        Row<VmidRequest>(RmMessageId.VmGetHypResources, services.Resources.List),
        Row<EmptyPayload>(RmMessageId.VmGetVmid, VmQueries.GetVmid),
        Row<EmptyPayload>(RmMessageId.VmGetPeers, VmQueries.GetPeers),
        Row<EmptyPayload>(RmMessageId.VmHostGetType, VmQueries.GetHostType),

        Row<VmSetStatusRequest>(RmMessageId.VmSetStatus, services.Self.SetStatus, before: OnlyStaticSecondary),
        Row<VmExitRequest>(RmMessageId.VmExit, services.Termination.Exit),
        Row<CrashMessage>(RmMessageId.VmSetCrashMsg, VmSelfServices.SetCrashMessage),

        Create(RmMessageId.MemDonate, TransferType.Donate, services.Parcels),
        Create(RmMessageId.MemLend, TransferType.Lend, services.Parcels),
        Create(RmMessageId.MemShare, TransferType.Share, services.Parcels),
        Row<MemoryAppendRequest>(RmMessageId.MemAppend, services.Parcels.Append),
        Row<MemoryAcceptRequest>(RmMessageId.MemAccept, services.Acceptance.Accept),
        Row<MemoryReturnRequest>(RmMessageId.MemRelease, services.Acceptance.Release),
        Row<MemoryReturnRequest>(RmMessageId.MemReclaim, services.Parcels.Reclaim),
        new(RmMessageId.MemNotify, services.Notices.Notify),
    ];

    private static RequestRow Create(RmMessageId id, TransferType transfer, ParcelCreation parcels) =>
        Row(id, (VirtualMachine caller, in MemoryCreateRequest request) => parcels.Create(caller, transfer, request));

    private static RequestRow Row<T>(RmMessageId id, Handler<T> handler, Func<VirtualMachine, RmError>? before = null)
        where T : struct, IRpcPayload<T> =>
        new(id, (caller, payload) =>
        {
            RmError error = before?.Invoke(caller) ?? RmError.Ok;
            if (error != RmError.Ok)
                return error;
            error = T.TryRead(payload, out T request);
            return error == RmError.Ok ? handler(caller, request) : error;
        });

    private static RmError OnlyPrimary(VirtualMachine caller) => caller.IsPrimary ? RmError.Ok : RmError.Denied;

    private static RmError OnlyStaticSecondary(VirtualMachine caller) =>
        Vmids.IsStaticSecondary(caller.Vmid) ? RmError.Ok : RmError.Denied;
}
