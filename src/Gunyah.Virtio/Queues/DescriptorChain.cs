namespace Gunyah.Virtio.Queues;

/// <summary>
/// One buffer that a driver made available: parts that the device reads, then parts that it writes. Both are seen as one run of
/// bytes each, since where a driver cuts them means nothing (VIRTIO 1.2, 2.6.4).
/// </summary>
public sealed class DescriptorChain
{
    private readonly IDmaMemory _memory;
    private readonly List<Part> _readable = [];
    private readonly List<Part> _writable = [];

    internal DescriptorChain(IDmaMemory memory) => _memory = memory;

    /// <summary>How many bytes the device may read.</summary>
    public ulong ReadableSize { get; private set; }

    /// <summary>How many bytes the device may write.</summary>
    public ulong WritableSize { get; private set; }

    /// <summary>The number of the first descriptor, by which the driver knows the buffer again.</summary>
    internal ushort Head { get; private set; }

    /// <summary>How many parts it has.</summary>
    internal int Count => _readable.Count + _writable.Count;

    /// <summary>Reads from the readable part.</summary>
    /// <param name="offset">Where to begin.</param>
    /// <param name="destination">Takes the bytes.</param>
    /// <returns>False where the part is shorter, or is not in memory.</returns>
    public bool TryRead(ulong offset, Span<byte> destination)
    {
        if (offset > ReadableSize || (ulong)destination.Length > ReadableSize - offset)
            return false;
        foreach (Part part in _readable)
        {
            if (destination.IsEmpty)
                break;
            if (offset >= part.Size)
            {
                offset -= part.Size;
                continue;
            }

            int count = (int)Math.Min(part.Size - offset, (ulong)destination.Length);
            if (!_memory.TryRead(part.Address + offset, destination[..count]))
                return false;
            destination = destination[count..];
            offset = 0;
        }

        return true;
    }

    /// <summary>Writes to the writable part.</summary>
    /// <param name="offset">Where to begin.</param>
    /// <param name="source">The bytes.</param>
    /// <returns>False where the part is shorter, or is not in memory; some bytes may be written then.</returns>
    public bool TryWrite(ulong offset, ReadOnlySpan<byte> source)
    {
        if (offset > WritableSize || (ulong)source.Length > WritableSize - offset)
            return false;
        foreach (Part part in _writable)
        {
            if (source.IsEmpty)
                break;
            if (offset >= part.Size)
            {
                offset -= part.Size;
                continue;
            }

            int count = (int)Math.Min(part.Size - offset, (ulong)source.Length);
            if (!_memory.TryWrite(part.Address + offset, source[..count]))
                return false;
            source = source[count..];
            offset = 0;
        }

        return true;
    }

    internal void Begin(ushort head)
    {
        Head = head;
        _readable.Clear();
        _writable.Clear();
        ReadableSize = 0;
        WritableSize = 0;
    }

    /// <summary>Adds a part.</summary>
    /// <returns>False for a part to read behind one to write.</returns>
    internal bool TryAdd(ulong address, uint size, bool isWritable)
    {
        if (!isWritable && _writable.Count > 0)
            return false;
        (isWritable ? _writable : _readable).Add(new(address, size));
        if (isWritable)
            WritableSize += size;
        else
            ReadableSize += size;
        return true;
    }

    private readonly record struct Part(ulong Address, ulong Size);
}
