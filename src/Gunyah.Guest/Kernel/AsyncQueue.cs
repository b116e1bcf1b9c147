using System.Diagnostics.CodeAnalysis;

namespace Gunyah.Guest.Kernel;

/// <summary>
/// A bounded queue between tasks, first in first out. Producers and consumers try, and wait for the state that lets them try
/// again; with several of them another may be quicker, so waiting is done in a loop.
/// </summary>
/// <typeparam name="T">What it holds.</typeparam>
/// <param name="context">The guest.</param>
/// <param name="capacity">The most it holds, at least 1.</param>
public sealed class AsyncQueue<T>(GuestContext context, int capacity)
{
    private readonly T[] _ring = new T[capacity];
    private readonly OperationList _readers = new();
    private readonly OperationList _writers = new();
    private int _head;

    /// <summary>How many items wait.</summary>
    public int Count { get; private set; }

    /// <summary>The most it holds.</summary>
    public int Capacity => _ring.Length;

    /// <summary>Adds an item behind all others.</summary>
    /// <returns>False if the queue is full.</returns>
    public bool TryEnqueue(T item)
    {
        if (Count == _ring.Length)
            return false;
        _ring[(_head + Count) % _ring.Length] = item;
        Count++;
        _readers.WakeOne();
        return true;
    }

    /// <summary>Takes the oldest item.</summary>
    /// <returns>False if the queue is empty.</returns>
    public bool TryDequeue([MaybeNullWhen(false)] out T item)
    {
        if (Count == 0)
        {
            item = default;
            return false;
        }
        item = _ring[_head];
        _ring[_head] = default!;
        _head = (_head + 1) % _ring.Length;
        Count--;
        _writers.WakeOne();
        return true;
    }

    /// <summary>Waits until there is something to take.</summary>
    /// <param name="deadline">Ends the wait at a point in time.</param>
    /// <param name="cancellation">Ends the wait early.</param>
    public ValueTask<WaitResult> WaitNotEmptyAsync(Deadline deadline = default, CancellationToken cancellation = default) =>
        Count > 0 ? context.Waiters.Ended(WaitResult.Done) : context.Waiters.Wait(_readers, deadline, cancellation);

    /// <summary>Waits until there is room.</summary>
    /// <inheritdoc cref="WaitNotEmptyAsync"/>
    public ValueTask<WaitResult> WaitNotFullAsync(Deadline deadline = default, CancellationToken cancellation = default) =>
        Count < _ring.Length ? context.Waiters.Ended(WaitResult.Done) : context.Waiters.Wait(_writers, deadline, cancellation);
}
