namespace Gunyah.Machine.Scheduling;

/// <summary>
/// Worker threads that take slots from one queue, and the host's clock. The gate guards the queue, the timers and the counts;
/// no slot runs and no timer is told while it is held.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="entropy">Answers 64 random bits, from any thread.</param>
/// <param name="workers">How many slots may run at once; at least 1.</param>
/// <param name="wait">Waits for a pulse of the gate or for a time; <see cref="Monitor.Wait(object, TimeSpan)"/> if null.</param>
internal sealed class ParallelScheduler(
    TimeProvider time, Func<ulong> entropy, int workers, Func<object, TimeSpan, bool>? wait = null) : IMachineScheduler
{
    /// <summary>
    /// The slice in steps: large enough that taking a slot from the queue costs nothing beside it, small enough that more vCPUs
    /// than workers all move on.
    /// </summary>
    internal const int Slice = 1024;

    /// <summary>How often an idle worker looks before it sleeps: a partner on another core usually answers within that.</summary>
    private const int SpinsBeforeSleep = 20;

    /// <summary>
    /// The host sleeps in whole milliseconds and a little longer. A worker sleeps up to this before a timer, and one of them
    /// looks at the clock for the rest.
    /// </summary>
    private const ulong Watch = 1_500_000;
    private const ulong Millisecond = 1_000_000;

    // Monitor.Wait needs a plain object.
    private readonly object _gate = new();
    private readonly Queue<VcpuSlot> _ready = new();
    private readonly TimerList _timers = new();
    private readonly long _start = time.GetTimestamp();
    private readonly Func<object, TimeSpan, bool> _wait = wait ?? Monitor.Wait;
    private int _readyCount;
    private int _running;
    private int _sleeping;
    private int _watching;
    private int _outside;
    private bool _ended;

    /// <inheritdoc/>
    public ulong Now => (ulong)time.GetElapsedTime(_start).Ticks * 100;

    /// <inheritdoc/>
    public ulong NextRandom() => entropy();

    /// <inheritdoc/>
    public void MakeRunnable(VcpuSlot slot)
    {
        if (!slot.Wake())
            return;

        lock (_gate)
            Enqueue(slot);
    }

    /// <inheritdoc/>
    public void SetTimer(VcpuSlot slot, ulong deadline)
    {
        lock (_gate)
        {
            ulong earliest = _timers.Earliest;
            _timers.Set(slot, deadline);
            if (_timers.Earliest < earliest && _sleeping > 0)
                Monitor.Pulse(_gate);
        }
    }

    /// <inheritdoc/>
    public void CancelTimer(VcpuSlot slot)
    {
        lock (_gate)
            _timers.Remove(slot);
    }

    /// <inheritdoc/>
    public void Advance(int steps) => FireTimers();

    /// <inheritdoc/>
    public void AddOutside()
    {
        lock (_gate)
            _outside++;
    }

    /// <inheritdoc/>
    public void RemoveOutside()
    {
        lock (_gate)
        {
            _outside--;
            Monitor.PulseAll(_gate);
        }
    }

    /// <inheritdoc/>
    public SchedulerEnd Run(CancellationToken stop)
    {
        using CancellationTokenRegistration registration = stop.Register(End);
        var tasks = new Task[workers];
        for (int i = 0; i < tasks.Length; i++)
            tasks[i] = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        Task.WhenAll(tasks).GetAwaiter().GetResult();
        return stop.IsCancellationRequested ? SchedulerEnd.Stopped : SchedulerEnd.Idle;
    }

    private void Work()
    {
        try
        {
            VcpuSlot? again = null;
            bool wasRunning = false;
            while (Take(again, wasRunning) is { } slot)
            {
                again = slot.RunSlice(Slice) ? slot : null;
                wasRunning = true;
            }
        }
        finally
        {
            // Also when a bug of ours comes through here as an exception: the other workers must not go on.
            End();
        }
    }

    /// <summary>
    /// Puts back the slot that just ran, if it has more to do, and takes the next one; null when the machine ended.
    /// </summary>
    private VcpuSlot? Take(VcpuSlot? again, bool wasRunning)
    {
        var spinner = new SpinWait();
        lock (_gate)
        {
            if (wasRunning)
                _running--;
            if (again is not null)
                Enqueue(again);
        }

        while (true)
        {
            FireTimers();
            while (Volatile.Read(ref _readyCount) == 0 && spinner.Count < SpinsBeforeSleep && !Volatile.Read(ref _ended))
                spinner.SpinOnce(sleep1Threshold: -1);
            WatchTimer();

            lock (_gate)
            {
                if (_ended)
                    return null;
                if (_ready.TryDequeue(out VcpuSlot? slot))
                {
                    _readyCount--;
                    _running++;
                    return slot;
                }

                if (_running == 0 && _outside == 0 && _timers.Earliest == VcpuSlot.NoDeadline)
                {
                    EndLocked();
                    return null;
                }

                Sleep();
            }
        }
    }

    private void FireTimers()
    {
        while (true)
        {
            VcpuSlot? expired;
            // Looked at without the gate first: the time of most looks has not come.
            if (_timers.Earliest == VcpuSlot.NoDeadline || _timers.Earliest > Now)
                return;
            lock (_gate)
            {
                if (_ended || !_timers.TryTakeExpired(Now, out expired))
                    return;
                // Counts as running until its vCPU was told, or the machine could look idle in between.
                _running++;
            }

            expired!.TimerExpired();
            lock (_gate)
                _running--;
        }
    }

    /// <summary>Looks at the clock until the next timer is due, if that is soon and no other worker does.</summary>
    private void WatchTimer()
    {
        if (!IsTimerNear() || Interlocked.Exchange(ref _watching, 1) != 0)
            return;
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _readyCount) == 0 && IsTimerNear() && !Volatile.Read(ref _ended))
            spinner.SpinOnce(sleep1Threshold: -1);
        Volatile.Write(ref _watching, 0);
    }

    /// <summary>True if the next timer is not due yet and will be before a sleep would be over.</summary>
    private bool IsTimerNear()
    {
        ulong earliest = _timers.Earliest;
        ulong now = Now;
        return earliest > now && earliest - now < Watch;
    }

    /// <summary>Waits, with the gate held, for a slot, a timer or the end.</summary>
    private void Sleep()
    {
        TimeSpan limit = Timeout.InfiniteTimeSpan;
        if (_timers.Earliest != VcpuSlot.NoDeadline)
        {
            ulong now = Now;
            if (_timers.Earliest <= now)
                return;
            ulong left = _timers.Earliest - now;
            // Near the end another worker watches, and this one takes over only if that one has found something to run.
            limit = TimeSpan.FromMilliseconds(left < Watch ? 1 : Math.Min((left - Watch) / Millisecond + 1, 60_000));
        }

        _sleeping++;
        _wait(_gate, limit);
        _sleeping--;
    }

    private void Enqueue(VcpuSlot slot)
    {
        _ready.Enqueue(slot);
        _readyCount++;
        if (_sleeping > 0)
            Monitor.Pulse(_gate);
    }

    private void End()
    {
        lock (_gate)
            EndLocked();
    }

    private void EndLocked()
    {
        Volatile.Write(ref _ended, true);
        Monitor.PulseAll(_gate);
    }
}
