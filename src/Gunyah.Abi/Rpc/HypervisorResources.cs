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

    /// <summary>Whether the resource has an interrupt: neither of the two values for "none" (gunyah-rm.md Q-18).</summary>
    public bool HasVirq => Virq is not (0 or NoVirq);

    /// <inheritdoc/>
    public static HypervisorResource Fields<TWire>(ref TWire wire, in HypervisorResource value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        var type = (ResourceType)wire.U8("type", (byte)value.Type);
        wire.Reserved(1);
        return new(
            type,
            wire.U16("partner_vmid", value.PartnerVmid),
            wire.U32("handle", value.Handle),
            wire.U32("label", value.Label),
            wire.U64("cap_id", value.CapabilityId),
            wire.U32("virq_handle", value.VirqHandle),
            wire.U32("virq", value.Virq),
            wire.U64("base", value.BaseAddress),
            wire.U64("size", value.Size));
    }
}

/// <summary>The data of the reply to VM_GET_HYP_RESOURCES (gunyah-rm.md 6).</summary>
/// <param name="Resources">The resources, in the order of the wire.</param>
public readonly record struct HypervisorResourcesReply(RpcList<HypervisorResource> Resources)
    : IRpcPayload<HypervisorResourcesReply>
{
    /// <inheritdoc/>
    public static HypervisorResourcesReply Fields<TWire>(ref TWire wire, in HypervisorResourcesReply value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.CountedEntries("resources", value.Resources));
}
