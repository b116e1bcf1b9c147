using Gunyah.Machine.Scheduling;

namespace Gunyah.Machine.Tests.Scheduling;

public class Xoshiro256Tests
{
    /// <summary>
    /// The outputs that the reference implementation gives for the state 1, 2, 3, 4 (also in rand_xoshiro's tests).
    /// </summary>
    [Fact]
    public void The_sequence_is_that_of_the_published_algorithm()
    {
        var random = new Xoshiro256(1, 2, 3, 4);

        ulong[] actual = [.. Enumerable.Range(0, 10).Select(_ => random.Next())];

        Assert.Equal(
            [
                11520, 0, 1509978240, 1215971899390074240, 1216172134540287360,
                607988272756665600, 16172922978634559625, 8476171486693032832, 10595114339597558777, 2904607092377533576,
            ],
            actual);
    }

    /// <summary>The outputs of the reference implementation of SplitMix64 for this seed (also in rand_xoshiro's tests).</summary>
    [Fact]
    public void The_seeding_is_SplitMix64()
    {
        ulong state = 1477776061723855037;

        ulong[] actual = [.. Enumerable.Range(0, 5).Select(_ => Xoshiro256.SplitMix64(ref state))];

        Assert.Equal(
            [1985237415132408290, 2979275885539914483, 13511426838097143398, 8488337342461049707, 15141737807933549159],
            actual);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(int.MaxValue)]
    public void A_bounded_number_stays_below_its_bound(int bound)
    {
        var random = new Xoshiro256(7);

        for (int i = 0; i < 1000; i++)
            Assert.InRange(random.Below(bound), 0, bound - 1);
    }

    [Fact]
    public void Small_bounds_reach_every_number()
    {
        var random = new Xoshiro256(7);

        int[] seen = [.. Enumerable.Range(0, 1000).Select(_ => random.Below(5)).Distinct().Order()];

        Assert.Equal([0, 1, 2, 3, 4], seen);
    }
}
