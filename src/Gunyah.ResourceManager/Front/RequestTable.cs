using System.Collections.Frozen;
using System.Collections.Immutable;
using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Records;
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

/// <summary>Carries out one request.</summary>
internal delegate RpcAnswer RequestHandler(RequestServices services, VirtualMachine caller, ReadOnlySpan<byte> payload);

/// <summary>
/// A message that is served, and by whom. Its name and its length are in the message's own row (<see cref="RmMessages"/>).
/// </summary>
internal sealed record RequestRow(RmMessageId Id, RequestHandler Handle);

/// <summary>
/// Every message that is served, one row each (gunyah-rm.md 2). A row reads the payload by the message's own rules
/// and hands it on; a test that comes before even the length stands in the row.
/// </summary>
internal static class RequestTable
{
    private delegate RpcAnswer Handler<T>(RequestServices services, VirtualMachine caller, in T request);

    /// <summary>The rows, by the chapters of the protocol.</summary>
    public static ImmutableArray<RequestRow> Rows { get; } =
    [
        Row<VmidRequest>(RmMessageId.VmAllocate, static (s, caller, in r) => s.Allocation.Allocate(caller, r),
            before: OnlyPrimary),
        Row<VmidRequest>(RmMessageId.VmDeallocate, static (s, caller, in r) => s.Allocation.Deallocate(caller, r)),
        Row<VmConfigImageRequest>(RmMessageId.VmConfigImage, static (s, caller, in r) => s.Creation.ConfigureImage(caller, r),
            before: OnlyPrimary),
        Row<VmAuthImageRequest>(RmMessageId.VmAuthImage, static (s, caller, in r) => s.Creation.AuthenticateImage(caller, r),
            before: OnlyPrimary),
        Row<VmInitRequest>(RmMessageId.VmInit, static (s, caller, in r) => s.Creation.Initialise(caller, r), before: OnlyPrimary),
        Row<VmidRequest>(RmMessageId.VmStart, static (s, caller, in r) => s.Starter.Start(caller, r)),
        Row<VmStopRequest>(RmMessageId.VmStop, static (s, caller, in r) => s.Termination.Stop(caller, r)),
        Row<VmidRequest>(RmMessageId.VmReset, static (s, caller, in r) => s.Termination.Reset(caller, r)),

        Row<VmidRequest>(RmMessageId.VmGetId, static (s, caller, in r) => s.Queries.GetId(caller, r)),
        Row<VmLookupTextRequest>(RmMessageId.VmLookupUri, static (s, caller, in r) => s.Queries.LookUpUri(caller, r)),
        Row<VmLookupGuidRequest>(RmMessageId.VmLookupGuid, static (s, caller, in r) => s.Queries.LookUpGuid(caller, r)),
        Row<VmLookupTextRequest>(RmMessageId.VmLookupName, static (s, caller, in r) => s.Queries.LookUpName(caller, r)),
        Row<EmptyPayload>(RmMessageId.VmGetOwner, static (s, caller, in r) => VmQueries.GetOwner(caller, r)),
        Row<VmidRequest>(RmMessageId.VmGetState, static (s, caller, in r) => s.Queries.GetState(caller, r)),
        Row<VmidRequest>(RmMessageId.VmGetCrashMsg, static (s, caller, in r) => s.Queries.GetCrashMessage(caller, r)),
        Row<VmidRequest>(RmMessageId.VmGetHypResources, static (s, caller, in r) => s.Resources.List(caller, r)),
        Row<EmptyPayload>(RmMessageId.VmGetVmid, static (s, caller, in r) => VmQueries.GetVmid(caller, r)),
        Row<EmptyPayload>(RmMessageId.VmGetPeers, static (s, caller, in r) => VmQueries.GetPeers(caller, r)),
        Row<EmptyPayload>(RmMessageId.VmHostGetType, static (s, caller, in r) => VmQueries.GetHostType(caller, r)),

        Row<VmSetStatusRequest>(RmMessageId.VmSetStatus, static (s, caller, in r) => s.Self.SetStatus(caller, r),
            before: OnlyStaticSecondary),
        Row<VmExitRequest>(RmMessageId.VmExit, static (s, caller, in r) => s.Termination.Exit(caller, r)),
        Row<CrashMessage>(RmMessageId.VmSetCrashMsg, static (s, caller, in r) => VmSelfServices.SetCrashMessage(caller, r)),

        Create(RmMessageId.MemDonate, TransferType.Donate),
        Create(RmMessageId.MemLend, TransferType.Lend),
        Create(RmMessageId.MemShare, TransferType.Share),
        Row<MemoryAppendRequest>(RmMessageId.MemAppend, static (s, caller, in r) => s.Parcels.Append(caller, r)),
        Row<MemoryAcceptRequest>(RmMessageId.MemAccept, static (s, caller, in r) => s.Acceptance.Accept(caller, r)),
        Row<MemoryReturnRequest>(RmMessageId.MemRelease, static (s, caller, in r) => s.Acceptance.Release(caller, r)),
        Row<MemoryReturnRequest>(RmMessageId.MemReclaim, static (s, caller, in r) => s.Parcels.Reclaim(caller, r)),
        new(RmMessageId.MemNotify, static (s, caller, payload) => s.Notices.Notify(caller, payload)),
    ];

    private static readonly FrozenDictionary<RmMessageId, RequestRow> _byId = Rows.ToFrozenDictionary(row => row.Id);

    /// <summary>The row of a message; null where it is not served.</summary>
    public static RequestRow? Find(RmMessageId id) => _byId.GetValueOrDefault(id);

    private static RequestRow Create(RmMessageId id, TransferType transfer) =>
        Row(id, (RequestServices s, VirtualMachine caller, in MemoryCreateRequest request) =>
            s.Parcels.Create(caller, transfer, request));

    private static RequestRow Row<T>(RmMessageId id, Handler<T> handler, Func<VirtualMachine, RmError>? before = null)
        where T : struct, IRpcPayload<T> =>
        new(id, (services, caller, payload) =>
        {
            RmError error = before?.Invoke(caller) ?? RmError.Ok;
            if (error != RmError.Ok)
                return error;
            error = RpcPayload.TryRead(payload, out T request);
            return error == RmError.Ok ? handler(services, caller, request) : error;
        });

    private static RmError OnlyPrimary(VirtualMachine caller) => caller.IsPrimary ? RmError.Ok : RmError.Denied;

    private static RmError OnlyStaticSecondary(VirtualMachine caller) =>
        Vmids.IsStaticSecondary(caller.Vmid) ? RmError.Ok : RmError.Denied;
}
