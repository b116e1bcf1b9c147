namespace Gunyah.Guest.Kernel;

/// <summary>The waits of a kernel's primitives; ended ones are used again.</summary>
internal sealed class WaiterPool(GuestContext context)
{
    private readonly Stack<Waiter> _free = new();

    /// <summary>
    /// A wait that is over already. Costs nothing, unless the running step has used its credit: then the task is resumed by
    /// a step of its own.
    /// </summary>
    public ValueTask<WaitResult> Ended(WaitResult result) =>
        context.Kernel.TakeCredit() ? new(result) : EndedByStep(result);

    /// <summary>A wait that is over already, after which the task is resumed by a step of its own.</summary>
    public ValueTask<WaitResult> EndedByStep(WaitResult result)
    {
        Waiter waiter = Rent();
        waiter.End(result);
        return waiter.Task;
    }

    /// <summary>Waits in a list until somebody there ends it, the deadline comes or the token is cancelled.</summary>
    public ValueTask<WaitResult> Wait(OperationList? list, Deadline deadline, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Ended(WaitResult.Cancelled);
        if (context.Timers.HasPassed(deadline))
            return Ended(WaitResult.TimedOut);

        Waiter waiter = Rent();
        waiter.Begin(list, deadline, WaitResult.TimedOut, cancellation);
        return waiter.Task;
    }

    /// <summary>Waits for the deadline itself.</summary>
    public ValueTask<WaitResult> Delay(Deadline deadline, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Ended(WaitResult.Cancelled);
        if (context.Timers.HasPassed(deadline))
            return Ended(WaitResult.Done);

        Waiter waiter = Rent();
        waiter.Begin(list: null, deadline, WaitResult.Done, cancellation);
        return waiter.Task;
    }

    private Waiter Rent() => _free.TryPop(out Waiter? waiter) ? waiter : new Waiter(context, this);

    /// <summary>One wait.</summary>
    internal sealed class Waiter(GuestContext context, WaiterPool pool) : KernelOperation<WaitResult>(context)
    {
        private WaitResult _atDeadline;

        internal void Begin(OperationList? list, Deadline deadline, WaitResult atDeadline, CancellationToken cancellation)
        {
            _atDeadline = atDeadline;
            list?.Add(this);
            Arm(deadline, cancellation);
        }

        internal void End(WaitResult result) => Complete(result);

        internal override void Abandon(WaitResult reason) => Complete(reason == WaitResult.TimedOut ? _atDeadline : reason);

        protected override void Recycle() => pool._free.Push(this);
    }
}

/// <summary>Ending the waits of a list.</summary>
internal static class WaiterLists
{
    /// <summary>Ends the oldest wait of a list with success.</summary>
    /// <returns>False if nobody waits.</returns>
    public static bool WakeOne(this OperationList list)
    {
        if (list.First is not WaiterPool.Waiter waiter)
            return false;
        waiter.End(WaitResult.Done);
        return true;
    }
}
