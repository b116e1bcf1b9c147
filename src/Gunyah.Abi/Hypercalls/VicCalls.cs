using System.Collections.Immutable;
using static Gunyah.Abi.GunyahError;
using static Gunyah.Abi.Hypercalls.HypercallInputs;
using static Gunyah.Abi.ObjectType;

namespace Gunyah.Abi.Hypercalls;

/// <summary>Virtual interrupt controllers (gunyah-abi.md 4.5.1).</summary>
public static class VicCalls
{
    private static readonly HypercallRows _rows = new();

#pragma warning disable CS1591 // Each row says what it is; a second text here could only disagree.
    public static HypercallRow Create { get; } = _rows.AddCreation(0x0A, "partition_create_vic");

    public static HypercallRow Configure { get; } = _rows.Add(
        0x28, "vic_configure", [Setup("vic", Vic), Word32("max_vcpus"), Word32("max_virqs"), Word("vic_options"),
        Word32("max_msis")], [], ArgumentInvalid, ObjectState);

    public static HypercallRow AttachVcpu { get; } = _rows.Add(
        0x29, "vic_attach_vcpu", [Cap("vic", VicRights.AttachVcpu), Setup("vcpu", ObjectType.Thread, order: 1),
        Word32("index"), Zero], [], ArgumentInvalid, ObjectState);

    public static HypercallRow SetMpidrMapping { get; } = _rows.Add(
        0x67, "vgic_set_mpidr_mapping", [Setup("vic", Vic), Word("mask"), Word32("aff0_shift"), Word32("aff1_shift"),
        Word32("aff2_shift"), Word32("aff3_shift"), Word("mt", byte.MaxValue)], [], ArgumentInvalid, ObjectState);
#pragma warning restore CS1591

    internal static ImmutableArray<HypercallRow> Rows => _rows.All;
}

public static partial class HypervisorCalls
{
    /// <summary>vic_configure without MSIs: 1 to 8 vCPUs, 0 to 988 shared interrupts.</summary>
    public static GunyahError VicConfigure(this IHypervisorPort port, CapId vic, uint maxVcpus, uint maxShared) =>
        port.Call(VicCalls.Configure, new(vic.Value, maxVcpus, maxShared)).Error;

    /// <summary>vic_attach_vcpu.</summary>
    public static GunyahError VicAttach(this IHypervisorPort port, CapId vic, CapId vcpu, uint index) =>
        port.Call(VicCalls.AttachVcpu, new(vic.Value, vcpu.Value, index)).Error;

    /// <summary>
    /// vgic_set_mpidr_mapping: how the index of a vCPU becomes its affinity. Each field of the affinity takes those bits of the
    /// index that its mask, shifted, names.
    /// </summary>
    /// <param name="port">The caller.</param>
    /// <param name="vic">The controller, not yet active.</param>
    /// <param name="mask">The masks, each where MPIDR_EL1 has the field: Aff0 in bits 7:0, Aff1 in 15:8, Aff2 in 23:16, Aff3 in
    /// 39:32.</param>
    /// <param name="shifts">Where in the index Aff0 to Aff3 begin, 0 to 31 each.</param>
    /// <param name="isMultithreaded">MPIDR_EL1.MT.</param>
    public static GunyahError VicSetAffinities(
        this IHypervisorPort port, CapId vic, ulong mask, (uint Aff0, uint Aff1, uint Aff2, uint Aff3) shifts,
        bool isMultithreaded = false) =>
        port.Call(
            VicCalls.SetMpidrMapping,
            new(vic.Value, mask, shifts.Aff0, shifts.Aff1, shifts.Aff2, shifts.Aff3, isMultithreaded ? 1UL : 0)).Error;
}
