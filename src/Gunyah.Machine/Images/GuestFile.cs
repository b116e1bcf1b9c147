using Microsoft.Win32.SafeHandles;

namespace Gunyah.Machine.Images;

/// <summary>
/// A file that goes into a guest's memory. It is read where it is needed, in pieces, so that a kernel never lies in the host's
/// memory twice.
/// </summary>
public sealed class GuestFile : IDisposable
{
    /// <summary>The most of a file without a length, a pipe for instance, in bytes: it has to be held.</summary>
    public const int LargestStream = 1 << 30;

    private readonly SafeFileHandle? _handle;
    private readonly string? _path;
    private readonly ReadOnlyMemory<byte> _bytes;

    private GuestFile(SafeFileHandle? handle, string? path, ReadOnlyMemory<byte> bytes, ulong size) =>
        (_handle, _path, _bytes, Size) = (handle, path, bytes, size);

    /// <summary>Its length in bytes when it was opened.</summary>
    public ulong Size { get; }

    /// <summary>Opens a file; it stays open until this is disposed.</summary>
    /// <param name="path">Its path. What has no length is read to its end at once.</param>
    /// <exception cref="IOException">There is none, it cannot be read, or it is a stream longer than
    /// <see cref="LargestStream"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it, or it is a directory.</exception>
    public static GuestFile Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (stream.CanSeek)
            return new(stream.SafeFileHandle, null, default, (ulong)stream.Length);
        using (stream)
            return FromBytes(ReadToEnd(stream, LargestStream)
                ?? throw new IOException($"it has more than {LargestStream} bytes"));
    }

    /// <summary>A file that is in memory.</summary>
    public static GuestFile FromBytes(ReadOnlyMemory<byte> bytes) => new(null, null, bytes, (ulong)bytes.Length);

    /// <summary>A regular file that is opened each time it is read: one of so many that they cannot all be open.</summary>
    /// <exception cref="IOException">This user may not read it.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    internal static GuestFile Among(string path)
    {
        using SafeFileHandle once = File.OpenHandle(path);
        return new(null, path, default, (ulong)RandomAccess.GetLength(once));
    }

    /// <inheritdoc/>
    public void Dispose() => _handle?.Dispose();

    /// <summary>Reads bytes of it.</summary>
    /// <param name="offset">Where they begin; with their number at most <see cref="Size"/>.</param>
    /// <param name="destination">Takes them.</param>
    /// <exception cref="IOException">It cannot be read, or has become shorter.</exception>
    internal void Read(ulong offset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)destination.Length, Size - offset);
        if (_path is not null)
        {
            using SafeFileHandle once = File.OpenHandle(_path);
            Read(once, offset, destination);
        }
        else if (_handle is not null)
        {
            Read(_handle, offset, destination);
        }
        else
        {
            _bytes.Span.Slice((int)offset, destination.Length).CopyTo(destination);
        }
    }

    private static void Read(SafeFileHandle handle, ulong offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int read = RandomAccess.Read(handle, destination, (long)offset);
            if (read == 0)
                throw new EndOfStreamException("it became shorter while it was read");
            destination = destination[read..];
            offset += (ulong)read;
        }
    }

    /// <summary>The bytes of a part of it as a stream.</summary>
    internal Stream OpenRead(ulong offset, ulong size) => new Part(this, offset, offset + size);

    /// <summary>Reads a stream to its end.</summary>
    /// <returns>Null if it has more bytes than allowed.</returns>
    internal static byte[]? ReadToEnd(Stream stream, ulong limit)
    {
        using var whole = new MemoryStream();
        var piece = new byte[64 * 1024];
        while (stream.Read(piece) is int read and > 0)
        {
            if ((ulong)whole.Length + (ulong)read > limit)
                return null;
            whole.Write(piece, 0, read);
        }

        return whole.ToArray();
    }

    private sealed class Part(GuestFile file, ulong offset, ulong end) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            Span<byte> taken = buffer[..(int)Math.Min((ulong)buffer.Length, end - offset)];
            file.Read(offset, taken);
            offset += (ulong)taken.Length;
            return taken.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
