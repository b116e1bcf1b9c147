using Gunyah.Abi.Rpc;

namespace Gunyah.Abi.Tests.Rpc;

/// <summary>The list primitive (gunyah-rm.md 1.9) and the reader under every payload.</summary>
public class RpcReaderTests
{
    private const int Maximum = 3;

    [Theory]
    [InlineData("", RmError.Ok, 0)]
    [InlineData("00", RmError.MsgInvalid, 0)]
    [InlineData("00 00", RmError.MsgInvalid, 0)]
    [InlineData("00 00 00", RmError.MsgInvalid, 0)]
    [InlineData("00 00 00 00", RmError.Ok, 0)]
    [InlineData("00 00 EE EE", RmError.Ok, 0)] // The second 16 bits are ignored.
    [InlineData("01 00 00 00 05 00 00 00", RmError.Ok, 1)]
    [InlineData("01 00 00 00 05 00 00", RmError.MsgInvalid, 0)]
    [InlineData("01 00 00 00", RmError.MsgInvalid, 0)]
    [InlineData("03 00 00 00 01 00 00 00 02 00 00 00 03 00 00 00", RmError.Ok, 3)]
    [InlineData("04 00 00 00 01 00 00 00 02 00 00 00 03 00 00 00", RmError.NoResource, 0)] // Two faults: the count comes first.
    [InlineData("FF FF 00 00", RmError.NoResource, 0)]
    [InlineData("00 00 00 00 00", RmError.MsgInvalid, 0)] // Left over.
    [InlineData("01 00 00 00 05 00 00 00 00 00 00 00", RmError.MsgInvalid, 0)]
    public void A_list_is_judged_as_the_reference_says(string bytes, RmError expected, int count)
    {
        var reader = new RpcReader(Wire.Bytes(bytes));
        RpcList<VmidEntry> list = reader.ReadList<VmidEntry>(Maximum);
        Assert.Equal(expected, reader.Finish(new VmidListReply(list), out VmidListReply value));
        Assert.Equal(count, value.Vmids.Count);
    }

    [Fact]
    public void The_first_failure_sticks_with_its_place()
    {
        var reader = new RpcReader(Wire.Bytes("01 02 03 04 05"));
        Assert.Equal(0x0201, reader.ReadUInt16());
        Assert.Equal(0u, reader.ReadUInt32());
        Assert.Equal((RmError.MsgInvalid, 2), (reader.Failure, reader.Offset));
        Assert.Equal(0, reader.ReadByte());
        reader.Require(false, RmError.Denied);
        Assert.Equal((RmError.MsgInvalid, 2), (reader.Failure, reader.Offset));
        Assert.Equal(RmError.MsgInvalid, reader.FinishIgnoringRest(new VmidReply(1), out VmidReply value));
        Assert.Equal(default, value);
    }

    [Fact]
    public void A_count_beyond_the_payload_is_refused_before_anything_is_allocated()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var reader = new RpcReader([1, 2, 3, 4]);
        RpcList<HypervisorResource> list = reader.ReadEntries<HypervisorResource>(uint.MaxValue);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(default, list);
        Assert.Equal(RmError.MsgInvalid, reader.Failure);
        Assert.True(allocated < 1024, $"{allocated} bytes allocated");
    }

    [Theory]
    [InlineData("61 62 63 64", 4, RmError.Ok)]
    [InlineData("61 00 00 00", 1, RmError.Ok)]
    [InlineData("61 00 00 01", 1, RmError.MsgInvalid)]
    [InlineData("61 01 00 00", 1, RmError.MsgInvalid)]
    [InlineData("61 00 00", 1, RmError.MsgInvalid)]
    [InlineData("", 0, RmError.Ok)]
    public void Text_is_padded_with_zeros_to_four_bytes(string bytes, int length, RmError expected)
    {
        var reader = new RpcReader(Wire.Bytes(bytes));
        Assert.Equal(expected, reader.Finish(new CrashMessage(reader.ReadPaddedText(length)), out CrashMessage value));
        Assert.Equal(expected == RmError.Ok ? length : 0, value.Text.Length);
    }

    [Fact]
    public void A_list_too_long_for_its_count_is_the_writers_error()
    {
        var request = new MemoryAppendRequest(0, MemoryAppendFlags.None, new SglEntry[ushort.MaxValue + 1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => request.ToBytes());
    }

    [Fact]
    public void A_destination_that_is_too_small_is_the_writers_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VmidRequest(3).WriteTo(new byte[3]));

    [Fact]
    public void Lists_are_equal_when_their_elements_are()
    {
        RpcList<VmidEntry> one = [new(3), new(0x80)];
        RpcList<VmidEntry> same = new VmidEntry[] { new(3), new(0x80) };
        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, [new VmidEntry(0x80), new VmidEntry(3)]);
        Assert.Equal(default(RpcList<VmidEntry>), []);
    }

    [Fact]
    public void A_list_keeps_its_own_copy_of_an_array()
    {
        VmidEntry[] array = [new(3)];
        RpcList<VmidEntry> list = array;
        array[0] = new(4);
        Assert.Equal(new VmidEntry(3), list[0]);
    }
}
