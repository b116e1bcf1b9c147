namespace Gunyah.Guest.Kernel;

/// <summary>
/// Lets one task at a time through, in the order they came. A task that waits for something else in between keeps it.
/// </summary>
/// <param name="context">The guest.</param>
public sealed class AsyncMutex(GuestContext context)
{
    private readonly OperationList _waiting = new();

    /// <summary>True while some task holds it.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Waits for the mutex and takes it. It is held only if the result is <see cref="WaitResult.Done"/>.</summary>
    /// <param name="deadline">Ends the wait at a point in time.</param>
    /// <param name="cancellation">Ends the wait early.</param>
    public ValueTask<WaitResult> LockAsync(Deadline deadline = default, CancellationToken cancellation = default)
    {
        if (IsHeld)
            return context.Waiters.Wait(_waiting, deadline, cancellation);
        IsHeld = true;
        return context.Waiters.Ended(WaitResult.Done);
    }

    /// <summary>Gives the mutex to the task that has waited longest, or back.</summary>
    /// <exception cref="InvalidOperationException">Nobody holds it.</exception>
    public void Release()
    {
        if (!IsHeld)
            throw new InvalidOperationException("the mutex is not held");
        IsHeld = _waiting.WakeOne();
    }
}
