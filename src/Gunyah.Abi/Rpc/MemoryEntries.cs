namespace Gunyah.Abi.Rpc;

/// <summary>One VM's access to a parcel (gunyah-rm.md 2.5.1).</summary>
/// <param name="Vmid">The VM.</param>
/// <param name="Rights">What it may do.</param>
public readonly record struct AclEntry(ushort Vmid, MemoryRights Rights) : IRpcEntry<AclEntry>
{
    /// <inheritdoc/>
    public static int EntrySize => 4;

    /// <inheritdoc/>
    public static AclEntry Read(ref RpcReader reader)
    {
        var entry = new AclEntry(reader.ReadUInt16(), (MemoryRights)reader.ReadByte());
        reader.Skip(1);
        return entry;
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt16(Vmid);
        writer.WriteByte((byte)Rights);
        writer.WriteByte(0);
    }
}

/// <summary>
/// One range of a parcel's memory (gunyah-rm.md 2.5.1). Both numbers must be page aligned and below 2^44.
/// </summary>
/// <param name="Ipa">The first guest-physical address.</param>
/// <param name="Size">The size in bytes.</param>
public readonly record struct SglEntry(ulong Ipa, ulong Size) : IRpcEntry<SglEntry>
{
    /// <inheritdoc/>
    public static int EntrySize => 16;

    /// <inheritdoc/>
    public static SglEntry Read(ref RpcReader reader) => new(reader.ReadUInt64(), reader.ReadUInt64());

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt64(Ipa);
        writer.WriteUInt64(Size);
    }
}

/// <summary>How one VM maps a parcel (gunyah-rm.md 2.5.1). On the wire the attribute comes first.</summary>
/// <param name="Attribute">How.</param>
/// <param name="Vmid">The VM.</param>
public readonly record struct AttributeEntry(MemoryAttribute Attribute, ushort Vmid) : IRpcEntry<AttributeEntry>
{
    /// <inheritdoc/>
    public static int EntrySize => 4;

    /// <inheritdoc/>
    public static AttributeEntry Read(ref RpcReader reader) => new((MemoryAttribute)reader.ReadUInt16(), reader.ReadUInt16());

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt16((ushort)Attribute);
        writer.WriteUInt16(Vmid);
    }
}

/// <summary>The size of one range of a parcel whose addresses are not disclosed (gunyah-rm.md 3).</summary>
/// <param name="Size">The size in bytes.</param>
public readonly record struct RegionSize(ulong Size) : IRpcEntry<RegionSize>
{
    /// <inheritdoc/>
    public static int EntrySize => 8;

    /// <inheritdoc/>
    public static RegionSize Read(ref RpcReader reader) => new(reader.ReadUInt64());

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer) => writer.WriteUInt64(Size);
}

/// <summary>
/// The three lists of a parcel, in the order of the wire. Each may be missing at the end (gunyah-rm.md 1.9 and
/// case M-10).
/// </summary>
/// <param name="Acl">Who has access.</param>
/// <param name="Sgl">Which memory.</param>
/// <param name="Attributes">How it is mapped, for the VMs that do not map it as usual.</param>
/// <param name="MapVmid">The second 16 bits of the memory list; only MEM_ACCEPT gives them a meaning.</param>
internal readonly record struct ParcelLists(
    RpcList<AclEntry> Acl, RpcList<SglEntry> Sgl, RpcList<AttributeEntry> Attributes, ushort MapVmid = 0)
{
    /// <summary>The size of three empty lists: no request that has them may be shorter.</summary>
    public const int MinLength = 3 * RpcList.HeaderSize;

    public int EncodedLength => Acl.ListLength + Sgl.ListLength + Attributes.ListLength;

    public static ParcelLists Read(ref RpcReader reader)
    {
        RpcList<AclEntry> acl = reader.ReadList<AclEntry>(MemoryParcels.MaxListEntries);
        RpcList<SglEntry> sgl = reader.ReadList<SglEntry>(MemoryParcels.MaxListEntries, out ushort mapVmid);
        return new ParcelLists(acl, sgl, reader.ReadList<AttributeEntry>(MemoryParcels.MaxListEntries), mapVmid);
    }

    public void Write(ref RpcWriter writer)
    {
        writer.WriteList(Acl);
        writer.WriteList(Sgl, MapVmid);
        writer.WriteList(Attributes);
    }
}
