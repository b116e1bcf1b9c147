namespace Gunyah.Abi.Rpc;

/// <summary>
/// VM_CONSOLE_WRITE and the notification VM_CONSOLE_CHARS (gunyah-rm.md 2.8 and 3): text without padding, exactly as
/// long as it says. The other console requests are a <see cref="VmidRequest"/>.
/// </summary>
/// <param name="Vmid">
/// In a request the VM whose console is meant, 0 for the caller's own. In a notification the VM that wrote, 0 when its owner did.
/// </param>
/// <param name="Text">What was written.</param>
public readonly record struct ConsoleText(ushort Vmid, RpcText Text) : IRpcPayload<ConsoleText>
{
    private const int HeadLength = 4;

    /// <inheritdoc/>
    public int EncodedLength => HeadLength + Text.Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out ConsoleText value)
    {
        var reader = new RpcReader(payload);
        ushort vmid = reader.ReadUInt16();
        ushort length = reader.ReadUInt16();
        return reader.Finish(new ConsoleText(vmid, new RpcText(reader.ReadBytes(length))), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt16(Vmid);
        writer.WriteCount(Text.Length);
        writer.WriteBytes(Text.Bytes);
    }
}
