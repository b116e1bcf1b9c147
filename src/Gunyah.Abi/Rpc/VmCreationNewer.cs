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
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 16;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmSetBootContextRequest value)
    {
        var reader = new RpcReader(payload);
        ushort vmid = reader.ReadUInt16();
        var set = (BootRegisterSet)reader.ReadByte();
        byte index = reader.ReadByte();
        reader.Skip(sizeof(uint));
        return reader.Finish(new VmSetBootContextRequest(vmid, set, index, reader.ReadUInt64()), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt16(Vmid);
        writer.WriteByte((byte)Set);
        writer.WriteByte(Index);
        writer.WriteUInt32(0);
        writer.WriteUInt64(Value);
    }
}

/// <summary>A range of guest-physical addresses: base and size, 64 bits each.</summary>
/// <param name="Base">The first address.</param>
/// <param name="Size">The size in bytes.</param>
public readonly record struct IpaRange(ulong Base, ulong Size) : IRpcEntry<IpaRange>
{
    /// <inheritdoc/>
    public static int EntrySize => 16;

    /// <inheritdoc/>
    public static IpaRange Read(ref RpcReader reader) => new(reader.ReadUInt64(), reader.ReadUInt64());

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt64(Base);
        writer.WriteUInt64(Size);
    }
}

/// <summary>VM_SET_DEMAND_PAGING (gunyah-rm.md 2.2, newer messages).</summary>
/// <param name="Vmid">The VM.</param>
/// <param name="Ranges">The ranges whose pages are provided when they are first touched.</param>
public readonly record struct VmSetDemandPagingRequest(ushort Vmid, RpcList<IpaRange> Ranges)
    : IRpcPayload<VmSetDemandPagingRequest>
{
    private const int HeadLength = 8;

    /// <inheritdoc/>
    public int EncodedLength => HeadLength + Ranges.EntriesLength;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmSetDemandPagingRequest value)
    {
        var reader = new RpcReader(payload);
        ushort vmid = VmidEntry.Read(ref reader).Vmid;
        uint count = reader.ReadUInt32();
        return reader.Finish(new VmSetDemandPagingRequest(vmid, reader.ReadEntries<IpaRange>(count)), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        new VmidEntry(Vmid).Write(ref writer);
        writer.WriteUInt32((uint)Ranges.Count);
        writer.WriteEntries(Ranges);
    }
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
    /// <summary>The size on the wire in bytes.</summary>
    public const int Length = 24;

    /// <inheritdoc/>
    public int EncodedLength => Length;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out VmSetAddressLayoutRequest value)
    {
        var reader = new RpcReader(payload);
        ushort vmid = VmidEntry.Read(ref reader).Vmid;
        var request = new VmSetAddressLayoutRequest(
            vmid, (AddressLayoutRange)reader.ReadUInt32(), reader.ReadUInt64(), reader.ReadUInt64());
        return reader.Finish(request, out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        new VmidEntry(Vmid).Write(ref writer);
        writer.WriteUInt32((uint)Range);
        writer.WriteUInt64(Base);
        writer.WriteUInt64(Size);
    }
}
