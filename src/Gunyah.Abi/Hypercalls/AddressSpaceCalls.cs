using System.Collections.Immutable;
using Gunyah.Abi.Memory;
using static Gunyah.Abi.GunyahError;
using static Gunyah.Abi.Hypercalls.HypercallInputs;
using static Gunyah.Abi.ObjectType;

namespace Gunyah.Abi.Hypercalls;

/// <summary>Address spaces (gunyah-abi.md 4.6).</summary>
public static class AddressSpaceCalls
{
    /// <summary>Access of the kernel in bits 6:4 and of user programs in bits 2:0.</summary>
    private const ulong AccessBits = 0x77;
    private const ulong MapAttributeBits = 0xFF_0077;
    private const ulong MapFlagBits = 0x8000_0001;

    private static readonly HypercallRows _rows = new();

#pragma warning disable CS1591 // Each row says what it is; a second text here could only disagree.
    public static HypercallRow Create { get; } = _rows.AddCreation(0x03, "partition_create_addrspace");

    public static HypercallRow AttachThread { get; } = _rows.Add(
        0x2A, "addrspace_attach_thread",
        [Cap("addrspace", AddressSpaceRights.Attach, order: 1), Setup("thread", ObjectType.Thread), Zero], [],
        ArgumentInvalid, NoMemory, ObjectState);

    public static HypercallRow Map { get; } = _rows.Add(
        0x2B, "addrspace_map",
        [Cap("addrspace", AddressSpaceRights.Map),
        Cap("memextent", MemoryExtentRights.Map, order: 1), Address("base"),
        Bits32("map_attributes", MapAttributeBits, ArgumentInvalid), Bits32("map_flags", MapFlagBits, ArgumentInvalid),
        Word("offset"), Size64("size")], [], ArgumentInvalid, ArgumentSize, ArgumentAlignment, AddressOverflow,
        AddressInvalid, Denied, MappingsFull, ExtentType);

    public static HypercallRow Unmap { get; } = _rows.Add(
        0x2C, "addrspace_unmap",
        [Cap("addrspace", AddressSpaceRights.Map),
        Cap("memextent", MemoryExtentRights.Map, order: 1), Address("base"),
        Bits32("map_flags", MapFlagBits, ArgumentInvalid), Word("offset"), Size64("size")], [], ArgumentInvalid,
        ArgumentSize, ArgumentAlignment, AddressInvalid, Denied, ExtentType);

    public static HypercallRow UpdateAccess { get; } = _rows.Add(
        0x2D, "addrspace_update_access",
        [Cap("addrspace", AddressSpaceRights.Map),
        Cap("memextent", MemoryExtentRights.Map, order: 1), Address("base"),
        Bits32("access_attributes", AccessBits, ArgumentInvalid), Bits32("map_flags", MapFlagBits, ArgumentInvalid),
        Word("offset"), Size64("size")], [], ArgumentInvalid, ArgumentSize, ArgumentAlignment, AddressInvalid, Denied,
        ExtentType);

    public static HypercallRow Configure { get; } = _rows.Add(
        0x2E, "addrspace_configure", [Setup("addrspace", AddressSpace), Word("vmid", ushort.MaxValue), Zero],
        [], ObjectState, ArgumentInvalid);

    public static HypercallRow Lookup { get; } = _rows.Add(
        0x5A, "addrspace_lookup",
        [Cap("addrspace", AddressSpaceRights.Lookup),
        Cap("memextent", MemoryExtentRights.Lookup, order: 1), Address("base"), Size64("size"), Zero],
        ["offset", "size", "map_attributes"], ArgumentSize, ArgumentAlignment, AddressOverflow, AddressInvalid,
        MemoryNotOwned);

    public static HypercallRow AttachVdevice { get; } = _rows.Add(
        0x62, "addrspace_attach_vdevice",
        [Cap("addrspace", AddressSpaceRights.Map), Cap("vdevice", VicRights.AttachVdevice, order: 1),
        Word32("index"), Address("base"), Size64("size"), Word("flags")], [], ArgumentInvalid, ArgumentSize, Idle, Busy);
#pragma warning restore CS1591

    internal static ImmutableArray<HypercallRow> Rows => _rows.All;
}

public static partial class HypervisorCalls
{
    /// <summary>addrspace_configure: the VMID, 1 to 255.</summary>
    public static GunyahError AddressSpaceConfigure(this IHypervisorPort port, CapId space, ushort vmid) =>
        port.Call(AddressSpaceCalls.Configure, new(space.Value, vmid)).Error;

    /// <summary>addrspace_attach_thread.</summary>
    public static GunyahError AddressSpaceAttach(this IHypervisorPort port, CapId space, CapId thread) =>
        port.Call(AddressSpaceCalls.AttachThread, new(space.Value, thread.Value)).Error;

    /// <summary>addrspace_map of a whole extent as normal write-back memory, with the same access for kernel and user.</summary>
    public static GunyahError Map(this IHypervisorPort port, CapId space, CapId extent, ulong baseAddress, MemoryAccess access) =>
        port.Call(AddressSpaceCalls.Map, new(space.Value, extent.Value, baseAddress, MapAttributes.NormalMemory(access))).Error;

    /// <summary>addrspace_unmap of a whole extent at the address it was mapped at.</summary>
    public static GunyahError Unmap(this IHypervisorPort port, CapId space, CapId extent, ulong baseAddress) =>
        port.Call(AddressSpaceCalls.Unmap, new(space.Value, extent.Value, baseAddress)).Error;

    /// <summary>addrspace_update_access of a whole extent at the address it was mapped at.</summary>
    public static GunyahError UpdateAccess(this IHypervisorPort port, CapId space, CapId extent, ulong baseAddress,
        MemoryAccess access) =>
        port.Call(AddressSpaceCalls.UpdateAccess,
        new(space.Value, extent.Value, baseAddress, MapAttributes.AccessBits(access))).Error;

    /// <summary>addrspace_attach_vdevice: places a register frame of an interrupt controller.</summary>
    /// <param name="port">The caller.</param>
    /// <param name="space">The address space.</param>
    /// <param name="vic">The controller.</param>
    /// <param name="index">0 for GICD; the index of a vCPU plus one for its GICR.</param>
    /// <param name="baseAddress">Where it begins.</param>
    /// <param name="size">How much of it is there.</param>
    /// <param name="flags">For a GICR, in the reference profile: bit 0, bit 1 is GICR_TYPER.Last.</param>
    public static GunyahError AttachVdevice(
        this IHypervisorPort port, CapId space, CapId vic, uint index, ulong baseAddress, ulong size, ulong flags = 0) =>
        port.Call(AddressSpaceCalls.AttachVdevice, new(space.Value, vic.Value, index, baseAddress, size, flags)).Error;
}
