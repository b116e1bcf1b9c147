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

    [Fact]
    public void Time_moves_inside_a_slice_by_the_steps_that_are_told_and_no_further_than_the_slice()
    {
        var scheduler = new DeterministicScheduler(1);
        var rung = new List<ulong>();
        var slot = new FakeSlot((self, budget) =>
        {
            ulong start = scheduler.Now;
            scheduler.SetTimer(self, start + 1);
            scheduler.Advance(1);
            Assert.Equal(start + DeterministicScheduler.StepTime, scheduler.Now);
            Assert.Equal([scheduler.Now], rung);
            rung.Clear();
            scheduler.Advance(int.MaxValue);
            Assert.Equal(start + ((ulong)budget * DeterministicScheduler.StepTime), scheduler.Now);
            return SliceEnd.Blocked;
        })
        {
            OnTimer = _ => rung.Add(scheduler.Now),
        };
        scheduler.MakeRunnable(slot);
        scheduler.Run(CancellationToken.None);
        Assert.Equal(1, slot.Slices);
    }

    [Fact]
    public void What_a_slice_tells_of_its_steps_changes_no_choice() => Assert.Equal(Trace(7), Trace(7, tell: true));

    private static List<(int Slot, int Budget, ulong Time, ulong Random)> Trace(ulong seed, bool tell = false)
    {
        var scheduler = new DeterministicScheduler(seed);
        var trace = new List<(int, int, ulong, ulong)>();
        for (int i = 0; i < 4; i++)
        {
            int number = i;
            scheduler.MakeRunnable(new FakeSlot((self, budget) =>
            {
                trace.Add((number, budget, scheduler.Now, scheduler.NextRandom()));
                if (tell)
                    scheduler.Advance(budget / 2);
                return self.Slices < 20 ? SliceEnd.Runnable : SliceEnd.Blocked;
            }));
        }

        scheduler.Run(CancellationToken.None);
        return trace;
    }
}
