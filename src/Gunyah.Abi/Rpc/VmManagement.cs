namespace Gunyah.Abi.Rpc;

/// <summary>VM_STOP (gunyah-rm.md 2.1). The other requests of that section are a <see cref="VmidRequest"/>.</summary>
/// <param name="Vmid">The VM to stop.</param>
/// <param name="Flags">How; unknown bits are ignored.</param>
/// <param name="Reason">Why; passed on to the VM unread.</param>
public readonly record struct VmStopRequest(ushort Vmid, VmStopFlags Flags, VmStopReason Reason) : IRpcPayload<VmStopRequest>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 8;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmStopRequest value)
    {
        var reader = new RpcReader(payload);
        ushort vmid = reader.ReadUInt16();
        var flags = (VmStopFlags)reader.ReadByte();
        reader.Skip(1);
        var reason = (VmStopReason)reader.ReadUInt32();
        return reader.Finish(new VmStopRequest(vmid, flags, reason), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt16(Vmid);
        writer.WriteByte((byte)Flags);
        writer.WriteByte(0);
        writer.WriteUInt32((uint)Reason);
    }
}
