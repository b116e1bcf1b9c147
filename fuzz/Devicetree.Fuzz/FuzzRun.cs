using System.Diagnostics;
using System.Globalization;

namespace Devicetree.Fuzz;

/// <summary>
/// Runs cases of a target on all cores. Case N of a seed is always the same input, whatever the number of threads, so a case can
/// be repeated alone. Stops at the first defect and leaves its input in a file.
/// </summary>
internal sealed class FuzzRun(FuzzTarget target, int seed, TextWriter output, string directory)
{
    /// <summary>
    /// How long one case may take. Far above what any takes, and far below what a loop without end would. Where other programs
    /// have the processors, so long must the process have computed meanwhile.
    /// </summary>
    private static readonly TimeSpan _mostTime = TimeSpan.FromSeconds(10);

    /// <summary>How long one case may take when the process computes nothing at all, but waits.</summary>
    private static readonly TimeSpan _mostWaiting = TimeSpan.FromMinutes(5);

    /// <summary>How many bytes one case may allocate in all, freed ones too.</summary>
    private const long MostMemory = 512L * 1024 * 1024;

    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(10);

    private readonly Mutator _mutator = new(target);
    private readonly Lock _gate = new();
    private long _next;
    private long _done;
    private long _slowest;
    private long _slowestCase;
    private bool _failed;

    /// <summary>Runs cases from <paramref name="first"/> on; false after a defect.</summary>
    public bool Run(long first, long count)
    {
        _next = first;
        var clock = Stopwatch.StartNew();
        Worker[] workers = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Worker())];
        Thread[] threads = [.. workers.Select(worker => new Thread(() => Work(worker, first + count)))];
        foreach (Thread thread in threads)
            thread.Start();
        TimeSpan said = TimeSpan.Zero;
        while (threads.Any(thread => !thread.Join(TimeSpan.FromMilliseconds(50))))
        {
            foreach (Worker worker in workers)
                Watch(worker);
            if (clock.Elapsed - said >= _interval)
            {
                said = clock.Elapsed;
                Say($"{target.Name}: {Volatile.Read(ref _done)} of {count} cases, {Volatile.Read(ref _done) / clock.Elapsed.TotalSeconds:F0} a second");
            }
        }
        Say($"{target.Name}: {_done} cases from {first} on, seed {seed}, the slowest, {_slowestCase}, took {TimeSpan.FromTicks(_slowest).TotalMilliseconds:F0} ms");
        return !_failed;
    }

    private void Work(Worker worker, long end)
    {
        while (!Volatile.Read(ref _failed) && Interlocked.Increment(ref _next) - 1 is long number && number < end)
        {
            var random = new Random(SeedOf(number));
            byte[] input = _mutator.Make(random);
            worker.Begin(number, input);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                target.Run(input, random.Next());
            }
#pragma warning disable CA1031 // Whatever comes out is the finding.
            catch (Exception defect)
#pragma warning restore CA1031
            {
                Fail(number, input, defect.ToString());
            }
            if (GC.GetAllocatedBytesForCurrentThread() - before > MostMemory)
                Fail(number, input, $"it allocated more than {MostMemory} bytes");
            long took = worker.End();
            Interlocked.Increment(ref _done);
            if (took > Volatile.Read(ref _slowest))
            {
                Volatile.Write(ref _slowest, took);
                Volatile.Write(ref _slowestCase, number);
            }
        }
    }

    /// <summary>Mixes the run's seed and the number of a case, so that neighbours have nothing in common.</summary>
    private int SeedOf(long number)
    {
        ulong mixed = unchecked(((ulong)number + 1) * 0x9E3779B97F4A7C15 ^ (ulong)seed * 0xBF58476D1CE4E5B9);
        return unchecked((int)(mixed ^ (mixed >> 32)));
    }

    private void Watch(Worker worker)
    {
        if (worker.Running is not (long number, byte[] input, TimeSpan time, TimeSpan computed) || time <= _mostTime
            || (computed <= _mostTime && time <= _mostWaiting))
            return;
        Fail(number, input, $"it takes more than {_mostTime}");
        // The thread cannot be stopped; the process can.
        output.Flush();
        Environment.Exit(1);
    }

    private void Fail(long number, byte[] input, string reason)
    {
        lock (_gate)
        {
            if (_failed)
                return;
            Volatile.Write(ref _failed, true);
            string file = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture,
                $"fuzz-{target.Name}-{seed}-{number}.bin"));
            File.WriteAllBytes(file, input);
            Say($"{target.Name}: case {number} of seed {seed} fails; its input is in {file}. Again: --target {target.Name} --seed {seed} --first {number} --cases 1\n{reason}");
        }
    }

    private void Say(FormattableString text)
    {
        lock (_gate)
            output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What a thread is at, for the one that watches.</summary>
    private sealed class Worker
    {
        private readonly Lock _gate = new();
        private long _started;
        private TimeSpan _computed;
        private (long Number, byte[] Input)? _running;

        public (long Number, byte[] Input, TimeSpan Time, TimeSpan Computed)? Running
        {
            get
            {
                lock (_gate)
                    return _running is var (number, input)
                        ? (number, input, Stopwatch.GetElapsedTime(_started), Environment.CpuUsage.TotalTime - _computed) : null;
            }
        }

        public void Begin(long number, byte[] input)
        {
            lock (_gate)
            {
                _running = (number, input);
                _started = Stopwatch.GetTimestamp();
                _computed = Environment.CpuUsage.TotalTime;
            }
        }

        /// <summary>The time since <see cref="Begin"/> in ticks.</summary>
        public long End()
        {
            lock (_gate)
            {
                _running = null;
                return Stopwatch.GetElapsedTime(_started).Ticks;
            }
        }
    }
}
