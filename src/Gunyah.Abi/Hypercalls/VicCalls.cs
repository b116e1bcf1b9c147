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
}
