using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks.Sources;
using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;
using Gunyah.Guest.Kernel;
using Gunyah.Hypervisor.Vcpus;
using Gunyah.Machine.Platform;
using Gunyah.Machine.Scheduling;

namespace Gunyah.Benchmarks.SideBySide;

/// <summary>
/// From before a send to the first line of the receiver's interrupt handler, in a guest on the kernel of C# guests that waits for
/// it; beside a bare hand-over through a value task source. Once on one thread, where the sender's thread runs the receiver next,
/// once to a worker of the machine's scheduler (or to the thread pool) that sleeps.
/// </summary>
internal static class LatencyContest
{
    private const uint Virq = 40;
    private const int WarmUps = 20_000;
    private const int Rounds = 40_000;
    private const int RoundsAcross = 4_000;

    public static void Run()
    {
        var own = new Receiver(null);
        var source = new Source(isAsynchronous: false);
        Compare("on one thread", own.Measure, source.Measure, Rounds);

        var scheduler = new ParallelScheduler(TimeProvider.System, static () => 1, workers: 1);
        scheduler.AddOutside();
        using var stop = new CancellationTokenSource();
        var across = new Receiver(new MachinePlatform(scheduler));
        var machine = new Thread(() => scheduler.Run(stop.Token));
        machine.Start();
        Compare("to a thread that sleeps", across.Measure, new Source(isAsynchronous: true).Measure, RoundsAcross);
        stop.Cancel();
        machine.Join();
    }

    private static void Compare(string what, Func<long> send, Func<long> bare, int rounds)
    {
        for (int i = 0; i < Math.Min(WarmUps, 10 * rounds); i++)
        {
            send();
            bare();
            if (i == rounds / 2)
                Thread.Sleep(500);
        }

        var sends = new double[rounds];
        var bares = new double[rounds];
        for (int i = 0; i < rounds; i++)
        {
            sends[i] = send();
            bares[i] = bare();
        }

        double unit = Contest.Median(bares);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            From send to handler, {what}: time / median of a bare hand-over
              interrupt, median              {Contest.Median(sends) / unit,8:F2}
              interrupt, 99th percentile     {Contest.Quantile(sends, 0.99) / unit,8:F2}
              bare hand-over, 99th           {Contest.Quantile(bares, 0.99) / unit,8:F2}
            """));
    }

    /// <summary>A guest that receives a message in its interrupt handler.</summary>
    private sealed class Receiver
    {
        private readonly BenchMachine _machine;
        private readonly CapId _queue;
        private readonly byte[] _message = new byte[240];
        private readonly VcpuThread? _vcpu;
        private long _handled;

        /// <param name="platform">The machine's scheduler; null where the sender's thread runs the receiver.</param>
        public Receiver(IPlatform? platform)
        {
            _machine = new BenchMachine(platform);
            _queue = _machine.NewQueue();
            (Vcpu vcpu, CapId cap, CapId vic, _) = _machine.NewVm();
            BenchMachine.Require(_machine.Root.MessageQueueBindReceive(_queue, vic, Virq));
            _machine.Start(cap, () => new GuestKernel(context =>
            {
                byte[] buffer = new byte[240];
                context.Interrupts.Request(Virq, InterruptTrigger.EdgeRising, () =>
                {
                    long now = Stopwatch.GetTimestamp();
                    while (context.Port.Receive(_queue, buffer).NotEmpty)
                    {
                    }

                    Volatile.Write(ref _handled, now);
                });
                return Task.CompletedTask;
            }));
            _vcpu = platform is null ? vcpu.Thread : null;
            _vcpu?.Run(16);
        }

        /// <summary>One message.</summary>
        /// <returns>How long it took to the handler.</returns>
        public long Measure()
        {
            Volatile.Write(ref _handled, 0);
            if (_vcpu is null)
                Pause();
            long start = Stopwatch.GetTimestamp();
            _machine.Root.Send(_queue, _message);
            _vcpu?.Run(16);
            return AfterHandled(ref _handled) - start;
        }
    }

    /// <summary>A value task source that one side completes and the other has a continuation on.</summary>
    private sealed class Source(bool isAsynchronous) : IValueTaskSource
    {
        private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = isAsynchronous };
        private long _handled;

        public long Measure()
        {
            Volatile.Write(ref _handled, 0);
            _core.Reset();
            _core.OnCompleted(
                static state => Volatile.Write(ref ((Source)state!)._handled, Stopwatch.GetTimestamp()), this, _core.Version,
                ValueTaskSourceOnCompletedFlags.None);
            if (isAsynchronous)
                Pause();
            long start = Stopwatch.GetTimestamp();
            _core.SetResult(true);
            return AfterHandled(ref _handled) - start;
        }

        void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

        void IValueTaskSource.OnCompleted(
            Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }

    /// <summary>Until the other side sleeps.</summary>
    private static void Pause() => Thread.Sleep(1);

    private static long AfterHandled(ref long handled)
    {
        var spin = default(SpinWait);
        while (Volatile.Read(ref handled) == 0)
            spin.SpinOnce(sleep1Threshold: -1);
        return Volatile.Read(ref handled);
    }
}
