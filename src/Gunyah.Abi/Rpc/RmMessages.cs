using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using static Gunyah.Abi.Rpc.RmSender;

namespace Gunyah.Abi.Rpc;

/// <summary>
/// Every message of the Resource Manager protocol, one row each (gunyah-rm.md 2.0 and 3). Which of them a server
/// answers is the server's own matter; all others get <see cref="RmError.Unimplemented"/>.
/// </summary>
public static class RmMessages
{
    /// <summary>The rows, requests first.</summary>
    public static ImmutableArray<RmMessageRow> Rows { get; } =
    [
        Request(RmMessageId.GetIdent, "GET_IDENT", Unspecified),
        Request(RmMessageId.GetFeatures, "GET_FEATURES", Unspecified),

        Request<MemoryCreateRequest>(RmMessageId.MemDonate, "MEM_DONATE", AnyVm),
        Request<MemoryAcceptRequest>(RmMessageId.MemAccept, "MEM_ACCEPT", AnyVm),
        Request<MemoryCreateRequest>(RmMessageId.MemLend, "MEM_LEND", AnyVm),
        Request<MemoryCreateRequest>(RmMessageId.MemShare, "MEM_SHARE", AnyVm),
        Request<MemoryReturnRequest>(RmMessageId.MemRelease, "MEM_RELEASE", AnyVm),
        Request<MemoryReturnRequest>(RmMessageId.MemReclaim, "MEM_RECLAIM", Owner),
        Request<MemoryNotifyRequest>(RmMessageId.MemNotify, "MEM_NOTIFY", AnyVm),
        Request<MemoryAppendRequest>(RmMessageId.MemAppend, "MEM_APPEND", Owner),
        Request<MemoryLookupRequest>(RmMessageId.MemQcomLookupSgl, "MEM_QCOM_LOOKUP_SGL", Owner),
        Request<EmptyPayload>(RmMessageId.FwMilestone, "FW_MILESTONE", PrimaryVm),
        Request<FirmwareSetRequest>(RmMessageId.FwSetVmFirmware, "FW_SET_VM_FIRMWARE", PrimaryVm),

        Request<VmidRequest>(RmMessageId.VmAllocate, "VM_ALLOCATE", PrimaryVm),
        Request<VmidRequest>(RmMessageId.VmDeallocate, "VM_DEALLOCATE", Owner),
        Request<VmidRequest>(RmMessageId.VmStart, "VM_START", Owner),
        Request<VmStopRequest>(RmMessageId.VmStop, "VM_STOP", Owner),
        Request<VmidRequest>(RmMessageId.VmReset, "VM_RESET", Owner),
        Request(RmMessageId.VmSuspend, "VM_SUSPEND", Unspecified),
        Request(RmMessageId.VmResume, "VM_RESUME", Unspecified),
        Request<VmConfigImageRequest>(RmMessageId.VmConfigImage, "VM_CONFIG_IMAGE", PrimaryOwner),
        Request<VmAuthImageRequest>(RmMessageId.VmAuthImage, "VM_AUTH_IMAGE", PrimaryOwner),
        Request<VmInitRequest>(RmMessageId.VmInit, "VM_INIT", PrimaryOwner),
        Request(RmMessageId.VmSetBootContextOld, "VM_SET_BOOT_CONTEXT_OLD", Unspecified),
        Request<VmidRequest>(RmMessageId.VmGetId, "VM_GET_ID", Querier),
        Request<VmLookupTextRequest>(RmMessageId.VmLookupUri, "VM_LOOKUP_URI", AnyVm),
        Request<VmLookupGuidRequest>(RmMessageId.VmLookupGuid, "VM_LOOKUP_GUID", AnyVm),
        Request<VmLookupTextRequest>(RmMessageId.VmLookupName, "VM_LOOKUP_NAME", AnyVm),
        Request<EmptyPayload>(RmMessageId.VmGetOwner, "VM_GET_OWNER", AnyVm),
        Request<VmidRequest>(RmMessageId.VmGetState, "VM_GET_STATE", Querier),
        Request<VmidRequest>(RmMessageId.VmGetCrashMsg, "VM_GET_CRASH_MSG", Owner),
        Request<VmidRequest>(RmMessageId.VmGetHypResources, "VM_GET_HYP_RESOURCES", AnyVm),
        Request(RmMessageId.VmGetHypCapids, "VM_GET_HYP_CAPIDS", Unspecified),
        Request(RmMessageId.VmGetHypIrqs, "VM_GET_HYP_IRQS", Unspecified),
        Request<EmptyPayload>(RmMessageId.VmGetVmid, "VM_GET_VMID", AnyVm),
        Request<EmptyPayload>(RmMessageId.VmGetPeers, "VM_GET_PEERS", AnyVm),
        Request<VmSetTimeBaseRequest>(RmMessageId.VmSetTimeBase, "VM_SET_TIME_BASE", Querier),
        Request<VmSetBootContextRequest>(RmMessageId.VmSetBootContext, "VM_SET_BOOT_CONTEXT", Owner),
        Request<VmSetFirmwareMemRequest>(RmMessageId.VmSetFirmwareMem, "VM_SET_FIRMWARE_MEM", Querier),
        Request<VmSetDemandPagingRequest>(RmMessageId.VmSetDemandPaging, "VM_SET_DEMAND_PAGING", Owner),
        Request<VmSetAddressLayoutRequest>(RmMessageId.VmSetAddressLayout, "VM_SET_ADDRESS_LAYOUT", Owner),
        Request(RmMessageId.MinidumpGetInfo, "MINIDUMP_GET_INFO", AnyVm),
        Request(RmMessageId.MinidumpRegisterRange, "MINIDUMP_REGISTER_RANGE", AnyVm),
        Request(RmMessageId.MinidumpDeregisterSlot, "MINIDUMP_DEREGISTER_SLOT", AnyVm),
        Request(RmMessageId.MinidumpGetSlotNumber, "MINIDUMP_GET_SLOT_NUMBER", AnyVm),
        Request<IrqAcceptRequest>(RmMessageId.VmIrqAccept, "VM_IRQ_ACCEPT", AnyVm),
        Request<IrqLendRequest>(RmMessageId.VmIrqLend, "VM_IRQ_LEND", AnyVm),
        Request<IrqHandle>(RmMessageId.VmIrqRelease, "VM_IRQ_RELEASE", AnyVm),
        Request<IrqHandle>(RmMessageId.VmIrqReclaim, "VM_IRQ_RECLAIM", AnyVm),
        Request<IrqNotifyRequest>(RmMessageId.VmIrqNotify, "VM_IRQ_NOTIFY", AnyVm),
        Request(RmMessageId.VmIrqUnmap, "VM_IRQ_UNMAP", Unspecified),
        Request<VmSetStatusRequest>(RmMessageId.VmSetStatus, "VM_SET_STATUS", StaticSecondaryVm),
        Request<VmidRequest>(RmMessageId.VmConsoleOpen, "VM_CONSOLE_OPEN", ConsoleEnd),
        Request<VmidRequest>(RmMessageId.VmConsoleClose, "VM_CONSOLE_CLOSE", ConsoleEnd),
        Request<ConsoleText>(RmMessageId.VmConsoleWrite, "VM_CONSOLE_WRITE", ConsoleEnd),
        Request<VmidRequest>(RmMessageId.VmConsoleFlush, "VM_CONSOLE_FLUSH", ConsoleEnd),
        Request<VmExitRequest>(RmMessageId.VmExit, "VM_EXIT", Itself),
        Request<CrashMessage>(RmMessageId.VmSetCrashMsg, "VM_SET_CRASH_MSG", Itself),
        Request<EmptyPayload>(RmMessageId.VmHostGetType, "VM_HOST_GET_TYPE", AnyVm),
        Request<IpaReserveRequest>(RmMessageId.IpaReserve, "IPA_RESERVE", SecondaryVm),
        Request(RmMessageId.IpaUnreserve, "IPA_UNRESERVE", Unspecified),
        Request(RmMessageId.GetLogAddress, "GET_LOG_ADDRESS", Unspecified),

        Notification<MemorySharedNotification>(RmMessageId.MemShared, "MEM_SHARED"),
        Notification<MemoryAcceptorNotification>(RmMessageId.MemReleased, "MEM_RELEASED"),
        Notification<MemoryAcceptorNotification>(RmMessageId.MemAccepted, "MEM_ACCEPTED"),
        Notification<MemoryRecallNotification>(RmMessageId.MemRecall, "MEM_RECALL"),

        Notification<VmExitedNotification>(RmMessageId.VmExited, "VM_EXITED"),
        Notification<VmShutdownNotification>(RmMessageId.VmShutdown, "VM_SHUTDOWN"),
        Notification<VmStatusNotification>(RmMessageId.VmStatus, "VM_STATUS"),
        Notification<IrqLentNotification>(RmMessageId.VmIrqLent, "VM_IRQ_LENT"),
        Notification<IrqHandle>(RmMessageId.VmIrqReleased, "VM_IRQ_RELEASED"),
        Notification<IrqHandle>(RmMessageId.VmIrqAccepted, "VM_IRQ_ACCEPTED"),
        Notification<ConsoleText>(RmMessageId.VmConsoleChars, "VM_CONSOLE_CHARS"),
    ];

    private static readonly FrozenDictionary<RmMessageId, RmMessageRow> _byId = Rows.ToFrozenDictionary(row => row.Id);

    /// <summary>The row of a message id, or null for an unknown id.</summary>
    /// <param name="id">Any number.</param>
    public static RmMessageRow? Find(RmMessageId id) => _byId.GetValueOrDefault(id);

    /// <summary>The name of a message for traces; an unknown id is written as a number.</summary>
    /// <param name="id">Any number.</param>
    public static string NameOf(RmMessageId id) =>
        Find(id)?.Name ?? string.Create(CultureInfo.InvariantCulture, $"0x{(uint)id:X8}");

    private static RmMessageRow Request(RmMessageId id, string name, RmSender sender) =>
        new(id, name, RmMessageKind.Request, sender);

    private static RmMessageRow Request<T>(RmMessageId id, string name, RmSender sender)
        where T : struct, IRpcPayload<T> => new(id, name, RmMessageKind.Request, sender, RpcShape.Of<T>());

    private static RmMessageRow Notification<T>(RmMessageId id, string name)
        where T : struct, IRpcPayload<T> => new(id, name, RmMessageKind.Notification, ResourceManager, RpcShape.Of<T>());
}
