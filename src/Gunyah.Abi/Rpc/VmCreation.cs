namespace Gunyah.Abi.Rpc;

/// <summary>VM_CONFIG_IMAGE (gunyah-rm.md 2.2). Offsets are bytes from the start of the parcel.</summary>
/// <param name="Vmid">The VM.</param>
/// <param name="Authentication">How the image will be verified; other values are well formed and refused later.</param>
/// <param name="MemoryParcel">The handle of the parcel with image and devicetree.</param>
/// <param name="ImageOffset">Where the image begins.</param>
/// <param name="ImageSize">The image's size in bytes.</param>
/// <param name="DevicetreeOffset">Where the VM's configuration devicetree begins.</param>
/// <param name="DevicetreeSize">The room for that devicetree in bytes.</param>
public readonly record struct VmConfigImageRequest(
    ushort Vmid,
    AuthenticationType Authentication,
    uint MemoryParcel,
    ulong ImageOffset,
    ulong ImageSize,
    ulong DevicetreeOffset,
    ulong DevicetreeSize) : IRpcPayload<VmConfigImageRequest>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 40;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmConfigImageRequest value)
    {
        var reader = new RpcReader(payload);
        var request = new VmConfigImageRequest(
            reader.ReadUInt16(),
            (AuthenticationType)reader.ReadUInt16(),
            reader.ReadUInt32(),
            reader.ReadUInt64(),
            reader.ReadUInt64(),
            reader.ReadUInt64(),
            reader.ReadUInt64());
        return reader.Finish(request, out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt16(Vmid);
        writer.WriteUInt16((ushort)Authentication);
        writer.WriteUInt32(MemoryParcel);
        writer.WriteUInt64(ImageOffset);
        writer.WriteUInt64(ImageSize);
        writer.WriteUInt64(DevicetreeOffset);
        writer.WriteUInt64(DevicetreeSize);
    }
}

/// <summary>One parameter of VM_AUTH_IMAGE (gunyah-rm.md 2.2).</summary>
/// <param name="Type">What the value means.</param>
/// <param name="Value">The value.</param>
public readonly record struct AuthenticationParameter(AuthenticationParameterType Type, uint Value)
    : IRpcEntry<AuthenticationParameter>
{
    /// <inheritdoc/>
    public static int EntrySize => 8;

    /// <inheritdoc/>
    public static AuthenticationParameter Read(ref RpcReader reader) =>
        new((AuthenticationParameterType)reader.ReadUInt32(), reader.ReadUInt32());

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt32((uint)Type);
        writer.WriteUInt32(Value);
    }
}

/// <summary>VM_AUTH_IMAGE (gunyah-rm.md 2.2).</summary>
/// <param name="Vmid">The VM.</param>
/// <param name="Parameters">What the platform needs to verify the image.</param>
public readonly record struct VmAuthImageRequest(ushort Vmid, RpcList<AuthenticationParameter> Parameters)
    : IRpcPayload<VmAuthImageRequest>
{
    private const int HeadLength = 4;

    /// <inheritdoc/>
    public int EncodedLength => HeadLength + Parameters.EntriesLength;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmAuthImageRequest value)
    {
        var reader = new RpcReader(payload);
        ushort vmid = reader.ReadUInt16();
        ushort count = reader.ReadUInt16();
        return reader.Finish(new VmAuthImageRequest(vmid, reader.ReadEntries<AuthenticationParameter>(count)), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt16(Vmid);
        writer.WriteCount(Parameters.Count);
        writer.WriteEntries(Parameters);
    }
}

/// <summary>VM_INIT (gunyah-rm.md 2.2): unlike in a <see cref="VmidRequest"/>, the reserved bits must be zero.</summary>
/// <param name="Vmid">The VM.</param>
public readonly record struct VmInitRequest(ushort Vmid) : IRpcPayload<VmInitRequest>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 4;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmInitRequest value)
    {
        var reader = new RpcReader(payload);
        ushort vmid = reader.ReadUInt16();
        reader.Require(reader.ReadUInt16() == 0, RmError.MsgInvalid);
        return reader.Finish(new VmInitRequest(vmid), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer) => new VmidEntry(Vmid).Write(ref writer);
}

/// <summary>
/// VM_SET_TIME_BASE (gunyah-rm.md 2.2). Every error reply has the hypervisor's error as a second word, see
/// <see cref="RmReply.Write(Span{byte}, RmError, GunyahError)"/>.
/// </summary>
/// <param name="Vmid">The VM; 0 is the caller itself.</param>
/// <param name="TimeBase">The time of day at the reference; handed to the hypervisor's virtual clock unread.</param>
/// <param name="SystemTimerReference">The reference: a count of the system timer; handed on unread.</param>
public readonly record struct VmSetTimeBaseRequest(ushort Vmid, ulong TimeBase, ulong SystemTimerReference)
    : IRpcPayload<VmSetTimeBaseRequest>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 20;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmSetTimeBaseRequest value)
    {
        var reader = new RpcReader(payload);
        ushort vmid = VmidEntry.Read(ref reader).Vmid;
        return reader.Finish(new VmSetTimeBaseRequest(vmid, reader.ReadUInt64(), reader.ReadUInt64()), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        new VmidEntry(Vmid).Write(ref writer);
        writer.WriteUInt64(TimeBase);
        writer.WriteUInt64(SystemTimerReference);
    }
}

/// <summary>
/// VM_SET_FIRMWARE_MEM (gunyah-rm.md 2.2). Its reserved bits must be zero. Every error reply has the hypervisor's
/// error as a second word, see <see cref="RmReply.Write(Span{byte}, RmError, GunyahError)"/>.
/// </summary>
/// <param name="Vmid">The VM.</param>
/// <param name="MemoryParcel">The handle of the parcel with the firmware area.</param>
/// <param name="Offset">Where the area begins, in bytes from the start of the parcel.</param>
/// <param name="Size">Its size in bytes.</param>
public readonly record struct VmSetFirmwareMemRequest(ushort Vmid, uint MemoryParcel, ulong Offset, ulong Size)
    : IRpcPayload<VmSetFirmwareMemRequest>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 24;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmSetFirmwareMemRequest value)
    {
        var reader = new RpcReader(payload);
        ushort vmid = reader.ReadUInt16();
        reader.Require(reader.ReadUInt16() == 0, RmError.MsgInvalid);
        var request = new VmSetFirmwareMemRequest(vmid, reader.ReadUInt32(), reader.ReadUInt64(), reader.ReadUInt64());
        return reader.Finish(request, out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        new VmidEntry(Vmid).Write(ref writer);
        writer.WriteUInt32(MemoryParcel);
        writer.WriteUInt64(Offset);
        writer.WriteUInt64(Size);
    }
}
