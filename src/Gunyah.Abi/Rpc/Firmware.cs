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
    /// <inheritdoc/>
    public static FirmwareSetRequest Fields<TWire>(ref TWire wire, in FirmwareSetRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        // The length is judged before the reserved bits, which answer another error.
        var authentication = (AuthenticationType)wire.U16("auth", (ushort)value.Authentication);
        ushort reserved = wire.U16("res", 0);
        FirmwareSetRequest request = new(
            authentication, wire.U32("mem_handle", value.MemoryParcel), wire.U64("offset", value.Offset),
            wire.U64("size", value.Size));
        wire.RequireEnd();
        wire.Require(reserved == 0, RmError.Unimplemented);
        return request;
    }
}
