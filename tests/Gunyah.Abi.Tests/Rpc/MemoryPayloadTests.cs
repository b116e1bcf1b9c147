using Gunyah.Abi.Rpc;

namespace Gunyah.Abi.Tests.Rpc;

/// <summary>The layouts and errors of the memory messages (gunyah-rm.md 2.5).</summary>
public class MemoryPayloadTests
{
    private const RmError MsgInvalid = RmError.MsgInvalid;
    private const string Head = "00 00 00 00 00 00 00 00";
    private const string OneAcl = "01 00 00 00 80 00 07 00";
    private const string OneSgl = "01 00 00 00 00 00 00 88 00 00 00 00 00 00 00 08 00 00 00 00";

    [Theory]
    [InlineData("", MsgInvalid)]
    [InlineData(Head + "00 00 00 00 00 00 00 00", MsgInvalid)] // 16 bytes: three list heads must fit.
    [InlineData(Head + "00 00 00 00 00 00 00 00 00 00 00 00", RmError.Ok)]
    [InlineData(Head + OneAcl + OneSgl + "00 00 00 00", RmError.Ok)]
    [InlineData(Head + OneAcl + OneSgl, RmError.Ok)] // M-10: the last list may be missing.
    [InlineData(Head + OneAcl + OneSgl + "00 00 00 00 00 00 00 00", MsgInvalid)]
    [InlineData(Head + OneAcl + OneSgl + "00 00", MsgInvalid)]
    [InlineData(Head + OneAcl + "01 02 00 00 00 00 00 00", RmError.NoResource)] // M-08: 513 entries
    [InlineData(Head + OneAcl + "00 02 00 00 00 00 00 00", MsgInvalid)] // 512 entries, none there
    [InlineData(Head + "01 02 00 00 00 00 00 00 00 00 00 00", RmError.NoResource)]
    public void A_create_request_is_judged_as_the_reference_says(string bytes, RmError expected)
    {
        Assert.Equal(expected, RpcPayload.TryRead(Wire.Bytes(bytes), out MemoryCreateRequest request));
        if (expected != RmError.Ok)
            Assert.Equal(default, request);
    }

    [Fact]
    public void In_a_create_request_type_and_flags_are_two_bytes_apart_and_an_attribute_precedes_its_VMID()
    {
        byte[] bytes = Wire.Bytes("01 EE 03 EE 44 33 22 11" + OneAcl + OneSgl + "01 00 00 00 01 00 80 00");
        Assert.Equal(RmError.Ok, RpcPayload.TryRead(bytes, out MemoryCreateRequest request));
        Assert.Equal(
            new MemoryCreateRequest(
                MemoryType.Io,
                MemoryCreateFlags.Sanitise | MemoryCreateFlags.Append,
                0x1122_3344,
                [new AclEntry(0x80, MemoryRights.All)],
                [new SglEntry(0x8800_0000, 0x800_0000)],
                [new AttributeEntry(MemoryAttribute.Device, 0x80)]),
            request);
    }

    [Theory]
    [InlineData("07 00 00 00 01 00 00 00", MsgInvalid)]
    [InlineData("07 00 00 00 01 00 00 00 00 00 00 00", RmError.Ok)]
    [InlineData("07 00 00 00 01 00 00 00" + OneSgl, RmError.Ok)]
    [InlineData("07 00 00 00 01 00 00 00" + OneSgl + "00", MsgInvalid)]
    public void An_append_request_has_a_list(string bytes, RmError expected) =>
        Assert.Equal(expected, RpcPayload.TryRead<MemoryAppendRequest>(Wire.Bytes(bytes), out _));

    [Fact]
    public void M_16_the_VM_to_map_into_stands_in_the_second_half_of_the_memory_lists_head()
    {
        byte[] bytes = Wire.Bytes("07 00 00 00 00 01 80 00 05 00 00 00" + OneAcl + "00 00 05 00" + "00 00 00 00");
        Assert.Equal(RmError.Ok, RpcPayload.TryRead(bytes, out MemoryAcceptRequest request));
        Assert.Equal(5, request.MapVmid);
        Assert.Equal((7u, TransferType.Lend), (request.Handle, request.Transfer));
        Assert.Equal((MemoryAcceptFlags.Done, 5u), (request.Flags, request.Label));
        Assert.Equal(bytes, request.ToBytes());
    }

    [Fact]
    public void An_accept_request_shorter_than_three_list_heads_is_malformed() =>
        Assert.Equal(MsgInvalid, RpcPayload.TryRead<MemoryAcceptRequest>(new byte[23], out _));

    [Fact]
    public void M_13_an_accept_reply_lists_the_chosen_addresses()
    {
        byte[] bytes = Wire.Bytes("01 00 01 00 00 00 20 00 00 00 00 00 00 00 00 08 00 00 00 00");
        Assert.Equal(RmError.Ok, RpcPayload.TryRead(bytes, out MemoryAcceptReply reply));
        Assert.Equal(new MemoryAcceptReply(MemoryAcceptReplyFlags.Incomplete, [new SglEntry(0x20_0000, 0x800_0000)]), reply);
    }

    [Fact]
    public void An_accept_reply_without_data_reads_as_no_addresses()
    {
        Assert.Equal(RmError.Ok, RpcPayload.TryRead(default, out MemoryAcceptReply reply));
        Assert.Equal(default, reply);
    }

    [Theory]
    [InlineData("07 00 00 00 01 00 00", MsgInvalid)]
    [InlineData("07 00 00 00 01 00 00 00", RmError.Ok)]
    [InlineData("07 00 00 00 01 00 00 00 EE", RmError.Ok)]
    public void A_release_or_reclaim_may_be_longer_than_it_needs(string bytes, RmError expected)
    {
        Assert.Equal(expected, RpcPayload.TryRead(Wire.Bytes(bytes), out MemoryReturnRequest request));
        if (expected == RmError.Ok)
            Assert.Equal(new MemoryReturnRequest(7, MemoryReturnFlags.Sanitise), request);
    }

    [Theory]
    [InlineData("07 00 00 00 03 00 00 00 00 00 00 00", RmError.ArgumentInvalid)] // M-20
    [InlineData("07 00 00 00 02 00 00 00 00 00 00", MsgInvalid)]
    [InlineData("07 00 00 00 02 00 00 00 00 00 00 00", RmError.Ok)]
    [InlineData("07 00 00 00 01 00 00 00 00 00 00 00", MsgInvalid)]
    [InlineData("07 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00", RmError.ArgumentInvalid)]
    [InlineData("07 00 00 00 01 00 00 00 00 00 00 00 02 00 00 00 80 00 00 00", MsgInvalid)]
    [InlineData("07 00 00 00 08 00 00 00 00 00 00 00 01 00 00 00 80 00 00 00", RmError.Ok)]
    public void A_notify_request_is_judged_as_the_reference_says(string bytes, RmError expected) =>
        Assert.Equal(expected, RpcPayload.TryRead<MemoryNotifyRequest>(Wire.Bytes(bytes), out _));

    [Fact]
    public void The_head_of_a_notify_request_can_be_read_when_the_rest_is_bad()
    {
        byte[] bytes = Wire.Bytes("07 00 00 00 03 00 00 00 44 33 22 11");
        Assert.Equal(RmError.Ok, MemoryNotifyRequest.TryReadHead(bytes, out MemoryNotifyRequest head));
        Assert.Equal(new MemoryNotifyRequest(7, (MemoryNotifyKind)3, 0x1122_3344, []), head);
        Assert.Equal(MsgInvalid, MemoryNotifyRequest.TryReadHead(bytes.AsSpan(0, 11), out _));
    }

    [Fact]
    public void The_middle_list_of_a_SHARED_notification_has_only_sizes()
    {
        var shared = new MemorySharedNotification(
            7,
            MemoryType.Normal,
            TransferType.Share,
            MemorySharedFlags.Sanitised,
            Owner: 3,
            Label: 9,
            Tag: 5,
            Acl: [new AclEntry(0x80, MemoryRights.All)],
            Sizes: [new RegionSize(0x1000)],
            Attributes: []);
        Assert.Equal(
            Wire.Hex(Wire.Bytes(
                """
                07 00 00 00 00 02 01 00 03 00 00 00 09 00 00 00 05 00 00 00
                01 00 00 00 80 00 07 00  01 00 00 00 00 10 00 00 00 00 00 00  00 00 00 00
                """)),
            Wire.Hex(shared.ToBytes()));
        Assert.Equal(32, (shared with { Acl = [], Sizes = [] }).EncodedLength);
    }
}
