namespace Gunyah.Abi.Rpc;

/// <summary>How IPA_RESERVE chooses addresses (gunyah-rm.md 2.10).</summary>
public enum IpaReserveType : byte
{
    /// <summary>The caller names them.</summary>
    Fixed = 0,

    /// <summary>The Resource Manager finds them inside regions.</summary>
    Allocate = 1,
}

/// <summary>What reserved addresses must be fit for (gunyah-rm.md 2.10).</summary>
[Flags]
public enum IpaConstraints : uint
{
    /// <summary>Nothing in particular.</summary>
    None = 0,

    /// <summary>Error-correcting memory.</summary>
    Ecc = 1 << 0,

    /// <summary>Tagged memory (MTE).</summary>
    Tagged = 1 << 1,

    /// <summary>Normal memory.</summary>
    NormalMemory = 1 << 2,

    /// <summary>Device registers.</summary>
    Io = 1 << 3,

    /// <summary>Visible to the owner VM.</summary>
    VisibleToOwner = 1 << 4,

    /// <summary>Visible to the external bus.</summary>
    VisibleToBus = 1 << 5,

    /// <summary>Compatible with the VM's base memory.</summary>
    CompatibleWithBase = 1 << 6,
}

/// <summary>One reservation that the Resource Manager places (gunyah-rm.md 2.10). All numbers are bytes.</summary>
/// <param name="RegionBase">Where the region begins in which to look.</param>
/// <param name="RegionSize">The size of that region.</param>
/// <param name="Size">The size of the reservation.</param>
/// <param name="Alignment">The alignment of its address.</param>
public readonly record struct IpaAllocation(ulong RegionBase, ulong RegionSize, ulong Size, ulong Alignment)
    : IRpcEntry<IpaAllocation>
{
    /// <inheritdoc/>
    public static int EntrySize => 32;

    /// <inheritdoc/>
    public static IpaAllocation Read(ref RpcReader reader) =>
        new(reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64());

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt64(RegionBase);
        writer.WriteUInt64(RegionSize);
        writer.WriteUInt64(Size);
        writer.WriteUInt64(Alignment);
    }
}

/// <summary>One address that the Resource Manager found.</summary>
/// <param name="Ipa">The guest-physical address.</param>
public readonly record struct IpaAddress(ulong Ipa) : IRpcEntry<IpaAddress>
{
    /// <inheritdoc/>
    public static int EntrySize => 8;

    /// <inheritdoc/>
    public static IpaAddress Read(ref RpcReader reader) => new(reader.ReadUInt64());

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer) => writer.WriteUInt64(Ipa);
}

/// <summary>IPA_RESERVE (gunyah-rm.md 2.10).</summary>
/// <param name="Type">Which of the two lists there is.</param>
/// <param name="Generic">What the addresses must be fit for.</param>
/// <param name="Platform">Constraints of the platform's own.</param>
/// <param name="Fixed">The ranges, with <see cref="IpaReserveType.Fixed"/>.</param>
/// <param name="Allocations">What to place, with <see cref="IpaReserveType.Allocate"/>.</param>
public readonly record struct IpaReserveRequest(
    IpaReserveType Type,
    IpaConstraints Generic,
    uint Platform,
    RpcList<IpaRange> Fixed,
    RpcList<IpaAllocation> Allocations) : IRpcPayload<IpaReserveRequest>
{
    /// <summary>The most entries of one request.</summary>
    public const int MaxEntries = 30;

    private const int HeadLength = 12;

    /// <inheritdoc/>
    public int EncodedLength => HeadLength + (Type == IpaReserveType.Fixed ? Fixed.ListLength : Allocations.ListLength);

    /// <summary>
    /// Reads the part before the list. Bad constraints are reported before a bad list, so a server checks them between this and
    /// <see cref="TryRead"/>.
    /// </summary>
    /// <param name="payload">The whole payload; any bytes.</param>
    /// <param name="head">The request without its list.</param>
    public static RmError TryReadHead(ReadOnlySpan<byte> payload, out IpaReserveRequest head)
    {
        var reader = new RpcReader(payload);
        return reader.FinishIgnoringRest(ReadHead(ref reader), out head);
    }

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out IpaReserveRequest value)
    {
        var reader = new RpcReader(payload);
        IpaReserveRequest request = ReadHead(ref reader);
        request = request.Type == IpaReserveType.Fixed
            ? request with { Fixed = reader.ReadList<IpaRange>(MaxEntries) }
            : request with { Allocations = reader.ReadList<IpaAllocation>(MaxEntries) };
        return reader.Finish(request, out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteByte((byte)Type);
        writer.WriteZeros(3);
        writer.WriteUInt32((uint)Generic);
        writer.WriteUInt32(Platform);
        if (Type == IpaReserveType.Fixed)
            writer.WriteList(Fixed);
        else
            writer.WriteList(Allocations);
    }

    private static IpaReserveRequest ReadHead(ref RpcReader reader)
    {
        reader.Require(reader.Remaining >= HeadLength + RpcList.HeaderSize, RmError.MsgInvalid);
        var type = (IpaReserveType)reader.ReadByte();
        reader.Skip(3);
        reader.Require(type is IpaReserveType.Fixed or IpaReserveType.Allocate, RmError.MsgInvalid);
        return new IpaReserveRequest(type, (IpaConstraints)reader.ReadUInt32(), reader.ReadUInt32(), default, default);
    }
}

/// <summary>
/// The data of the reply to IPA_RESERVE with <see cref="IpaReserveType.Allocate"/> (gunyah-rm.md 2.10).
/// </summary>
/// <param name="Addresses">Where each reservation was placed.</param>
public readonly record struct IpaReserveReply(RpcList<IpaAddress> Addresses) : IRpcPayload<IpaReserveReply>
{
    /// <inheritdoc/>
    public int EncodedLength => sizeof(uint) + Addresses.EntriesLength;

    /// <inheritdoc/>
    public static RmError TryRead(ReadOnlySpan<byte> payload, out IpaReserveReply value)
    {
        var reader = new RpcReader(payload);
        uint count = reader.ReadUInt32();
        return reader.Finish(new IpaReserveReply(reader.ReadEntries<IpaAddress>(count)), out value);
    }

    /// <inheritdoc/>
    public void Write(ref RpcWriter writer)
    {
        writer.WriteUInt32((uint)Addresses.Count);
        writer.WriteEntries(Addresses);
    }
}
