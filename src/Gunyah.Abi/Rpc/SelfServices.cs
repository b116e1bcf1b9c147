namespace Gunyah.Abi.Rpc;

/// <summary>VM_SET_STATUS (gunyah-rm.md 2.4). The VMID on the wire is ignored, so it is not kept.</summary>
/// <param name="Os">The state of the operating system; <see cref="OsState.None"/> keeps the old one.</param>
/// <param name="AppStatus">Replaces the old status; passed on unread.</param>
public readonly record struct VmSetStatusRequest(OsState Os, ushort AppStatus) : IRpcPayload<VmSetStatusRequest>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 4;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmSetStatusRequest value)
    {
        // The length is judged before the state is looked at, so both words are read first.
        var reader = new RpcReader(payload);
        reader.Skip(1);
        var request = new VmSetStatusRequest((OsState)reader.ReadByte(), reader.ReadUInt16());
        reader.Require(reader.Remaining == 0, RmError.MsgInvalid);
        reader.Require(request.Os <= OsState.Crashed, RmError.ArgumentInvalid);
        return reader.Finish(request, out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteByte(0);
        writer.WriteByte((byte)Os);
        writer.WriteUInt16(AppStatus);
    }
}

/// <summary>
/// VM_EXIT (gunyah-rm.md 2.4). Only its length is checked when it is read: whether the VM may exit at all comes
/// before <see cref="IsAcceptable"/>, which a server answers with <see cref="RmError.MsgInvalid"/>.
/// </summary>
/// <param name="Flags">Passed on to the owner.</param>
/// <param name="Code">How the VM ended.</param>
/// <param name="Reserved">Must be zero.</param>
public readonly record struct VmExitRequest(VmExitFlags Flags, VmExitCode Code, byte Reserved = 0) : IRpcPayload<VmExitRequest>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 4;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <summary>Whether the reserved byte is zero and the code one that a VM may report of itself.</summary>
    public bool IsAcceptable =>
        Reserved == 0
        && Code is VmExitCode.Normal or VmExitCode.SoftwareError or VmExitCode.BusError or VmExitCode.DeviceError;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmExitRequest value)
    {
        var reader = new RpcReader(payload);
        var request = new VmExitRequest((VmExitFlags)reader.ReadUInt16(), (VmExitCode)reader.ReadByte(), reader.ReadByte());
        return reader.Finish(request, out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt16((ushort)Flags);
        writer.WriteByte((byte)Code);
        writer.WriteByte(Reserved);
    }
}
