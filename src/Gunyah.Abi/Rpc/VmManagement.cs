namespace Gunyah.Abi.Rpc;

/// <summary>VM_STOP (gunyah-rm.md 2.1). The other requests of that section are a <see cref="VmidRequest"/>.</summary>
/// <param name="Vmid">The VM to stop.</param>
/// <param name="Flags">How; unknown bits are ignored.</param>
/// <param name="Reason">Why; passed on to the VM unread.</param>
public readonly record struct VmStopRequest(ushort Vmid, VmStopFlags Flags, VmStopReason Reason) : IRpcPayload<VmStopRequest>
{
    /// <inheritdoc/>
    public static VmStopRequest Fields<TWire>(ref TWire wire, in VmStopRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        ushort vmid = wire.U16("vmid", value.Vmid);
        var flags = (VmStopFlags)wire.U8("flags", (byte)value.Flags);
        wire.Reserved(1);
        return new(vmid, flags, (VmStopReason)wire.U32("reason", (uint)value.Reason));
    }
}
