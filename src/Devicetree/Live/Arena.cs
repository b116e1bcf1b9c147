using System.Runtime.CompilerServices;

namespace Devicetree.Live;

/// <summary>
/// Runs of items, each grown at the end of a block that they share: thousands of small arrays would cost more than what is in
/// them. A run that does not fit moves to a new block.
/// </summary>
internal sealed class Arena<T>(int firstBlock, int largestBlock)
{
    private T[] _block = [];
    private int _start;
    private int _end;
    private int _nextBlock = firstBlock;

    /// <summary>The number of items in the run that is being built.</summary>
    public int Length => _end - _start;

    /// <summary>Adds so many items to the run, which the caller fills.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Extend(int count)
    {
        if (count > _block.Length - _end)
            Move(count);
        Span<T> added = _block.AsSpan(_end, count);
        _end += count;
        return added;
    }

    /// <summary>Takes items from the end of the run that were not filled.</summary>
    public void Shorten(int count) => _end -= count;

    /// <summary>Ends the run.</summary>
    public ArraySegment<T> Take()
    {
        if (_end == _start)
            return ArraySegment<T>.Empty;
        var run = new ArraySegment<T>(_block, _start, _end - _start);
        _start = _end;
        return run;
    }

    private void Move(int count)
    {
        int length = Length;
        int size = (int)Math.Min(Array.MaxLength, Math.Max(_nextBlock, 2L * (length + (long)count)));
        var block = new T[size];
        Array.Copy(_block, _start, block, 0, length);
        (_block, _start, _end) = (block, 0, length);
        _nextBlock = Math.Min(2 * _nextBlock, largestBlock);
    }
}
