using System.Collections.Immutable;
using static Gunyah.Abi.GunyahError;
using static Gunyah.Abi.Hypercalls.HypercallInputs;
using static Gunyah.Abi.ObjectType;

namespace Gunyah.Abi.Hypercalls;

/// <summary>VPM groups (gunyah-abi.md 4.9).</summary>
public static class VpmGroupCalls
{
    private static readonly HypercallRows _rows = new();

#pragma warning disable CS1591 // Each row says what it is; a second text here could only disagree.
    public static HypercallRow Create { get; } = _rows.AddCreation(0x0B, "partition_create_vpm_group");

    public static HypercallRow AttachVcpu { get; } = _rows.Add(
        0x3C, "vpm_group_attach_vcpu", [Cap("vpm_group", VpmGroupRights.AttachVcpu),
        Setup("vcpu", ObjectType.Thread, order: 1), Word32("index"), Zero], [], ArgumentInvalid, ObjectState);

    public static HypercallRow BindVirq { get; } = _rows.AddBinding(
        0x43, "vpm_group_bind_virq", Cap("vpm_group", VpmGroupRights.BindVirq));

    public static HypercallRow UnbindVirq { get; } = _rows.Add(
        0x44, "vpm_group_unbind_virq", [Cap("vpm_group", VpmGroupRights.BindVirq), Zero], []);

    public static HypercallRow GetState { get; } = _rows.Add(
        0x45, "vpm_group_get_state", [Cap("vpm_group", VpmGroupRights.Query), Zero], ["state"]);

    public static HypercallRow Configure { get; } = _rows.Add(
        0x66, "vpm_group_configure", [Setup("vpm_group", VpmGroup),
        Bits("flags", 1, Unimplemented) with { DocumentedUnknownBits = ArgumentInvalid }, Zero], [], ObjectState);
#pragma warning restore CS1591

    internal static ImmutableArray<HypercallRow> Rows => _rows.All;
}

public static partial class HypervisorCalls
{
    /// <summary>vpm_group_configure, before the activation.</summary>
    /// <param name="port">The vCPU that calls.</param>
    /// <param name="group">A VPM group.</param>
    /// <param name="noAggregation">True to let every vCPU go off, the last one too.</param>
    public static GunyahError VpmGroupConfigure(this IHypervisorPort port, CapId group, bool noAggregation) =>
        port.Call(VpmGroupCalls.Configure, new(group.Value, noAggregation ? 1UL : 0)).Error;

    /// <summary>vpm_group_attach_vcpu.</summary>
    public static GunyahError VpmGroupAttach(this IHypervisorPort port, CapId group, CapId vcpu, uint index) =>
        port.Call(VpmGroupCalls.AttachVcpu, new(group.Value, vcpu.Value, index)).Error;
}
