using Gunyah.Abi.Rpc;

namespace Gunyah.Abi.Tests.Rpc;

/// <summary>The error that each malformed request answers, and which of two faults counts (gunyah-rm.md 2).</summary>
public class PayloadErrorTests
{
    private const RmError MsgInvalid = RmError.MsgInvalid;
    private const RmError ArgumentInvalid = RmError.ArgumentInvalid;

    [Theory]
    [InlineData("00 00 00 00", MsgInvalid)] // T-05
    [InlineData("00", MsgInvalid)]
    [InlineData("", RmError.Ok)]
    public void A_request_without_content_must_have_none(string bytes, RmError expected) => Expect<EmptyPayload>(expected, bytes);

    [Theory]
    [InlineData("", MsgInvalid)]
    [InlineData("80 00 00", MsgInvalid)]
    [InlineData("80 00 00 00 00", MsgInvalid)]
    [InlineData("80 00 FF FF", RmError.Ok)]
    public void A_VMID_is_four_bytes_of_which_two_are_ignored(string bytes, RmError expected) =>
        Expect<VmidRequest>(expected, bytes);

    [Theory]
    [InlineData("80 00 01 00", MsgInvalid)] // V-08
    [InlineData("80 00 00 00", RmError.Ok)]
    [InlineData("80 00 00 00 00 00 00 00", MsgInvalid)]
    public void INIT_wants_its_reserved_bits_zero(string bytes, RmError expected) => Expect<VmInitRequest>(expected, bytes);

    [Theory]
    [InlineData("80 00 01 00  00 00 00 00", MsgInvalid)] // One parameter is announced, half of it is there.
    [InlineData("80 00 00 00  00 00 00 00 00 00 00 00", MsgInvalid)]
    [InlineData("80 00 01 00  00 00 00 00 0D 00 00 00", RmError.Ok)]
    [InlineData("80 00 00 00", RmError.Ok)]
    public void AUTH_IMAGE_is_exactly_as_long_as_its_count_says(string bytes, RmError expected) =>
        Expect<VmAuthImageRequest>(expected, bytes);

    [Theory]
    [InlineData("", ArgumentInvalid)]
    [InlineData("05", MsgInvalid)]
    [InlineData("05 00 00", MsgInvalid)]
    [InlineData("05 00 00 00 61 61 61 61 61 00 00 00", RmError.Ok)]
    [InlineData("05 00 00 00 61 61 61 61 61 00 00 01", MsgInvalid)] // V-37
    [InlineData("05 00 00 00 61 61 61 61 61", MsgInvalid)]
    [InlineData("05 00 00 00 61 61 61 61 61 00 00 00 00 00 00 00", MsgInvalid)]
    [InlineData("50 00 00 00", ArgumentInvalid)] // 80 bytes, none of them there: the length limit comes first.
    [InlineData("4F 00 00 00", MsgInvalid)]
    [InlineData("00 00 00 00", RmError.Ok)]
    public void LOOKUP_NAME_is_judged_in_its_order(string bytes, RmError expected) =>
        Expect<VmLookupTextRequest>(expected, bytes);

    [Theory]
    [InlineData("", ArgumentInvalid)]
    [InlineData("00", MsgInvalid)]
    [InlineData("00010203 04050607 08090A0B 0C0D0E", MsgInvalid)]
    [InlineData("00010203 04050607 08090A0B 0C0D0E0F", RmError.Ok)]
    [InlineData("00010203 04050607 08090A0B 0C0D0E0F 00", MsgInvalid)]
    public void LOOKUP_GUID_takes_sixteen_bytes(string bytes, RmError expected) => Expect<VmLookupGuidRequest>(expected, bytes);

    [Fact]
    public void The_bytes_of_a_GUID_are_in_the_order_in_which_it_is_written()
    {
        RpcPayload.TryRead(Wire.Bytes("00112233 44556677 8899AABB CCDDEEFF"), out VmLookupGuidRequest request);
        Assert.Equal(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), request.Value);
    }

    [Theory]
    [InlineData("", MsgInvalid)]
    [InlineData("01 00 00", MsgInvalid)]
    [InlineData("01 00 00 00 61 00 00 00", RmError.Ok)]
    [InlineData("01 00 00 00 61 00 01 00", MsgInvalid)]
    [InlineData("01 00 00 00 61", MsgInvalid)]
    [InlineData("02 00 00 00 61 62 00 00 00 00 00 00", MsgInvalid)]
    [InlineData("00 00 00 00", RmError.Ok)]
    public void SET_CRASH_MSG_is_as_long_as_it_says_and_padded_with_zeros(string bytes, RmError expected) =>
        Expect<CrashMessage>(expected, bytes);

    [Theory]
    [InlineData("00 08 00 00", ArgumentInvalid)]
    [InlineData("00 08 00", MsgInvalid)]
    [InlineData("00 08 00 00 00", MsgInvalid)] // Two faults: the length comes first.
    [InlineData("FF 07 00 00", RmError.Ok)]
    public void SET_STATUS_knows_eight_operating_system_states(string bytes, RmError expected) =>
        Expect<VmSetStatusRequest>(expected, bytes);

    [Theory]
    [InlineData("01 00 00 00", true)] // V-29
    [InlineData("01 00 02 00", false)] // V-28
    [InlineData("00 00 01 00", true)]
    [InlineData("00 00 03 00", true)]
    [InlineData("00 00 04 00", true)]
    [InlineData("00 00 05 00", false)]
    [InlineData("00 00 00 01", false)]
    public void EXIT_may_report_four_codes(string bytes, bool acceptable)
    {
        Assert.Equal(RmError.Ok, RpcPayload.TryRead(Wire.Bytes(bytes), out VmExitRequest request));
        Assert.Equal(acceptable, request.IsAcceptable);
    }

    [Theory]
    [InlineData("80 00 01 00  00 00 00 00  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00", MsgInvalid)]
    [InlineData("80 00 00 00  00 00 00 00  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00", RmError.Ok)]
    public void SET_FIRMWARE_MEM_wants_its_reserved_bits_zero(string bytes, RmError expected) =>
        Expect<VmSetFirmwareMemRequest>(expected, bytes);

    [Theory]
    [InlineData("02 00 01 00  00 00 00 00  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00", RmError.Unimplemented)]
    [InlineData("02 00 01 00  00 00 00 00  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00", MsgInvalid)]
    [InlineData("02 00 00 00  00 00 00 00  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00", RmError.Ok)]
    public void FW_SET_VM_FIRMWARE_does_not_implement_its_reserved_bits(string bytes, RmError expected) =>
        Expect<FirmwareSetRequest>(expected, bytes);

    [Theory]
    [InlineData("01 00 00 00", RmError.Ok)]
    [InlineData("01 00 01 00 61", RmError.Ok)]
    [InlineData("00 00 03 00 61 62 63 00", MsgInvalid)] // C-05: padding is not allowed.
    [InlineData("00 00 03 00 61 62", MsgInvalid)]
    [InlineData("00 00 03", MsgInvalid)]
    public void CONSOLE_WRITE_is_exactly_as_long_as_it_says(string bytes, RmError expected) =>
        Expect<ConsoleText>(expected, bytes);

    [Theory]
    [InlineData("01 00 00 00  01 00 00 00", RmError.Ok)]
    [InlineData("01 00 00 00  01 00 00 00  01 00", MsgInvalid)]
    [InlineData("01 00 00 00  01 00 00 00  01 00 00 00", MsgInvalid)]
    [InlineData("01 00 00 00  01 00 00 00  01 00 00 00 2D 00 00 00", RmError.Ok)]
    [InlineData("01 00 00 00  02 00 00 00  00 00 00 00", MsgInvalid)] // Only LENT has a list.
    [InlineData("01 00 00 00  07 00 00 00", RmError.Ok)] // An unknown kind is refused later.
    public void IRQ_NOTIFY_has_a_list_only_when_it_says_LENT(string bytes, RmError expected) =>
        Expect<IrqNotifyRequest>(expected, bytes);

    [Theory]
    [InlineData("02 00 00 00  00 00 00 00  00 00 00 00  00 00 00 00", MsgInvalid)] // P-02
    [InlineData("00 00 00 00  00 00 00 00  00 00 00 00", MsgInvalid)]
    [InlineData("00 00 00 00  00 00 00 00  00 00 00 00  00 00 00 00", RmError.Ok)]
    [InlineData("01 00 00 00  00 00 00 00  00 00 00 00  1F 00 00 00", RmError.NoResource)] // 31 entries
    [InlineData("01 00 00 00  00 00 00 00  00 00 00 00  1E 00 00 00", MsgInvalid)] // 30 entries, none there
    public void IPA_RESERVE_takes_up_to_thirty_entries(string bytes, RmError expected) =>
        Expect<IpaReserveRequest>(expected, bytes);

    [Fact]
    public void The_head_of_IPA_RESERVE_can_be_read_when_its_list_is_bad()
    {
        byte[] bytes = Wire.Bytes("01 00 00 00  44 00 00 00  07 00 00 00  1F 00 00 00");
        Assert.Equal(RmError.Ok, IpaReserveRequest.TryReadHead(bytes, out IpaReserveRequest head));
        Assert.Equal(
            (IpaReserveType.Allocate, IpaConstraints.NormalMemory | IpaConstraints.CompatibleWithBase, 7u),
            (head.Type, head.Generic, head.Platform));
    }

    private static void Expect<T>(RmError expected, string bytes)
        where T : struct, IRpcPayload<T>, IEquatable<T>
    {
        Assert.Equal(expected, RpcPayload.TryRead(Wire.Bytes(bytes), out T value));
        if (expected != RmError.Ok)
            Assert.Equal(default, value);
    }
}
