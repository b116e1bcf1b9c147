namespace Gunyah.Guest.Kernel;

/// <summary>An event that tasks wait for. Waiting and setting allocate nothing.</summary>
/// <param name="context">The guest.</param>
/// <param name="autoReset">
/// True: each <see cref="Set"/> lets one wait through, and several without a wait count as one. False: once set it lets
/// everybody through until <see cref="Reset"/>.
/// </param>
public sealed class AsyncEvent(GuestContext context, bool autoReset = true)
{
    private readonly OperationList _waiting = new();

    /// <summary>True if the next wait would not have to wait.</summary>
    public bool IsSet { get; private set; }

    /// <summary>Sets the event: wakes one waiting task (automatic reset) or all of them, in the order they came.</summary>
    public void Set()
    {
        if (autoReset)
        {
            IsSet = !_waiting.WakeOne();
            return;
        }

        IsSet = true;
        while (_waiting.WakeOne())
        {
            // Each round ends one wait.
        }
    }

    /// <summary>Makes the next wait wait.</summary>
    public void Reset() => IsSet = false;

    /// <summary>Waits until the event is set.</summary>
    /// <param name="deadline">Ends the wait at a point in time.</param>
    /// <param name="cancellation">Ends the wait early.</param>
    public ValueTask<WaitResult> WaitAsync(Deadline deadline = default, CancellationToken cancellation = default)
    {
        if (!IsSet)
            return context.Waiters.Wait(_waiting, deadline, cancellation);
        if (autoReset)
            IsSet = false;
        return context.Waiters.Ended(WaitResult.Done);
    }
}
