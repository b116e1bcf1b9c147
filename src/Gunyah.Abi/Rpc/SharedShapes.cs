namespace Gunyah.Abi.Rpc;

/// <summary>No content: requests of length 0, and replies that are an error word only.</summary>
public readonly record struct EmptyPayload : IRpcPayload<EmptyPayload>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 0;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out EmptyPayload value) =>
        new RpcReader(payload).Finish(default, out value);

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
    }
}

/// <summary>A VMID in a list: 16 bits, and 16 that are reserved.</summary>
/// <param name="Vmid">The VM.</param>
public readonly record struct VmidEntry(ushort Vmid) : IRpcEntry<VmidEntry>
{
    /// <inheritdoc/>
    public static int EntrySize => 4;

    /// <inheritdoc/>
    public static VmidEntry Read(ref RpcReader reader)
    {
        ushort vmid = reader.ReadUInt16();
        reader.Skip(sizeof(ushort));
        return new VmidEntry(vmid);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt16(Vmid);
        writer.WriteUInt16(0);
    }
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
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 4;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmidRequest value)
    {
        var reader = new RpcReader(payload);
        return reader.Finish(new VmidRequest(VmidEntry.Read(ref reader).Vmid), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer) => new VmidEntry(Vmid).Write(ref writer);
}

/// <summary>
/// The reply data that name a VM: VM_GET_VMID, VM_GET_OWNER, and VM_ALLOCATE when any VMID was asked for. (VM_ALLOCATE of a
/// given VMID replies without data.)
/// </summary>
/// <param name="Vmid">The VM.</param>
public readonly record struct VmidReply(ushort Vmid) : IRpcPayload<VmidReply>
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 4;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmidReply value)
    {
        var reader = new RpcReader(payload);
        return reader.Finish(new VmidReply(VmidEntry.Read(ref reader).Vmid), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer) => new VmidEntry(Vmid).Write(ref writer);
}

/// <summary>
/// The reply data that name any number of VMs: VM_GET_PEERS, VM_LOOKUP_NAME, VM_LOOKUP_URI, VM_LOOKUP_GUID. None is a
/// success.
/// </summary>
/// <param name="Vmids">The VMs.</param>
public readonly record struct VmidListReply(RpcList<VmidEntry> Vmids) : IRpcPayload<VmidListReply>
{
    /// <inheritdoc/>
    public int EncodedLength => sizeof(uint) + Vmids.EntriesLength;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmidListReply value)
    {
        var reader = new RpcReader(payload);
        uint count = reader.ReadUInt32();
        return reader.Finish(new VmidListReply(reader.ReadEntries<VmidEntry>(count)), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt32((uint)Vmids.Count);
        writer.WriteEntries(Vmids);
    }
}
