namespace Gunyah.Guest.Kernel;

/// <summary>
/// Brings every await of a guest's task back to its kernel: while a kernel runs, this is the current context, so the runtime
/// posts continuations here and never to the thread pool.
/// </summary>
internal sealed class KernelSynchronizationContext(GuestKernel kernel) : SynchronizationContext
{
    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => kernel.Enqueue(d, state);

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("a cooperative kernel cannot block for a callback");

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;
}
