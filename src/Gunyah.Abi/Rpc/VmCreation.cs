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
    /// <inheritdoc/>
    public static VmConfigImageRequest Fields<TWire>(ref TWire wire, in VmConfigImageRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        return new(
            wire.U16("vmid", value.Vmid),
            (AuthenticationType)wire.U16("auth", (ushort)value.Authentication),
            wire.U32("mem_handle", value.MemoryParcel),
            wire.U64("image_offset", value.ImageOffset),
            wire.U64("image_size", value.ImageSize),
            wire.U64("dt_offset", value.DevicetreeOffset),
            wire.U64("dt_size", value.DevicetreeSize));
    }
}

/// <summary>One parameter of VM_AUTH_IMAGE (gunyah-rm.md 2.2).</summary>
/// <param name="Type">What the value means.</param>
/// <param name="Value">The value.</param>
public readonly record struct AuthenticationParameter(AuthenticationParameterType Type, uint Value)
    : IRpcEntry<AuthenticationParameter>
{
    /// <inheritdoc/>
    public static AuthenticationParameter Fields<TWire>(ref TWire wire, in AuthenticationParameter value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new((AuthenticationParameterType)wire.U32("type", (uint)value.Type), wire.U32("value", value.Value));
}

/// <summary>VM_AUTH_IMAGE (gunyah-rm.md 2.2).</summary>
/// <param name="Vmid">The VM.</param>
/// <param name="Parameters">What the platform needs to verify the image.</param>
public readonly record struct VmAuthImageRequest(ushort Vmid, RpcList<AuthenticationParameter> Parameters)
    : IRpcPayload<VmAuthImageRequest>
{
    /// <inheritdoc/>
    public static VmAuthImageRequest Fields<TWire>(ref TWire wire, in VmAuthImageRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        ushort vmid = wire.U16("vmid", value.Vmid);
        ushort count = wire.Count("count", value.Parameters.Count);
        return new(vmid, wire.Entries("parameters", count, value.Parameters));
    }
}

/// <summary>VM_INIT (gunyah-rm.md 2.2): unlike in a <see cref="VmidRequest"/>, the reserved bits must be zero.</summary>
/// <param name="Vmid">The VM.</param>
public readonly record struct VmInitRequest(ushort Vmid) : IRpcPayload<VmInitRequest>
{
    /// <inheritdoc/>
    public static VmInitRequest Fields<TWire>(ref TWire wire, in VmInitRequest value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.StrictVmid("vmid", value.Vmid));
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
    /// <inheritdoc/>
    public static VmSetTimeBaseRequest Fields<TWire>(ref TWire wire, in VmSetTimeBaseRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        return new(
            wire.Vmid("vmid", value.Vmid),
            wire.U64("time_base", value.TimeBase),
            wire.U64("sys_timer_ref", value.SystemTimerReference));
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
    /// <inheritdoc/>
    public static VmSetFirmwareMemRequest Fields<TWire>(ref TWire wire, in VmSetFirmwareMemRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        return new(
            wire.StrictVmid("vmid", value.Vmid),
            wire.U32("mem_handle", value.MemoryParcel),
            wire.U64("offset", value.Offset),
            wire.U64("size", value.Size));
    }
}
