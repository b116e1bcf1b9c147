using CsCheck;
using Gunyah.Abi.Rpc;

namespace Gunyah.Abi.Tests.Rpc;

/// <summary>What a payload decoder made of some bytes.</summary>
/// <param name="Error">Its answer.</param>
/// <param name="LeftDefault">Whether the value is <c>default</c>.</param>
/// <param name="Encoded">The value written again; null when the bytes were refused.</param>
internal sealed record Decoded(RmError Error, bool LeftDefault, byte[]? Encoded);

/// <summary>One payload type, with its type forgotten so that a test can go through all of them.</summary>
internal sealed record PayloadCase(string Name, Gen<byte[]> Encoded, Func<byte[], Decoded> Decode, Action RoundTrip);

/// <summary>Every payload type with a generator of its values.</summary>
internal static class PayloadCases
{
    private static readonly Gen<VmidEntry> _vmids = Gen.UShort.Select(vmid => new VmidEntry(vmid));
    private static readonly Gen<RpcText> _texts = Gen.Byte.Array[0, 20].Select(bytes => new RpcText(bytes));
    private static readonly Gen<RpcText> _names = Gen.Byte.Array[0, 79].Select(bytes => new RpcText(bytes));

    private static readonly Gen<AclEntry> _aclEntries =
        Gen.Select(Gen.UShort, Gen.Byte, (vmid, rights) => new AclEntry(vmid, (MemoryRights)rights));

    private static readonly Gen<SglEntry> _sglEntries = Gen.Select(Gen.ULong, Gen.ULong, (ipa, size) => new SglEntry(ipa, size));

    private static readonly Gen<AttributeEntry> _attributeEntries =
        Gen.Select(Gen.UShort, Gen.UShort, (attribute, vmid) => new AttributeEntry((MemoryAttribute)attribute, vmid));

    private static readonly Gen<AuthenticationParameter> _authenticationParameters = Gen.Select(
        Gen.UInt, Gen.UInt, (type, value) => new AuthenticationParameter((AuthenticationParameterType)type, value));

    private static readonly Gen<IpaAllocation> _allocations = Gen.Select(
        Gen.ULong,
        Gen.ULong,
        Gen.ULong,
        Gen.ULong,
        (start, region, size, alignment) => new IpaAllocation(start, region, size, alignment));

    private static readonly Gen<IpaRange> _ranges = Gen.Select(Gen.ULong, Gen.ULong, (start, size) => new IpaRange(start, size));

    private static readonly Gen<(RpcList<AclEntry> Acl, RpcList<SglEntry> Sgl, RpcList<AttributeEntry> Attributes)> _parcelLists =
        Gen.Select(ListOf(_aclEntries), ListOf(_sglEntries), ListOf(_attributeEntries));

    private static readonly Gen<(MemoryType Type, TransferType Transfer, byte Flags, uint Label)> _parcelHeads = Gen.Select(
        Gen.Byte,
        Gen.Byte,
        Gen.Byte,
        Gen.UInt,
        (type, transfer, flags, label) => ((MemoryType)type, (TransferType)transfer, flags, label));

    private static readonly Gen<HypervisorResource> _resources = Gen.Select(
        Gen.Select(Gen.Byte, Gen.UShort, Gen.UInt, Gen.UInt, Gen.ULong),
        Gen.Select(Gen.UInt, Gen.UInt, Gen.ULong, Gen.ULong),
        (a, b) => new HypervisorResource(
            (ResourceType)a.Item1, a.Item2, a.Item3, a.Item4, a.Item5, b.Item1, b.Item2, b.Item3, b.Item4));

    public static IReadOnlyDictionary<string, PayloadCase> All { get; } = ((PayloadCase[])
    [
        .. Shared(), .. Management(), .. Creation(), .. Queries(), .. Memory(), .. Interrupts(), .. Others(), .. Notifications(),
    ]).ToDictionary(payload => payload.Name);

    private static PayloadCase[] Shared() =>
    [
        Of(Gen.Const(default(EmptyPayload))),
        Of(Gen.UShort.Select(vmid => new VmidRequest(vmid))),
        Of(Gen.UShort.Select(vmid => new VmidReply(vmid))),
        Of(ListOf(_vmids).Select(vmids => new VmidListReply(vmids))),
    ];

    private static PayloadCase[] Management() =>
    [
        Of(Gen.Select(
            Gen.UShort,
            Gen.Byte,
            Gen.UInt,
            (vmid, flags, reason) => new VmStopRequest(vmid, (VmStopFlags)flags, (VmStopReason)reason))),
        Of(Gen.Select(Gen.Byte[0, 7], Gen.UShort, (os, app) => new VmSetStatusRequest((OsState)os, app))),
        Of(Gen.Select(
            Gen.UShort,
            Gen.Byte,
            Gen.Byte,
            (flags, code, reserved) => new VmExitRequest((VmExitFlags)flags, (VmExitCode)code, reserved))),
        Of(_texts.Select(text => new CrashMessage(text))),
    ];

    private static PayloadCase[] Creation() =>
    [
        Of(Gen.Select(
            Gen.UShort,
            Gen.UShort,
            Gen.UInt,
            Gen.ULong,
            Gen.ULong,
            Gen.ULong,
            Gen.ULong,
            (vmid, auth, parcel, image, imageSize, tree, treeSize) =>
                new VmConfigImageRequest(vmid, (AuthenticationType)auth, parcel, image, imageSize, tree, treeSize))),
        Of(Gen.Select(
            Gen.UShort,
            ListOf(_authenticationParameters),
            (vmid, parameters) => new VmAuthImageRequest(vmid, parameters))),
        Of(Gen.UShort.Select(vmid => new VmInitRequest(vmid))),
        Of(Gen.Select(
            Gen.UShort, Gen.ULong, Gen.ULong, (vmid, time, reference) => new VmSetTimeBaseRequest(vmid, time, reference))),
        Of(Gen.Select(
            Gen.UShort,
            Gen.UInt,
            Gen.ULong,
            Gen.ULong,
            (vmid, parcel, offset, size) => new VmSetFirmwareMemRequest(vmid, parcel, offset, size))),
        Of(Gen.Select(
            Gen.UShort,
            Gen.Byte,
            Gen.Byte,
            Gen.ULong,
            (vmid, set, index, value) => new VmSetBootContextRequest(vmid, (BootRegisterSet)set, index, value))),
        Of(Gen.Select(Gen.UShort, ListOf(_ranges), (vmid, ranges) => new VmSetDemandPagingRequest(vmid, ranges))),
        Of(Gen.Select(
            Gen.UShort,
            Gen.UInt,
            Gen.ULong,
            Gen.ULong,
            (vmid, range, start, size) => new VmSetAddressLayoutRequest(vmid, (AddressLayoutRange)range, start, size))),
    ];

    private static PayloadCase[] Queries() =>
    [
        Of(Gen.Select(Gen.Byte, Gen.Byte, Gen.UShort, (state, os, app) => new VmStateReply((VmState)state, (OsState)os, app))),
        Of(Gen.UInt.Select(type => new HostTypeReply(type))),
        Of(Gen.Select(Gen.Byte, _texts, (type, text) => new VmIdentity((VmIdentityType)type, text)).Array[0, 5]
            .Select(identities => new VmGetIdReply(identities))),
        Of(_names.Select(name => new VmLookupTextRequest(name))),
        Of(Gen.Byte.Array[16].Select(bytes => new VmLookupGuidRequest(new Guid(bytes)))),
        Of(ListOf(_resources).Select(resources => new HypervisorResourcesReply(resources))),
    ];

    private static PayloadCase[] Memory() =>
    [
        Of(Gen.UInt.Select(handle => new MemoryHandleReply(handle))),
        Of(Gen.Select(
            _parcelHeads,
            _parcelLists,
            (head, lists) => new MemoryCreateRequest(
                head.Type, (MemoryCreateFlags)head.Flags, head.Label, lists.Acl, lists.Sgl, lists.Attributes))),
        Of(Gen.Select(
            Gen.UInt,
            Gen.Byte,
            ListOf(_sglEntries),
            (handle, flags, sgl) => new MemoryAppendRequest(handle, (MemoryAppendFlags)flags, sgl))),
        Of(Gen.Select(
            Gen.UInt,
            _parcelHeads,
            _parcelLists,
            Gen.UShort,
            (handle, head, lists, mapVmid) => new MemoryAcceptRequest(
                handle,
                head.Type,
                head.Transfer,
                (MemoryAcceptFlags)head.Flags,
                head.Label,
                lists.Acl,
                lists.Sgl,
                lists.Attributes,
                mapVmid))),
        Of(Gen.Select(
            Gen.Byte, ListOf(_sglEntries), (flags, sgl) => new MemoryAcceptReply((MemoryAcceptReplyFlags)flags, sgl))),
        Of(Gen.Select(Gen.UInt, Gen.Byte, (handle, flags) => new MemoryReturnRequest(handle, (MemoryReturnFlags)flags))),
        Of(Gen.Select(
            _parcelHeads,
            _parcelLists,
            (head, lists) => new MemoryLookupRequest(head.Type, head.Label, lists.Acl, lists.Sgl, lists.Attributes))),
        Of(Gen.Select(
            Gen.UInt,
            Gen.Int[0, 3].Select(bit => (byte)(1 << bit)),
            Gen.UInt,
            _vmids.Array[1, 5],
            (handle, kind, tag, vmids) =>
                new MemoryNotifyRequest(handle, (MemoryNotifyKind)kind, tag,
                kind is 1 or 8 ? vmids : default(RpcList<VmidEntry>)))),
    ];

    private static PayloadCase[] Interrupts() =>
    [
        Of(Gen.UInt.Select(handle => new IrqHandle(handle))),
        Of(Gen.Select(Gen.UShort, Gen.UInt, Gen.UInt, (borrower, virq, label) => new IrqLendRequest(borrower, virq, label))),
        Of(Gen.Select(Gen.UInt, Gen.UInt, (handle, virq) => new IrqAcceptRequest(handle, virq))),
        Of(Gen.UInt.Select(virq => new IrqAcceptReply(virq))),
        Of(Gen.Select(
            Gen.UInt,
            Gen.UInt[0, 5],
            ListOf(_vmids),
            (handle, kind, vmids) => new IrqNotifyRequest(handle, (IrqNotifyKind)kind, kind == 1 ? vmids : default))),
    ];

    private static PayloadCase[] Others() =>
    [
        Of(Gen.Select(Gen.UShort, _texts, (vmid, text) => new ConsoleText(vmid, text))),
        Of(Gen.Select(
            Gen.UShort,
            Gen.UInt,
            Gen.ULong,
            Gen.ULong,
            (auth, parcel, offset, size) => new FirmwareSetRequest((AuthenticationType)auth, parcel, offset, size))),
        Of(Gen.Select(
            Gen.Bool,
            Gen.UInt,
            Gen.UInt,
            ListOf(_ranges),
            ListOf(_allocations),
            (isFixed, generic, platform, ranges, allocations) => isFixed
                ? new IpaReserveRequest(IpaReserveType.Fixed, (IpaConstraints)generic, platform, ranges, [])
                : new IpaReserveRequest(IpaReserveType.Allocate, (IpaConstraints)generic, platform, [], allocations))),
        Of(ListOf(Gen.ULong.Select(ipa => new IpaAddress(ipa))).Select(addresses => new IpaReserveReply(addresses))),
    ];

    private static PayloadCase[] Notifications() =>
    [
        Of(Gen.Select(
            Gen.UShort,
            Gen.Byte,
            Gen.Byte,
            Gen.UShort,
            (vmid, state, os, app) => new VmStatusNotification(vmid, (VmState)state, (OsState)os, app))),
        Of(Gen.Select(
            Gen.UShort,
            Gen.UShort[0, 8],
            Gen.UShort,
            Gen.Byte,
            Gen.Select(Gen.UInt, Gen.ULong, (type, cookie) => new VmSystemReset(type, cookie)),
            (vmid, type, flags, code, reset) => new VmExitedNotification(
                vmid, (VmExitType)type, (VmExitFlags)flags, (VmExitCode)code, type == 3 ? reset : null))),
        Of(Gen.UInt.Select(reason => new VmShutdownNotification((VmStopReason)reason))),
        Of(Gen.Select(
            Gen.Select(Gen.UInt, Gen.UShort, Gen.UInt),
            _parcelHeads,
            _parcelLists,
            ListOf(Gen.ULong.Select(size => new RegionSize(size))),
            (ids, head, lists, sizes) => new MemorySharedNotification(
                ids.Item1,
                head.Type,
                head.Transfer,
                (MemorySharedFlags)head.Flags,
                ids.Item2,
                head.Label,
                ids.Item3,
                lists.Acl,
                sizes,
                lists.Attributes))),
        Of(Gen.Select(Gen.UInt, Gen.UShort, Gen.UInt, (handle, vmid, tag) => new MemoryAcceptorNotification(handle, vmid, tag))),
        Of(Gen.Select(Gen.UInt, Gen.UInt, (handle, tag) => new MemoryRecallNotification(handle, tag))),
        Of(Gen.Select(Gen.UShort, Gen.UInt, Gen.UInt, (owner, handle, label) => new IrqLentNotification(owner, handle, label))),
    ];

    private static Gen<RpcList<T>> ListOf<T>(Gen<T> entries)
        where T : struct, IEquatable<T> => entries.Array[0, 5].Select(RpcList<T> (array) => array);

    private static PayloadCase Of<T>(Gen<T> values)
        where T : struct, IRpcPayload<T>, IEquatable<T> => new(
            typeof(T).Name,
            values.Select(value => value.ToBytes()),
            bytes =>
            {
                RmError error = RpcPayload.TryRead(bytes, out T value);
                return new Decoded(error, value.Equals(default), error == RmError.Ok ? value.ToBytes() : null);
            },
            () => values.Sample(value =>
            {
                byte[] bytes = value.ToBytes();
                Assert.Equal(value.EncodedLength, bytes.Length);
                Assert.Equal(bytes.Length, value.WriteTo(new byte[bytes.Length + 5]));
                Assert.Equal(RmError.Ok, RpcPayload.TryRead(bytes, out T read));
                Assert.Equal(value, read);
            }));
}
