namespace Gunyah.Abi.Rpc;

/// <summary>
/// VM_STATUS (gunyah-rm.md 3): a VM's state, to its peers. As in the upstream client, bytes after it are ignored.
/// </summary>
/// <param name="Vmid">The VM.</param>
/// <param name="State">Its state.</param>
/// <param name="Os">What it said of its operating system.</param>
/// <param name="AppStatus">Its own, opaque status.</param>
public readonly record struct VmStatusNotification(ushort Vmid, VmState State, OsState Os, ushort AppStatus)
    : IRpcPayload<VmStatusNotification>
{
    /// <inheritdoc/>
    public static bool MayBeLonger => true;

    /// <inheritdoc/>
    public static VmStatusNotification Fields<TWire>(ref TWire wire, in VmStatusNotification value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        ushort vmid = wire.Vmid("vmid", value.Vmid);
        (VmState state, OsState os, ushort appStatus) =
            VmStateReply.Fields(ref wire, new VmStateReply(value.State, value.Os, value.AppStatus));
        return new(vmid, state, os, appStatus);
    }
}

/// <summary>The arguments of the PSCI SYSTEM_RESET2 call that ended a VM.</summary>
/// <param name="Type">The reset type.</param>
/// <param name="Cookie">The cookie; only its low 32 bits count without <see cref="VmExitFlags.PsciReset64"/>.</param>
public readonly record struct VmSystemReset(uint Type, ulong Cookie);

/// <summary>VM_EXITED (gunyah-rm.md 3): a VM has ended, to its owner. Bytes after the reason are ignored.</summary>
/// <param name="Vmid">The VM.</param>
/// <param name="Type">What ended it.</param>
/// <param name="Flags">Flags; bits 15:0 of the first reason word.</param>
/// <param name="Code">How it ended; bits 23:16 of the first reason word.</param>
/// <param name="Reset">The further reason words, only for <see cref="VmExitType.PsciSystemReset2"/>.</param>
public readonly record struct VmExitedNotification(
    ushort Vmid, VmExitType Type, VmExitFlags Flags, VmExitCode Code, VmSystemReset? Reset = null)
    : IRpcPayload<VmExitedNotification>
{
    /// <inheritdoc/>
    public static VmExitedNotification? Longest => new(0, VmExitType.PsciSystemReset2, default, default, new VmSystemReset());

    private const uint ReasonLength = 4;
    private const uint ResetReasonLength = 16;
    private const int CodeShift = 16;

    /// <inheritdoc/>
    public static bool MayBeLonger => true;

    /// <inheritdoc/>
    public static VmExitedNotification Fields<TWire>(ref TWire wire, in VmExitedNotification value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        ushort vmid = wire.U16("vmid", value.Vmid);
        var type = (VmExitType)wire.U16("type", (ushort)value.Type);
        uint reasonLength = wire.U32("reason_size", value.Reset is null ? ReasonLength : ResetReasonLength);
        wire.Require(reasonLength >= ReasonLength && reasonLength <= (uint)wire.Remaining, RmError.MsgInvalid);
        uint reason = wire.U32("reason", (ushort)value.Flags | ((uint)value.Code << CodeShift));
        bool hasReset = wire.IsReading
            ? type == VmExitType.PsciSystemReset2 && reasonLength >= ResetReasonLength
            : value.Reset is not null;
        VmSystemReset? reset = hasReset
            ? new(wire.U32("reset_type", value.Reset?.Type ?? 0), wire.U64("reset_cookie", value.Reset?.Cookie ?? 0))
            : null;
        return new(vmid, type, (VmExitFlags)reason, (VmExitCode)(reason >> CodeShift), reset);
    }
}

/// <summary>VM_SHUTDOWN (gunyah-rm.md 3): the owner asks this VM to end. Bytes after it are ignored.</summary>
/// <param name="Reason">Why, as the owner said in VM_STOP.</param>
public readonly record struct VmShutdownNotification(VmStopReason Reason) : IRpcPayload<VmShutdownNotification>
{
    /// <inheritdoc/>
    public static bool MayBeLonger => true;

    /// <inheritdoc/>
    public static VmShutdownNotification Fields<TWire>(ref TWire wire, in VmShutdownNotification value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new((VmStopReason)wire.U32("reason", (uint)value.Reason));
}
