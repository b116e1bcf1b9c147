namespace Devicetree.Source.Preprocessing;

/// <summary>A list that is filled again and again.</summary>
internal sealed class Refilled<T>
{
    private T[] _items = new T[64];

    public int Count { get; private set; }

    public ref T this[int index] => ref _items[index];

    public ref T Add(T item)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, _items.Length * 2);
        _items[Count] = item;
        return ref _items[Count++];
    }

    public T[] ToArray() => _items.AsSpan(0, Count).ToArray();

    public ReadOnlySpan<T> AsSpan() => _items.AsSpan(0, Count);

    public void Truncate(int count) => Count = count;

    /// <summary>Forgets everything, also what the items refer to.</summary>
    public void Clear()
    {
        Array.Clear(_items, 0, Count);
        Count = 0;
    }
}

/// <summary>What a file is cut into before its size is known; used for one file after the other.</summary>
internal sealed class ScanBuffers
{
    public byte[] Normal { get; private set; } = new byte[64 * 1024];

    public Refilled<Step> Steps { get; } = new();

    public Refilled<NameInText> Names { get; } = new();

    /// <summary>The conditionals that are open: their first branch and the one that is being read.</summary>
    public Stack<(int First, int Last)> Open { get; } = new();

    public void Prepare(int normalLength)
    {
        if (Normal.Length < normalLength)
            Normal = new byte[Math.Max(normalLength, Math.Min(Normal.Length * 2, Array.MaxLength))];
        Steps.Clear();
        Names.Truncate(0);
        Open.Clear();
    }
}
