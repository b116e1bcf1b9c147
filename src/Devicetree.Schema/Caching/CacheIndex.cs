using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Devicetree.Schema.Loading;
using Devicetree.Text.Files;

namespace Devicetree.Schema.Caching;

/// <summary>
/// Remembers which content files had when they were last read, so that they need not be read again while length and time of
/// change stay the same. A file that was changed so shortly before that a further change could carry the same time is not
/// trusted.
/// </summary>
internal sealed class CacheIndex
{
    private const int KeyLength = 32;
    private const int DigestLength = 16;

    /// <summary>The coarsest clock of a file system in use, in ticks.</summary>
    private const long Granularity = 2 * TimeSpan.TicksPerSecond;

    private readonly byte[] _digest;
    private readonly string _key;
    private readonly long _written;

    private CacheIndex(byte[] digest, string key, long written)
    {
        _digest = digest;
        _key = key;
        _written = written;
    }

    /// <summary>Reads an index; one that holds nothing when there is none that can be used.</summary>
    public static CacheIndex Read(string path)
    {
        BoundedFile.TryRead(path, DigestLength + KeyLength + DigestLength, out byte[]? bytes, out _);
        if (bytes is not { Length: DigestLength + KeyLength + DigestLength }
            || !XxHash128.Hash(bytes.AsSpan(0, DigestLength + KeyLength)).AsSpan()
            .SequenceEqual(bytes.AsSpan(DigestLength + KeyLength)))
            return new([], "", 0);
        return new(
            bytes[..DigestLength], Encoding.ASCII.GetString(bytes, DigestLength, KeyLength),
            new FileInfo(path).LastWriteTimeUtc.Ticks);
    }

    /// <summary>The bytes of an index.</summary>
    public static byte[] Write(IReadOnlyList<SchemaFile> files, string key)
    {
        byte[] content = [.. DigestOf(files), .. Encoding.ASCII.GetBytes(key)];
        return [.. content, .. XxHash128.Hash(content)];
    }

    /// <summary>Whether files are as they were.</summary>
    public bool Holds(IReadOnlyList<SchemaFile> files)
    {
        if (_digest.Length == 0)
            return false;
        foreach (SchemaFile file in files)
        {
            if (file.Changed > _written - Granularity)
                return false;
        }
        return DigestOf(files).AsSpan().SequenceEqual(_digest);
    }

    /// <summary>The key of the files' content; null when it is not known and has to be read.</summary>
    public string? KeyOf(IReadOnlyList<SchemaFile> files) => Holds(files) ? _key : null;

    private static byte[] DigestOf(IReadOnlyList<SchemaFile> files)
    {
        // One buffer, one hash: thousands of small pieces would cost more than all else.
        var listing = new CacheBuffer();
        Span<byte> numbers = stackalloc byte[2 * sizeof(long)];
        foreach (SchemaFile file in files)
        {
            listing.Add(Encoding.UTF8.GetBytes(file.Path));
            BinaryPrimitives.WriteInt64LittleEndian(numbers, file.Length);
            BinaryPrimitives.WriteInt64LittleEndian(numbers[sizeof(long)..], file.Changed);
            listing.Add(numbers);
        }
        return XxHash128.Hash(listing.Bytes);
    }
}
