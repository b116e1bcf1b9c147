using System.Collections.Immutable;
using static Gunyah.Abi.GunyahError;
using static Gunyah.Abi.Hypercalls.HypercallInputs;

namespace Gunyah.Abi.Hypercalls;

/// <summary>Partitions (gunyah-abi.md 3.5).</summary>
public static class PartitionCalls
{
    private static readonly HypercallRows _rows = new();

#pragma warning disable CS1591 // Each row says what it is; a second text here could only disagree.
    public static HypercallRow Create { get; } = _rows.Declare(
        new(0x01, "partition_create_partition", [CapByCall("partition"), CapByCall("cspace"), Zero],
        ["error", "new_cap"], [Unimplemented], CreatesCapability: true));
#pragma warning restore CS1591

    internal static ImmutableArray<HypercallRow> Rows => _rows.All;
}
