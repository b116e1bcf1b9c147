using System.Collections.Concurrent;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>
/// A small parallel scheduler: each vCPU is idle, queued, running, or running and named again. Enough to show that no wake-up
/// is lost on real threads; the real one is the machine's.
/// </summary>
internal sealed class ParallelScheduler : IPlatform, IDisposable
{
    private const int Idle = 0;
    private const int Queued = 1;
    private const int Running = 2;
    private const int NamedAgain = 3;

    private readonly BlockingCollection<VcpuThread> _queue = [];
    private readonly ConcurrentDictionary<VcpuThread, StrongBox> _states = new();
    private readonly Thread[] _threads;
    private readonly int _budget;
    private long _entropy;

    public ParallelScheduler(int threads, int budget = 4)
    {
        _budget = budget;
        _threads = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work) { IsBackground = true })];
        foreach (Thread thread in _threads)
            thread.Start();
    }

    public ulong Now => 0;

    /// <summary>What a turn threw, which it must not.</summary>
    public Exception? Failure { get; private set; }

    public ulong NextRandom() => (ulong)Interlocked.Increment(ref _entropy) * 0x9E37_79B9_7F4A_7C15;

    public void MakeRunnable(VcpuThread vcpu)
    {
        StrongBox state = _states.GetOrAdd(vcpu, static _ => new StrongBox());
        while (true)
        {
            int seen = Volatile.Read(ref state.Value);
            int next = seen == Idle ? Queued : seen == Running ? NamedAgain : seen;
            if (next == seen)
                return;
            if (Interlocked.CompareExchange(ref state.Value, next, seen) != seen)
                continue;
            if (next == Queued)
                _queue.Add(vcpu);
            return;
        }
    }

    public void SetTimer(VcpuThread vcpu, ulong deadline) =>
        throw new NotSupportedException("no test on this scheduler uses timers");

    public void Advance(int steps)
    {
    }

    public void CancelTimer(VcpuThread vcpu) => throw new NotSupportedException("no test on this scheduler uses timers");

    public void Dispose()
    {
        _queue.CompleteAdding();
        foreach (Thread thread in _threads)
            thread.Join();
        _queue.Dispose();
    }

    private void Work()
    {
        try
        {
            foreach (VcpuThread vcpu in _queue.GetConsumingEnumerable())
            {
                StrongBox state = _states[vcpu];
                Volatile.Write(ref state.Value, Running);
                VcpuTurn turn = vcpu.Run(_budget);
                int now = turn == VcpuTurn.Runnable ? Queued : Idle;
                if (Interlocked.CompareExchange(ref state.Value, now, Running) == NamedAgain)
                {
                    now = Queued;
                    Volatile.Write(ref state.Value, Queued);
                }

                if (now == Queued && !_queue.IsAddingCompleted)
                    _queue.Add(vcpu);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Failure = e;
        }
    }

    private sealed class StrongBox
    {
        public int Value;
    }
}
