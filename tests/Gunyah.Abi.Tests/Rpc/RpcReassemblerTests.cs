using CsCheck;
using Gunyah.Abi.Rpc;

namespace Gunyah.Abi.Tests.Rpc;

public class RpcReassemblerTests
{
    private static readonly byte[] _getVmid = Wire.Bytes("21 01 00 00 24 00 00 56");

    /// <summary>Message A of the cases of gunyah-rm.md 11.1: three fragments with sequence number 9.</summary>
    private static List<byte[]> MessageA(RpcMessageType type = RpcMessageType.Request) =>
        Wire.Fragments(type, 9, RmMessageId.MemShare, Wire.Pattern(500));

    [Fact]
    public void T_01_a_request_of_one_fragment_is_complete_at_once()
    {
        var server = new RpcReassembler(RpcRole.Server);
        RpcArrival arrival = server.Accept(_getVmid);
        var header = new RpcHeader(RpcMessageType.Request, 0, 0, RmMessageId.VmGetVmid);
        Assert.Equal(new RpcArrival(RpcArrivalKind.Complete, header), arrival);
        Assert.True(server.Payload.IsEmpty);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void T_02_a_message_shorter_than_a_header_is_dropped_and_changes_nothing(bool isServer)
    {
        List<byte[]> a = MessageA(isServer ? RpcMessageType.Request : RpcMessageType.Reply);
        var reassembler = new RpcReassembler(isServer ? RpcRole.Server : RpcRole.Client);
        reassembler.Accept(a[0]);
        Assert.Equal(Dropped(RpcFault.TooShort), reassembler.Accept(a[1].AsSpan(0, 7)));
        Assert.Equal(Dropped(RpcFault.TooShort), reassembler.Accept(default));
        reassembler.Accept(a[1]);
        Assert.Equal(RpcArrivalKind.Complete, reassembler.Accept(a[2]).Kind);
        Assert.Equal(Wire.Pattern(500), reassembler.Payload.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_message_longer_than_the_queue_allows_is_dropped(bool isServer)
    {
        byte[] tooLong = new byte[RpcLimits.FragmentSize + 1];
        _getVmid.CopyTo(tooLong, 0);
        Assert.Equal(Dropped(RpcFault.TooLong), new RpcReassembler(isServer ? RpcRole.Server : RpcRole.Client).Accept(tooLong));
    }

    [Theory]
    [InlineData(0x20)]
    [InlineData(0x22)]
    [InlineData(0x11)]
    [InlineData(0x31)]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void Another_version_or_header_length_is_dropped(byte first) =>
        Assert.Equal(
            Dropped(RpcFault.UnknownVersion),
            new RpcReassembler(RpcRole.Server).Accept(Wire.Copy(_getVmid, frame => frame[0] = first)));

    [Fact]
    public void T_04_sixty_three_additional_fragments_are_dropped_and_a_servers_pending_message_stays()
    {
        List<byte[]> a = MessageA();
        var server = new RpcReassembler(RpcRole.Server);
        server.Accept(a[0]);
        RpcArrival arrival = server.Accept(Wire.Copy(_getVmid, frame => frame[1] = 0xFD));
        ExpectDropped(RpcFault.TooManyFragments, null, arrival);
        server.Accept(a[1]);
        Assert.Equal(RpcArrivalKind.Complete, server.Accept(a[2]).Kind);
    }

    [Fact]
    public void T_07_and_T_08_notifications_and_replies_end_at_the_server()
    {
        foreach (RpcMessageType type in new[] { RpcMessageType.Notification, RpcMessageType.Reply })
        {
            var server = new RpcReassembler(RpcRole.Server);
            RpcArrival arrival = server.Accept(Wire.Message(type, 0, RmMessageId.VmGetVmid, default(EmptyPayload)));
            ExpectDropped(RpcFault.UnexpectedType, null, arrival);
            List<byte[]> a = MessageA(type);
            Assert.Equal(RpcArrivalKind.Stored, server.Accept(a[0]).Kind);
            Assert.Equal(RpcArrivalKind.Stored, server.Accept(a[1]).Kind);
            arrival = server.Accept(a[2]);
            ExpectDropped(RpcFault.UnexpectedType, null, arrival);
            Assert.Null(server.Pending);
        }
    }

    [Fact]
    public void T_10_a_new_request_replaces_the_pending_one_whose_continuations_are_then_ignored()
    {
        List<byte[]> a = MessageA();
        var server = new RpcReassembler(RpcRole.Server);
        RpcHeader first = server.Accept(a[0]).Header;
        RpcArrival b = server.Accept(_getVmid);
        Assert.Equal((RpcArrivalKind.Complete, RmMessageId.VmGetVmid, first), (b.Kind, b.Header.MessageId, b.Abandoned));
        Assert.Equal(RpcFault.NothingToContinue, server.Accept(a[1]).Fault);
        Assert.Equal(RpcFault.NothingToContinue, server.Accept(a[2]).Fault);
    }

    [Fact]
    public void T_11_a_continuation_with_another_sequence_number_is_ignored_by_the_server()
    {
        List<byte[]> a = MessageA();
        var server = new RpcReassembler(RpcRole.Server);
        server.Accept(a[0]);
        RpcArrival wrong = server.Accept(Wire.Copy(a[1], frame => frame[2] = 10));
        ExpectDropped(RpcFault.ContinuationMismatch, null, wrong);
        server.Accept(a[1]);
        Assert.Equal(RpcArrivalKind.Complete, server.Accept(a[2]).Kind);
        Assert.Equal(Wire.Pattern(500), server.Payload.ToArray());
    }

    [Fact]
    public void T_13_a_continuation_with_another_count_or_id_is_ignored_by_the_server()
    {
        List<byte[]> a = Wire.Fragments(RpcMessageType.Request, 9, RmMessageId.MemShare, Wire.Pattern(300));
        var server = new RpcReassembler(RpcRole.Server);
        server.Accept(a[0]);
        Assert.Equal(RpcFault.ContinuationMismatch, server.Accept(Wire.Copy(a[1], frame => frame[1] = 2 << 2)).Fault);
        Assert.Equal(RpcFault.ContinuationMismatch, server.Accept(Wire.Copy(a[1], frame => frame[4] ^= 1)).Fault);
        Assert.Equal(RpcArrivalKind.Complete, server.Accept(a[1]).Kind);
        Assert.Equal(Wire.Pattern(300), server.Payload.ToArray());
    }

    [Fact]
    public void T_22_a_reply_that_nobody_waits_for_is_dropped_without_disturbing_the_one_being_assembled()
    {
        var client = new RpcReassembler(RpcRole.Client, reply => reply is { Sequence: 9, MessageId: RmMessageId.MemShare });
        List<byte[]> a = MessageA(RpcMessageType.Reply);
        client.Accept(a[0]);
        byte[] otherId = Wire.Reply(9, RmMessageId.MemLend, default(EmptyPayload));
        byte[] otherSequence = Wire.Reply(5, RmMessageId.MemShare, default(EmptyPayload));
        ExpectDropped(RpcFault.UnexpectedReply, null, client.Accept(otherId));
        ExpectDropped(RpcFault.UnexpectedReply, null, client.Accept(otherSequence));

        client.Accept(a[1]);
        Assert.Equal(RpcArrivalKind.Complete, client.Accept(a[2]).Kind);
    }

    [Fact]
    public void T_23_a_notification_ends_the_reply_that_a_client_is_assembling()
    {
        List<byte[]> a = MessageA(RpcMessageType.Reply);
        List<byte[]> notification = Wire.Fragments(RpcMessageType.Notification, 77, RmMessageId.MemShared, Wire.Pattern(300));
        var client = new RpcReassembler(RpcRole.Client);
        RpcHeader reply = client.Accept(a[0]).Header;
        RpcArrival started = client.Accept(notification[0]);
        Assert.Equal((RpcArrivalKind.Stored, reply), (started.Kind, started.Abandoned));
        Assert.Equal(RpcArrivalKind.Complete, client.Accept(notification[1]).Kind);
        Assert.Equal(Wire.Pattern(300), client.Payload.ToArray());
    }

    [Fact]
    public void T_25_a_client_accepts_any_gap_in_the_sequence_numbers_of_notifications()
    {
        var client = new RpcReassembler(RpcRole.Client);
        foreach (ushort sequence in new ushort[] { 7, 3, 0xFFFF, 3 })
        {
            byte[] released = Wire.Message(RpcMessageType.Notification, sequence, RmMessageId.VmIrqReleased, new IrqHandle(1));
            Assert.Equal(RpcArrivalKind.Complete, client.Accept(released).Kind);
        }
    }

    [Fact]
    public void A_client_gives_up_on_a_continuation_of_another_message_but_does_not_compare_sequence_numbers()
    {
        List<byte[]> a = MessageA(RpcMessageType.Reply);
        var client = new RpcReassembler(RpcRole.Client);
        RpcHeader reply = client.Accept(a[0]).Header;
        Assert.Equal(RpcArrivalKind.Stored, client.Accept(Wire.Copy(a[1], frame => frame[2] = 10)).Kind);
        RpcArrival wrong = client.Accept(Wire.Copy(a[2], frame => frame[4] ^= 1));
        ExpectDropped(RpcFault.ContinuationMismatch, reply, wrong);
        Assert.Equal(RpcFault.NothingToContinue, client.Accept(a[2]).Fault);
    }

    [Fact]
    public void A_client_drops_a_request_and_keeps_what_it_is_assembling()
    {
        List<byte[]> a = MessageA(RpcMessageType.Reply);
        var client = new RpcReassembler(RpcRole.Client);
        client.Accept(a[0]);
        RpcArrival request = client.Accept(_getVmid);
        ExpectDropped(RpcFault.UnexpectedType, null, request);
        client.Accept(a[1]);
        Assert.Equal(RpcArrivalKind.Complete, client.Accept(a[2]).Kind);
    }

    [Fact]
    public void A_client_gives_up_when_a_message_announces_too_many_fragments()
    {
        List<byte[]> a = MessageA(RpcMessageType.Reply);
        var client = new RpcReassembler(RpcRole.Client);
        RpcHeader reply = client.Accept(a[0]).Header;
        RpcArrival arrival = client.Accept(Wire.Copy(a[0], frame => frame[1] = 0xFE));
        ExpectDropped(RpcFault.TooManyFragments, reply, arrival);
        Assert.Equal(63, arrival.Header.AdditionalFragments);
    }

    [Fact]
    public void Content_is_appended_as_it_comes_even_when_a_fragment_in_the_middle_is_short()
    {
        List<byte[]> a = MessageA();
        var server = new RpcReassembler(RpcRole.Server);
        server.Accept(a[0].AsSpan(0, 10));
        server.Accept(a[1].AsSpan(0, 8));
        server.Accept(a[2]);
        byte[] expected = [.. Wire.Pattern(500)[..2], .. Wire.Pattern(500)[464..]];
        Assert.Equal(expected, server.Payload.ToArray());
    }

    [Fact]
    public void A_message_once_delivered_is_not_continued()
    {
        List<byte[]> a = MessageA();
        var server = new RpcReassembler(RpcRole.Server);
        foreach (byte[] frame in a)
            server.Accept(frame);
        Assert.Equal(RpcFault.NothingToContinue, server.Accept(a[2]).Fault);
    }

    [Fact]
    public void Receiving_allocates_nothing_once_the_buffer_has_grown()
    {
        List<byte[]> a = MessageA();
        var server = new RpcReassembler(RpcRole.Server);
        foreach (byte[] frame in a)
            server.Accept(frame);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            server.Accept(a[0]);
            server.Accept(a[1]);
            server.Accept(a[2]);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ten_thousand_hostile_frames_never_throw_and_never_grow_the_buffer_beyond_the_largest_message(bool isServer)
    {
        // Mostly plausible frames, so that messages begin, continue and clash.
        Gen<byte[]> frame = Gen.Select(
            Gen.Frequency((9, Gen.Const((byte)0x21)), (1, Gen.Byte)),
            Gen.Frequency((6, Gen.Byte[0, 15]), (1, Gen.Byte)),
            Gen.Byte[0, 2],
            Gen.Byte[0, 1],
            Gen.Int[0, RpcLimits.FragmentSize + 2],
            (version, type, sequence, id, length) =>
            {
                byte[] bytes = Wire.Pattern(Math.Max(length, RpcHeader.Size));
                bytes[0] = version;
                bytes[1] = type;
                bytes[2] = sequence;
                bytes[4] = id;
                bytes.AsSpan(5, 3).Clear();
                return bytes[..length];
            });
        frame.Array[100].Sample(
            frames =>
            {
                var reassembler = new RpcReassembler(isServer ? RpcRole.Server : RpcRole.Client);
                foreach (byte[] hostile in frames)
                {
                    RpcArrival arrival = reassembler.Accept(hostile);
                    Assert.Equal(arrival.Kind == RpcArrivalKind.Dropped, arrival.Fault != RpcFault.None);
                    Assert.InRange(reassembler.BufferSize, RpcLimits.ContentSize, RpcLimits.MaxPayload);
                    Assert.InRange(reassembler.Payload.Length, 0, reassembler.BufferSize);
                    Assert.False(arrival.Kind == RpcArrivalKind.Complete && reassembler.Pending is not null);
                }
            },
            iter: 100);
    }

    private static void ExpectDropped(RpcFault fault, RpcHeader? abandoned, RpcArrival arrival) =>
        Assert.Equal((RpcArrivalKind.Dropped, fault, abandoned), (arrival.Kind, arrival.Fault, arrival.Abandoned));

    private static RpcArrival Dropped(RpcFault fault) => new(RpcArrivalKind.Dropped, default, fault);
}
