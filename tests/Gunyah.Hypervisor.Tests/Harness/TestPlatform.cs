using System.Collections.Concurrent;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>A platform with a clock that the test sets, seeded entropy and a list of who was made runnable.</summary>
internal sealed class TestPlatform(int seed) : IPlatform
{
    private readonly Random _random = new(seed);
    private readonly ConcurrentDictionary<VcpuThread, ulong> _timers = new();
    private readonly ConcurrentQueue<VcpuThread> _runnable = new();
    private ulong _now;

    public ulong Now => Volatile.Read(ref _now);

    public ulong NextRandom()
    {
        lock (_random)
            return (ulong)_random.NextInt64(long.MinValue, long.MaxValue);
    }

    /// <summary>Off, nothing is kept of who was made runnable.</summary>
    public bool CountsRunnable { get; set; } = true;

    /// <summary>Called when a vCPU is made runnable.</summary>
    public Action<VcpuThread>? OnRunnable { get; set; }

    public void MakeRunnable(VcpuThread vcpu)
    {
        OnRunnable?.Invoke(vcpu);
        if (CountsRunnable)
            _runnable.Enqueue(vcpu);
    }

    public void SetTimer(VcpuThread vcpu, ulong deadline) => _timers[vcpu] = deadline;

    /// <summary>Called when a timer is withdrawn.</summary>
    public Action? OnTimerCancelled { get; set; }

    /// <summary>A step is a nanosecond.</summary>
    public void Advance(int steps) => Advance((ulong)steps);

    public void CancelTimer(VcpuThread vcpu)
    {
        _timers.TryRemove(vcpu, out _);
        OnTimerCancelled?.Invoke();
    }

    /// <summary>How many times the vCPU was named since the last call.</summary>
    public int TakeRunnable(VcpuThread vcpu)
    {
        VcpuThread[] named = [.. _runnable];
        _runnable.Clear();
        return named.Count(each => each == vcpu);
    }

    /// <summary>Lets time pass and tells nobody.</summary>
    public void AdvanceAlone(ulong nanoseconds) => Volatile.Write(ref _now, _now + nanoseconds);

    /// <summary>Lets time pass and tells the vCPUs whose deadline has come.</summary>
    public void Advance(ulong nanoseconds)
    {
        AdvanceAlone(nanoseconds);
        foreach ((VcpuThread vcpu, ulong deadline) in _timers)
        {
            if (deadline <= _now && _timers.TryRemove(vcpu, out _))
                vcpu.TimerExpired();
        }
    }
}
