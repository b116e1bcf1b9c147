using System.Collections.Immutable;
using Gunyah.Abi.Memory;
using static Gunyah.Abi.GunyahError;
using static Gunyah.Abi.Hypercalls.HypercallInputs;
using static Gunyah.Abi.ObjectType;

namespace Gunyah.Abi.Hypercalls;

/// <summary>Memory extents (gunyah-abi.md 4.6.3 to 4.6.5).</summary>
public static class MemoryExtentCalls
{
    private static readonly HypercallRows _rows = new();

#pragma warning disable CS1591 // Each row says what it is; a second text here could only disagree.
    public static HypercallRow Create { get; } = _rows.AddCreation(0x04, "partition_create_memextent");

    public static HypercallRow Modify { get; } = _rows.Add(
        0x30, "memextent_modify",
        [Cap("memextent", MemoryExtentRights.Map), Bits32("flags", 0x8000_00FF, ArgumentInvalid),
        Word("offset"), Size64("size")], [], ArgumentInvalid, ArgumentSize, ArgumentAlignment, Denied);

    public static HypercallRow Configure { get; } = _rows.Add(
        0x31, "memextent_configure", [Setup("memextent", MemoryExtent), Address("phys_base"), Size64("size"),
        Word32("attributes"), Zero], [], ObjectState, ArgumentInvalid, ArgumentAlignment);

    public static HypercallRow ConfigureDerive { get; } = _rows.Add(
        0x32, "memextent_configure_derive",
        [Setup("memextent", MemoryExtent, order: 1), Cap("parent", MemoryExtentRights.Derive), Word("offset"),
        Size64("size"), Word32("attributes"), Zero], [], ObjectState, ArgumentInvalid, ArgumentAlignment, AddressInvalid);
#pragma warning restore CS1591

    internal static ImmutableArray<HypercallRow> Rows => _rows.All;
}

public static partial class HypervisorCalls
{
    /// <summary>memextent_configure: a root extent over physical memory that the partition owns.</summary>
    public static GunyahError ExtentConfigure(this IHypervisorPort port, CapId extent, ulong physicalBase, ulong size,
        MemoryAccess access) =>
        port.Call(MemoryExtentCalls.Configure, new(extent.Value, physicalBase, size, (ulong)access)).Error;

    /// <summary>memextent_configure_derive: an extent that takes a range of its parent.</summary>
    public static GunyahError ExtentDerive(this IHypervisorPort port, CapId extent, CapId parent, ulong offset, ulong size,
        MemoryAccess access) =>
        port.Call(MemoryExtentCalls.ConfigureDerive, new(extent.Value, parent.Value, offset, size, (ulong)access)).Error;

    /// <summary>memextent_modify, operation 0: removes every mapping of the extent.</summary>
    public static GunyahError ExtentUnmapAll(this IHypervisorPort port, CapId extent) =>
        port.Call(MemoryExtentCalls.Modify, new(extent.Value)).Error;

    /// <summary>memextent_modify, operation 1: fills a range of the extent with zeros.</summary>
    public static GunyahError ExtentZero(this IHypervisorPort port, CapId extent, ulong offset, ulong size) =>
        port.Call(MemoryExtentCalls.Modify, new(extent.Value, ExtentModify.Zero | ExtentModify.NoSync, offset, size)).Error;
}
