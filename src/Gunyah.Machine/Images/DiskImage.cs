using Gunyah.Machine.Configuration;
using Gunyah.Virtio.Devices;
using Microsoft.Win32.SafeHandles;

namespace Gunyah.Machine.Images;

/// <summary>A file of the host that a VM has as a disk, byte for byte.</summary>
public sealed class DiskImage : IBlockStore, IDisposable
{
    private const int ChunkSize = 64 * 1024;

    private readonly SafeFileHandle _handle;
    private readonly DiskAccess _access;

    /// <summary>What was written and is to be forgotten, by the number of the chunk; null where writes go to the file.</summary>
    private readonly Dictionary<ulong, byte[]>? _written;

    private DiskImage(SafeFileHandle handle, DiskAccess access, ulong size)
    {
        (_handle, _access, Size) = (handle, access, size);
        _written = access == DiskAccess.Discard ? [] : null;
    }

    /// <inheritdoc/>
    public ulong Size { get; }

    /// <inheritdoc/>
    public bool IsReadOnly => _access == DiskAccess.Read;

    /// <summary>Opens a file. One that a VM writes to is open for nobody else.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="access">What becomes of writes.</param>
    /// <exception cref="IOException">There is none, it is open elsewhere, or it is empty or no whole number of sectors.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">This user may not, or it is a directory.</exception>
    public static DiskImage Open(string path, DiskAccess access)
    {
        ArgumentNullException.ThrowIfNull(path);
        bool writes = access == DiskAccess.Write;
        SafeFileHandle handle = File.OpenHandle(
            path, FileMode.Open, writes ? FileAccess.ReadWrite : FileAccess.Read, writes ? FileShare.None : FileShare.Read);
        try
        {
            long size = RandomAccess.GetLength(handle);
            return size > 0 && size % BlockDevice.SectorSize == 0
                ? new(handle, access, (ulong)size)
                : throw new IOException($"a disk is a whole number of sectors of {BlockDevice.SectorSize} bytes, and it has {size}");
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    /// <inheritdoc/>
    public bool TryRead(ulong offset, Span<byte> destination)
    {
        if (_written is null)
            return TryReadFile(offset, destination);
        while (!destination.IsEmpty)
        {
            int within = (int)(offset % ChunkSize);
            Span<byte> piece = destination[..Math.Min(destination.Length, ChunkSize - within)];
            if (_written.TryGetValue(offset / ChunkSize, out byte[]? chunk))
                chunk.AsSpan(within, piece.Length).CopyTo(piece);
            else if (!TryReadFile(offset, piece))
                return false;
            destination = destination[piece.Length..];
            offset += (ulong)piece.Length;
        }

        return true;
    }

    /// <inheritdoc/>
    public bool TryWrite(ulong offset, ReadOnlySpan<byte> source)
    {
        if (_access == DiskAccess.Read)
            return false;
        if (_written is null)
            return TryWriteFile(offset, source);
        while (!source.IsEmpty)
        {
            int within = (int)(offset % ChunkSize);
            ReadOnlySpan<byte> piece = source[..Math.Min(source.Length, ChunkSize - within)];
            if (!_written.TryGetValue(offset / ChunkSize, out byte[]? chunk))
            {
                chunk = new byte[ChunkSize];
                ulong start = offset - (ulong)within;
                if (!TryReadFile(start, chunk.AsSpan(0, (int)Math.Min(ChunkSize, Size - start))))
                    return false;
                _written.Add(offset / ChunkSize, chunk);
            }

            piece.CopyTo(chunk.AsSpan(within));
            source = source[piece.Length..];
            offset += (ulong)piece.Length;
        }

        return true;
    }

    /// <inheritdoc/>
    public bool TryFlush()
    {
        if (_access != DiskAccess.Write)
            return true;
        try
        {
            RandomAccess.FlushToDisk(_handle);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private bool TryReadFile(ulong offset, Span<byte> destination)
    {
        try
        {
            while (!destination.IsEmpty)
            {
                int read = RandomAccess.Read(_handle, destination, (long)offset);
                if (read == 0)
                    return false; // It became shorter.
                destination = destination[read..];
                offset += (ulong)read;
            }

            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private bool TryWriteFile(ulong offset, ReadOnlySpan<byte> source)
    {
        try
        {
            RandomAccess.Write(_handle, source, (long)offset);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
