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
    /// <inheritdoc/>
    public static MemoryNotifyRequest? Longest => new(0, MemoryNotifyKind.Shared, 0, [default]);

    /// <summary>Whether a list of VMs belongs to this kind of notification.</summary>
    public bool TakesVmids => Kind is MemoryNotifyKind.Shared or MemoryNotifyKind.Recall;

    /// <summary>
    /// Reads the part before the list. The parcel, its tag and the caller's right come before anything else is wrong, so a server
    /// checks those between this and <see cref="RpcPayload.TryRead"/>.
    /// </summary>
    /// <param name="payload">The whole payload; any bytes.</param>
    /// <param name="head">The request without its list.</param>
    public static RmError TryReadHead(ReadOnlySpan<byte> payload, out MemoryNotifyRequest head)
    {
        var reader = new RpcReader(payload);
        return reader.FinishIgnoringRest(Head(ref reader, default), out head);
    }

    /// <inheritdoc/>
    public static bool MayBeLonger => true;

    /// <inheritdoc/>
    public static MemoryNotifyRequest Fields<TWire>(ref TWire wire, in MemoryNotifyRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        MemoryNotifyRequest request = Head(ref wire, value);
        bool isKnown = request.TakesVmids || request.Kind is MemoryNotifyKind.Released or MemoryNotifyKind.Accepted;
        wire.Require(isKnown, RmError.ArgumentInvalid);
        if (!request.TakesVmids)
            return request;
        ushort count = wire.Count("count", value.Vmids.Count);
        wire.Reserved(sizeof(ushort));
        wire.Require(count > 0, RmError.ArgumentInvalid);
        return request with { Vmids = wire.Entries("vmids", count, value.Vmids) };
    }

    private static MemoryNotifyRequest Head<TWire>(ref TWire wire, in MemoryNotifyRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        var (handle, kind) = HandleAndFlags.Fields(ref wire, new(value.Handle, (byte)value.Kind));
        return new(handle, (MemoryNotifyKind)kind, wire.U32("tag", value.Tag), default);
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
    /// <inheritdoc/>
    public static int MinLength => default(MemorySharedNotification).EncodedLength;

    /// <inheritdoc/>
    public static MemorySharedNotification Fields<TWire>(ref TWire wire, in MemorySharedNotification value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        uint handle = wire.U32("handle", value.Handle);
        var type = (MemoryType)wire.U8("mem_type", (byte)value.Type);
        var transfer = (TransferType)wire.U8("trans_type", (byte)value.Transfer);
        var flags = (MemorySharedFlags)wire.U8("flags", (byte)value.Flags);
        wire.Reserved(1);
        return new(
            handle,
            type,
            transfer,
            flags,
            wire.Vmid("owner", value.Owner),
            wire.U32("label", value.Label),
            wire.U32("tag", value.Tag),
            wire.List("acl", value.Acl, MemoryParcels.MaxListEntries),
            wire.List("sizes", value.Sizes, MemoryParcels.MaxListEntries),
            wire.List("attributes", value.Attributes, MemoryParcels.MaxListEntries));
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
    /// <inheritdoc/>
    public static bool MayBeLonger => true;

    /// <inheritdoc/>
    public static MemoryAcceptorNotification Fields<TWire>(ref TWire wire, in MemoryAcceptorNotification value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.U32("handle", value.Handle), wire.Vmid("vmid", value.Vmid), wire.U32("tag", value.Tag));
}

/// <summary>MEM_RECALL (gunyah-rm.md 3): the owner asks this VM to let go. Bytes after it are ignored.</summary>
/// <param name="Handle">The parcel.</param>
/// <param name="Tag">The tag given to MEM_NOTIFY.</param>
public readonly record struct MemoryRecallNotification(uint Handle, uint Tag) : IRpcPayload<MemoryRecallNotification>
{
    /// <inheritdoc/>
    public static bool MayBeLonger => true;

    /// <inheritdoc/>
    public static MemoryRecallNotification Fields<TWire>(ref TWire wire, in MemoryRecallNotification value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.U32("handle", value.Handle), wire.U32("tag", value.Tag));
}
