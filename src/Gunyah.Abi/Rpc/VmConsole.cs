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
    /// <inheritdoc/>
    public static ConsoleText Fields<TWire>(ref TWire wire, in ConsoleText value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        ushort vmid = wire.U16("vmid", value.Vmid);
        ushort length = wire.Count("size", value.Text.Length);
        return new(vmid, wire.Text("text", length, value.Text));
    }
}
