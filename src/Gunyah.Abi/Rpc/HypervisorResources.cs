namespace Gunyah.Abi.Rpc;

/// <summary>What a hypervisor resource is to the VM that lists it (gunyah-rm.md 6).</summary>
public enum ResourceType : byte
{
    /// <summary>A doorbell that the caller rings.</summary>
    DoorbellSource = 0,

    /// <summary>A doorbell that rings the caller.</summary>
    Doorbell = 1,

    /// <summary>A message queue into which the caller sends; its interrupt says "not full".</summary>
    MessageQueueSend = 2,

    /// <summary>A message queue from which the caller receives; its interrupt says "not empty".</summary>
    MessageQueueReceive = 3,

    /// <summary>A vCPU of a VM that the caller owns.</summary>
    VirtualCpu = 4,

    /// <summary>A power-management group.</summary>
    VirtualPm = 5,

    /// <summary>A virtio device whose backend the caller is.</summary>
    VirtioMmio = 6,

    /// <summary>A virtual real-time clock; never listed.</summary>
    Vrtc = 7,

    /// <summary>The watchdog of a proxy-scheduled VM.</summary>
    Watchdog = 8,

    /// <summary>A memory extent (newer Resource Managers); the label says which.</summary>
    MemoryExtent = 9,

    /// <summary>An address space (newer Resource Managers).</summary>
    AddressSpace = 10,
}

/// <summary>One entry of the reply to VM_GET_HYP_RESOURCES (gunyah-rm.md 6).</summary>
/// <param name="Type">What it is.</param>
/// <param name="PartnerVmid">The VM that was asked for; 0 for vCPUs.</param>
/// <param name="Handle">0 in the public Resource Manager.</param>
/// <param name="Label">The label of the virtual device; the number of the vCPU.</param>
/// <param name="CapabilityId">The capability, in the caller's space.</param>
/// <param name="VirqHandle">0 in the public Resource Manager.</param>
/// <param name="Virq">The interrupt's GIC number (32 is SPI 0); see <see cref="HasVirq"/>.</param>
/// <param name="BaseAddress">Where shared memory or registers begin in the caller's address space, else 0.</param>
/// <param name="Size">Their size in bytes, else 0.</param>
public readonly record struct HypervisorResource(
    ResourceType Type,
    ushort PartnerVmid,
    uint Handle,
    uint Label,
    ulong CapabilityId,
    uint VirqHandle,
    uint Virq,
    ulong BaseAddress,
    ulong Size) : IRpcEntry<HypervisorResource>
{
    /// <summary>The value of <see cref="Virq"/> that says "none"; doorbell sources have 0 for the same.</summary>
    public const uint NoVirq = uint.MaxValue;

    /// <inheritdoc/>
    public static int EntrySize => 44;

    /// <summary>Whether the resource has an interrupt: neither of the two values for "none" (gunyah-rm.md Q-18).</summary>
    public bool HasVirq => Virq is not (0 or NoVirq);

    /// <inheritdoc/>
    public static HypervisorResource Read(ref RpcReader reader)
    {
        var type = (ResourceType)reader.ReadByte();
        reader.Skip(1);
        return new HypervisorResource(
            type,
            reader.ReadUInt16(),
            reader.ReadUInt32(),
            reader.ReadUInt32(),
            reader.ReadUInt64(),
            reader.ReadUInt32(),
            reader.ReadUInt32(),
            reader.ReadUInt64(),
            reader.ReadUInt64());
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteByte((byte)Type);
        writer.WriteByte(0);
        writer.WriteUInt16(PartnerVmid);
        writer.WriteUInt32(Handle);
        writer.WriteUInt32(Label);
        writer.WriteUInt64(CapabilityId);
        writer.WriteUInt32(VirqHandle);
        writer.WriteUInt32(Virq);
        writer.WriteUInt64(BaseAddress);
        writer.WriteUInt64(Size);
    }
}

/// <summary>The data of the reply to VM_GET_HYP_RESOURCES (gunyah-rm.md 6).</summary>
/// <param name="Resources">The resources, in the order of the wire.</param>
public readonly record struct HypervisorResourcesReply(RpcList<HypervisorResource> Resources)
    : IRpcPayload<HypervisorResourcesReply>
{
    /// <inheritdoc/>
    public int EncodedLength => sizeof(uint) + Resources.EntriesLength;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out HypervisorResourcesReply value)
    {
        var reader = new RpcReader(payload);
        uint count = reader.ReadUInt32();
        return reader.Finish(new HypervisorResourcesReply(reader.ReadEntries<HypervisorResource>(count)), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt32((uint)Resources.Count);
        writer.WriteEntries(Resources);
    }
}
