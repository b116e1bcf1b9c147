using Gunyah.Abi.Vcpus;
using Gunyah.Guest.Kernel;
using Gunyah.Guest.Tests.Fakes;

namespace Gunyah.Guest.Tests.Kernel;

public class PrimitiveTests
{
    private readonly FakeVcpu _vcpu = new();
    private readonly List<string> _log = [];

    [Fact]
    public void An_automatic_event_lets_one_wait_through_and_remembers_one_set()
    {
        Run(async context =>
        {
            var signal = new AsyncEvent(context);
            signal.Set();
            signal.Set();
            Assert.Equal(WaitResult.Done, await signal.WaitAsync());
            Assert.False(signal.IsSet);

            context.Spawn(() => Wait(signal, "first"));
            context.Spawn(() => Wait(signal, "second"));
            signal.Set();
            await context.YieldAsync();
            Assert.Equal(["first"], _log);
            signal.Set();
            await context.YieldAsync();
            Assert.Equal(["first", "second"], _log);
        });
    }

    [Fact]
    public void A_manual_event_lets_everybody_through_until_it_is_reset()
    {
        Run(async context =>
        {
            var gate = new AsyncEvent(context, autoReset: false);
            context.Spawn(() => Wait(gate, "first"));
            context.Spawn(() => Wait(gate, "second"));
            gate.Set();
            await context.YieldAsync();
            Assert.Equal(["first", "second"], _log);
            Assert.Equal(WaitResult.Done, await gate.WaitAsync());

            gate.Reset();
            Assert.Equal(WaitResult.TimedOut, await gate.WaitAsync(context.Timers.After(TimeSpan.Zero)));
        });
    }

    [Fact]
    public void A_deadline_ends_a_wait_and_the_event_stays_for_the_next()
    {
        GuestKernel kernel = Run(async context =>
        {
            var signal = new AsyncEvent(context);
            _log.Add($"{await signal.WaitAsync(context.Timers.After(TimeSpan.FromMilliseconds(5)))} at {context.Timers.Now}");
            signal.Set();
            _log.Add($"{await signal.WaitAsync()}");
        }, completes: false);
        Assert.Equal(5_000_000UL, _vcpu.Timer);

        _vcpu.Advance(TimeSpan.FromMilliseconds(4));
        _vcpu.RunToIdle(kernel);
        Assert.Empty(_log);
        _vcpu.Advance(TimeSpan.FromMilliseconds(1));
        _vcpu.RunToIdle(kernel);

        Assert.Equal(["TimedOut at 5000000", "Done"], _log);
        Assert.Null(_vcpu.Timer);
    }

    [Fact]
    public void Cancellation_ends_a_wait_and_a_cancelled_token_starts_none()
    {
        Run(async context =>
        {
            var signal = new AsyncEvent(context);
            using var source = new CancellationTokenSource();
            context.Spawn(async () => _log.Add($"{await signal.WaitAsync(cancellation: source.Token)}"));
            source.Cancel();
            await context.YieldAsync();
            Assert.Equal(["Cancelled"], _log);
            Assert.Equal(WaitResult.Cancelled, await signal.WaitAsync(cancellation: source.Token));

            signal.Set();
            Assert.True(signal.IsSet);
        });
    }

    [Fact]
    public void A_wait_that_was_signalled_is_not_cancelled_any_more()
    {
        Run(async context =>
        {
            var signal = new AsyncEvent(context);
            using var source = new CancellationTokenSource();
            context.Spawn(async () => _log.Add($"{await signal.WaitAsync(cancellation: source.Token)}"));
            signal.Set();
            source.Cancel();
            await context.YieldAsync();
            Assert.Equal(["Done"], _log);
        });
    }

    [Fact]
    public void Deadlines_expire_in_order_of_time_and_then_of_their_start()
    {
        int seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        int[] delays = Enumerable.Range(0, 200).Select(_ => random.Next(1, 20)).ToArray();
        using var source = new CancellationTokenSource();
        GuestKernel kernel = Run(context =>
        {
            for (int i = 0; i < delays.Length; i++)
            {
                int index = i;
                CancellationToken token = i % 7 == 0 ? source.Token : default;
                context.Spawn(async () =>
                {
                    if (await context.Timers.Delay(TimeSpan.FromMilliseconds(delays[index]), token) == WaitResult.Done)
                        _log.Add($"{delays[index]}:{index}");
                });
            }
            context.Spawn(async () =>
            {
                await context.YieldAsync();
                source.Cancel();
            });
            return Task.CompletedTask;
        });

        for (int i = 0; i < 20; i++)
        {
            _vcpu.Advance(TimeSpan.FromMilliseconds(1));
            _vcpu.RunToIdle(kernel);
        }

        IEnumerable<string> expected = delays.Select((delay, index) => (delay, index)).Where(p => p.index % 7 != 0)
            .OrderBy(p => p.delay).ThenBy(p => p.index).Select(p => $"{p.delay}:{p.index}");
        Assert.Equal(expected, _log);
        Assert.Null(_vcpu.Timer);
    }

    [Fact]
    public void A_deadline_that_moves_away_leaves_the_timer_alone()
    {
        Run(async context =>
        {
            var signal = new AsyncEvent(context);
            context.Spawn(async () => await context.Timers.Delay(TimeSpan.FromSeconds(1)));
            int calls = _vcpu.TimerCalls;
            for (int i = 0; i < 10; i++)
            {
                ValueTask<WaitResult> wait = signal.WaitAsync(context.Timers.After(TimeSpan.FromSeconds(2)));
                signal.Set();
                Assert.Equal(WaitResult.Done, await wait);
            }
            Assert.Equal(calls, _vcpu.TimerCalls);
        });
    }

    [Fact]
    public void The_deadline_of_a_very_long_time_is_never()
    {
        Run(context =>
        {
            Assert.True(context.Timers.After(TimeSpan.MaxValue).IsNever);
            Assert.True(context.Timers.After(Timeout.InfiniteTimeSpan).IsNever);
            Assert.Equal(new Deadline(1_000), context.Timers.After(TimeSpan.FromMicroseconds(1)));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void A_mutex_lets_tasks_through_one_at_a_time_in_the_order_they_came()
    {
        Run(async context =>
        {
            var mutex = new AsyncMutex(context);
            foreach (string name in (string[])["a", "b", "c"])
                context.Spawn(() => Hold(context, mutex, name));
            for (int i = 0; i < 20; i++)
                await context.YieldAsync();
            Assert.Equal("a+ a- b+ b- c+ c-", string.Join(' ', _log));
            Assert.False(mutex.IsHeld);
            Assert.Throws<InvalidOperationException>(mutex.Release);
        });
    }

    [Fact]
    public void A_task_that_gave_up_waiting_never_gets_the_mutex()
    {
        Run(async context =>
        {
            var mutex = new AsyncMutex(context);
            await mutex.LockAsync();
            using var source = new CancellationTokenSource();
            context.Spawn(async () => _log.Add($"{await mutex.LockAsync(cancellation: source.Token)}"));
            source.Cancel();
            mutex.Release();
            await context.YieldAsync();
            Assert.Equal(["Cancelled"], _log);
            Assert.False(mutex.IsHeld);
        });
    }

    [Fact]
    public void A_queue_is_bounded_and_keeps_the_order()
    {
        Run(async context =>
        {
            var queue = new AsyncQueue<int>(context, 3);
            context.Spawn(async () =>
            {
                for (int i = 0; i < 10;)
                {
                    if (queue.TryEnqueue(i))
                        i++;
                    else
                        await queue.WaitNotFullAsync();
                }
            });
            Assert.Equal(3, queue.Count);
            Assert.False(queue.TryEnqueue(99));
            for (int i = 0; i < 10;)
            {
                if (queue.TryDequeue(out int item))
                    Assert.Equal(i++, item);
                else
                    await queue.WaitNotEmptyAsync();
            }
            Assert.False(queue.TryDequeue(out _));
            Assert.Equal(WaitResult.TimedOut, await queue.WaitNotEmptyAsync(context.Timers.After(TimeSpan.Zero)));
        });
    }

    [Fact]
    public void The_same_inputs_give_the_same_order()
    {
        int seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        string first = Scenario(seed);
        Assert.Equal(first, Scenario(seed));
        Assert.NotEqual(first, Scenario(seed + 1));
    }

    /// <summary>Tasks that sleep, signal, queue and lock at random, with interrupts in between.</summary>
    private static string Scenario(int seed)
    {
        var random = new Random(seed);
        var vcpu = new FakeVcpu();
        var log = new List<string>();
        var kernel = new GuestKernel(context =>
        {
            var mutex = new AsyncMutex(context);
            var signal = new AsyncEvent(context);
            var queue = new AsyncQueue<string>(context, 3);
            context.Interrupts.Request(40, InterruptTrigger.EdgeRising, signal.Set);
            for (int i = 0; i < 8; i++)
            {
                string name = $"t{i}";
                var own = new Random(random.Next());
                context.Spawn(async () =>
                {
                    for (int step = 0; step < 50; step++)
                    {
                        Deadline deadline = context.Timers.After(TimeSpan.FromMilliseconds(own.Next(0, 5)));
                        WaitResult result = own.Next(4) switch
                        {
                            0 => await context.Timers.DelayUntil(deadline),
                            1 => await signal.WaitAsync(deadline),
                            2 => queue.TryEnqueue(name) ? WaitResult.Done : await queue.WaitNotFullAsync(deadline),
                            _ => queue.TryDequeue(out _) ? WaitResult.Done : await queue.WaitNotEmptyAsync(deadline),
                        };
                        if (await mutex.LockAsync(deadline) == WaitResult.Done)
                        {
                            await context.YieldAsync();
                            mutex.Release();
                        }
                        log.Add($"{name}.{step}:{result}@{context.Timers.Now}");
                    }
                });
            }
            return Task.CompletedTask;
        });
        for (int i = 0; i < 300; i++)
        {
            vcpu.RunToIdle(kernel);
            if (random.Next(3) == 0)
                vcpu.Controller.Assert(40);
            vcpu.Advance(TimeSpan.FromMicroseconds(random.Next(1, 2000)));
        }
        Assert.Equal(8 * 50, log.Count);
        return string.Join('\n', log);
    }

    [Fact]
    public void Waiting_and_waking_allocate_nothing_once_warm()
    {
        long allocated = -1;
        Run(async context =>
        {
            var ping = new AsyncEvent(context);
            var pong = new AsyncEvent(context);
            using var source = new CancellationTokenSource();
            context.Spawn(async () =>
            {
                while (await ping.WaitAsync() == WaitResult.Done)
                    pong.Set();
            });
            for (int i = 0; i < 2000; i++)
            {
                if (i == 1000)
                    allocated = GC.GetAllocatedBytesForCurrentThread();
                ping.Set();
                if (await pong.WaitAsync(context.Timers.After(TimeSpan.FromSeconds(1)), source.Token) != WaitResult.Done)
                    Assert.Fail("no pong"); // Assert.Equal allocates
            }
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        });
        Assert.Equal(0, allocated);
    }

    private async Task Wait(AsyncEvent signal, string name)
    {
        await signal.WaitAsync();
        _log.Add(name);
    }

    private async Task Hold(GuestContext context, AsyncMutex mutex, string name)
    {
        Assert.Equal(WaitResult.Done, await mutex.LockAsync());
        _log.Add($"{name}+");
        await context.YieldAsync();
        _log.Add($"{name}-");
        mutex.Release();
    }

    private GuestKernel Run(Func<GuestContext, Task> main, bool completes = true)
    {
        var kernel = new GuestKernel(main);
        _vcpu.RunToIdle(kernel);
        Assert.Equal(completes, kernel.IsMainCompleted);
        return kernel;
    }
}
