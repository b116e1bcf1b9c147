using Gunyah.Machine.Scheduling;

namespace Gunyah.Machine.Tests.Scheduling;

public class DeterministicSchedulerTests
{
    [Fact]
    public void Equal_seeds_give_equal_runs_and_others_do_not()
    {
        Assert.Equal(Trace(42), Trace(42));
        Assert.Equal(100, Enumerable.Range(0, 100).Select(seed => string.Join(' ', Trace((ulong)seed))).Distinct().Count());
    }

    [Fact]
    public void Idle_time_costs_nothing()
    {
        const ulong OneYear = 31_557_600_000_000_000;
        var scheduler = new DeterministicScheduler(1);
        var slot = new FakeSlot((self, _) =>
        {
            if (self.Slices == 1)
                scheduler.SetTimer(self, OneYear);
            return SliceEnd.Blocked;
        });
        scheduler.MakeRunnable(slot);

        Assert.Equal(SchedulerEnd.Idle, scheduler.Run(CancellationToken.None));
        Assert.Equal(OneYear, scheduler.Now);
    }

    private static List<(int Slot, int Budget, ulong Time, ulong Random)> Trace(ulong seed)
    {
        var scheduler = new DeterministicScheduler(seed);
        var trace = new List<(int, int, ulong, ulong)>();
        for (int i = 0; i < 4; i++)
        {
            int number = i;
            scheduler.MakeRunnable(new FakeSlot((self, budget) =>
            {
                trace.Add((number, budget, scheduler.Now, scheduler.NextRandom()));
                return self.Slices < 20 ? SliceEnd.Runnable : SliceEnd.Blocked;
            }));
        }

        scheduler.Run(CancellationToken.None);
        return trace;
    }
}
