namespace Gunyah.Abi.Rpc;

/// <summary>The data of the reply to VM_GET_STATE (gunyah-rm.md 2.3).</summary>
/// <param name="State">The VM's state.</param>
/// <param name="Os">What the VM said of its operating system.</param>
/// <param name="AppStatus">Passed on by the Resource Manager unread.</param>
public readonly record struct VmStateReply(VmState State, OsState Os, ushort AppStatus) : IRpcPayload<VmStateReply>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 4;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmStateReply value)
    {
        var reader = new RpcReader(payload);
        return reader.Finish(Read(ref reader), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteByte((byte)State);
        writer.WriteByte((byte)Os);
        writer.WriteUInt16(AppStatus);
    }

    /// <summary>The same three fields also end the VM_STATUS notification.</summary>
    internal static VmStateReply Read(ref RpcReader reader) =>
        new((VmState)reader.ReadByte(), (OsState)reader.ReadByte(), reader.ReadUInt16());
}

/// <summary>The data of the reply to VM_HOST_GET_TYPE (gunyah-rm.md 2.3).</summary>
/// <param name="Type">The host's type; see <see cref="GunyahAArch64"/>.</param>
public readonly record struct HostTypeReply(uint Type) : IRpcPayload<HostTypeReply>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 4;

    /// <summary>What Gunyah answers: byte 0 AArch64, byte 1 Gunyah with Resource Manager, byte 3 version 1.</summary>
    public const uint GunyahAArch64 = 0x0100_0164;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out HostTypeReply value)
    {
        var reader = new RpcReader(payload);
        return reader.Finish(new HostTypeReply(reader.ReadUInt32()), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer) => writer.WriteUInt32(Type);
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
public readonly record struct VmIdentity(VmIdentityType Type, RpcText Value);

/// <summary>
/// The data of the reply to VM_GET_ID (gunyah-rm.md 2.3). The Resource Manager's order is GUID, name, URI, signer.
/// </summary>
/// <param name="Identities">The identities, in the order of the wire.</param>
public readonly record struct VmGetIdReply(RpcList<VmIdentity> Identities) : IRpcPayload<VmGetIdReply>
{
    private const int EntryHeadLength = 4;

    /// <inheritdoc/>
    public int EncodedLength
    {
        get
        {
            int length = sizeof(uint);
            foreach (VmIdentity identity in Identities)
                length += EntryHeadLength + identity.Value.PaddedLength;
            return length;
        }
    }

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmGetIdReply value)
    {
        var reader = new RpcReader(payload);
        uint count = reader.ReadUInt32();
        reader.Require(count <= (uint)reader.Remaining / EntryHeadLength, RmError.MsgInvalid);
        var identities = new VmIdentity[reader.Failure is null ? count : 0];
        for (int i = 0; i < identities.Length; i++)
        {
            var type = (VmIdentityType)reader.ReadByte();
            reader.Skip(1);
            identities[i] = new VmIdentity(type, reader.ReadPaddedText(reader.ReadUInt16()));
        }

        return reader.Finish(new VmGetIdReply(RpcList<VmIdentity>.Own(identities)), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt32((uint)Identities.Count);
        foreach (VmIdentity identity in Identities)
        {
            writer.WriteByte((byte)identity.Type);
            writer.WriteByte(0);
            writer.WriteCount(identity.Value.Length);
            writer.WritePaddedText(identity.Value);
        }
    }
}

/// <summary>
/// VM_LOOKUP_NAME and VM_LOOKUP_URI (gunyah-rm.md 2.3). The reply data are a <see cref="VmidListReply"/>.
/// </summary>
/// <param name="Text">The name or URI looked for, at most <see cref="MaxLength"/> bytes.</param>
public readonly record struct VmLookupTextRequest(RpcText Text) : IRpcPayload<VmLookupTextRequest>
{
    /// <summary>The longest name or URI of a VM, in bytes.</summary>
    public const int MaxLength = 79;

    private const int HeadLength = 4;

    /// <inheritdoc/>
    public int EncodedLength => HeadLength + Text.PaddedLength;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmLookupTextRequest value)
    {
        var reader = new RpcReader(payload);
        reader.Require(!payload.IsEmpty, RmError.ArgumentInvalid);
        ushort length = reader.ReadUInt16();
        reader.Skip(sizeof(ushort));
        reader.Require(length <= MaxLength, RmError.ArgumentInvalid);
        return reader.Finish(new VmLookupTextRequest(reader.ReadPaddedText(length)), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteCount(Text.Length);
        writer.WriteUInt16(0);
        writer.WritePaddedText(Text);
    }
}

/// <summary>VM_LOOKUP_GUID (gunyah-rm.md 2.3). The reply data are a <see cref="VmidListReply"/>.</summary>
/// <param name="Value">The GUID looked for; its 16 bytes are in the order in which a GUID is written.</param>
public readonly record struct VmLookupGuidRequest(Guid Value) : IRpcPayload<VmLookupGuidRequest>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 16;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmLookupGuidRequest value)
    {
        var reader = new RpcReader(payload);
        reader.Require(!payload.IsEmpty, RmError.ArgumentInvalid);
        ReadOnlySpan<byte> guid = reader.ReadBytes(Length);
        return reader.Finish(new VmLookupGuidRequest(guid.IsEmpty ? default : new Guid(guid, bigEndian: true)), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        Span<byte> guid = stackalloc byte[Length];
        Value.TryWriteBytes(guid, bigEndian: true, out _);
        writer.WriteBytes(guid);
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

    private const int HeadLength = 4;

    /// <inheritdoc/>
    public int EncodedLength => HeadLength + Text.PaddedLength;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out CrashMessage value)
    {
        var reader = new RpcReader(payload);
        ushort length = reader.ReadUInt16();
        reader.Skip(sizeof(ushort));
        return reader.Finish(new CrashMessage(reader.ReadPaddedText(length)), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteCount(Text.Length);
        writer.WriteUInt16(0);
        writer.WritePaddedText(Text);
    }
}
