using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Gunyah.Abi.Memory;

namespace Gunyah.Hypervisor.Memory;

/// <summary>
/// The machine's RAM. It reads as zero until it is written; host memory is committed in pieces of <see cref="ChunkSize"/>
/// bytes at the first write, pinned and page-aligned so that an engine may keep addresses into it. Every access is checked
/// against the ranges.
/// Accesses from several threads at once are allowed and, as in a real machine, not atomic.
/// </summary>
public sealed class PhysicalMemory
{
    /// <summary>The granularity of host memory in bytes.</summary>
    internal const int ChunkSize = 256 * 1024;

    private readonly Bank[] _banks;

    /// <summary>Makes empty RAM.</summary>
    /// <param name="ranges">Page-aligned, not empty, not wrapping, not overlapping; in any order.</param>
    /// <exception cref="ArgumentException">The ranges break one of these rules.</exception>
    internal PhysicalMemory(ImmutableArray<MemoryRange> ranges)
    {
        ImmutableArray<MemoryRange> sorted = ranges.Sort((a, b) => a.Base.CompareTo(b.Base));
        for (int i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].Size == 0 || sorted[i].Wraps || !sorted[i].IsPageAligned)
                throw new ArgumentException($"RAM at 0x{sorted[i].Base:x} is empty, wraps or is not page-aligned",
                    nameof(ranges));
            if (i > 0 && sorted[i].Overlaps(sorted[i - 1]))
                throw new ArgumentException($"RAM at 0x{sorted[i].Base:x} overlaps the range below it", nameof(ranges));
        }

        Ranges = sorted;
        _banks = [.. Joined(sorted).Select(range => new Bank(range))];
    }

    /// <summary>The ranges, sorted.</summary>
    internal ImmutableArray<MemoryRange> Ranges { get; }

    /// <summary>Host memory in use, in bytes.</summary>
    internal long Committed => _banks.Sum(bank => bank.Committed);

    /// <summary>Reads.</summary>
    /// <param name="address">A physical address.</param>
    /// <param name="destination">Takes the bytes; untouched on failure.</param>
    /// <returns>False where part of the range is not RAM.</returns>
    public bool TryRead(ulong address, Span<byte> destination)
    {
        if (Find(address, (ulong)destination.Length) is not { } bank)
            return false;

        ulong offset = address - bank.Range.Base;
        if (bank.Find(offset) is { } whole && destination.Length <= ChunkSize - (int)(offset % ChunkSize))
        {
            BytesOf(whole).Slice((int)(offset % ChunkSize), destination.Length).CopyTo(destination);
            return true;
        }

        while (destination.Length > 0)
        {
            int within = (int)(offset % ChunkSize);
            int length = Math.Min(destination.Length, ChunkSize - within);
            if (bank.Find(offset) is { } chunk)
                BytesOf(chunk).Slice(within, length).CopyTo(destination);
            else
                destination[..length].Clear();
            destination = destination[length..];
            offset += (ulong)length;
        }

        return true;
    }

    /// <summary>Writes.</summary>
    /// <param name="address">A physical address.</param>
    /// <param name="source">The bytes.</param>
    /// <returns>False, with nothing written, where part of the range is not RAM.</returns>
    public bool TryWrite(ulong address, ReadOnlySpan<byte> source)
    {
        if (Find(address, (ulong)source.Length) is not { } bank)
            return false;

        ulong offset = address - bank.Range.Base;
        while (source.Length > 0)
        {
            int within = (int)(offset % ChunkSize);
            int length = Math.Min(source.Length, ChunkSize - within);
            source[..length].CopyTo(BytesOf(bank.Commit(offset))[within..]);
            source = source[length..];
            offset += (ulong)length;
        }

        return true;
    }

    /// <summary>Fills with zeros; memory never written stays uncommitted.</summary>
    /// <returns>False, with nothing changed, where part of the range is not RAM.</returns>
    internal bool TryZero(MemoryRange range)
    {
        if (Find(range.Base, range.Size) is not { } bank)
            return false;

        ulong offset = range.Base - bank.Range.Base;
        ulong end = offset + range.Size;
        while (offset < end)
        {
            int within = (int)(offset % ChunkSize);
            int length = (int)Math.Min(end - offset, ChunkSize - (ulong)within);
            if (bank.Find(offset) is { } chunk)
                BytesOf(chunk).Slice(within, length).Clear();
            offset += (ulong)length;
        }

        return true;
    }

    /// <summary>Commits a page and tells where it is. It stays there as long as this object is in use.</summary>
    /// <param name="page">The physical address of a page.</param>
    /// <param name="address">Its host address, page-aligned.</param>
    /// <returns>False where there is no RAM.</returns>
    internal bool TryGetHostAddress(ulong page, out nint address)
    {
        address = 0;
        if (Find(page, Page.Size) is not { } bank)
            return false;
        ulong offset = page - bank.Range.Base;
        byte[] chunk = bank.Commit(offset);
        address = Marshal.UnsafeAddrOfPinnedArrayElement(chunk, StartOf(chunk) + (int)(offset % ChunkSize));
        return true;
    }

    /// <summary>The piece of host memory that an address lies in, as long as this object is in use; there is none unless it was
    /// written.</summary>
    /// <param name="address">A physical address.</param>
    /// <param name="piece">The physical addresses of the piece, as far as they are RAM.</param>
    /// <param name="bytes">Its bytes.</param>
    internal bool TryGetPiece(ulong address, out MemoryRange piece, out ArraySegment<byte> bytes)
    {
        (piece, bytes) = (default, default);
        if (Find(address, 1) is not { } bank)
            return false;
        ulong offset = address - bank.Range.Base;
        if (bank.Find(offset) is not { } chunk)
            return false;
        ulong start = offset - (offset % ChunkSize);
        ulong size = Math.Min(ChunkSize, bank.Range.Size - start);
        piece = new(bank.Range.Base + start, size);
        bytes = new(chunk, StartOf(chunk), (int)size);
        return true;
    }

    private static Span<byte> BytesOf(byte[] chunk) => chunk.AsSpan(StartOf(chunk), ChunkSize);

    /// <summary>The first page boundary in a chunk's array, which is pinned and a page larger than the chunk.</summary>
    private static int StartOf(byte[] chunk) =>
        (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(chunk, 0) & ((nint)Page.Size - 1));

    /// <summary>Neighbouring ranges as one: an access may cross from one into the next.</summary>
    private static List<MemoryRange> Joined(ImmutableArray<MemoryRange> sorted)
    {
        var joined = new List<MemoryRange>();
        foreach (MemoryRange range in sorted)
        {
            if (joined.Count > 0 && joined[^1].End == range.Base)
                joined[^1] = new(joined[^1].Base, joined[^1].Size + range.Size);
            else
                joined.Add(range);
        }

        return joined;
    }

    private Bank? Find(ulong address, ulong size)
    {
        foreach (Bank bank in _banks)
        {
            if (bank.Range.Contains(address, size))
                return bank;
        }

        return null;
    }

    /// <summary>One range and its host memory.</summary>
    private sealed class Bank(MemoryRange range)
    {
        private readonly byte[]?[] _chunks = new byte[]?[(int)((range.Size + ChunkSize - 1) / ChunkSize)];

        public MemoryRange Range { get; } = range;

        public long Committed => _chunks.Count(chunk => chunk is not null) * (long)ChunkSize;

        public byte[]? Find(ulong offset) => Volatile.Read(ref _chunks[(int)(offset / ChunkSize)]);

        public byte[] Commit(ulong offset)
        {
            ref byte[]? chunk = ref _chunks[(int)(offset / ChunkSize)];
            byte[]? found = Volatile.Read(ref chunk);
            if (found is not null)
                return found;
            byte[] made = GC.AllocateArray<byte>(ChunkSize + (int)Page.Size, pinned: true);
            return Interlocked.CompareExchange(ref chunk, made, null) ?? made;
        }
    }
}
