namespace Gunyah.Abi.Rpc;

/// <summary>
/// FW_SET_VM_FIRMWARE (gunyah-rm.md 2.6). Reserved bits that are not zero answer
/// <see cref="RmError.Unimplemented"/>.
/// </summary>
/// <param name="Authentication">The kind of VM that boots in this firmware.</param>
/// <param name="MemoryParcel">The handle of the parcel with the firmware.</param>
/// <param name="Offset">Where the firmware begins, in bytes from the start of the parcel.</param>
/// <param name="Size">Its size in bytes.</param>
public readonly record struct FirmwareSetRequest(AuthenticationType Authentication, uint MemoryParcel, ulong Offset, ulong Size)
    : IRpcPayload<FirmwareSetRequest>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 24;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out FirmwareSetRequest value)
    {
        // The length is judged before the reserved bits, which answer another error.
        var reader = new RpcReader(payload);
        var authentication = (AuthenticationType)reader.ReadUInt16();
        ushort reserved = reader.ReadUInt16();
        var request = new FirmwareSetRequest(authentication, reader.ReadUInt32(), reader.ReadUInt64(), reader.ReadUInt64());
        reader.Require(reader.Remaining == 0, RmError.MsgInvalid);
        reader.Require(reserved == 0, RmError.Unimplemented);
        return reader.Finish(request, out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt16((ushort)Authentication);
        writer.WriteUInt16(0);
        writer.WriteUInt32(MemoryParcel);
        writer.WriteUInt64(Offset);
        writer.WriteUInt64(Size);
    }
}
