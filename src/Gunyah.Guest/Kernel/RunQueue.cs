namespace Gunyah.Guest.Kernel;

/// <summary>
/// The kernel's ready continuations, first in first out. Only the thread that is inside the kernel's Run may touch it. Grows
/// with the number of tasks that are ready at once and never allocates while it does not grow.
/// </summary>
internal sealed class RunQueue
{
    private Step[] _ring = new Step[32];
    private int _head;

    /// <summary>The number of continuations that are ready.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a continuation behind all others.</summary>
    public void Enqueue(Delegate callback, object? state)
    {
        if (Count == _ring.Length)
            Grow();
        _ring[(_head + Count) & (_ring.Length - 1)] = new(callback, state);
        Count++;
    }

    /// <summary>Takes the oldest continuation.</summary>
    public bool TryDequeue(out Step step)
    {
        if (Count == 0)
        {
            step = default;
            return false;
        }
        ref Step slot = ref _ring[_head];
        step = slot;
        slot = default;
        _head = (_head + 1) & (_ring.Length - 1);
        Count--;
        return true;
    }

    private void Grow()
    {
        var larger = new Step[_ring.Length * 2];
        int first = _ring.Length - _head;
        Array.Copy(_ring, _head, larger, 0, first);
        Array.Copy(_ring, 0, larger, first, _head);
        (_ring, _head) = (larger, 0);
    }

    /// <summary>
    /// One continuation. The runtime posts <see cref="SendOrPostCallback"/>, value task sources bring
    /// <see cref="Action{T}"/>: keeping the delegate as it is saves a wrapper a resumption.
    /// </summary>
    internal readonly record struct Step(Delegate Callback, object? State)
    {
        public void Invoke()
        {
            if (Callback is Action<object?> action)
                action(State);
            else
                ((SendOrPostCallback)Callback)(State);
        }
    }
}
