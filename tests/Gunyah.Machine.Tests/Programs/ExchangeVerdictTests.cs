using Gunyah.Machine.Programs;

namespace Gunyah.Machine.Tests.Programs;

public class ExchangeVerdictTests
{
    [Theory]
    [InlineData(9)]
    [InlineData(240)]
    public void A_verdict_travels_whole_where_it_fits(int size)
    {
        var verdict = new ExchangeVerdict(ExchangeFault.Content, 0x0102_0304_0506_0708);
        var message = new byte[ExchangeVerdict.MessageSize(size)];
        verdict.Write(message);

        Assert.True(ExchangeVerdict.TryRead(message, out ExchangeVerdict read));
        Assert.Equal(verdict, read);
    }

    [Fact]
    public void In_the_smallest_messages_the_fault_remains()
    {
        var message = new byte[ExchangeVerdict.MessageSize(1)];
        new ExchangeVerdict(ExchangeFault.Missing, 77).Write(message);

        Assert.True(ExchangeVerdict.TryRead(message, out ExchangeVerdict read));
        Assert.Equal(new ExchangeVerdict(ExchangeFault.Missing, 0), read);
    }

    [Fact]
    public void Other_messages_are_no_verdict()
    {
        Assert.False(ExchangeVerdict.TryRead([], out _));
        Assert.False(ExchangeVerdict.TryRead(new byte[10], out _));
        Assert.False(ExchangeVerdict.TryRead([200], out _));
    }
}
