using Gunyah.Machine.Programs;

namespace Gunyah.Machine.Tests.Programs;

public class ExchangeStreamTests
{
    public static TheoryData<int> Sizes => [1, 2, 7, 8, 9, 15, 16, 17, 239, 240, 1022, 1023];

    [Theory, MemberData(nameof(Sizes))]
    public void A_receiver_accepts_what_the_sender_made(int size)
    {
        var stream = new ExchangeStream(5, size);
        var message = new byte[size];
        for (ulong sequence = 0; sequence < 300; sequence++)
        {
            stream.Fill(sequence, message);
            Assert.Equal(ExchangeFault.None, stream.Check(sequence, message));
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Every_single_changed_bit_is_noticed(int size)
    {
        var stream = new ExchangeStream(5, size);
        var message = new byte[size];
        stream.Fill(77, message);
        for (int bit = 0; bit < 8 * size; bit++)
        {
            message[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(bit < 64 ? ExchangeFault.Sequence : ExchangeFault.Content, stream.Check(77, message));
            message[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void A_lost_or_repeated_message_is_noticed(int size)
    {
        var stream = new ExchangeStream(5, size);
        var message = new byte[size];
        stream.Fill(8, message);

        Assert.Equal(ExchangeFault.Sequence, stream.Check(7, message));
        Assert.Equal(ExchangeFault.Sequence, stream.Check(9, message));
    }

    [Fact]
    public void A_message_of_the_other_direction_is_noticed()
    {
        var stream = new ExchangeStream(5, 240);
        var message = new byte[240];
        stream.Reverse.Fill(3, message);

        Assert.Equal(ExchangeFault.Content, stream.Check(3, message));
    }

    [Theory]
    [InlineData(239)]
    [InlineData(241)]
    [InlineData(0)]
    public void A_message_of_another_size_is_noticed(int size) =>
        Assert.Equal(ExchangeFault.Size, new ExchangeStream(5, 240).Check(0, new byte[size]));
}
