using Gunyah.Machine.Scheduling;

namespace Gunyah.Machine.Tests.Scheduling;

/// <summary>What both schedulers promise.</summary>
public class SchedulerTests
{
    public static TheoryData<string> Schedulers => ["deterministic", "parallel-1", "parallel-2", "parallel-8"];

    private static IMachineScheduler Create(string name) => name switch
    {
        "deterministic" => new DeterministicScheduler(1),
        _ => new ParallelScheduler(TimeProvider.System, static () => 4, int.Parse(name.AsSpan("parallel-".Length), null)),
    };

    [Theory, MemberData(nameof(Schedulers))]
    public void A_machine_without_anything_to_do_ends_idle(string name) =>
        Assert.Equal(SchedulerEnd.Idle, Create(name).Run(CancellationToken.None));

    [Theory, MemberData(nameof(Schedulers))]
    public void A_slot_runs_until_it_blocks(string name)
    {
        IMachineScheduler scheduler = Create(name);
        var slot = new FakeSlot((self, _) => self.Slices < 10 ? SliceEnd.Runnable : SliceEnd.Blocked);
        scheduler.MakeRunnable(slot);

        Assert.Equal(SchedulerEnd.Idle, scheduler.Run(CancellationToken.None));
        Assert.Equal(10, slot.Slices);
    }

    [Theory, MemberData(nameof(Schedulers))]
    public void A_wake_up_during_a_slice_leads_to_another_slice(string name)
    {
        IMachineScheduler scheduler = Create(name);
        var slot = new FakeSlot((self, _) =>
        {
            if (self.Slices == 1)
                scheduler.MakeRunnable(self);
            return SliceEnd.Blocked;
        });
        scheduler.MakeRunnable(slot);

        scheduler.Run(CancellationToken.None);

        Assert.Equal(2, slot.Slices);
    }

    [Theory, MemberData(nameof(Schedulers))]
    public void Two_slots_that_wake_each_other_never_lose_a_turn_nor_overlap(string name)
    {
        const int Turns = 20_000;
        IMachineScheduler scheduler = Create(name);
        int ball = 0;
        FakeSlot? left = null;
        FakeSlot? right = null;
        SliceEnd Play(FakeSlot partner, int parity)
        {
            int seen = Volatile.Read(ref ball);
            if (seen < Turns && seen % 2 == parity)
            {
                Volatile.Write(ref ball, seen + 1);
                scheduler.MakeRunnable(partner);
            }

            return SliceEnd.Blocked;
        }

        left = new FakeSlot((_, _) => Play(right!, 0));
        right = new FakeSlot((_, _) => Play(left, 1));
        scheduler.MakeRunnable(left);

        Assert.Equal(SchedulerEnd.Idle, scheduler.Run(CancellationToken.None));
        Assert.Equal(Turns, ball);
        Assert.False(left.Overlapped || right.Overlapped);
    }

    [Theory, MemberData(nameof(Schedulers))]
    public void A_crowd_of_wakers_never_loses_the_last_wake_up(string name)
    {
        IMachineScheduler scheduler = Create(name);
        int produced = 0;
        int consumed = 0;
        FakeSlot consumer = new((_, _) =>
        {
            Volatile.Write(ref consumed, Volatile.Read(ref produced));
            return SliceEnd.Blocked;
        });
        FakeSlot[] producers =
        [
            .. Enumerable.Range(0, 6).Select(_ => new FakeSlot((self, _) =>
            {
                Interlocked.Increment(ref produced);
                scheduler.MakeRunnable(consumer);
                return self.Slices < 2000 ? SliceEnd.Runnable : SliceEnd.Blocked;
            })),
        ];
        foreach (FakeSlot producer in producers)
            scheduler.MakeRunnable(producer);

        scheduler.Run(CancellationToken.None);

        Assert.Equal(12_000, produced);
        Assert.Equal(produced, consumed);
        Assert.False(consumer.Overlapped);
    }

    [Theory, MemberData(nameof(Schedulers))]
    public void Timers_fire_once_and_not_early_and_on_one_thread_in_the_order_of_their_deadlines(string name)
    {
        IMachineScheduler scheduler = Create(name);
        var order = new List<int>();
        FakeSlot Timed(int number, ulong deadline) => new((self, _) =>
        {
            if (self.Slices == 1)
                scheduler.SetTimer(self, deadline);
            return SliceEnd.Blocked;
        })
        {
            OnTimer = _ =>
            {
                Assert.True(scheduler.Now >= deadline);
                lock (order)
                    order.Add(number);
            },
        };
        FakeSlot[] slots = [Timed(2, 40_000_000), Timed(1, 20_000_000), Timed(3, 60_000_000)];
        foreach (FakeSlot slot in slots)
            scheduler.MakeRunnable(slot);

        Assert.Equal(SchedulerEnd.Idle, scheduler.Run(CancellationToken.None));
        // Workers that find two timers expired at once may tell their vCPUs in any order.
        Assert.Equal([1, 2, 3], name is "deterministic" or "parallel-1" ? order : order.Order());
    }

    /// <summary>Sleeping to the next whole millisecond was late by up to one.</summary>
    [Fact]
    public void A_timer_fires_finer_than_a_millisecond()
    {
        const ulong Distance = 300_000;
        const int Times = 40;
        IMachineScheduler scheduler = Create("parallel-1");
        var late = new List<ulong>();
        ulong deadline = 0;
        var slot = new FakeSlot((self, _) =>
        {
            if (late.Count < Times)
                scheduler.SetTimer(self, deadline = scheduler.Now + Distance);
            return SliceEnd.Blocked;
        })
        {
            OnTimer = self =>
            {
                late.Add(scheduler.Now - deadline);
                scheduler.MakeRunnable(self);
            },
        };
        scheduler.MakeRunnable(slot);

        Assert.Equal(SchedulerEnd.Idle, scheduler.Run(CancellationToken.None));
        Assert.Equal(Times, late.Count);
        // The best of many: the host may be busy with other things.
        Assert.InRange(late.Min(), 0UL, 200_000UL);
    }

    [Theory, MemberData(nameof(Schedulers))]
    public void A_withdrawn_timer_does_not_fire_and_a_replaced_one_fires_once(string name)
    {
        IMachineScheduler scheduler = Create(name);
        var withdrawn = new FakeSlot((self, _) =>
        {
            // Long enough that it cannot expire between the two on a busy machine.
            scheduler.SetTimer(self, 500_000_000);
            scheduler.CancelTimer(self);
            return SliceEnd.Blocked;
        });
        var replaced = new FakeSlot((self, _) =>
        {
            scheduler.SetTimer(self, 50_000_000_000_000);
            scheduler.SetTimer(self, 1_000_000);
            return SliceEnd.Blocked;
        });
        scheduler.MakeRunnable(withdrawn);
        scheduler.MakeRunnable(replaced);

        Assert.Equal(SchedulerEnd.Idle, scheduler.Run(CancellationToken.None));
        Assert.Equal((0, 1), (withdrawn.TimersSeen, replaced.TimersSeen));
    }

    [Theory, MemberData(nameof(Schedulers))]
    public void A_slot_that_never_blocks_is_stopped_and_does_not_run_again(string name)
    {
        IMachineScheduler scheduler = Create(name);
        using var stop = new CancellationTokenSource();
        var slot = new FakeSlot((self, _) =>
        {
            if (self.Slices == 100)
                stop.Cancel();
            return SliceEnd.Runnable;
        });
        scheduler.MakeRunnable(slot);

        Assert.Equal(SchedulerEnd.Stopped, scheduler.Run(stop.Token));
        int slices = slot.Slices;
        Thread.Yield();
        Assert.Equal(slices, slot.Slices);
    }

    [Theory, MemberData(nameof(Schedulers))]
    public void A_bug_in_a_slice_comes_out_of_the_scheduler(string name)
    {
        IMachineScheduler scheduler = Create(name);
        scheduler.MakeRunnable(new FakeSlot((_, _) => throw new InvalidOperationException("a bug")));
        scheduler.MakeRunnable(new FakeSlot((_, _) => SliceEnd.Runnable));

        Assert.Throws<InvalidOperationException>(() => scheduler.Run(CancellationToken.None));
    }
}
