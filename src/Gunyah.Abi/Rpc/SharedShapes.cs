namespace Gunyah.Abi.Rpc;

/// <summary>No content: requests of length 0, and replies that are an error word only.</summary>
public readonly record struct EmptyPayload : IRpcPayload<EmptyPayload>
{
    /// <inheritdoc/>
    public static EmptyPayload Fields<TWire>(ref TWire wire, in EmptyPayload value)
        where TWire : struct, IRpcWire, allows ref struct =>
        default;
}

/// <summary>A VMID in a list: 16 bits, and 16 that are reserved.</summary>
/// <param name="Vmid">The VM.</param>
public readonly record struct VmidEntry(ushort Vmid) : IRpcEntry<VmidEntry>
{
    /// <inheritdoc/>
    public static VmidEntry Fields<TWire>(ref TWire wire, in VmidEntry value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.Vmid("vmid", value.Vmid));
}

/// <summary>
/// The request that names a VM and nothing else (gunyah-rm.md 0.2, <c>vmid4</c>): VM_ALLOCATE, VM_DEALLOCATE, VM_START,
/// VM_RESET, VM_GET_STATE, VM_GET_ID, VM_GET_CRASH_MSG, VM_GET_HYP_RESOURCES, VM_CONSOLE_OPEN, _CLOSE and _FLUSH.
/// </summary>
/// <param name="Vmid">
/// The VM. 0 is "any" in VM_ALLOCATE and the caller itself in VM_GET_STATE, VM_GET_ID and the console messages.
/// </param>
public readonly record struct VmidRequest(ushort Vmid) : IRpcPayload<VmidRequest>
{
    /// <inheritdoc/>
    public static VmidRequest Fields<TWire>(ref TWire wire, in VmidRequest value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.Vmid("vmid", value.Vmid));
}

/// <summary>
/// The reply data that name a VM: VM_GET_VMID, VM_GET_OWNER, and VM_ALLOCATE when any VMID was asked for. (VM_ALLOCATE of a
/// given VMID replies without data.)
/// </summary>
/// <param name="Vmid">The VM.</param>
public readonly record struct VmidReply(ushort Vmid) : IRpcPayload<VmidReply>
{
    /// <inheritdoc/>
    public static VmidReply Fields<TWire>(ref TWire wire, in VmidReply value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.Vmid("vmid", value.Vmid));
}

/// <summary>
/// The reply data that name any number of VMs: VM_GET_PEERS, VM_LOOKUP_NAME, VM_LOOKUP_URI, VM_LOOKUP_GUID. None is a
/// success.
/// </summary>
/// <param name="Vmids">The VMs.</param>
public readonly record struct VmidListReply(RpcList<VmidEntry> Vmids) : IRpcPayload<VmidListReply>
{
    /// <inheritdoc/>
    public static VmidListReply Fields<TWire>(ref TWire wire, in VmidListReply value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.CountedEntries("vmids", value.Vmids));
}
