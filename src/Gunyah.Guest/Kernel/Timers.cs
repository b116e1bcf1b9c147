using Gunyah.Abi.Vcpus;

namespace Gunyah.Guest.Kernel;

/// <summary>
/// The guest's clock and its deadlines: a heap of them over the one virtual timer of the vCPU. Times are nanoseconds since
/// the machine started.
/// </summary>
public sealed class Timers
{
    private readonly GuestContext _context;
    private KernelOperation[] _heap = new KernelOperation[16];
    private int _count;
    private ulong _order;
    private ulong _programmed = ulong.MaxValue;
    private bool _expiring;

    internal Timers(GuestContext context)
    {
        _context = context;

        // One expiry, one interrupt: as an edge it needs no withdrawing.
        context.Interrupts.Request(InterruptIds.VirtualTimer, InterruptTrigger.EdgeRising, OnTimer);
    }

    /// <summary>The virtual clock.</summary>
    public ulong Now => _context.Vcpu.Now;

    /// <summary>The deadline that is this far away.</summary>
    /// <param name="time">From zero on; <see cref="Timeout.InfiniteTimeSpan"/> gives <see cref="Deadline.Never"/>.</param>
    public Deadline After(TimeSpan time)
    {
        if (time == Timeout.InfiniteTimeSpan)
            return Deadline.Never;
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);

        // A TimeSpan has 63 bits of 100 ns: the product can pass 64 bits, and then the deadline is as good as never.
        UInt128 end = (UInt128)Now + ((UInt128)(ulong)time.Ticks * TimeSpan.NanosecondsPerTick);
        return end >= ulong.MaxValue ? Deadline.Never : new Deadline((ulong)end);
    }

    /// <summary>Waits for a time.</summary>
    /// <param name="time">How long, from zero on.</param>
    /// <param name="cancellation">Ends the wait early.</param>
    /// <returns><see cref="WaitResult.Done"/> when the time is over, or <see cref="WaitResult.Cancelled"/>.</returns>
    public ValueTask<WaitResult> Delay(TimeSpan time, CancellationToken cancellation = default) =>
        DelayUntil(After(time), cancellation);

    /// <summary>Waits until a point in time.</summary>
    /// <inheritdoc cref="Delay"/>
    public ValueTask<WaitResult> DelayUntil(Deadline deadline, CancellationToken cancellation = default) =>
        _context.Waiters.Delay(deadline, cancellation);

    /// <summary>True if the deadline has come.</summary>
    public bool HasPassed(Deadline deadline) => !deadline.IsNever && deadline.Time <= Now;

    /// <summary>Starts to watch an operation's deadline.</summary>
    internal void Add(KernelOperation operation, Deadline deadline)
    {
        if (_count == _heap.Length)
            Array.Resize(ref _heap, _count * 2);
        operation.TimerTime = deadline.Time;
        operation.TimerOrder = _order++;
        Place(operation, _count);
        SiftUp(_count++);
        Program();
    }

    /// <summary>Stops watching an operation's deadline, if there is one.</summary>
    internal void Remove(KernelOperation operation)
    {
        int index = operation.TimerIndex;
        if (index < 0)
            return;

        operation.TimerIndex = -1;
        KernelOperation last = _heap[--_count];
        _heap[_count] = null!;
        if (index != _count)
        {
            Place(last, index);
            SiftUp(index);
            SiftDown(last.TimerIndex);
        }
        Program();
    }

    private static bool Before(KernelOperation left, KernelOperation right) =>
        left.TimerTime != right.TimerTime ? left.TimerTime < right.TimerTime : left.TimerOrder < right.TimerOrder;

    private void OnTimer()
    {
        _programmed = ulong.MaxValue;
        _expiring = true;

        // Each Abandon takes its operation out of the heap again.
        while (_count > 0 && _heap[0].TimerTime <= Now)
            _heap[0].Abandon(WaitResult.TimedOut);
        _expiring = false;
        Program();
    }

    /// <summary>
    /// Programs the timer for the earliest deadline, once at the end where many expire. A timer that is set too early is left
    /// alone: most waits end long before their deadline, and one spare interrupt costs less than a call a wait.
    /// </summary>
    private void Program()
    {
        if (_expiring)
            return;
        if (_count == 0)
        {
            if (_programmed != ulong.MaxValue)
                _context.Vcpu.CancelTimer();
            _programmed = ulong.MaxValue;
        }
        else if (_heap[0].TimerTime < _programmed)
        {
            _programmed = _heap[0].TimerTime;
            _context.Vcpu.SetTimer(_programmed);
        }
    }

    private void SiftUp(int index)
    {
        while (index > 0 && Before(_heap[index], _heap[(index - 1) / 2]))
        {
            Swap(index, (index - 1) / 2);
            index = (index - 1) / 2;
        }
    }

    private void SiftDown(int index)
    {
        while (true)
        {
            int smallest = index;
            for (int child = (2 * index) + 1; child <= (2 * index) + 2 && child < _count; child++)
            {
                if (Before(_heap[child], _heap[smallest]))
                    smallest = child;
            }
            if (smallest == index)
                return;
            Swap(index, smallest);
            index = smallest;
        }
    }

    private void Swap(int left, int right)
    {
        KernelOperation first = _heap[left];
        Place(_heap[right], left);
        Place(first, right);
    }

    private void Place(KernelOperation operation, int index)
    {
        _heap[index] = operation;
        operation.TimerIndex = index;
    }
}
