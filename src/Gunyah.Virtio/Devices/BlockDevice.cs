using System.Buffers.Binary;
using System.Text;
using Gunyah.Virtio.Queues;

namespace Gunyah.Virtio.Devices;

/// <summary>A disk (VIRTIO 1.2, 5.2): reads, writes, flushes, writes zeroes, tells its name.</summary>
public sealed class BlockDevice : VirtioDevice
{
    /// <summary>What a sector is in requests and in the capacity, whatever the disk's blocks are, in bytes.</summary>
    public const int SectorSize = 512;

    /// <summary>The longest name in bytes.</summary>
    public const int MaxName = 20;

    /// <summary>The most data of one request in bytes; a larger one is answered with an error.</summary>
    internal const ulong MaxRequest = 16 << 20;

    private const uint BlockId = 2;
    private const ushort QueueSize = 128;

    /// <summary>A request's data is in as many parts at most: its queue without header and status.</summary>
    private const uint MaxSegments = QueueSize - 2;
    private const uint MaxZeroedSectors = 1 << 21;
    private const uint MaxZeroedSegments = 16;

    private const ulong FeatureMaxSegments = 1 << 2;
    private const ulong FeatureReadOnly = 1 << 5;
    private const ulong FeatureBlockSize = 1 << 6;
    private const ulong FeatureFlush = 1 << 9;
    private const ulong FeatureWriteZeroes = 1 << 14;

    private const int ConfigurationSize = 60;
    private const int SegmentsOffset = 12;
    private const int BlockSizeOffset = 20;
    private const int ZeroedSectorsOffset = 48;
    private const int ZeroedSegmentsOffset = 52;

    private const int HeaderSize = 16;
    private const int SectorOffset = 8;
    private const int ZeroSegmentSize = 16;
    private const int ZeroSegmentCount = 8;
    private const int ZeroSegmentFlags = 12;

    private const int PieceSize = 64 * 1024;

    private readonly IBlockStore _store;
    private readonly byte[] _name = new byte[MaxName];
    private readonly byte[] _configuration = new byte[ConfigurationSize];
    private readonly byte[] _piece = new byte[PieceSize];

    /// <summary>Makes a disk.</summary>
    /// <param name="store">Its data.</param>
    /// <param name="name">What it answers when asked for its name: at most <see cref="MaxName"/> bytes of ASCII.</param>
    /// <exception cref="ArgumentException">The store is no whole number of sectors, or the name is too long.</exception>
    public BlockDevice(IBlockStore store, string name)
        : base(BlockId, [QueueSize])
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(name);
        if (store.Size % SectorSize != 0)
            throw new ArgumentException("a disk is a whole number of sectors", nameof(store));
        if (!Encoding.ASCII.TryGetBytes(name, _name, out _))
            throw new ArgumentException("the name is too long", nameof(name));
        _store = store;
        BinaryPrimitives.WriteUInt64LittleEndian(_configuration, store.Size / SectorSize);
        BinaryPrimitives.WriteUInt32LittleEndian(_configuration.AsSpan(SegmentsOffset), MaxSegments);
        BinaryPrimitives.WriteUInt32LittleEndian(_configuration.AsSpan(BlockSizeOffset), SectorSize);
        BinaryPrimitives.WriteUInt32LittleEndian(_configuration.AsSpan(ZeroedSectorsOffset), MaxZeroedSectors);
        BinaryPrimitives.WriteUInt32LittleEndian(_configuration.AsSpan(ZeroedSegmentsOffset), MaxZeroedSegments);
    }

    private enum Request : uint
    {
        Read = 0,
        Write = 1,
        Flush = 4,
        Name = 8,
        WriteZeroes = 13,
    }

    private enum Answer : byte
    {
        Ok = 0,
        Error = 1,
        Unsupported = 2,
    }

    internal override ulong Features =>
        FeatureMaxSegments | FeatureBlockSize | FeatureFlush | (_store.IsReadOnly ? FeatureReadOnly : FeatureWriteZeroes);

    internal override ReadOnlySpan<byte> Configuration => _configuration;

    internal override uint Process(int queue, DescriptorChain chain)
    {
        // The last byte to write is the status; without it there is nowhere to answer.
        if (chain.WritableSize == 0 || chain.WritableSize > uint.MaxValue)
            return 0;
        ulong room = chain.WritableSize - 1;
        ulong written = 0;
        Answer answer = Answer.Error;
        Span<byte> header = stackalloc byte[HeaderSize];
        if (chain.TryRead(0, header))
        {
            var request = (Request)BinaryPrimitives.ReadUInt32LittleEndian(header);
            ulong sector = BinaryPrimitives.ReadUInt64LittleEndian(header[SectorOffset..]);
            answer = request switch
            {
                Request.Read => Read(chain, sector, room, out written),
                Request.Write => Write(chain, sector),
                Request.Flush => _store.TryFlush() ? Answer.Ok : Answer.Error,
                Request.Name => Name(chain, room, out written),
                Request.WriteZeroes => WriteZeroes(chain),
                _ => Answer.Unsupported,
            };
        }

        // What was written counts from the start: the status is behind it only where all of the room was filled.
        return chain.TryWrite(room, [(byte)answer]) && written == room ? (uint)written + 1 : (uint)written;
    }

    private Answer Read(DescriptorChain chain, ulong sector, ulong size, out ulong done)
    {
        done = 0;
        if (!IsThere(sector, size))
            return Answer.Error;
        while (done < size)
        {
            Span<byte> piece = _piece.AsSpan(0, (int)Math.Min(size - done, PieceSize));
            if (!_store.TryRead((sector * SectorSize) + done, piece) || !chain.TryWrite(done, piece))
                return Answer.Error;
            done += (ulong)piece.Length;
        }

        return Answer.Ok;
    }

    private Answer Write(DescriptorChain chain, ulong sector)
    {
        ulong size = chain.ReadableSize - HeaderSize;
        if (_store.IsReadOnly || !IsThere(sector, size))
            return Answer.Error;
        for (ulong done = 0; done < size;)
        {
            Span<byte> piece = _piece.AsSpan(0, (int)Math.Min(size - done, PieceSize));
            if (!chain.TryRead(HeaderSize + done, piece) || !_store.TryWrite((sector * SectorSize) + done, piece))
                return Answer.Error;
            done += (ulong)piece.Length;
        }

        return Answer.Ok;
    }

    private Answer Name(DescriptorChain chain, ulong room, out ulong written)
    {
        written = Math.Min(room, MaxName);
        return room >= MaxName && chain.TryWrite(0, _name) ? Answer.Ok : Answer.Error;
    }

    /// <summary>Every range is looked at before the first is written.</summary>
    private Answer WriteZeroes(DescriptorChain chain)
    {
        ulong size = chain.ReadableSize - HeaderSize;
        if (_store.IsReadOnly)
            return Answer.Unsupported;
        if (size == 0 || size % ZeroSegmentSize != 0 || size / ZeroSegmentSize > MaxZeroedSegments)
            return Answer.Error;
        Span<byte> all = stackalloc byte[ZeroSegmentSize * (int)MaxZeroedSegments];
        Span<byte> segments = all[..(int)size];
        if (!chain.TryRead(HeaderSize, segments))
            return Answer.Error;
        for (Span<byte> rest = segments; !rest.IsEmpty; rest = rest[ZeroSegmentSize..])
        {
            // The one flag asks to free the space, which this disk does not offer (5.2.6.2).
            if (BinaryPrimitives.ReadUInt32LittleEndian(rest[ZeroSegmentFlags..]) != 0)
                return Answer.Unsupported;
            uint count = BinaryPrimitives.ReadUInt32LittleEndian(rest[ZeroSegmentCount..]);
            if (count > MaxZeroedSectors
                || !IsInside(BinaryPrimitives.ReadUInt64LittleEndian(rest), (ulong)count * SectorSize))
                return Answer.Error;
        }

        Array.Clear(_piece);
        for (Span<byte> rest = segments; !rest.IsEmpty; rest = rest[ZeroSegmentSize..])
        {
            ulong start = BinaryPrimitives.ReadUInt64LittleEndian(rest) * SectorSize;
            ulong end = start + ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(rest[ZeroSegmentCount..]) * SectorSize);
            for (ulong at = start; at < end; at += PieceSize)
            {
                if (!_store.TryWrite(at, _piece.AsSpan(0, (int)Math.Min(end - at, PieceSize))))
                    return Answer.Error;
            }
        }

        return Answer.Ok;
    }

    private bool IsThere(ulong sector, ulong size) =>
        size % SectorSize == 0 && size <= MaxRequest && IsInside(sector, size);

    private bool IsInside(ulong sector, ulong size)
    {
        ulong sectors = _store.Size / SectorSize;
        return sector <= sectors && size / SectorSize <= sectors - sector;
    }
}
