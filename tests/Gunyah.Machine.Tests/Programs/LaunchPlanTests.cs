using Devicetree;
using Devicetree.Flattened;
using Gunyah.Machine.Programs;

namespace Gunyah.Machine.Tests.Programs;

public class LaunchPlanTests
{
    private static readonly LaunchPlan _plan = new(
        3,
        [
            new("first", 2 << 20, true, [1, 2, 3], [4, 5], new(ulong.MaxValue, 1023, ulong.MaxValue, 1)),
            new("second", 1 << 20, false, [], [], new(0, 1, 0, ulong.MaxValue)),
        ]);

    [Fact]
    public void What_was_written_is_read_back()
    {
        Assert.True(LaunchPlan.TryRead(_plan.Write(), out LaunchPlan? read, out string? error), error);

        Assert.Equal(3, read.Rounds);
        Assert.Equal(2, read.Vms.Length);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(_plan.Vms[i] with { Image = [], Config = [] }, read.Vms[i] with { Image = [], Config = [] });
            Assert.Equal(_plan.Vms[i].Image, read.Vms[i].Image);
            Assert.Equal(_plan.Vms[i].Config, read.Vms[i].Config);
        }
    }

    [Fact]
    public void A_plan_that_lacks_anything_is_refused_with_a_reason()
    {
        Assert.True(FdtReader.TryRead(_plan.Write(), out Tree? whole, out _));
        foreach (string name in whole.Root.Child("vm@1")!.Properties.Select(property => property.Name))
        {
            Tree tree = whole.Clone();
            tree.Root.Child("vm@1")!.RemoveProperty(name);
            Assert.False(LaunchPlan.TryRead(FdtWriter.Write(tree), out _, out string? error), name);
            Assert.Contains("/vm@1", error, StringComparison.Ordinal);
        }

        foreach (string name in new[] { "compatible", "rounds" })
        {
            Tree tree = whole.Clone();
            tree.Root.RemoveProperty(name);
            Assert.False(LaunchPlan.TryRead(FdtWriter.Write(tree), out _, out _), name);
        }
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] blob = _plan.Write();
        for (int length = 0; length < blob.Length; length++)
            Assert.False(LaunchPlan.TryRead(blob.AsMemory(0, length), out _, out _));
    }

    [Fact]
    public void Boot_arguments_carry_an_exchange_beside_words_of_others()
    {
        var plan = new ExchangePlan(ulong.MaxValue, 1023, 7, 1_000);

        Assert.True(ExchangePlan.TryParse($"console=hvc0 {plan.ToBootArguments()} quiet", out ExchangePlan read));
        Assert.Equal(plan, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("exchange.messages=1 exchange.size=1 exchange.seed=1")]
    [InlineData("exchange.messages=1 exchange.size=0 exchange.seed=1 exchange.timeout=1")]
    [InlineData("exchange.messages=1 exchange.size=1024 exchange.seed=1 exchange.timeout=1")]
    [InlineData("exchange.messages=-1 exchange.size=1 exchange.seed=1 exchange.timeout=1")]
    [InlineData("exchange.messages=99999999999999999999 exchange.size=1 exchange.seed=1 exchange.timeout=1")]
    public void Boot_arguments_that_lack_something_are_no_exchange(string arguments) =>
        Assert.False(ExchangePlan.TryParse(arguments, out _));
}
