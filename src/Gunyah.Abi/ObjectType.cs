namespace Gunyah.Abi;

/// <summary>The kinds of hypervisor objects that a capability can name (gunyah-abi.md 3.3).</summary>
public enum ObjectType
{
    /// <summary>Any type: only in declarations of calls that take every object, never the type of an object.</summary>
    Any,

    /// <summary>A partition: the memory from which objects are made.</summary>
    Partition,

    /// <summary>A capability space.</summary>
    CapabilitySpace,

    /// <summary>A guest-physical address space.</summary>
    AddressSpace,

    /// <summary>A memory extent: a range of physical memory with rights.</summary>
    MemoryExtent,

    /// <summary>A thread; every thread a guest can make is a vCPU.</summary>
    Thread,

    /// <summary>A doorbell.</summary>
    Doorbell,

    /// <summary>A message queue (one direction).</summary>
    MessageQueue,

    /// <summary>A virtual interrupt controller.</summary>
    Vic,

    /// <summary>A group of vCPUs that share power management and PSCI.</summary>
    VpmGroup,

    /// <summary>A hardware interrupt: a line of the board that can be forwarded to a VM.</summary>
    HardwareInterrupt,
}
