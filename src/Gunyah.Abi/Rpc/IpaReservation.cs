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
    public static IpaAllocation Fields<TWire>(ref TWire wire, in IpaAllocation value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        return new(
            wire.U64("region_base", value.RegionBase),
            wire.U64("region_size", value.RegionSize),
            wire.U64("size", value.Size),
            wire.U64("alignment", value.Alignment));
    }
}

/// <summary>One address that the Resource Manager found.</summary>
/// <param name="Ipa">The guest-physical address.</param>
public readonly record struct IpaAddress(ulong Ipa) : IRpcEntry<IpaAddress>
{
    /// <inheritdoc/>
    public static IpaAddress Fields<TWire>(ref TWire wire, in IpaAddress value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.U64("ipa", value.Ipa));
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

    /// <inheritdoc/>
    public static int MinLength => default(IpaReserveRequest).EncodedLength;

    /// <summary>
    /// Reads the part before the list. Bad constraints are reported before a bad list, so a server checks them between this and
    /// <see cref="RpcPayload.TryRead"/>.
    /// </summary>
    /// <param name="payload">The whole payload; any bytes.</param>
    /// <param name="head">The request without its list.</param>
    public static RmError TryReadHead(ReadOnlySpan<byte> payload, out IpaReserveRequest head)
    {
        var reader = new RpcReader(payload);
        reader.Require(payload.Length >= MinLength, RmError.MsgInvalid);
        return reader.FinishIgnoringRest(Head(ref reader, default), out head);
    }

    /// <inheritdoc/>
    public static IpaReserveRequest Fields<TWire>(ref TWire wire, in IpaReserveRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        IpaReserveRequest request = Head(ref wire, value);
        return request.Type == IpaReserveType.Fixed
            ? request with { Fixed = wire.List("fixed", value.Fixed, MaxEntries) }
            : request with { Allocations = wire.List("allocations", value.Allocations, MaxEntries) };
    }

    private static IpaReserveRequest Head<TWire>(ref TWire wire, in IpaReserveRequest value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        var type = (IpaReserveType)wire.U8("type", (byte)value.Type);
        wire.Reserved(3);
        wire.Require(type is IpaReserveType.Fixed or IpaReserveType.Allocate, RmError.MsgInvalid);
        return new(
            type,
            (IpaConstraints)wire.U32("generic", (uint)value.Generic),
            wire.U32("platform", value.Platform),
            default,
            default);
    }
}

/// <summary>
/// The data of the reply to IPA_RESERVE with <see cref="IpaReserveType.Allocate"/> (gunyah-rm.md 2.10).
/// </summary>
/// <param name="Addresses">Where each reservation was placed.</param>
public readonly record struct IpaReserveReply(RpcList<IpaAddress> Addresses) : IRpcPayload<IpaReserveReply>
{
    /// <inheritdoc/>
    public static IpaReserveReply Fields<TWire>(ref TWire wire, in IpaReserveReply value)
        where TWire : struct, IRpcWire, allows ref struct =>
        new(wire.CountedEntries("addresses", value.Addresses));
}
