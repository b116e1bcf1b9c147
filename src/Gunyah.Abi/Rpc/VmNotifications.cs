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
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 8;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmStatusNotification value)
    {
        var reader = new RpcReader(payload);
        ushort vmid = VmidEntry.Read(ref reader).Vmid;
        (VmState state, OsState os, ushort appStatus) = VmStateReply.Read(ref reader);
        return reader.FinishIgnoringRest(new VmStatusNotification(vmid, state, os, appStatus), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        new VmidEntry(Vmid).Write(ref writer);
        new VmStateReply(State, Os, AppStatus).Write(ref writer);
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
    private const int HeadLength = 8;
    private const uint ReasonLength = 4;
    private const uint ResetReasonLength = 16;
    private const int CodeShift = 16;

    /// <inheritdoc/>
    public int EncodedLength => HeadLength + (int)(Reset is null ? ReasonLength : ResetReasonLength);

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmExitedNotification value)
    {
        var reader = new RpcReader(payload);
        ushort vmid = reader.ReadUInt16();
        var type = (VmExitType)reader.ReadUInt16();
        uint reasonLength = reader.ReadUInt32();
        reader.Require(reasonLength >= ReasonLength && reasonLength <= (uint)reader.Remaining, RmError.MsgInvalid);
        uint reason = reader.ReadUInt32();
        VmSystemReset? reset = null;
        if (type == VmExitType.PsciSystemReset2 && reasonLength >= ResetReasonLength)
            reset = new VmSystemReset(reader.ReadUInt32(), reader.ReadUInt64());
        var notification = new VmExitedNotification(
            vmid, type, (VmExitFlags)reason, (VmExitCode)(reason >> CodeShift), reset);
        return reader.FinishIgnoringRest(notification, out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt16(Vmid);
        writer.WriteUInt16((ushort)Type);
        writer.WriteUInt32(Reset is null ? ReasonLength : ResetReasonLength);
        writer.WriteUInt32((ushort)Flags | ((uint)Code << CodeShift));
        if (Reset is not { } reset)
            return;
        writer.WriteUInt32(reset.Type);
        writer.WriteUInt64(reset.Cookie);
    }
}

/// <summary>VM_SHUTDOWN (gunyah-rm.md 3): the owner asks this VM to end. Bytes after it are ignored.</summary>
/// <param name="Reason">Why, as the owner said in VM_STOP.</param>
public readonly record struct VmShutdownNotification(VmStopReason Reason) : IRpcPayload<VmShutdownNotification>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 4;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmShutdownNotification value)
    {
        var reader = new RpcReader(payload);
        return reader.FinishIgnoringRest(new VmShutdownNotification((VmStopReason)reader.ReadUInt32()), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer) => writer.WriteUInt32((uint)Reason);
}
