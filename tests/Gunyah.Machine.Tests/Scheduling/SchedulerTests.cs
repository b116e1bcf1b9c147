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
        // Set before any worker looks: a timer that is set late, on a busy machine, would rightly fire late.
        foreach ((int number, ulong deadline) in new[] { (2, 40_000_000UL), (1, 20_000_000UL), (3, 60_000_000UL) })
        {
            scheduler.SetTimer(new FakeSlot(static (_, _) => SliceEnd.Blocked)
            {
                OnTimer = _ =>
                {
                    Assert.True(scheduler.Now >= deadline);
                    lock (order)
                        order.Add(number);
                },
            }, deadline);
        }

        Assert.Equal(SchedulerEnd.Idle, scheduler.Run(CancellationToken.None));
        // Workers that find two timers expired at once may tell their vCPUs in any order.
        Assert.Equal([1, 2, 3], name is "deterministic" or "parallel-1" ? order : order.Order());
    }

    /// <summary>
    /// Sleeping to the next whole millisecond was late by up to one. The clock is the test's: a look at it takes a microsecond,
    /// and a sleep lasts longer than was asked for, so what a busy host does is not seen.
    /// </summary>
    [Theory]
    [InlineData(1_000UL)]
    [InlineData(300_000UL)]
    [InlineData(1_499_000UL)]
    [InlineData(1_501_000UL)]
    [InlineData(2_499_000UL)]
    [InlineData(2_501_000UL)]
    [InlineData(40_300_000UL)]
    [InlineData(200_000_300_000UL)]
    public void A_timer_fires_finer_than_a_millisecond(ulong distance)
    {
        const ulong SleptTooLong = 400_000;
        const ulong Allowed = 20_000;
        var clock = new SteppingClock();
        var scheduler = new ParallelScheduler(clock, static () => 4, 1, (_, limit) =>
        {
            Assert.InRange(limit, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
            clock.Sleep((ulong)limit.Ticks * 100 + SleptTooLong);
            return false;
        });
        ulong deadline = 0;
        ulong fired = 0;
        scheduler.MakeRunnable(new FakeSlot((self, _) =>
        {
            scheduler.SetTimer(self, deadline = scheduler.Now + distance);
            return SliceEnd.Blocked;
        })
        {
            OnTimer = _ => fired = scheduler.Now,
        });

        Assert.Equal(SchedulerEnd.Idle, scheduler.Run(CancellationToken.None));
        Assert.InRange(fired, deadline, deadline + Allowed);
    }

    [Theory, MemberData(nameof(Schedulers))]
    public void A_withdrawn_timer_does_not_fire_and_a_replaced_one_fires_once(string name)
    {
        IMachineScheduler scheduler = Create(name);
        var withdrawn = new FakeSlot((self, _) =>
        {
            // Minutes, so that it cannot expire between the two on a busy machine.
            scheduler.SetTimer(self, 300_000_000_000);
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

    /// <summary>A clock that moves only when somebody looks at it or sleeps.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        private const long TicksPerLook = 10;
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref _ticks, TicksPerLook);

        public void Sleep(ulong nanoseconds) => Interlocked.Add(ref _ticks, (long)nanoseconds / 100);
    }
}
