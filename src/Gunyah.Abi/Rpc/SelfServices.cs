namespace Gunyah.Abi.Rpc;

/// <summary>VM_SET_STATUS (gunyah-rm.md 2.4). The VMID on the wire is ignored, so it is not kept.</summary>
/// <param name="Os">The state of the operating system; <see cref="OsState.None"/> keeps the old one.</param>
/// <param name="AppStatus">Replaces the old status; passed on unread.</param>
public readonly record struct VmSetStatusRequest(OsState Os, ushort AppStatus) : IRpcPayload<VmSetStatusRequest>
{
    /// <inheritdoc/>
    public static VmSetStatusRequest Fields<TWire>(ref TWire wire, in VmSetStatusRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        // The length is judged before the state is looked at, so both words are read first.
        wire.Reserved(1);
        VmSetStatusRequest request = new((OsState)wire.U8("os", (byte)value.Os), wire.U16("app_status", value.AppStatus));
        wire.RequireEnd();
        wire.Require(request.Os <= OsState.Crashed, RmError.ArgumentInvalid);
        return request;
    }
}

/// <summary>
/// VM_EXIT (gunyah-rm.md 2.4). Only its length is checked when it is read: whether the VM may exit at all comes
/// before <see cref="IsAcceptable"/>, which a server answers with <see cref="RmError.MsgInvalid"/>.
/// </summary>
/// <param name="Flags">Passed on to the owner.</param>
/// <param name="Code">How the VM ended.</param>
/// <param name="Reserved">Must be zero.</param>
public readonly record struct VmExitRequest(VmExitFlags Flags, VmExitCode Code, byte Reserved = 0) : IRpcPayload<VmExitRequest>
{
    /// <summary>Whether the reserved byte is zero and the code one that a VM may report of itself.</summary>
    public bool IsAcceptable =>
        Reserved == 0
        && Code is VmExitCode.Normal or VmExitCode.SoftwareError or VmExitCode.BusError or VmExitCode.DeviceError;

    /// <inheritdoc/>
    public static VmExitRequest Fields<TWire>(ref TWire wire, in VmExitRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        return new(
            (VmExitFlags)wire.U16("flags", (ushort)value.Flags),
            (VmExitCode)wire.U8("code", (byte)value.Code),
            wire.U8("res", value.Reserved));
    }
}
