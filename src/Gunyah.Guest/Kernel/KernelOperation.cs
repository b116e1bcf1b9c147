using System.Threading.Tasks.Sources;

namespace Gunyah.Guest.Kernel;

/// <summary>
/// Something that one task waits for and that a deadline or a cancellation may end early. Lies in at most one
/// <see cref="OperationList"/> and in the kernel's timer heap while it waits.
/// </summary>
internal abstract class KernelOperation
{
    /// <summary>The list it waits in, with its neighbours; null outside of one.</summary>
    internal OperationList? List { get; set; }

    internal KernelOperation? Next { get; set; }

    internal KernelOperation? Previous { get; set; }

    /// <summary>Its place in the timer heap; negative outside of it.</summary>
    internal int TimerIndex { get; set; } = -1;

    /// <summary>When it expires, on the virtual clock.</summary>
    internal ulong TimerTime { get; set; }

    /// <summary>Breaks ties between operations that expire at the same time: first started, first expired.</summary>
    internal ulong TimerOrder { get; set; }

    /// <summary>Ends the wait without success.</summary>
    /// <param name="reason">Why: anything but <see cref="WaitResult.Done"/>.</param>
    internal abstract void Abandon(WaitResult reason);
}

/// <summary>
/// An operation with a result of its own type, as a reusable value task source: when it ends, the awaiting task is resumed by
/// one step of the run queue. Nothing is allocated once an instance exists.
/// </summary>
/// <typeparam name="TResult">The result.</typeparam>
/// <param name="context">The guest.</param>
internal abstract class KernelOperation<TResult>(GuestContext context) : KernelOperation, IValueTaskSource<TResult>
{
    private static readonly Action<object?> _finish = static state => ((KernelOperation<TResult>)state!).Finish();
    private static readonly Action<object?> _cancel = static state => ((KernelOperation<TResult>)state!).CancelByToken();

    private ManualResetValueTaskSourceCore<TResult> _core;
    private CancellationTokenRegistration _cancellation;
    private TResult? _result;
    private bool _isArmed;

    /// <summary>The operation as the caller awaits it, exactly once.</summary>
    internal ValueTask<TResult> Task => new(this, _core.Version);

    /// <summary>
    /// Begins to watch the deadline and the token. Call after the operation was put where its success will find it.
    /// </summary>
    protected void Arm(Deadline deadline, CancellationToken cancellation)
    {
        _isArmed = true;
        context.Kernel.CountWaiting(1);
        if (!deadline.IsNever)
            context.Timers.Add(this, deadline);
        if (cancellation.CanBeCanceled)
            _cancellation = cancellation.UnsafeRegister(_cancel, this);
    }

    /// <summary>Ends the operation: leaves list and timers, and resumes the awaiting task by a step of its own.</summary>
    protected void Complete(TResult result)
    {
        if (_isArmed)
            context.Kernel.CountWaiting(-1);
        _isArmed = false;
        List?.Remove(this);
        context.Timers.Remove(this);
        _cancellation.Unregister();
        _cancellation = default;
        _result = result;
        context.Kernel.Enqueue(_finish, this);
    }

    /// <summary>Called when the result was taken: the instance may be used again.</summary>
    protected abstract void Recycle();

    TResult IValueTaskSource<TResult>.GetResult(short token)
    {
        TResult result = _core.GetResult(token);
        _core.Reset();
        _result = default;
        Recycle();
        return result;
    }

    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => _core.GetStatus(token);

    // Finish already runs as a step of the run queue; going through the synchronization context would cost a second one.
    void IValueTaskSource<TResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags & ~ValueTaskSourceOnCompletedFlags.UseSchedulingContext);

    private void CancelByToken()
    {
        // A token that another thread cancels would change the kernel's lists behind its back.
        if (context.Kernel.CheckCurrent())
            Abandon(WaitResult.Cancelled);
    }

    private void Finish() => _core.SetResult(_result!);
}
