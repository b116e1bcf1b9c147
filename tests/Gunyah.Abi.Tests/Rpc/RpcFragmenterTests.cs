using CsCheck;
using Gunyah.Abi.Rpc;

namespace Gunyah.Abi.Tests.Rpc;

public class RpcFragmenterTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(232, 1)] // T-14
    [InlineData(233, 2)]
    [InlineData(464, 2)]
    [InlineData(465, 3)]
    [InlineData(500, 3)]
    [InlineData(14384, 62)] // T-26
    [InlineData(14385, 63)]
    [InlineData(14616, 63)]
    public void A_payload_takes_as_many_fragments_as_its_length_needs(int length, int count)
    {
        Assert.Equal(count, RpcFragmenter.CountFor(length));
        Assert.Equal(count, new RpcFragmenter(RpcMessageType.Request, 0, RmMessageId.MemShare, new byte[length]).Count);
    }

    [Fact]
    public void T_14_exactly_232_bytes_are_one_fragment_with_byte_1_equal_to_1()
    {
        byte[] frame = Assert.Single(Wire.Fragments(RpcMessageType.Request, 0, RmMessageId.MemShare, new byte[232]));
        Assert.Equal(240, frame.Length);
        Assert.Equal(0x01, frame[1]);
    }

    [Fact]
    public void T_16_a_reply_of_500_bytes_is_three_fragments_with_one_sequence_number()
    {
        List<byte[]> frames = Wire.Fragments(RpcMessageType.Reply, 0x1234, RmMessageId.VmGetHypResources, new byte[500]);
        Assert.Equal([0x0A, 0x08, 0x08], frames.Select(frame => frame[1]));
        Assert.Equal([232, 232, 36], frames.Select(frame => frame.Length - RpcHeader.Size));
        Assert.All(frames, frame => Assert.Equal([0x34, 0x12], frame[2..4]));
    }

    [Fact]
    public void T_17_a_fragment_that_met_a_full_queue_is_written_again_the_same()
    {
        byte[] payload = Wire.Pattern(500);
        List<byte[]> frames = Wire.Fragments(RpcMessageType.Reply, 4, RmMessageId.VmGetHypResources, payload);
        var resumed = new RpcFragmenter(RpcMessageType.Reply, 4, RmMessageId.VmGetHypResources, payload);
        byte[] frame = new byte[RpcLimits.FragmentSize];
        Assert.Equal(frames[1], frame[..resumed.Write(1, frame)]);
        Assert.Equal(frames[1], frame[..resumed.Write(1, frame)]);
        Assert.Equal(frames[2], frame[..resumed.Write(2, frame)]);
    }

    [Fact]
    public void T_26_the_limit_of_a_client_is_one_fragment_below_that_of_the_transport()
    {
        Assert.Equal(14384, RpcLimits.ClientMaxPayload);
        Assert.Equal(14616, RpcLimits.MaxPayload);
        Assert.True(RpcHeader.TryRead(
            Wire.Fragments(RpcMessageType.Request, 0, RmMessageId.MemShare, new byte[RpcLimits.ClientMaxPayload])[0],
            out RpcHeader header) == RpcFault.None);
        Assert.Equal(61, header.AdditionalFragments);
    }

    [Fact]
    public void Writing_fragments_allocates_nothing()
    {
        byte[] payload = Wire.Pattern(500);
        byte[] frame = new byte[RpcLimits.FragmentSize];
        WriteAll(payload, frame);
        long before = GC.GetAllocatedBytesForCurrentThread();
        WriteAll(payload, frame);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void WriteAll(byte[] payload, byte[] frame)
        {
            var fragmenter = new RpcFragmenter(RpcMessageType.Reply, 1, RmMessageId.VmGetHypResources, payload);
            for (int i = 0; i < fragmenter.Count; i++)
                fragmenter.Write(i, frame);
        }
    }

    [Fact]
    public void A_payload_larger_than_the_transport_allows_is_the_callers_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new RpcFragmenter(RpcMessageType.Request, 0, RmMessageId.MemShare, new byte[RpcLimits.MaxPayload + 1]).Count);

    [Fact]
    public void A_fragment_that_does_not_exist_cannot_be_written()
    {
        byte[] frame = new byte[RpcLimits.FragmentSize];
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new RpcFragmenter(RpcMessageType.Request, 0, RmMessageId.MemShare, default).Write(1, frame));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new RpcFragmenter(RpcMessageType.Request, 0, RmMessageId.MemShare, default).Write(-1, frame));
    }

    [Fact]
    public void A_continuation_starts_no_message() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new RpcFragmenter(RpcMessageType.Continuation, 0, RmMessageId.MemShare, default).Count);

    [Fact]
    public void Every_message_comes_back_out_of_its_fragments() =>
        Gen.Select(Gen.Int[0, RpcLimits.MaxPayload], Gen.UShort, Gen.UInt, Gen.Bool).Sample(
            (length, sequence, id, fromServer) =>
            {
                byte[] payload = Wire.Pattern(length);
                RpcMessageType type = fromServer ? RpcMessageType.Reply : RpcMessageType.Request;
                var reassembler = new RpcReassembler(fromServer ? RpcRole.Client : RpcRole.Server);
                List<byte[]> frames = Wire.Fragments(type, sequence, (RmMessageId)id, payload);
                foreach (byte[] frame in frames.SkipLast(1))
                    Assert.Equal(RpcArrivalKind.Stored, reassembler.Accept(frame).Kind);
                RpcArrival last = reassembler.Accept(frames[^1]);
                Assert.Equal(RpcArrivalKind.Complete, last.Kind);
                Assert.Equal(new RpcHeader(type, (byte)(frames.Count - 1), sequence, (RmMessageId)id), last.Header);
                Assert.True(reassembler.Payload.SequenceEqual(payload));
            });
}
