namespace Gunyah.Machine.Scheduling;

/// <summary>Why a slice ended.</summary>
internal enum SliceEnd
{
    /// <summary>There is more to do.</summary>
    Runnable,

    /// <summary>Nothing to do until somebody makes it runnable.</summary>
    Blocked,
}

/// <summary>
/// The place of one vCPU in a scheduler. Its state changes by compare-and-swap only, so a wake-up that arrives at any moment
/// is either seen by the slice that runs or leads to another slice. Whoever wakes stores the reason, then loads the state; a
/// slice stores that it runs, then loads the reasons. Each has a full fence between the two, so one of them sees the other: the
/// slice the reason, or the wake-up the slice.
/// <code>
/// Idle --wake--> Queued --picked--> Running --blocked--> Idle
///                  ^                   |  \--more to do--> Queued
///                  |                  wake
///                  \--slice ended--- RunningWoken
/// </code>
/// </summary>
internal abstract class VcpuSlot
{
    private const int Idle = 0;
    private const int Queued = 1;
    private const int Running = 2;
    private const int RunningWoken = 3;

    private int _state;

    /// <summary>When the timer fires, or <see cref="NoDeadline"/>. Guarded by the scheduler that set it.</summary>
    public ulong Deadline { get; set; } = NoDeadline;

    /// <summary>The deadline of a timer that is not set.</summary>
    public const ulong NoDeadline = ulong.MaxValue;

    /// <summary>Runs the vCPU.</summary>
    /// <param name="budget">How many steps it may take; at least 1.</param>
    public abstract SliceEnd Run(int budget);

    /// <summary>Tells the vCPU that its timer's deadline has passed.</summary>
    public abstract void TimerExpired();

    /// <summary>Notes that there may be something to do.</summary>
    /// <returns>True where the caller must now put the slot into the queue.</returns>
    public bool Wake()
    {
        while (true)
        {
            // A compare-and-swap that changes nothing, for its full fence: the reason for the wake-up was written before it.
            switch (Interlocked.CompareExchange(ref _state, Idle, Idle))
            {
                case Idle when Interlocked.CompareExchange(ref _state, Queued, Idle) == Idle:
                    return true;
                case Running when Interlocked.CompareExchange(ref _state, RunningWoken, Running) == Running:
                case Queued or RunningWoken:
                    return false;
                default:
                    break; // Somebody else changed the state between the look and the swap.
            }
        }
    }

    /// <summary>Runs one slice of a slot that was taken from the queue.</summary>
    /// <returns>True where the caller must put the slot into the queue again.</returns>
    public bool RunSlice(int budget)
    {
        Interlocked.Exchange(ref _state, Running); // With its fence: the partner of the one in Wake.
        if (Run(budget) == SliceEnd.Blocked && Interlocked.CompareExchange(ref _state, Idle, Running) == Running)
            return false;

        Interlocked.Exchange(ref _state, Queued);
        return true;
    }
}
