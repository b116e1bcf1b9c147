using Gunyah.Machine.Scheduling;

namespace Gunyah.Machine.Tests.Scheduling;

/// <summary>A slot whose slices are a function of the test.</summary>
internal sealed class FakeSlot(Func<FakeSlot, int, SliceEnd> slice) : VcpuSlot
{
    private int _inside;

    public int Slices { get; private set; }

    public int TimersSeen { get; private set; }

    public Action<FakeSlot>? OnTimer { get; init; }

    /// <summary>True if two slices of this slot ever overlapped.</summary>
    public bool Overlapped { get; private set; }

    public override SliceEnd Run(int budget)
    {
        Overlapped |= Interlocked.Increment(ref _inside) != 1;
        Slices++;
        SliceEnd end = slice(this, budget);
        Interlocked.Decrement(ref _inside);
        return end;
    }

    public override void TimerExpired()
    {
        TimersSeen++;
        OnTimer?.Invoke(this);
    }
}
