using System.Collections.Immutable;
using static Gunyah.Abi.GunyahError;
using static Gunyah.Abi.Hypercalls.HypercallInputs;
using static Gunyah.Abi.ObjectType;

namespace Gunyah.Abi.Hypercalls;

/// <summary>Calls that take objects of every type (gunyah-abi.md 3.5).</summary>
public static class ObjectCalls
{
    private static readonly HypercallRows _rows = new();

#pragma warning disable CS1591 // Each row says what it is; a second text here could only disagree.
    public static HypercallRow Activate { get; } = _rows.Add(
        0x0C, "object_activate", [Setup("object", Any), Zero], [], ObjectState, ObjectConfig, ArgumentInvalid,
        Busy, Denied, MemoryNotOwned, NoMemory);

    public static HypercallRow ActivateFrom { get; } = _rows.Add(
        0x0D, "object_activate_from", [Cap("cspace", CapabilitySpaceRights.CapCreate),
        CapByCall("object"), Zero], [], ObjectState, ObjectConfig, ArgumentInvalid, Busy, Denied, MemoryNotOwned, NoMemory);

    public static HypercallRow Reset { get; } = _rows.Add(0x0E, "object_reset", [CapByCall("object"), Zero], [], Unimplemented);

    public static HypercallRow ResetFrom { get; } = _rows.Add(
        0x0F, "object_reset_from", [CapByCall("cspace"), CapByCall("object"), Zero], [], Unimplemented);
#pragma warning restore CS1591

    internal static ImmutableArray<HypercallRow> Rows => _rows.All;
}

public static partial class HypervisorCalls
{
    /// <summary>partition_create_*: a new object in state INIT and its master capability.</summary>
    /// <param name="port">The caller.</param>
    /// <param name="type">What to create: a capability space, address space, memory extent, thread, doorbell, message queue, VIC
    /// or VPM group.</param>
    /// <param name="partition">The partition whose memory is used, right <see cref="PartitionRights.ObjectCreate"/>.</param>
    /// <param name="space">Where the capability goes, right <see cref="CapabilitySpaceRights.CapCreate"/>.</param>
    /// <param name="created">The master capability; <see cref="CapId.Invalid"/> on failure.</param>
    public static GunyahError Create(this IHypervisorPort port, ObjectType type, CapId partition, CapId space, out CapId created)
    {
        HypercallRow call = type switch
        {
            ObjectType.CapabilitySpace => CapabilitySpaceCalls.Create,
            ObjectType.AddressSpace => AddressSpaceCalls.Create,
            ObjectType.MemoryExtent => MemoryExtentCalls.Create,
            ObjectType.Thread => VcpuCalls.Create,
            ObjectType.Doorbell => DoorbellCalls.Create,
            ObjectType.MessageQueue => MessageQueueCalls.Create,
            ObjectType.Vic => VicCalls.Create,
            ObjectType.VpmGroup => VpmGroupCalls.Create,
            _ => PartitionCalls.Create,
        };
        HypercallResult r = port.Call(call, new(partition.Value, space.Value));
        created = new(r.X1);
        return r.Error;
    }

    /// <summary>object_activate.</summary>
    public static GunyahError Activate(this IHypervisorPort port, CapId cap) =>
        port.Call(ObjectCalls.Activate, new(cap.Value)).Error;
}
