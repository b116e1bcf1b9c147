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
    /// <inheritdoc/>
    public static MemoryHandleReply Fields<TWire>(ref TWire wire, in MemoryHandleReply value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.U32("handle", value.Handle));
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
    /// <inheritdoc/>
    public static int MinLength => default(MemoryCreateRequest).EncodedLength;

    /// <inheritdoc/>
    public static MemoryCreateRequest Fields<TWire>(ref TWire wire, in MemoryCreateRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        var type = (MemoryType)wire.U8("mem_type", (byte)value.Type);
        wire.Reserved(1);
        var flags = (MemoryCreateFlags)wire.U8("flags", (byte)value.Flags);
        wire.Reserved(1);
        uint label = wire.U32("label", value.Label);
        (RpcList<AclEntry> acl, RpcList<SglEntry> sgl, RpcList<AttributeEntry> attributes, _) =
            ParcelLists.Fields(ref wire, new(value.Acl, value.Sgl, value.Attributes));
        return new(type, flags, label, acl, sgl, attributes);
    }
}

/// <summary>MEM_APPEND (gunyah-rm.md 2.5.3): more memory for a parcel that is not complete.</summary>
/// <param name="Handle">The parcel.</param>
/// <param name="Flags">Whether this is the last part.</param>
/// <param name="Sgl">Which memory.</param>
public readonly record struct MemoryAppendRequest(uint Handle, MemoryAppendFlags Flags, RpcList<SglEntry> Sgl)
    : IRpcPayload<MemoryAppendRequest>
{
    /// <inheritdoc/>
    public static int MinLength => default(MemoryAppendRequest).EncodedLength;

    /// <inheritdoc/>
    public static MemoryAppendRequest Fields<TWire>(ref TWire wire, in MemoryAppendRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        var (handle, flags) = HandleAndFlags.Fields(ref wire, new(value.Handle, (byte)value.Flags));
        return new(handle, (MemoryAppendFlags)flags, wire.List("sgl", value.Sgl, MemoryParcels.MaxListEntries));
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
    /// <inheritdoc/>
    public static int MinLength => default(MemoryAcceptRequest).EncodedLength;

    /// <inheritdoc/>
    public static MemoryAcceptRequest Fields<TWire>(ref TWire wire, in MemoryAcceptRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        uint handle = wire.U32("handle", value.Handle);
        var type = (MemoryType)wire.U8("mem_type", (byte)value.Type);
        var transfer = (TransferType)wire.U8("trans_type", (byte)value.Transfer);
        var flags = (MemoryAcceptFlags)wire.U8("flags", (byte)value.Flags);
        wire.Reserved(1);
        uint label = wire.U32("label", value.Label);
        (RpcList<AclEntry> acl, RpcList<SglEntry> sgl, RpcList<AttributeEntry> attributes, ushort mapVmid) =
            ParcelLists.Fields(ref wire, new(value.Acl, value.Sgl, value.Attributes, value.MapVmid));
        return new(handle, type, transfer, flags, label, acl, sgl, attributes, mapVmid);
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
    public static MemoryAcceptReply Fields<TWire>(ref TWire wire, in MemoryAcceptReply value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        // The flags are the first of the two bytes that other lists reserve.
        ushort flags = (byte)value.Flags;
        RpcList<SglEntry> sgl = wire.List("sgl", value.Sgl, MemoryParcels.MaxListEntries, ref flags);
        return new((MemoryAcceptReplyFlags)flags, sgl);
    }
}

/// <summary>MEM_RELEASE and MEM_RECLAIM (gunyah-rm.md 2.5.5). Bytes after it are ignored.</summary>
/// <param name="Handle">The parcel.</param>
/// <param name="Flags">Flags.</param>
public readonly record struct MemoryReturnRequest(uint Handle, MemoryReturnFlags Flags) : IRpcPayload<MemoryReturnRequest>
{
    /// <inheritdoc/>
    public static bool MayBeLonger => true;

    /// <inheritdoc/>
    public static MemoryReturnRequest Fields<TWire>(ref TWire wire, in MemoryReturnRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        var (handle, flags) = HandleAndFlags.Fields(ref wire, new(value.Handle, (byte)value.Flags));
        return new(handle, (MemoryReturnFlags)flags);
    }
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
    /// <inheritdoc/>
    // The third list is optional here, so the shortest request has two empty ones.
    public static int MinLength => default(MemoryLookupRequest).EncodedLength - RpcList.HeaderSize;

    /// <inheritdoc/>
    public static MemoryLookupRequest Fields<TWire>(ref TWire wire, in MemoryLookupRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        var type = (MemoryType)wire.U8("mem_type", (byte)value.Type);
        wire.Reserved(3);
        uint label = wire.U32("label", value.Label);
        (RpcList<AclEntry> acl, RpcList<SglEntry> sgl, RpcList<AttributeEntry> attributes, _) =
            ParcelLists.Fields(ref wire, new(value.Acl, value.Sgl, value.Attributes));
        return new(type, label, acl, sgl, attributes);
    }
}

/// <summary>
/// The eight bytes with which the requests about an existing parcel begin: handle, flags, three reserved bytes.
/// </summary>
internal readonly record struct HandleAndFlags(uint Handle, byte Flags)
{
    public static HandleAndFlags Fields<TWire>(ref TWire wire, in HandleAndFlags value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        HandleAndFlags head = new(wire.U32("handle", value.Handle), wire.U8("flags", value.Flags));
        wire.Reserved(3);
        return head;
    }
}
