namespace Gunyah.Machine.Devices;

/// <summary>A queue of bytes with a fixed size. Not synchronised.</summary>
/// <param name="size">How many bytes it holds; at least 1.</param>
internal sealed class ByteFifo(int size)
{
    private readonly byte[] _bytes = new byte[size];
    private int _first;

    /// <summary>How many bytes are in it.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes it holds.</summary>
    public int Size => _bytes.Length;

    /// <summary>Appends a byte.</summary>
    /// <returns>False, with nothing done, if it is full.</returns>
    public bool TryAdd(byte value)
    {
        if (Count == Size)
            return false;
        _bytes[(_first + Count++) % Size] = value;
        return true;
    }

    /// <summary>Takes the oldest byte.</summary>
    /// <returns>False if there is none.</returns>
    public bool TryTake(out byte value)
    {
        value = 0;
        if (Count == 0)
            return false;
        value = _bytes[_first];
        _first = (_first + 1) % Size;
        Count--;
        return true;
    }

    /// <summary>Forgets all bytes.</summary>
    public void Clear() => Count = 0;
}
