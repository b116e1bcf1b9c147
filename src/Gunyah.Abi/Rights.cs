namespace Gunyah.Abi;

#pragma warning disable CA1028 // Rights are 32 bits of the ABI.

/// <summary>Rights of a partition capability.</summary>
[Flags]
public enum PartitionRights : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>May create objects from the partition's memory.</summary>
    ObjectCreate = 1 << 0,

    /// <summary>May donate the partition's memory.</summary>
    Donate = 1 << 1,

    /// <summary>May activate the object, and may configure it before that.</summary>
    Activate = ObjectRights.ActivateBit,

    /// <summary>Every right: those of the master capability.</summary>
    All = Activate | ObjectCreate | Donate,
}

/// <summary>Rights of a capability-space capability.</summary>
[Flags]
public enum CapabilitySpaceRights : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>May place new capabilities.</summary>
    CapCreate = 1 << 0,

    /// <summary>May delete capabilities.</summary>
    CapDelete = 1 << 1,

    /// <summary>May copy capabilities out of the space.</summary>
    CapCopy = 1 << 2,

    /// <summary>May attach a thread.</summary>
    Attach = 1 << 3,

    /// <summary>May revoke the copies of a master capability in the space.</summary>
    CapRevoke = 1 << 4,

    /// <summary>May activate the object, and may configure it before that.</summary>
    Activate = ObjectRights.ActivateBit,

    /// <summary>Every right: those of the master capability.</summary>
    All = Activate | CapCreate | CapDelete | CapCopy | Attach | CapRevoke,
}

/// <summary>Rights of an address-space capability.</summary>
[Flags]
public enum AddressSpaceRights : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>May attach a thread.</summary>
    Attach = 1 << 0,

    /// <summary>May map, unmap and change access.</summary>
    Map = 1 << 1,

    /// <summary>May look mappings up.</summary>
    Lookup = 1 << 2,

    /// <summary>May add ranges of emulated MMIO.</summary>
    AddVmmioRange = 1 << 3,

    /// <summary>May activate the object, and may configure it before that.</summary>
    Activate = ObjectRights.ActivateBit,

    /// <summary>Every right: those of the master capability.</summary>
    All = Activate | Attach | Map | Lookup | AddVmmioRange,
}

/// <summary>Rights of a memory-extent capability.</summary>
[Flags]
public enum MemoryExtentRights : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>May be mapped.</summary>
    Map = 1 << 0,

    /// <summary>May be the parent of a derived extent.</summary>
    Derive = 1 << 1,

    /// <summary>May be attached inside the hypervisor.</summary>
    Attach = 1 << 2,

    /// <summary>May be looked up.</summary>
    Lookup = 1 << 3,

    /// <summary>May give or take memory.</summary>
    Donate = 1 << 4,

    /// <summary>May activate the object, and may configure it before that.</summary>
    Activate = ObjectRights.ActivateBit,

    /// <summary>Every right: those of the master capability.</summary>
    All = Activate | Map | Derive | Attach | Lookup | Donate,
}

/// <summary>Rights of a thread capability.</summary>
[Flags]
public enum ThreadRights : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>May power the vCPU on and off.</summary>
    Power = 1 << 0,

    /// <summary>May set the affinity.</summary>
    Affinity = 1 << 1,

    /// <summary>May set the priority.</summary>
    Priority = 1 << 2,

    /// <summary>May set the time slice.</summary>
    Timeslice = 1 << 3,

    /// <summary>May yield to the thread.</summary>
    YieldTo = 1 << 4,

    /// <summary>May bind the thread's interrupts.</summary>
    BindVirq = 1 << 5,

    /// <summary>May ask for the run state.</summary>
    State = 1 << 6,

    /// <summary>May kill the thread.</summary>
    Lifecycle = 1 << 7,

    /// <summary>May write registers.</summary>
    WriteContext = 1 << 8,

    /// <summary>May take the thread off every CPU.</summary>
    Disable = 1 << 9,

    /// <summary>May activate the object, and may configure it before that.</summary>
    Activate = ObjectRights.ActivateBit,

    /// <summary>Every right: those of the master capability.</summary>
    All = Activate | Power | Affinity | Priority | Timeslice | YieldTo | BindVirq | State | Lifecycle | WriteContext | Disable,
}

/// <summary>Rights of a doorbell capability.</summary>
[Flags]
public enum DoorbellRights : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>May ring.</summary>
    Send = 1 << 0,

    /// <summary>May read, clear, mask and reset the flags.</summary>
    Receive = 1 << 1,

    /// <summary>May bind the interrupt.</summary>
    Bind = 1 << 2,

    /// <summary>May activate the object, and may configure it before that.</summary>
    Activate = ObjectRights.ActivateBit,

    /// <summary>Every right: those of the master capability.</summary>
    All = Activate | Send | Receive | Bind,
}

/// <summary>Rights of a message-queue capability.</summary>
[Flags]
public enum MessageQueueRights : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>May send.</summary>
    Send = 1 << 0,

    /// <summary>May receive and flush.</summary>
    Receive = 1 << 1,

    /// <summary>May bind the sender's (not full) interrupt.</summary>
    BindSend = 1 << 2,

    /// <summary>May bind the receiver's (not empty) interrupt.</summary>
    BindReceive = 1 << 3,

    /// <summary>May activate the object, and may configure it before that.</summary>
    Activate = ObjectRights.ActivateBit,

    /// <summary>Every right: those of the master capability.</summary>
    All = Activate | Send | Receive | BindSend | BindReceive,
}

/// <summary>Rights of a virtual-interrupt-controller capability.</summary>
[Flags]
public enum VicRights : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>May bind interrupt sources.</summary>
    BindSource = 1 << 0,

    /// <summary>May attach vCPUs.</summary>
    AttachVcpu = 1 << 1,

    /// <summary>May place the controller's register frames.</summary>
    AttachVdevice = 1 << 2,

    /// <summary>May activate the object, and may configure it before that.</summary>
    Activate = ObjectRights.ActivateBit,

    /// <summary>Every right: those of the master capability.</summary>
    All = Activate | BindSource | AttachVcpu | AttachVdevice,
}

/// <summary>Rights of a VPM-group capability.</summary>
[Flags]
public enum VpmGroupRights : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>May attach vCPUs.</summary>
    AttachVcpu = 1 << 0,

    /// <summary>May bind the group's interrupt.</summary>
    BindVirq = 1 << 1,

    /// <summary>May ask for the group's state.</summary>
    Query = 1 << 2,

    /// <summary>May activate the object, and may configure it before that.</summary>
    Activate = ObjectRights.ActivateBit,

    /// <summary>Every right: those of the master capability.</summary>
    All = Activate | AttachVcpu | BindVirq | Query,
}

/// <summary>Rights of a hardware interrupt.</summary>
[Flags]
public enum HardwareInterruptRights : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>
    /// May bind the line to an interrupt controller. The documentation prints the bit below it (gunyah-abi.md Q11), which no
    /// master capability has; both profiles use this one.
    /// </summary>
    BindVic = 1 << 1,

    /// <summary>May activate the object, and may configure it before that.</summary>
    Activate = ObjectRights.ActivateBit,

    /// <summary>Every right: those of the master capability.</summary>
    All = Activate | BindVic,
}
