namespace Gunyah.Abi.Rpc;

/// <summary>The registers that VM_SET_BOOT_CONTEXT can set (gunyah-rm.md 2.2, newer messages).</summary>
public enum BootRegisterSet : byte
{
    /// <summary>X0 to X31, by index.</summary>
    General = 0,

    /// <summary>The program counter, index 0.</summary>
    ProgramCounter = 1,

    /// <summary>The stack pointers, index 0 to 2.</summary>
    StackPointer = 2,
}

/// <summary>VM_SET_BOOT_CONTEXT (gunyah-rm.md 2.2, newer messages): one register of the boot vCPU.</summary>
/// <param name="Vmid">The VM.</param>
/// <param name="Set">The kind of register.</param>
/// <param name="Index">Which of that kind.</param>
/// <param name="Value">Its value when the VM starts.</param>
public readonly record struct VmSetBootContextRequest(ushort Vmid, BootRegisterSet Set, byte Index, ulong Value)
    : IRpcPayload<VmSetBootContextRequest>
{
    /// <inheritdoc/>
    public static VmSetBootContextRequest Fields<TWire>(ref TWire wire, in VmSetBootContextRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        ushort vmid = wire.U16("vmid", value.Vmid);
        var set = (BootRegisterSet)wire.U8("set", (byte)value.Set);
        byte index = wire.U8("index", value.Index);
        wire.Reserved(sizeof(uint));
        return new(vmid, set, index, wire.U64("value", value.Value));
    }
}

/// <summary>A range of guest-physical addresses: base and size, 64 bits each.</summary>
/// <param name="Base">The first address.</param>
/// <param name="Size">The size in bytes.</param>
public readonly record struct IpaRange(ulong Base, ulong Size) : IRpcEntry<IpaRange>
{
    /// <inheritdoc/>
    public static IpaRange Fields<TWire>(ref TWire wire, in IpaRange value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.U64("base", value.Base), wire.U64("size", value.Size));
}

/// <summary>VM_SET_DEMAND_PAGING (gunyah-rm.md 2.2, newer messages).</summary>
/// <param name="Vmid">The VM.</param>
/// <param name="Ranges">The ranges whose pages are provided when they are first touched.</param>
public readonly record struct VmSetDemandPagingRequest(ushort Vmid, RpcList<IpaRange> Ranges)
    : IRpcPayload<VmSetDemandPagingRequest>
{
    /// <inheritdoc/>
    public static VmSetDemandPagingRequest Fields<TWire>(ref TWire wire, in VmSetDemandPagingRequest value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.Vmid("vmid", value.Vmid), wire.CountedEntries("ranges", value.Ranges));
}

/// <summary>What VM_SET_ADDRESS_LAYOUT places (gunyah-rm.md 2.2, newer messages).</summary>
public enum AddressLayoutRange : uint
{
    /// <summary>The VM's image.</summary>
    Image = 0,

    /// <summary>The firmware.</summary>
    Firmware = 1,
}

/// <summary>VM_SET_ADDRESS_LAYOUT (gunyah-rm.md 2.2, newer messages).</summary>
/// <param name="Vmid">The VM.</param>
/// <param name="Range">What is placed.</param>
/// <param name="Base">Its first guest-physical address.</param>
/// <param name="Size">Its size in bytes.</param>
public readonly record struct VmSetAddressLayoutRequest(ushort Vmid, AddressLayoutRange Range, ulong Base, ulong Size)
    : IRpcPayload<VmSetAddressLayoutRequest>
{
    /// <inheritdoc/>
    public static VmSetAddressLayoutRequest Fields<TWire>(ref TWire wire, in VmSetAddressLayoutRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        return new(
            wire.Vmid("vmid", value.Vmid),
            (AddressLayoutRange)wire.U32("range", (uint)value.Range),
            wire.U64("base", value.Base),
            wire.U64("size", value.Size));
    }
}
