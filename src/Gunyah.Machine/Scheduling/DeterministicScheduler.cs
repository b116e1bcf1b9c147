namespace Gunyah.Machine.Scheduling;

/// <summary>
/// One thread and virtual time. Which slot runs next and how large its slice is are drawn from the seed, and time moves by
/// what a slice may use, so the same seed and the same inputs give the same run. While nothing can run, time jumps to the next
/// timer.
/// </summary>
/// <param name="seed">The seed of every choice and of the entropy that guests see.</param>
internal sealed class DeterministicScheduler(ulong seed) : IMachineScheduler
{
    /// <summary>The largest slice in steps. Small, so that slices end in the middle of things.</summary>
    internal const int LargestSlice = 64;

    /// <summary>What a step costs in virtual nanoseconds, whether it is used or not.</summary>
    internal const ulong StepTime = 100;

    private readonly Xoshiro256 _random = new(seed);
    private readonly List<VcpuSlot> _ready = [];
    private readonly TimerList _timers = new();

    /// <summary>The steps of the slice that runs which time has not moved by yet.</summary>
    private int _left;

    /// <inheritdoc/>
    public ulong Now { get; private set; }

    /// <inheritdoc/>
    public ulong NextRandom() => _random.Next();

    /// <inheritdoc/>
    public void MakeRunnable(VcpuSlot slot)
    {
        if (slot.Wake())
            _ready.Add(slot);
    }

    /// <inheritdoc/>
    public void SetTimer(VcpuSlot slot, ulong deadline) => _timers.Set(slot, deadline);

    /// <inheritdoc/>
    public void CancelTimer(VcpuSlot slot) => _timers.Remove(slot);

    /// <inheritdoc/>
    public void Advance(int steps)
    {
        MoveOn(Math.Min(steps, _left));
        FireTimers();
    }

    /// <inheritdoc/>
    /// <remarks>Nothing comes from outside here: what comes at the host's time cannot be repeated.</remarks>
    public void AddOutside() => throw new NotSupportedException();

    /// <inheritdoc/>
    public void RemoveOutside() => throw new NotSupportedException();

    /// <inheritdoc/>
    public SchedulerEnd Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            FireTimers();
            if (_ready.Count > 0)
                RunSlice();
            else if (_timers.Earliest != VcpuSlot.NoDeadline)
                Now = _timers.Earliest;
            else
                return SchedulerEnd.Idle;
        }

        return SchedulerEnd.Stopped;
    }

    private void FireTimers()
    {
        while (_timers.TryTakeExpired(Now, out VcpuSlot? expired))
            expired!.TimerExpired();
    }

    private void MoveOn(int steps)
    {
        _left -= steps;
        Now += (ulong)steps * StepTime;
    }

    private void RunSlice()
    {
        int index = _random.Below(_ready.Count);
        int budget = 1 + _random.Below(LargestSlice);
        VcpuSlot slot = _ready[index];
        _ready.RemoveAt(index);
        _left = budget;
        bool again = slot.RunSlice(budget);
        MoveOn(_left);
        if (again)
            _ready.Add(slot);
    }
}
