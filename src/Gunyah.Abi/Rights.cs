namespace Gunyah.Abi;

/// <summary>
/// Rights are 32 bits in the capability, not in the object; each object type gives the low bits its own meaning
/// (gunyah-abi.md 3.4).
/// </summary>
public static class Rights
{
    /// <summary>May activate the object, and may configure it before activation. Exists for every type.</summary>
    public const uint Activate = 0x8000_0000;

    /// <summary>What the master capability of a new object of this type gets.</summary>
    /// <param name="type">The object's type; not <see cref="ObjectType.Any"/>.</param>
    public static uint All(ObjectType type) => Activate | type switch
    {
        ObjectType.Partition => PartitionRights.All,
        ObjectType.CapabilitySpace => CapabilitySpaceRights.All,
        ObjectType.AddressSpace => AddressSpaceRights.All,
        ObjectType.MemoryExtent => MemoryExtentRights.All,
        ObjectType.Thread => ThreadRights.All,
        ObjectType.Doorbell => DoorbellRights.All,
        ObjectType.MessageQueue => MessageQueueRights.All,
        ObjectType.Vic => VicRights.All,
        ObjectType.VpmGroup => VpmGroupRights.All,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no object has this type"),
    };
}

/// <summary>Rights of a partition capability.</summary>
public static class PartitionRights
{
    /// <summary>May create objects from the partition's memory.</summary>
    public const uint ObjectCreate = 1 << 0;

    /// <summary>May donate the partition's memory.</summary>
    public const uint Donate = 1 << 1;

    internal const uint All = ObjectCreate | Donate;
}

/// <summary>Rights of a capability-space capability.</summary>
public static class CapabilitySpaceRights
{
    /// <summary>May place new capabilities.</summary>
    public const uint CapCreate = 1 << 0;

    /// <summary>May delete capabilities.</summary>
    public const uint CapDelete = 1 << 1;

    /// <summary>May copy capabilities out of the space.</summary>
    public const uint CapCopy = 1 << 2;

    /// <summary>May attach a thread.</summary>
    public const uint Attach = 1 << 3;

    /// <summary>May revoke the copies of a master capability in the space.</summary>
    public const uint CapRevoke = 1 << 4;

    internal const uint All = CapCreate | CapDelete | CapCopy | Attach | CapRevoke;
}

/// <summary>Rights of an address-space capability.</summary>
public static class AddressSpaceRights
{
    /// <summary>May attach a thread.</summary>
    public const uint Attach = 1 << 0;

    /// <summary>May map, unmap and change access.</summary>
    public const uint Map = 1 << 1;

    /// <summary>May look mappings up.</summary>
    public const uint Lookup = 1 << 2;

    /// <summary>May add ranges of emulated MMIO.</summary>
    public const uint AddVmmioRange = 1 << 3;

    internal const uint All = Attach | Map | Lookup | AddVmmioRange;
}

/// <summary>Rights of a memory-extent capability.</summary>
public static class MemoryExtentRights
{
    /// <summary>May be mapped.</summary>
    public const uint Map = 1 << 0;

    /// <summary>May be the parent of a derived extent.</summary>
    public const uint Derive = 1 << 1;

    /// <summary>May be attached inside the hypervisor.</summary>
    public const uint Attach = 1 << 2;

    /// <summary>May be looked up.</summary>
    public const uint Lookup = 1 << 3;

    /// <summary>May give or take memory.</summary>
    public const uint Donate = 1 << 4;

    internal const uint All = Map | Derive | Attach | Lookup | Donate;
}

/// <summary>Rights of a thread capability.</summary>
public static class ThreadRights
{
    /// <summary>May power the vCPU on and off.</summary>
    public const uint Power = 1 << 0;

    /// <summary>May set the affinity.</summary>
    public const uint Affinity = 1 << 1;

    /// <summary>May set the priority.</summary>
    public const uint Priority = 1 << 2;

    /// <summary>May set the time slice.</summary>
    public const uint Timeslice = 1 << 3;

    /// <summary>May yield to the thread.</summary>
    public const uint YieldTo = 1 << 4;

    /// <summary>May bind the thread's interrupts.</summary>
    public const uint BindVirq = 1 << 5;

    /// <summary>May ask for the run state.</summary>
    public const uint State = 1 << 6;

    /// <summary>May kill the thread.</summary>
    public const uint Lifecycle = 1 << 7;

    /// <summary>May write registers.</summary>
    public const uint WriteContext = 1 << 8;

    /// <summary>May take the thread off every CPU.</summary>
    public const uint Disable = 1 << 9;

    internal const uint All = (1 << 10) - 1;
}

/// <summary>Rights of a doorbell capability.</summary>
public static class DoorbellRights
{
    /// <summary>May ring.</summary>
    public const uint Send = 1 << 0;

    /// <summary>May read, clear, mask and reset the flags.</summary>
    public const uint Receive = 1 << 1;

    /// <summary>May bind the interrupt.</summary>
    public const uint Bind = 1 << 2;

    internal const uint All = Send | Receive | Bind;
}

/// <summary>Rights of a message-queue capability.</summary>
public static class MessageQueueRights
{
    /// <summary>May send.</summary>
    public const uint Send = 1 << 0;

    /// <summary>May receive and flush.</summary>
    public const uint Receive = 1 << 1;

    /// <summary>May bind the sender's (not full) interrupt.</summary>
    public const uint BindSend = 1 << 2;

    /// <summary>May bind the receiver's (not empty) interrupt.</summary>
    public const uint BindReceive = 1 << 3;

    internal const uint All = Send | Receive | BindSend | BindReceive;
}

/// <summary>Rights of a virtual-interrupt-controller capability.</summary>
public static class VicRights
{
    /// <summary>May bind interrupt sources.</summary>
    public const uint BindSource = 1 << 0;

    /// <summary>May attach vCPUs.</summary>
    public const uint AttachVcpu = 1 << 1;

    /// <summary>May place the controller's register frames.</summary>
    public const uint AttachVdevice = 1 << 2;

    internal const uint All = BindSource | AttachVcpu | AttachVdevice;
}

/// <summary>Rights of a VPM-group capability.</summary>
public static class VpmGroupRights
{
    /// <summary>May attach vCPUs.</summary>
    public const uint AttachVcpu = 1 << 0;

    /// <summary>May bind the group's interrupt.</summary>
    public const uint BindVirq = 1 << 1;

    /// <summary>May ask for the group's state.</summary>
    public const uint Query = 1 << 2;

    internal const uint All = AttachVcpu | BindVirq | Query;
}
