namespace Gunyah.Abi.Rpc;

/// <summary>The data of the reply to VM_GET_STATE (gunyah-rm.md 2.3).</summary>
/// <param name="State">The VM's state.</param>
/// <param name="Os">What the VM said of its operating system.</param>
/// <param name="AppStatus">Passed on by the Resource Manager unread.</param>
public readonly record struct VmStateReply(VmState State, OsState Os, ushort AppStatus) : IRpcPayload<VmStateReply>
{
    /// <inheritdoc/>
    public static VmStateReply Fields<TWire>(ref TWire wire, in VmStateReply value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        return new(
            (VmState)wire.U8("state", (byte)value.State),
            (OsState)wire.U8("os", (byte)value.Os),
            wire.U16("app_status", value.AppStatus));
    }
}

/// <summary>The data of the reply to VM_HOST_GET_TYPE (gunyah-rm.md 2.3).</summary>
/// <param name="Type">The host's type; see <see cref="GunyahAArch64"/>.</param>
public readonly record struct HostTypeReply(uint Type) : IRpcPayload<HostTypeReply>
{
    /// <summary>What Gunyah answers: byte 0 AArch64, byte 1 Gunyah with Resource Manager, byte 3 version 1.</summary>
    public const uint GunyahAArch64 = 0x0100_0164;

    /// <inheritdoc/>
    public static HostTypeReply Fields<TWire>(ref TWire wire, in HostTypeReply value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.U32("type", value.Type));
}

/// <summary>The kinds of identity that VM_GET_ID reports (gunyah-rm.md 2.3).</summary>
public enum VmIdentityType : byte
{
    /// <summary>16 bytes; zeros when the VM has none.</summary>
#pragma warning disable CA1720 // The protocol's name for it, and it is what the .NET type of that name holds.
    Guid = 0,
#pragma warning restore CA1720

    /// <summary>The VM's URI; only if it has one.</summary>
    Uri = 1,

    /// <summary>The VM's name; only if it has one.</summary>
    Name = 2,

    /// <summary>Who signed the VM, as text.</summary>
    SignAuth = 3,
}

/// <summary>One identity of a VM.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Value">The identity, without terminator; 16 raw bytes for a GUID.</param>
public readonly record struct VmIdentity(VmIdentityType Type, RpcText Value)
    : IRpcEntry<VmIdentity>
{
    /// <inheritdoc/>
    public static VmIdentity Fields<TWire>(ref TWire wire, in VmIdentity value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        var type = (VmIdentityType)wire.U8("type", (byte)value.Type);
        wire.Reserved(1);
        ushort length = wire.Count("size", value.Value.Length);
        return new(type, wire.PaddedText("value", length, value.Value));
    }
}

/// <summary>
/// The data of the reply to VM_GET_ID (gunyah-rm.md 2.3). The Resource Manager's order is GUID, name, URI, signer.
/// </summary>
/// <param name="Identities">The identities, in the order of the wire.</param>
public readonly record struct VmGetIdReply(RpcList<VmIdentity> Identities) : IRpcPayload<VmGetIdReply>
{
    /// <inheritdoc/>
    public static VmGetIdReply Fields<TWire>(ref TWire wire, in VmGetIdReply value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.CountedEntries("identities", value.Identities));
}

/// <summary>
/// VM_LOOKUP_NAME and VM_LOOKUP_URI (gunyah-rm.md 2.3). The reply data are a <see cref="VmidListReply"/>.
/// </summary>
/// <param name="Text">The name or URI looked for, at most <see cref="MaxLength"/> bytes.</param>
public readonly record struct VmLookupTextRequest(RpcText Text) : IRpcPayload<VmLookupTextRequest>
{
    /// <summary>The longest name or URI of a VM, in bytes.</summary>
    public const int MaxLength = 79;

    /// <inheritdoc/>
    public static VmLookupTextRequest Fields<TWire>(ref TWire wire, in VmLookupTextRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        wire.Require(wire.Remaining > 0, RmError.ArgumentInvalid);
        ushort length = wire.Count("size", value.Text.Length);
        wire.Reserved(sizeof(ushort));
        wire.Require(length <= MaxLength, RmError.ArgumentInvalid);
        return new(wire.PaddedText("text", length, value.Text));
    }
}

/// <summary>VM_LOOKUP_GUID (gunyah-rm.md 2.3). The reply data are a <see cref="VmidListReply"/>.</summary>
/// <param name="Value">The GUID looked for; its 16 bytes are in the order in which a GUID is written.</param>
public readonly record struct VmLookupGuidRequest(Guid Value) : IRpcPayload<VmLookupGuidRequest>
{
    private const int GuidSize = 16;

    /// <inheritdoc/>
    public static VmLookupGuidRequest Fields<TWire>(ref TWire wire, in VmLookupGuidRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        wire.Require(wire.Remaining > 0, RmError.ArgumentInvalid);
        Span<byte> guid = stackalloc byte[GuidSize];
        value.Value.TryWriteBytes(guid, bigEndian: true, out _);
        wire.Bytes("guid", guid);
        return new(new Guid(guid, bigEndian: true));
    }
}

/// <summary>
/// The request VM_SET_CRASH_MSG and the data of the reply to VM_GET_CRASH_MSG (gunyah-rm.md 2.3 and 2.4).
/// </summary>
/// <param name="Text">The last words of a VM; empty when there are none.</param>
public readonly record struct CrashMessage(RpcText Text) : IRpcPayload<CrashMessage>
{
    /// <summary>The number of bytes that the Resource Manager keeps of a longer message.</summary>
    public const int MaxStoredLength = 192;

    /// <inheritdoc/>
    public static CrashMessage Fields<TWire>(ref TWire wire, in CrashMessage value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        ushort length = wire.Count("size", value.Text.Length);
        wire.Reserved(sizeof(ushort));
        return new(wire.PaddedText("text", length, value.Text));
    }
}
