using System.Collections.Immutable;

namespace Gunyah.Abi.Profiles;

/// <summary>Whether to answer as the documentation says or as the open-source code does, where the two differ.</summary>
public enum Profile
{
    /// <summary>As documented.</summary>
    Documented,

    /// <summary>As the open-source hypervisor and Resource Manager do.</summary>
    Reference,
}

/// <summary>
/// A place where the real code differs from its documentation; each is declared once, in <see cref="Deviations"/>.
/// </summary>
/// <param name="Id">A stable name.</param>
/// <param name="Documented">What the documentation says.</param>
/// <param name="Reference">What the code does.</param>
/// <param name="Source">Where the fact is from.</param>
internal sealed record Deviation(string Id, string Documented, string Reference, string Source);

/// <summary>Every deviation that the profile decides. What would crash the original or lose data is in neither.</summary>
internal static class Deviations
{
    /// <summary>What a send or receive answers when the copy from or to guest memory fails.</summary>
    public static readonly Deviation SwallowCopyErrors = new(
        "msgqueue-copy-errors",
        "msgqueue_send and msgqueue_receive answer the error of the copy",
        "they answer OK and move nothing",
        "gunyah-abi.md 4.3.2 to 4.3.4, Q7");

    /// <summary>Which interrupt a flush raises.</summary>
    public static readonly Deviation FlushAssertsSender = new(
        "msgqueue-flush",
        "a flush withdraws both the sender's and the receiver's interrupt",
        "a flush of a queue that holds messages asserts the sender's interrupt and withdraws the receiver's",
        "gunyah-abi.md 4.3.7, Q8");

    /// <summary>Whether reserved bits of the send flags are refused.</summary>
    public static readonly Deviation IgnoreReservedSendFlags = new(
        "msgqueue-send-flags",
        "bits 31:1 of the send flags must be zero",
        "they are ignored",
        "gunyah-abi.md 4.3.2, Q2");

    /// <summary>What killing a vCPU twice answers.</summary>
    public static readonly Deviation RepeatedKillSucceeds = new(
        "vcpu-kill-twice",
        "killing a vCPU that was killed answers OBJECT_STATE",
        "it answers OK",
        "gunyah-abi.md 4.7.2, Q24");

    /// <summary>Whether a capability ID near a valid one means the same capability.</summary>
    public static readonly Deviation CapabilityIdsAlias = new(
        "cspace-id-alias",
        "only the ID that was handed out means the capability",
        "the decoder drops the remainder of a division, so neighbouring IDs mean the same slot",
        "gunyah-abi.md 4.1.2, Q18");

    /// <summary>What unmapping or changing a mapping that does not exist answers.</summary>
    public static readonly Deviation MissingMappingIsAddressInvalid = new(
        "memextent-missing-mapping",
        "unmapping a mapping that does not exist answers ARGUMENT_INVALID",
        "it answers ADDR_INVALID",
        "gunyah-abi.md 4.6.4, Q25");

    /// <summary>What a priority that is too high answers.</summary>
    public static readonly Deviation PriorityDenied = new(
        "vcpu-priority-limit",
        "priorities go to 63; a higher one answers ARGUMENT_INVALID",
        "priorities go to 62; a higher one answers DENIED, before the object's state is looked at",
        "gunyah-abi.md 4.7.3, Q23");

    /// <summary>The shortest time slice.</summary>
    public static readonly Deviation ShortTimeslices = new(
        "vcpu-timeslice-minimum",
        "a time slice has at least a millisecond",
        "it has at least a tenth of that",
        "gunyah-abi.md 4.7.3");

    /// <summary>What unknown flags of vpm_group_configure answer.</summary>
    public static readonly Deviation VpmGroupFlagsUnimplemented = new(
        "vpm-group-flags",
        "unknown flags answer ARGUMENT_INVALID",
        "they answer UNIMPLEMENTED",
        "gunyah-abi.md 4.9");

    /// <summary>Whether unbinding the wake-up interrupt ends proxy scheduling.</summary>
    public static readonly Deviation UnbindKeepsProxy = new(
        "vcpu-unbind-wakeup",
        "a vCPU whose wake-up interrupt is unbound is scheduled by the hypervisor again",
        "it stays proxy-scheduled",
        "gunyah-abi.md 4.7.3");

    /// <summary>Whether the report of a system reset is repeated.</summary>
    public static readonly Deviation ResetReportSticks = new(
        "vcpu-run-reset-sticks",
        "a system reset is reported once",
        "every later report of a vCPU that cannot run is the reset again",
        "gunyah-abi.md 4.8, Q13");

    /// <summary>Whether vcpu_run tells why a wake-up is expected.</summary>
    public static readonly Deviation WakeupCauseReported = new(
        "vcpu-run-wakeup-cause",
        "the second data word of EXPECTS_WAKEUP is zero",
        "it says what the vCPU waits for",
        "gunyah-abi.md 4.8");

    /// <summary>What unbinding a hardware interrupt that is not bound answers.</summary>
    public static readonly Deviation UnboundHardwareInterrupt = new(
        "hwirq-unbind-unbound",
        "unbinding a hardware interrupt that is not bound answers OK",
        "it answers VIRQ_NOT_BOUND",
        "gunyah-abi.md 4.5.3");

    /// <summary>Whether the last redistributor can be told when frames are placed.</summary>
    public static readonly Deviation VdeviceFlags = new(
        "vdevice-last-flag",
        "the sixth argument of addrspace_attach_vdevice must be zero",
        "for a redistributor its bit 0 says that bit 1 is GICR_TYPER.Last",
        "gunyah-abi.md 4.5.4");

    /// <summary>What becomes of a reply that waits for room when the next one is due.</summary>
    public static readonly Deviation OlderReplyDropped = new(
        "rm-older-reply",
        "every request gets exactly one reply: no further request is read while a reply waits",
        "requests are read on, and of two replies that wait the older is thrown away",
        "gunyah-rm.md 1.6 and 1.7");

    /// <summary>The deviations, in the order they were found.</summary>
    public static ImmutableArray<Deviation> All { get; } =
    [
        SwallowCopyErrors, FlushAssertsSender, IgnoreReservedSendFlags, RepeatedKillSucceeds, CapabilityIdsAlias,
        MissingMappingIsAddressInvalid, PriorityDenied, ShortTimeslices, VpmGroupFlagsUnimplemented, UnbindKeepsProxy,
        ResetReportSticks, WakeupCauseReported, UnboundHardwareInterrupt, VdeviceFlags,
        OlderReplyDropped,
    ];
}
