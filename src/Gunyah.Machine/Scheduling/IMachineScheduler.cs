namespace Gunyah.Machine.Scheduling;

/// <summary>Why a scheduler came back.</summary>
internal enum SchedulerEnd
{
    /// <summary>No vCPU can run and no timer is set: nothing can ever happen again.</summary>
    Idle,

    /// <summary>Somebody asked it to stop.</summary>
    Stopped,
}

/// <summary>
/// Decides which vCPU runs when, and keeps the clock and the timers. Every member may be called from any thread.
/// </summary>
internal interface IMachineScheduler
{
    /// <summary>Nanoseconds since the machine started. Never goes back.</summary>
    ulong Now { get; }

    /// <summary>The next 64 bits of entropy.</summary>
    ulong NextRandom();

    /// <summary>Lets a slot run (again); no wake-up is ever lost.</summary>
    void MakeRunnable(VcpuSlot slot);

    /// <summary>Sets the slot's timer in place of an earlier one; a deadline that has passed fires soon.</summary>
    void SetTimer(VcpuSlot slot, ulong deadline);

    /// <summary>Withdraws the slot's timer.</summary>
    void CancelTimer(VcpuSlot slot);

    /// <summary>The slot that runs on this thread took steps, in the middle of its slice; timers that are due fire.</summary>
    void Advance(int steps);

    /// <summary>Somebody outside may make slots runnable at any time: having nothing to run is no end meanwhile.</summary>
    void AddOutside();

    /// <summary>One of those outside never will again.</summary>
    void RemoveOutside();

    /// <summary>
    /// Runs slots until nothing can run any more or until it is stopped. When it comes back no slot is running, and none will.
    /// </summary>
    SchedulerEnd Run(CancellationToken stop);
}
