namespace Gunyah.Abi.Rpc;

/// <summary>The fixed numbers of memory parcels (gunyah-rm.md 2.5.1).</summary>
public static class MemoryParcels
{
    /// <summary>The most elements of one list in one message.</summary>
    public const int MaxListEntries = 512;

    /// <summary>The most parcels that one VM can own at a time.</summary>
    public const int MaxPerOwner = 64;

    /// <summary>The handle that is no parcel's. Handle 0 is a good one.</summary>
    public const uint InvalidHandle = uint.MaxValue;
}

/// <summary>
/// The reply data that name a parcel: MEM_DONATE, MEM_LEND, MEM_SHARE, MEM_QCOM_LOOKUP_SGL (gunyah-rm.md 2.5).
/// </summary>
/// <param name="Handle">The parcel.</param>
public readonly record struct MemoryHandleReply(uint Handle) : IRpcPayload<MemoryHandleReply>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 4;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out MemoryHandleReply value)
    {
        var reader = new RpcReader(payload);
        return reader.Finish(new MemoryHandleReply(reader.ReadUInt32()), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer) => writer.WriteUInt32(Handle);
}

/// <summary>
/// MEM_DONATE, MEM_LEND and MEM_SHARE (gunyah-rm.md 2.5.2). The reply data are a <see cref="MemoryHandleReply"/>.
/// </summary>
/// <param name="Type">The kind of memory.</param>
/// <param name="Flags">Flags.</param>
/// <param name="Label">By which the acceptor knows what the memory is for.</param>
/// <param name="Acl">Who gets access.</param>
/// <param name="Sgl">Which memory.</param>
/// <param name="Attributes">How it is mapped, where not as usual.</param>
public readonly record struct MemoryCreateRequest(
    MemoryType Type,
    MemoryCreateFlags Flags,
    uint Label,
    RpcList<AclEntry> Acl,
    RpcList<SglEntry> Sgl,
    RpcList<AttributeEntry> Attributes) : IRpcPayload<MemoryCreateRequest>
{
    private const int HeadLength = 8;

    /// <inheritdoc/>
    public int EncodedLength => HeadLength + Lists.EncodedLength;

    private ParcelLists Lists => new(Acl, Sgl, Attributes);

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out MemoryCreateRequest value)
    {
        var reader = new RpcReader(payload);
        reader.Require(payload.Length >= HeadLength + ParcelLists.MinLength, RmError.MsgInvalid);
        var type = (MemoryType)reader.ReadByte();
        reader.Skip(1);
        var flags = (MemoryCreateFlags)reader.ReadByte();
        reader.Skip(1);
        uint label = reader.ReadUInt32();
        var lists = ParcelLists.Read(ref reader);
        return reader.Finish(new MemoryCreateRequest(type, flags, label, lists.Acl, lists.Sgl, lists.Attributes), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteByte((byte)Type);
        writer.WriteByte(0);
        writer.WriteByte((byte)Flags);
        writer.WriteByte(0);
        writer.WriteUInt32(Label);
        Lists.Write(ref writer);
    }
}

/// <summary>MEM_APPEND (gunyah-rm.md 2.5.3): more memory for a parcel that is not complete.</summary>
/// <param name="Handle">The parcel.</param>
/// <param name="Flags">Whether this is the last part.</param>
/// <param name="Sgl">Which memory.</param>
public readonly record struct MemoryAppendRequest(uint Handle, MemoryAppendFlags Flags, RpcList<SglEntry> Sgl)
    : IRpcPayload<MemoryAppendRequest>
{
    private const int HeadLength = 8;

    /// <inheritdoc/>
    public int EncodedLength => HeadLength + Sgl.ListLength;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out MemoryAppendRequest value)
    {
        var reader = new RpcReader(payload);
        reader.Require(payload.Length >= HeadLength + RpcList.HeaderSize, RmError.MsgInvalid);
        var (handle, flags) = HandleAndFlags.Read(ref reader);
        RpcList<SglEntry> sgl = reader.ReadList<SglEntry>(MemoryParcels.MaxListEntries);
        return reader.Finish(new MemoryAppendRequest(handle, (MemoryAppendFlags)flags, sgl), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        new HandleAndFlags(Handle, (byte)Flags).Write(ref writer);
        writer.WriteList(Sgl);
    }
}

/// <summary>MEM_ACCEPT (gunyah-rm.md 2.5.4). The reply data are a <see cref="MemoryAcceptReply"/>.</summary>
/// <param name="Handle">The parcel.</param>
/// <param name="Type">Must be the parcel's.</param>
/// <param name="Transfer">Must be the parcel's.</param>
/// <param name="Flags">What to verify and how to map.</param>
/// <param name="Label">Compared on demand.</param>
/// <param name="Acl">Compared on demand.</param>
/// <param name="Sgl">Where to map; empty lets the Resource Manager choose.</param>
/// <param name="Attributes">Compared on demand.</param>
/// <param name="MapVmid">The VM to map into; must be 0. It is the second half of the memory list's first word.</param>
public readonly record struct MemoryAcceptRequest(
    uint Handle,
    MemoryType Type,
    TransferType Transfer,
    MemoryAcceptFlags Flags,
    uint Label,
    RpcList<AclEntry> Acl,
    RpcList<SglEntry> Sgl,
    RpcList<AttributeEntry> Attributes,
    ushort MapVmid = 0) : IRpcPayload<MemoryAcceptRequest>
{
    private const int HeadLength = 12;

    /// <inheritdoc/>
    public int EncodedLength => HeadLength + Lists.EncodedLength;

    private ParcelLists Lists => new(Acl, Sgl, Attributes, MapVmid);

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out MemoryAcceptRequest value)
    {
        var reader = new RpcReader(payload);
        reader.Require(payload.Length >= HeadLength + ParcelLists.MinLength, RmError.MsgInvalid);
        uint handle = reader.ReadUInt32();
        var type = (MemoryType)reader.ReadByte();
        var transfer = (TransferType)reader.ReadByte();
        var flags = (MemoryAcceptFlags)reader.ReadByte();
        reader.Skip(1);
        uint label = reader.ReadUInt32();
        var lists = ParcelLists.Read(ref reader);
        var request = new MemoryAcceptRequest(
            handle, type, transfer, flags, label, lists.Acl, lists.Sgl, lists.Attributes, lists.MapVmid);
        return reader.Finish(request, out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt32(Handle);
        writer.WriteByte((byte)Type);
        writer.WriteByte((byte)Transfer);
        writer.WriteByte((byte)Flags);
        writer.WriteByte(0);
        writer.WriteUInt32(Label);
        Lists.Write(ref writer);
    }
}

/// <summary>
/// The data of the reply to MEM_ACCEPT (gunyah-rm.md 2.5.4): the addresses that the Resource Manager chose. When the
/// request itself gave addresses the reply has no data, which reads as an empty list.
/// </summary>
/// <param name="Flags">Whether there are more.</param>
/// <param name="Sgl">The ranges.</param>
public readonly record struct MemoryAcceptReply(MemoryAcceptReplyFlags Flags, RpcList<SglEntry> Sgl)
    : IRpcPayload<MemoryAcceptReply>
{
    /// <inheritdoc/>
    public int EncodedLength => Sgl.ListLength;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out MemoryAcceptReply value)
    {
        // The flags are the first of the two bytes that other lists reserve.
        var reader = new RpcReader(payload);
        RpcList<SglEntry> sgl = reader.ReadList<SglEntry>(MemoryParcels.MaxListEntries, out ushort flags);
        return reader.Finish(new MemoryAcceptReply((MemoryAcceptReplyFlags)flags, sgl), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer) => writer.WriteList(Sgl, (byte)Flags);
}

/// <summary>MEM_RELEASE and MEM_RECLAIM (gunyah-rm.md 2.5.5). Bytes after it are ignored.</summary>
/// <param name="Handle">The parcel.</param>
/// <param name="Flags">Flags.</param>
public readonly record struct MemoryReturnRequest(uint Handle, MemoryReturnFlags Flags) : IRpcPayload<MemoryReturnRequest>
{
    private const int MinLength = 8;

    /// <inheritdoc/>
    public int EncodedLength => MinLength;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out MemoryReturnRequest value)
    {
        var reader = new RpcReader(payload);
        var (handle, flags) = HandleAndFlags.Read(ref reader);
        return reader.FinishIgnoringRest(new MemoryReturnRequest(handle, (MemoryReturnFlags)flags), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer) => new HandleAndFlags(Handle, (byte)Flags).Write(ref writer);
}

/// <summary>MEM_QCOM_LOOKUP_SGL (gunyah-rm.md 2.5.7). The reply data are a <see cref="MemoryHandleReply"/>.</summary>
/// <param name="Type">The kind of memory.</param>
/// <param name="Label">The label that the parcel gets if it has none.</param>
/// <param name="Acl">Who has access, in the parcel's order.</param>
/// <param name="Sgl">Which memory, in the parcel's order.</param>
/// <param name="Attributes">How it is mapped, in the parcel's order.</param>
public readonly record struct MemoryLookupRequest(
    MemoryType Type,
    uint Label,
    RpcList<AclEntry> Acl,
    RpcList<SglEntry> Sgl,
    RpcList<AttributeEntry> Attributes) : IRpcPayload<MemoryLookupRequest>
{
    private const int HeadLength = 8;

    /// <inheritdoc/>
    public int EncodedLength => HeadLength + Lists.EncodedLength;

    private ParcelLists Lists => new(Acl, Sgl, Attributes);

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out MemoryLookupRequest value)
    {
        // The third list is optional here, so the shortest request has two empty ones.
        var reader = new RpcReader(payload);
        reader.Require(payload.Length >= HeadLength + (2 * RpcList.HeaderSize), RmError.MsgInvalid);
        var type = (MemoryType)reader.ReadByte();
        reader.Skip(3);
        uint label = reader.ReadUInt32();
        var lists = ParcelLists.Read(ref reader);
        return reader.Finish(new MemoryLookupRequest(type, label, lists.Acl, lists.Sgl, lists.Attributes), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteByte((byte)Type);
        writer.WriteZeros(3);
        writer.WriteUInt32(Label);
        Lists.Write(ref writer);
    }
}

/// <summary>
/// The eight bytes with which the requests about an existing parcel begin: handle, flags, three reserved bytes.
/// </summary>
internal readonly record struct HandleAndFlags(uint Handle, byte Flags)
{
    private const int ReservedLength = 3;

    public static HandleAndFlags Read(ref RpcReader reader)
    {
        var head = new HandleAndFlags(reader.ReadUInt32(), reader.ReadByte());
        reader.Skip(ReservedLength);
        return head;
    }

    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt32(Handle);
        writer.WriteByte(Flags);
        writer.WriteZeros(ReservedLength);
    }
}
