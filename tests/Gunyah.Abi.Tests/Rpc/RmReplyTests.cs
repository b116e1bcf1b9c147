using Gunyah.Abi.Rpc;

namespace Gunyah.Abi.Tests.Rpc;

public class RmReplyTests
{
    /// <summary>gunyah-rm.md 4, second table; the last rows are "everything else".</summary>
    [Theory]
    [InlineData(0, 0x00)]
    [InlineData(-1, 0xFFFFFFFF)]
    [InlineData(1, 0x06)]
    [InlineData(10, 0x01)]
    [InlineData(11, 0x02)]
    [InlineData(20, 0x0A)]
    [InlineData(21, 0x0A)]
    [InlineData(22, 0x0A)]
    [InlineData(30, 0x03)]
    [InlineData(31, 0x05)]
    [InlineData(-2, 0x03)]
    [InlineData(53, 0x03)]
    [InlineData(200, 0x03)]
    [InlineData(int.MinValue, 0x03)]
    public void A_hypervisor_error_becomes_the_Resource_Managers(int hypervisor, uint expected) =>
        Assert.Equal((RmError)expected, RmErrors.FromHypervisor((GunyahError)hypervisor));

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("00 00 00")]
    public void A_reply_without_an_error_word_is_malformed(string payload)
    {
        Assert.False(RmReply.TryRead(Wire.Bytes(payload), out RmError error, out VmidReply _));
        Assert.NotEqual(RmError.Ok, error);
    }

    [Fact]
    public void An_error_reply_is_read_without_looking_for_data()
    {
        Assert.True(RmReply.TryRead(Wire.Bytes("14 00 00 00"), out RmError error, out VmidReply data));
        Assert.Equal((RmError.VmState, default), (error, data));
    }

    [Theory]
    [InlineData("00 00 00 00")]
    [InlineData("00 00 00 00 80 00")]
    [InlineData("00 00 00 00 80 00 00 00 00")]
    public void An_OK_whose_data_are_of_another_size_is_malformed(string payload) =>
        Assert.False(RmReply.TryRead(Wire.Bytes(payload), out _, out VmidReply _));

    [Fact]
    public void An_error_that_is_not_listed_is_kept_as_it_is()
    {
        Assert.True(RmReply.TryRead(Wire.Bytes("EF BE AD DE"), out RmError error, out EmptyPayload _));
        Assert.Equal((RmError)0xDEADBEEF, error);
    }

    [Fact]
    public void F_02_an_error_reply_of_SET_FIRMWARE_MEM_carries_the_hypervisors_error()
    {
        byte[] payload = new byte[8];
        Assert.Equal(8, RmReply.Write(payload, RmError.Denied, GunyahError.ArgumentInvalid));
        Assert.Equal(Wire.Bytes("03 00 00 00 01 00 00 00"), payload);
        Assert.True(RmReply.TryRead(payload, out RmError error, out ReadOnlySpan<byte> data));
        Assert.Equal((RmError.Denied, GunyahError.ArgumentInvalid), (error, RmReply.HypervisorError(data)));
        Assert.Null(RmReply.HypervisorError(default));
    }
}
