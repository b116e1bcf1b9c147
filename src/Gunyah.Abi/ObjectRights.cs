using System.Diagnostics.CodeAnalysis;

namespace Gunyah.Abi;

/// <summary>
/// A type of object and rights to it (gunyah-abi.md 3.4). Rights are 32 bits in the capability, not in the object, and each type
/// gives the low bits its own meaning; so they are made of the type's own rights, and cannot be taken for those of another.
/// </summary>
/// <param name="Type">The type; <see cref="ObjectType.Any"/>, as in the default, for whatever there is.</param>
/// <param name="Bits">The bits as a capability has them.</param>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructor is the alternate.")]
public readonly record struct ObjectRights(ObjectType Type, uint Bits)
{
    /// <summary>The bit of the right to activate an object, and to configure it before that. It exists for every type.</summary>
    internal const uint ActivateBit = 0x8000_0000;

    /// <summary>Every bit: a mask that leaves a copy all rights of its source.</summary>
    public static ObjectRights Everything => new(ObjectType.Any, uint.MaxValue);

    /// <summary>Rights of a partition.</summary>
    public static implicit operator ObjectRights(PartitionRights rights) => new(ObjectType.Partition, (uint)rights);

    /// <summary>Rights of a capability space.</summary>
    public static implicit operator ObjectRights(CapabilitySpaceRights rights) => new(ObjectType.CapabilitySpace, (uint)rights);

    /// <summary>Rights of a address space.</summary>
    public static implicit operator ObjectRights(AddressSpaceRights rights) => new(ObjectType.AddressSpace, (uint)rights);

    /// <summary>Rights of a memory extent.</summary>
    public static implicit operator ObjectRights(MemoryExtentRights rights) => new(ObjectType.MemoryExtent, (uint)rights);

    /// <summary>Rights of a thread.</summary>
    public static implicit operator ObjectRights(ThreadRights rights) => new(ObjectType.Thread, (uint)rights);

    /// <summary>Rights of a doorbell.</summary>
    public static implicit operator ObjectRights(DoorbellRights rights) => new(ObjectType.Doorbell, (uint)rights);

    /// <summary>Rights of a message queue.</summary>
    public static implicit operator ObjectRights(MessageQueueRights rights) => new(ObjectType.MessageQueue, (uint)rights);

    /// <summary>Rights of a virtual interrupt controller.</summary>
    public static implicit operator ObjectRights(VicRights rights) => new(ObjectType.Vic, (uint)rights);

    /// <summary>Rights of a VPM group.</summary>
    public static implicit operator ObjectRights(VpmGroupRights rights) => new(ObjectType.VpmGroup, (uint)rights);

    /// <summary>Rights of a hardware interrupt.</summary>
    public static implicit operator ObjectRights(HardwareInterruptRights rights) =>
        new(ObjectType.HardwareInterrupt, (uint)rights);

    /// <summary>The right to activate an object.</summary>
    public static ObjectRights Activate(ObjectType type) => new(type, ActivateBit);

    /// <summary>What the master capability of a new object gets.</summary>
    /// <param name="type">The object's type; not <see cref="ObjectType.Any"/>.</param>
    public static ObjectRights All(ObjectType type) => type switch
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
        ObjectType.HardwareInterrupt => HardwareInterruptRights.All,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no object has this type"),
    };
}
