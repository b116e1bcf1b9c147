namespace Gunyah.Abi.Rpc;

/// <summary>One VM's access to a parcel (gunyah-rm.md 2.5.1).</summary>
/// <param name="Vmid">The VM.</param>
/// <param name="Rights">What it may do.</param>
public readonly record struct AclEntry(ushort Vmid, MemoryRights Rights) : IRpcEntry<AclEntry>
{
    /// <inheritdoc/>
    public static AclEntry Fields<TWire>(ref TWire wire, in AclEntry value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        AclEntry entry = new(wire.U16("vmid", value.Vmid), (MemoryRights)wire.U8("rights", (byte)value.Rights));
        wire.Reserved(1);
        return entry;
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
    public static SglEntry Fields<TWire>(ref TWire wire, in SglEntry value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.U64("ipa", value.Ipa), wire.U64("size", value.Size));
}

/// <summary>How one VM maps a parcel (gunyah-rm.md 2.5.1). On the wire the attribute comes first.</summary>
/// <param name="Attribute">How.</param>
/// <param name="Vmid">The VM.</param>
public readonly record struct AttributeEntry(MemoryAttribute Attribute, ushort Vmid) : IRpcEntry<AttributeEntry>
{
    /// <inheritdoc/>
    public static AttributeEntry Fields<TWire>(ref TWire wire, in AttributeEntry value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new((MemoryAttribute)wire.U16("attribute", (ushort)value.Attribute), wire.U16("vmid", value.Vmid));
}

/// <summary>The size of one range of a parcel whose addresses are not disclosed (gunyah-rm.md 3).</summary>
/// <param name="Size">The size in bytes.</param>
public readonly record struct RegionSize(ulong Size) : IRpcEntry<RegionSize>
{
    /// <inheritdoc/>
    public static RegionSize Fields<TWire>(ref TWire wire, in RegionSize value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.U64("size", value.Size));
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
    public static ParcelLists Fields<TWire>(ref TWire wire, in ParcelLists value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        ushort mapVmid = value.MapVmid;
        RpcList<AclEntry> acl = wire.List("acl", value.Acl, MemoryParcels.MaxListEntries);
        RpcList<SglEntry> sgl = wire.List("sgl", value.Sgl, MemoryParcels.MaxListEntries, ref mapVmid);
        return new(acl, sgl, wire.List("attributes", value.Attributes, MemoryParcels.MaxListEntries), mapVmid);
    }
}
