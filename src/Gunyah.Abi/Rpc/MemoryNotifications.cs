namespace Gunyah.Abi.Rpc;

/// <summary>MEM_NOTIFY (gunyah-rm.md 2.5.6).</summary>
/// <param name="Handle">The parcel.</param>
/// <param name="Kind">What to tell whom.</param>
/// <param name="Tag">Fixed by the first use and then compared.</param>
/// <param name="Vmids">
/// The VMs to tell; only with <see cref="MemoryNotifyKind.Shared"/> and <see cref="MemoryNotifyKind.Recall"/>.
/// </param>
public readonly record struct MemoryNotifyRequest(uint Handle, MemoryNotifyKind Kind, uint Tag, RpcList<VmidEntry> Vmids)
    : IRpcPayload<MemoryNotifyRequest>
{
    private const int HeadLength = 12;

    /// <inheritdoc/>
    public int EncodedLength => HeadLength + (TakesVmids ? Vmids.ListLength : 0);

    /// <summary>Whether a list of VMs belongs to this kind of notification.</summary>
    public bool TakesVmids => Kind is MemoryNotifyKind.Shared or MemoryNotifyKind.Recall;

    /// <summary>
    /// Reads the part before the list. The parcel, its tag and the caller's right come before anything else is wrong, so a server
    /// checks those between this and <see cref="TryRead"/>.
    /// </summary>
    /// <param name="payload">The whole payload; any bytes.</param>
    /// <param name="head">The request without its list.</param>
    public static RmError TryReadHead(ReadOnlySpan<byte> payload, out MemoryNotifyRequest head)
    {
        var reader = new RpcReader(payload);
        return reader.FinishIgnoringRest(ReadHead(ref reader), out head);
    }

    /// <summary>
    /// Reads all of it. An unknown kind and an empty list are <see cref="RmError.ArgumentInvalid"/>; bytes left over are ignored.
    /// </summary>
    /// <param name="payload">The whole payload; any bytes.</param>
    /// <param name="value">The request, or <c>default</c> when it is refused.</param>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out MemoryNotifyRequest value)
    {
        var reader = new RpcReader(payload);
        MemoryNotifyRequest request = ReadHead(ref reader);
        bool isKnown = request.TakesVmids || request.Kind is MemoryNotifyKind.Released or MemoryNotifyKind.Accepted;
        reader.Require(isKnown, RmError.ArgumentInvalid);
        if (request.TakesVmids)
        {
            ushort count = reader.ReadUInt16();
            reader.Skip(sizeof(ushort));
            reader.Require(count > 0, RmError.ArgumentInvalid);
            request = request with { Vmids = reader.ReadEntries<VmidEntry>(count) };
        }

        return reader.FinishIgnoringRest(request, out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        new HandleAndFlags(Handle, (byte)Kind).Write(ref writer);
        writer.WriteUInt32(Tag);
        if (TakesVmids)
            writer.WriteList(Vmids);
    }

    private static MemoryNotifyRequest ReadHead(ref RpcReader reader)
    {
        var (handle, flags) = HandleAndFlags.Read(ref reader);
        return new MemoryNotifyRequest(handle, (MemoryNotifyKind)flags, reader.ReadUInt32(), default);
    }
}

/// <summary>
/// MEM_SHARED (gunyah-rm.md 3): a parcel is there for this VM. The owner's addresses are not disclosed.
/// </summary>
/// <param name="Handle">The parcel.</param>
/// <param name="Type">The kind of memory.</param>
/// <param name="Transfer">What becomes of its ownership.</param>
/// <param name="Flags">Flags.</param>
/// <param name="Owner">The VM that created it.</param>
/// <param name="Label">What it is for.</param>
/// <param name="Tag">The tag given to MEM_NOTIFY.</param>
/// <param name="Acl">Who has access.</param>
/// <param name="Sizes">The sizes of its ranges, at most <see cref="MemoryParcels.MaxListEntries"/> of them.</param>
/// <param name="Attributes">How it is mapped, where not as usual.</param>
public readonly record struct MemorySharedNotification(
    uint Handle,
    MemoryType Type,
    TransferType Transfer,
    MemorySharedFlags Flags,
    ushort Owner,
    uint Label,
    uint Tag,
    RpcList<AclEntry> Acl,
    RpcList<RegionSize> Sizes,
    RpcList<AttributeEntry> Attributes) : IRpcPayload<MemorySharedNotification>
{
    private const int HeadLength = 20;

    /// <inheritdoc/>
    public int EncodedLength => HeadLength + Acl.ListLength + Sizes.ListLength + Attributes.ListLength;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out MemorySharedNotification value)
    {
        var reader = new RpcReader(payload);
        reader.Require(payload.Length >= HeadLength + ParcelLists.MinLength, RmError.MsgInvalid);
        uint handle = reader.ReadUInt32();
        var type = (MemoryType)reader.ReadByte();
        var transfer = (TransferType)reader.ReadByte();
        var flags = (MemorySharedFlags)reader.ReadByte();
        reader.Skip(1);
        ushort owner = VmidEntry.Read(ref reader).Vmid;
        var notification = new MemorySharedNotification(
            handle,
            type,
            transfer,
            flags,
            owner,
            reader.ReadUInt32(),
            reader.ReadUInt32(),
            reader.ReadList<AclEntry>(MemoryParcels.MaxListEntries),
            reader.ReadList<RegionSize>(MemoryParcels.MaxListEntries),
            reader.ReadList<AttributeEntry>(MemoryParcels.MaxListEntries));
        return reader.Finish(notification, out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt32(Handle);
        writer.WriteByte((byte)Type);
        writer.WriteByte((byte)Transfer);
        writer.WriteByte((byte)Flags);
        writer.WriteByte(0);
        new VmidEntry(Owner).Write(ref writer);
        writer.WriteUInt32(Label);
        writer.WriteUInt32(Tag);
        writer.WriteList(Acl);
        writer.WriteList(Sizes);
        writer.WriteList(Attributes);
    }
}

/// <summary>
/// MEM_RELEASED and MEM_ACCEPTED (gunyah-rm.md 3): what an acceptor did, to the owner. Bytes after it are ignored.
/// </summary>
/// <param name="Handle">The parcel.</param>
/// <param name="Vmid">The acceptor.</param>
/// <param name="Tag">The tag given to MEM_NOTIFY.</param>
public readonly record struct MemoryAcceptorNotification(uint Handle, ushort Vmid, uint Tag)
    : IRpcPayload<MemoryAcceptorNotification>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 12;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out MemoryAcceptorNotification value)
    {
        var reader = new RpcReader(payload);
        var notification = new MemoryAcceptorNotification(
            reader.ReadUInt32(), VmidEntry.Read(ref reader).Vmid, reader.ReadUInt32());
        return reader.FinishIgnoringRest(notification, out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt32(Handle);
        new VmidEntry(Vmid).Write(ref writer);
        writer.WriteUInt32(Tag);
    }
}

/// <summary>MEM_RECALL (gunyah-rm.md 3): the owner asks this VM to let go. Bytes after it are ignored.</summary>
/// <param name="Handle">The parcel.</param>
/// <param name="Tag">The tag given to MEM_NOTIFY.</param>
public readonly record struct MemoryRecallNotification(uint Handle, uint Tag) : IRpcPayload<MemoryRecallNotification>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 8;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out MemoryRecallNotification value)
    {
        var reader = new RpcReader(payload);
        return reader.FinishIgnoringRest(new MemoryRecallNotification(reader.ReadUInt32(), reader.ReadUInt32()), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt32(Handle);
        writer.WriteUInt32(Tag);
    }
}
