using Gunyah.Abi.Programs;

namespace Gunyah.Guest.Kernel;

/// <summary>
/// The small cooperative operating system that every guest written in C# runs on, the Resource Manager included. Its tasks
/// are ordinary async methods; every await comes back through the kernel's own run queue, so that the same interrupts and
/// messages always give the same order. One kernel drives one vCPU.
/// </summary>
/// <param name="main">
/// The guest's main task; called at the first <see cref="Run"/>. When it ends the kernel goes on serving interrupts and
/// spawned tasks. It may only await this kernel's own primitives (and tasks made of them): see
/// <c>docs/decisions/0300-guest-kernel.md</c>.
/// </param>
public sealed class GuestKernel(Func<GuestContext, Task> main) : IVcpuProgram
{
    /// <summary>
    /// How many waits may complete without leaving the running step. Bounds how long a task can keep the vCPU when what it
    /// waits for is always there, so that interrupts and other tasks get their turn.
    /// </summary>
    internal const int CreditPerStep = 64;

    private const string ForeignWait =
        "a task of this guest awaits something that its kernel does not know; use the timers and events of its context";

    private readonly RunQueue _ready = new();
    private KernelSynchronizationContext? _synchronization;
    private GuestContext? _context;
    private Task? _main;
    private Task? _failed;
    private int _credit;
    private int _open;
    private int _waiting;
    private int _runningThread;
    private volatile bool _foreign;

    /// <summary>True once the main task ended, well or not.</summary>
    public bool IsMainCompleted => _main is { IsCompleted: true };

    /// <summary>
    /// Runs the guest: in turn one interrupt and one ready continuation, each of them a step, until there is nothing left,
    /// the budget is used or the vCPU halted. May be nested in the Run of another kernel on the same thread.
    /// </summary>
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">
    /// A task awaits something that does not belong to the kernel, or Run was called from inside itself. Exceptions that a
    /// task did not handle leave through here as they are.
    /// </exception>
    public VcpuStep Run(IVcpu vcpu, int budget)
    {
        ArgumentNullException.ThrowIfNull(vcpu);
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, 1);
        if (_runningThread != 0)
            throw new InvalidOperationException("a kernel cannot run inside itself");
        if (vcpu.IsHalted)
            return VcpuStep.Yield;

        SynchronizationContext? previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_synchronization ??= new(this));
        _runningThread = Environment.CurrentManagedThreadId;
        try
        {
            if (_context is null)
                Boot(vcpu);
            return RunSteps(vcpu, _context!, budget);
        }
        finally
        {
            _runningThread = 0;
            SynchronizationContext.SetSynchronizationContext(previous);
        }
    }

    /// <summary>Adds a continuation to the run queue.</summary>
    /// <param name="callback">An <see cref="Action{T}"/> of object or a <see cref="SendOrPostCallback"/>.</param>
    /// <param name="state">Its argument.</param>
    internal void Enqueue(Delegate callback, object? state)
    {
        if (CheckCurrent())
            _ready.Enqueue(callback, state);
    }

    /// <summary>
    /// True on the thread that is inside <see cref="Run"/>. Anything else means that a task awaited something foreign (a
    /// thread pool timer, a file): its order would depend on the host, so it is dropped and the next Run reports it.
    /// </summary>
    internal bool CheckCurrent()
    {
        if (_runningThread == Environment.CurrentManagedThreadId)
            return true;
        _foreign = true;
        return false;
    }

    /// <summary>True if a wait may complete without leaving the running step.</summary>
    internal bool TakeCredit()
    {
        if (_credit == 0)
            return false;
        _credit--;
        return true;
    }

    /// <summary>Counts the operations that wait for something of this kernel.</summary>
    internal void CountWaiting(int change) => _waiting += change;

    /// <summary>Reports the failure of a task that nobody awaits.</summary>
    internal void Watch(Task task)
    {
        if (task.IsCompleted)
        {
            Observe(task);
            return;
        }

        _open++;
        task.GetAwaiter().UnsafeOnCompleted(() =>
        {
            _open--;
            Observe(task);
        });
    }

    private void Boot(IVcpu vcpu)
    {
        _context = new(this, vcpu);
        _credit = CreditPerStep;
        _main = main(_context);
        Watch(_main);
    }

    private VcpuStep RunSteps(IVcpu vcpu, GuestContext context, int budget)
    {
        while (true)
        {
            if (_foreign)
                throw new InvalidOperationException(ForeignWait);
            _failed?.GetAwaiter().GetResult();
            if (vcpu.IsHalted || budget <= 0)
                return VcpuStep.Yield;

            _credit = CreditPerStep;
            bool interrupted = context.Interrupts.DispatchOne();
            if (interrupted)
                budget--;

            // Interrupts and continuations take turns: an interrupt that never goes away cannot starve the tasks.
            if (_ready.TryDequeue(out RunQueue.Step step))
            {
                step.Invoke();
                budget--;
            }
            else if (!interrupted && !vcpu.IsHalted)
            {
                // Tasks that are not over while none of them waits for this kernel wait for something foreign: whatever ends
                // that, nothing would ever run this vCPU again to hear of it.
                if (_open > 0 && _waiting == 0)
                    throw new InvalidOperationException(ForeignWait);
                return VcpuStep.WaitForInterrupt;
            }
        }
    }

    private void Observe(Task task)
    {
        // A spawned task may end by cancellation; for the main task that is a failure like any other.
        if (task.IsFaulted || (task.IsCanceled && ReferenceEquals(task, _main)))
            _failed ??= task;
    }
}
