using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Guest.Kernel;
using Gunyah.Guest.Tests.Fakes;

namespace Gunyah.Guest.Tests.Kernel;

public class GuestKernelTests
{
    private readonly FakeVcpu _vcpu = new();
    private readonly List<string> _log = [];

    [Fact]
    public void The_main_task_starts_at_the_first_run_and_sees_how_the_vcpu_was_started()
    {
        _vcpu.Registers.Pc = 0x8000_0000;
        _vcpu.Registers.X[0] = 0x8123_0000;
        var kernel = new GuestKernel(context =>
        {
            _log.Add($"{context.EntryPoint:x} {context.BootArgument:x}");
            return Task.CompletedTask;
        });
        Assert.Empty(_log);

        Assert.Equal(VcpuStep.WaitForInterrupt, kernel.Run(_vcpu, 10));
        kernel.Run(_vcpu, 10);

        Assert.Equal(["80000000 81230000"], _log);
        Assert.True(kernel.IsMainCompleted);
    }

    [Fact]
    public void A_halted_vcpu_runs_nothing()
    {
        var kernel = new GuestKernel(_ => throw new InvalidOperationException("must not start"));
        _vcpu.IsHalted = true;

        Assert.Equal(VcpuStep.Yield, kernel.Run(_vcpu, 10));
    }

    [Fact]
    public void Run_returns_as_soon_as_a_step_halted_the_vcpu()
    {
        var kernel = new GuestKernel(async context =>
        {
            await context.YieldAsync();
            _vcpu.IsHalted = true;
            await context.YieldAsync();
            _log.Add("after the halt");
        });

        Assert.Equal(VcpuStep.Yield, kernel.Run(_vcpu, 100));
        Assert.Equal(VcpuStep.Yield, kernel.Run(_vcpu, 100));
        Assert.Empty(_log);
    }

    [Fact]
    public void The_budget_bounds_the_steps_of_one_run()
    {
        var kernel = new GuestKernel(async context =>
        {
            for (int i = 0; i < 10; i++)
            {
                _log.Add($"{i}");
                await context.YieldAsync();
            }
        });

        Assert.Equal(VcpuStep.Yield, kernel.Run(_vcpu, 4));
        Assert.Equal(5, _log.Count);
        Assert.Equal(VcpuStep.WaitForInterrupt, kernel.Run(_vcpu, 100));
        Assert.Equal(10, _log.Count);
    }

    [Fact]
    public void Ready_tasks_run_in_the_order_in_which_they_became_ready()
    {
        var kernel = new GuestKernel(context =>
        {
            foreach (string name in (string[])["a", "b", "c"])
                context.Spawn(() => Worker(context, name));
            return Task.CompletedTask;
        });

        _vcpu.RunToIdle(kernel);

        Assert.Equal("a0 b0 c0 a1 b1 c1 a2 b2 c2", string.Join(' ', _log));

        async Task Worker(GuestContext context, string name)
        {
            for (int i = 0; i < 3; i++)
            {
                _log.Add($"{name}{i}");
                await context.YieldAsync();
            }
        }
    }

    [Fact]
    public void Continuations_of_ordinary_tasks_come_back_to_the_kernel()
    {
        int thread = Environment.CurrentManagedThreadId;
        var kernel = new GuestKernel(async context =>
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            context.Spawn(async () =>
            {
                await Task.Yield();
                source.SetResult();
            });
            await source.Task;
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            _log.Add("done");
        });

        _vcpu.RunToIdle(kernel);

        Assert.Equal(["done"], _log);
    }

    [Fact]
    public void An_exception_that_the_main_task_does_not_handle_leaves_run()
    {
        var kernel = new GuestKernel(async context =>
        {
            await context.YieldAsync();
            throw new FormatException("broken guest");
        });

        Assert.Equal("broken guest", Assert.Throws<FormatException>(() => kernel.Run(_vcpu, 10)).Message);
        Assert.Throws<FormatException>(() => kernel.Run(_vcpu, 10));
    }

    [Fact]
    public void An_exception_of_a_spawned_task_leaves_run_and_its_cancellation_does_not()
    {
        var kernel = new GuestKernel(async context =>
        {
            context.Spawn(() => Task.FromCanceled(new CancellationToken(true)));
            await context.YieldAsync();
            context.Spawn(async () =>
            {
                await context.YieldAsync();
                throw new FormatException("broken task");
            });
            await context.Timers.Delay(TimeSpan.FromSeconds(1));
        });

        Assert.Throws<FormatException>(() => kernel.Run(_vcpu, 10));
    }

    [Fact]
    public async Task Awaiting_the_thread_pool_is_reported_and_not_run()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var kernel = new GuestKernel(async context =>
        {
            context.Spawn(async () => await new AsyncEvent(context).WaitAsync());
            await release.Task;
            _log.Add("on a foreign thread");
        });
        Assert.Equal(VcpuStep.WaitForInterrupt, kernel.Run(_vcpu, 10));

        await Task.Run(release.SetResult, TestContext.Current.CancellationToken);

        await WaitUntilReported(kernel);
        Assert.Empty(_log);
    }

    [Fact]
    public void Awaiting_the_thread_pool_with_nothing_else_to_wait_for_is_reported_at_once()
    {
        var never = new TaskCompletionSource();
        var main = new GuestKernel(_ => never.Task);
        var spawned = new GuestKernel(context =>
        {
            context.Spawn(async () =>
            {
                await context.Timers.Delay(TimeSpan.Zero);
                await never.Task;
            });
            return Task.CompletedTask;
        });

        Assert.Throws<InvalidOperationException>(() => main.Run(_vcpu, 10));
        Assert.Throws<InvalidOperationException>(() => _vcpu.RunToIdle(spawned));
    }

    [Fact]
    public void A_run_inside_a_run_keeps_the_two_kernels_apart()
    {
        var innerVcpu = new FakeVcpu();
        var inner = new GuestKernel(async context =>
        {
            for (int i = 0; i < 2; i++)
            {
                _log.Add($"inner {i}");
                await Task.Yield();
            }
        });
        var outer = new GuestKernel(async context =>
        {
            SynchronizationContext? before = SynchronizationContext.Current;
            await Task.Yield();
            for (int i = 0; i < 2; i++)
            {
                inner.Run(innerVcpu, 1);
                Assert.Same(before, SynchronizationContext.Current);
                _log.Add($"outer {i}");
                await Task.Yield();
            }
        });
        SynchronizationContext? outside = SynchronizationContext.Current;

        _vcpu.RunToIdle(outer);

        Assert.Same(outside, SynchronizationContext.Current);
        Assert.Equal("inner 0, inner 1, outer 0, outer 1", string.Join(", ", _log));
        Assert.True(inner.IsMainCompleted && outer.IsMainCompleted);
    }

    [Fact]
    public void A_kernel_does_not_run_inside_itself()
    {
        GuestKernel? kernel = null;
        kernel = new GuestKernel(_ =>
        {
            kernel!.Run(_vcpu, 1);
            return Task.CompletedTask;
        });

        Assert.Throws<InvalidOperationException>(() => kernel.Run(_vcpu, 10));
    }

    [Fact]
    public void Waits_that_are_always_over_still_let_interrupts_and_other_tasks_in()
    {
        bool stop = false;
        var kernel = new GuestKernel(context =>
        {
            context.Interrupts.Request(40, InterruptTrigger.EdgeRising, () => stop = true);
            context.Spawn(async () =>
            {
                var open = new AsyncEvent(context, autoReset: false);
                open.Set();
                while (!stop)
                    await open.WaitAsync();
            });
            return Task.CompletedTask;
        });
        Assert.Equal(VcpuStep.Yield, kernel.Run(_vcpu, 10));

        _vcpu.Controller.Assert(40);

        Assert.Equal(VcpuStep.WaitForInterrupt, kernel.Run(_vcpu, 10));
    }

    [Fact]
    public void An_interrupt_that_never_goes_away_does_not_starve_the_tasks()
    {
        var kernel = new GuestKernel(async context =>
        {
            context.Interrupts.Request(40, InterruptTrigger.Level, () => _vcpu.Controller.Assert(40));
            for (int i = 0; i < 5; i++)
            {
                _log.Add("task");
                await context.YieldAsync();
            }
        });
        _vcpu.Controller.Assert(40);

        kernel.Run(_vcpu, 20);

        Assert.Equal(5, _log.Count);
    }

    [Fact]
    public void System_off_does_not_come_back_and_a_refusal_does()
    {
        _vcpu.OnHypercall = (ushort immediate, ref GuestRegisters registers) =>
        {
            Assert.Equal(0, immediate);
            _log.Add($"{registers.X[0]:x}");
            registers.X[0] = ulong.MaxValue;
            _vcpu.IsHalted = _log.Count > 1;
        };
        var kernel = new GuestKernel(async context =>
        {
            Assert.Equal(-1, await context.SystemResetAsync());
            await context.SystemOffAsync();
            _log.Add("came back");
        });

        _vcpu.RunToIdle(kernel);

        Assert.Equal(["84000009", "84000008"], _log);
    }

    private async Task WaitUntilReported(GuestKernel kernel)
    {
        using var limit = new CancellationTokenSource(Hanging.Limit);
        while (!limit.IsCancellationRequested)
        {
            if (Record.Exception(() => kernel.Run(_vcpu, 10)) is InvalidOperationException)
                return;
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        Assert.Fail("the foreign continuation was never reported");
    }
}
