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

        Request(RmMessageId.MemDonate, "MEM_DONATE", AnyVm),
        Request(RmMessageId.MemAccept, "MEM_ACCEPT", AnyVm),
        Request(RmMessageId.MemLend, "MEM_LEND", AnyVm),
        Request(RmMessageId.MemShare, "MEM_SHARE", AnyVm),
        Request(RmMessageId.MemRelease, "MEM_RELEASE", AnyVm),
        Request(RmMessageId.MemReclaim, "MEM_RECLAIM", Owner),
        Request(RmMessageId.MemNotify, "MEM_NOTIFY", AnyVm),
        Request(RmMessageId.MemAppend, "MEM_APPEND", Owner),
        Request(RmMessageId.MemQcomLookupSgl, "MEM_QCOM_LOOKUP_SGL", Owner),
        Request(RmMessageId.FwMilestone, "FW_MILESTONE", PrimaryVm, EmptyPayload.Length),
        Request(RmMessageId.FwSetVmFirmware, "FW_SET_VM_FIRMWARE", PrimaryVm, FirmwareSetRequest.Length),

        Request(RmMessageId.VmAllocate, "VM_ALLOCATE", PrimaryVm, VmidRequest.Length),
        Request(RmMessageId.VmDeallocate, "VM_DEALLOCATE", Owner, VmidRequest.Length),
        Request(RmMessageId.VmStart, "VM_START", Owner, VmidRequest.Length),
        Request(RmMessageId.VmStop, "VM_STOP", Owner, VmStopRequest.Length),
        Request(RmMessageId.VmReset, "VM_RESET", Owner, VmidRequest.Length),
        Request(RmMessageId.VmSuspend, "VM_SUSPEND", Unspecified),
        Request(RmMessageId.VmResume, "VM_RESUME", Unspecified),
        Request(RmMessageId.VmConfigImage, "VM_CONFIG_IMAGE", PrimaryOwner, VmConfigImageRequest.Length),
        Request(RmMessageId.VmAuthImage, "VM_AUTH_IMAGE", PrimaryOwner),
        Request(RmMessageId.VmInit, "VM_INIT", PrimaryOwner, VmInitRequest.Length),
        Request(RmMessageId.VmSetBootContextOld, "VM_SET_BOOT_CONTEXT_OLD", Unspecified),
        Request(RmMessageId.VmGetId, "VM_GET_ID", Querier, VmidRequest.Length),
        Request(RmMessageId.VmLookupUri, "VM_LOOKUP_URI", AnyVm),
        Request(RmMessageId.VmLookupGuid, "VM_LOOKUP_GUID", AnyVm, VmLookupGuidRequest.Length),
        Request(RmMessageId.VmLookupName, "VM_LOOKUP_NAME", AnyVm),
        Request(RmMessageId.VmGetOwner, "VM_GET_OWNER", AnyVm, EmptyPayload.Length),
        Request(RmMessageId.VmGetState, "VM_GET_STATE", Querier, VmidRequest.Length),
        Request(RmMessageId.VmGetCrashMsg, "VM_GET_CRASH_MSG", Owner, VmidRequest.Length),
        Request(RmMessageId.VmGetHypResources, "VM_GET_HYP_RESOURCES", AnyVm, VmidRequest.Length),
        Request(RmMessageId.VmGetHypCapids, "VM_GET_HYP_CAPIDS", Unspecified),
        Request(RmMessageId.VmGetHypIrqs, "VM_GET_HYP_IRQS", Unspecified),
        Request(RmMessageId.VmGetVmid, "VM_GET_VMID", AnyVm, EmptyPayload.Length),
        Request(RmMessageId.VmGetPeers, "VM_GET_PEERS", AnyVm, EmptyPayload.Length),
        Request(RmMessageId.VmSetTimeBase, "VM_SET_TIME_BASE", Querier, VmSetTimeBaseRequest.Length),
        Request(RmMessageId.VmSetBootContext, "VM_SET_BOOT_CONTEXT", Owner, VmSetBootContextRequest.Length),
        Request(RmMessageId.VmSetFirmwareMem, "VM_SET_FIRMWARE_MEM", Querier, VmSetFirmwareMemRequest.Length),
        Request(RmMessageId.VmSetDemandPaging, "VM_SET_DEMAND_PAGING", Owner),
        Request(RmMessageId.VmSetAddressLayout, "VM_SET_ADDRESS_LAYOUT", Owner, VmSetAddressLayoutRequest.Length),
        Request(RmMessageId.MinidumpGetInfo, "MINIDUMP_GET_INFO", AnyVm),
        Request(RmMessageId.MinidumpRegisterRange, "MINIDUMP_REGISTER_RANGE", AnyVm),
        Request(RmMessageId.MinidumpDeregisterSlot, "MINIDUMP_DEREGISTER_SLOT", AnyVm),
        Request(RmMessageId.MinidumpGetSlotNumber, "MINIDUMP_GET_SLOT_NUMBER", AnyVm),
        Request(RmMessageId.VmIrqAccept, "VM_IRQ_ACCEPT", AnyVm, IrqAcceptRequest.Length),
        Request(RmMessageId.VmIrqLend, "VM_IRQ_LEND", AnyVm, IrqLendRequest.Length),
        Request(RmMessageId.VmIrqRelease, "VM_IRQ_RELEASE", AnyVm, IrqHandle.Length),
        Request(RmMessageId.VmIrqReclaim, "VM_IRQ_RECLAIM", AnyVm, IrqHandle.Length),
        Request(RmMessageId.VmIrqNotify, "VM_IRQ_NOTIFY", AnyVm),
        Request(RmMessageId.VmIrqUnmap, "VM_IRQ_UNMAP", Unspecified),
        Request(RmMessageId.VmSetStatus, "VM_SET_STATUS", StaticSecondaryVm, VmSetStatusRequest.Length),
        Request(RmMessageId.VmConsoleOpen, "VM_CONSOLE_OPEN", ConsoleEnd, VmidRequest.Length),
        Request(RmMessageId.VmConsoleClose, "VM_CONSOLE_CLOSE", ConsoleEnd, VmidRequest.Length),
        Request(RmMessageId.VmConsoleWrite, "VM_CONSOLE_WRITE", ConsoleEnd),
        Request(RmMessageId.VmConsoleFlush, "VM_CONSOLE_FLUSH", ConsoleEnd, VmidRequest.Length),
        Request(RmMessageId.VmExit, "VM_EXIT", Itself, VmExitRequest.Length),
        Request(RmMessageId.VmSetCrashMsg, "VM_SET_CRASH_MSG", Itself),
        Request(RmMessageId.VmHostGetType, "VM_HOST_GET_TYPE", AnyVm, EmptyPayload.Length),
        Request(RmMessageId.IpaReserve, "IPA_RESERVE", SecondaryVm),
        Request(RmMessageId.IpaUnreserve, "IPA_UNRESERVE", Unspecified),
        Request(RmMessageId.GetLogAddress, "GET_LOG_ADDRESS", Unspecified),

        Notification(RmMessageId.MemShared, "MEM_SHARED"),
        Notification(RmMessageId.MemReleased, "MEM_RELEASED", MemoryAcceptorNotification.Length),
        Notification(RmMessageId.MemAccepted, "MEM_ACCEPTED", MemoryAcceptorNotification.Length),
        Notification(RmMessageId.MemRecall, "MEM_RECALL", MemoryRecallNotification.Length),

        Notification(RmMessageId.VmExited, "VM_EXITED"),
        Notification(RmMessageId.VmShutdown, "VM_SHUTDOWN", VmShutdownNotification.Length),
        Notification(RmMessageId.VmStatus, "VM_STATUS", VmStatusNotification.Length),
        Notification(RmMessageId.VmIrqLent, "VM_IRQ_LENT", IrqLentNotification.Length),
        Notification(RmMessageId.VmIrqReleased, "VM_IRQ_RELEASED", IrqHandle.Length),
        Notification(RmMessageId.VmIrqAccepted, "VM_IRQ_ACCEPTED", IrqHandle.Length),
        Notification(RmMessageId.VmConsoleChars, "VM_CONSOLE_CHARS"),
    ];

    private static readonly FrozenDictionary<RmMessageId, RmMessageRow> ById = Rows.ToFrozenDictionary(row => row.Id);

    /// <summary>The row of a message id, or null for an unknown id.</summary>
    /// <param name="id">Any number.</param>
    public static RmMessageRow? Find(RmMessageId id) => ById.GetValueOrDefault(id);

    /// <summary>The name of a message for traces; an unknown id is written as a number.</summary>
    /// <param name="id">Any number.</param>
    public static string NameOf(RmMessageId id) =>
        Find(id)?.Name ?? string.Create(CultureInfo.InvariantCulture, $"0x{(uint)id:X8}");

    private static RmMessageRow Request(RmMessageId id, string name, RmSender sender, int? length = null) =>
        new(id, name, RmMessageKind.Request, sender, length);

    private static RmMessageRow Notification(RmMessageId id, string name, int? length = null) =>
        new(id, name, RmMessageKind.Notification, ResourceManager, length);
}
