using System.Buffers.Binary;
using System.Globalization;
using Devicetree.Flattened;

namespace Devicetree.Loading;

/// <summary>A blob in a file that holds more than that.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">Its bytes.</param>
internal readonly record struct BlobInFile(int Offset, int Length);

/// <summary>Finds the blobs in files that hold several, or other things as well.</summary>
internal static class BlobsInFile
{
    /// <summary>More than any file is seen with; what hostile bytes claim beyond that is not looked at.</summary>
    private const int Most = 4096;

    private const int Shown = 4;

    /// <summary>The blobs of a file from an offset on, one behind the other or with anything between them.</summary>
    public static List<BlobInFile> Search(ReadOnlySpan<byte> file, int from)
    {
        ReadOnlySpan<byte> magic = [0xd0, 0x0d, 0xfe, 0xed];
        var found = new List<BlobInFile>();
        for (int at = from; found.Count < Most;)
        {
            int next = file[at..].IndexOf(magic);
            if (next < 0)
                break;
            at += next;
            if (IsHeader(file[at..], out int length))
            {
                found.Add(new(at, length));
                at += length;
            }
            else
            {
                at += magic.Length;
            }
        }
        return found;
    }

    /// <summary>
    /// The entries of Android's table (<c>dt_table_header</c> of the Android Open Source Project), all big-endian.
    /// </summary>
    public static List<BlobInFile> OfAndroidTable(ReadOnlySpan<byte> file)
    {
        const int HeaderSize = 32;
        var found = new List<BlobInFile>();
        if (file.Length < HeaderSize)
            return found;
        uint entrySize = Word(file, 12), count = Word(file, 16), entries = Word(file, 20);
        for (long i = 0, at = entries; i < Math.Min(count, Most) && entrySize >= 8 && at + 8 <= file.Length; i++, at += entrySize)
        {
            uint size = Word(file, (int)at), offset = Word(file, (int)at + 4);
            if ((ulong)offset + size <= (uint)file.Length)
                found.Add(new((int)offset, (int)size));
        }
        return found;
    }

    /// <summary>Blobs as a phrase: how many, and where.</summary>
    public static string Describe(List<BlobInFile> blobs)
    {
        string places = string.Join(", ", blobs.Take(Shown).Select(blob => string.Create(CultureInfo.InvariantCulture,
            $"0x{blob.Offset:x}")));
        string more = blobs.Count > Shown ? ", …" : "";
        return blobs.Count == 1 ? $"one devicetree blob at offset {places}"
            : string.Create(CultureInfo.InvariantCulture, $"{blobs.Count} devicetree blobs at offsets {places}{more}");
    }

    /// <summary>Whether bytes that begin as a blob are likely to be one: kernels hold the number in their code, too.</summary>
    private static bool IsHeader(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < FdtField.FullHeader)
            return false;
        uint total = FdtField.Read(bytes, FdtField.TotalSize);
        if (total < FdtField.SmallestHeader || total > (uint)bytes.Length
            || FdtField.Read(bytes, FdtField.StructOffset) >= total || FdtField.Read(bytes, FdtField.StringsOffset) > total
            || FdtField.Read(bytes, FdtField.ReservationsOffset) >= total || FdtField.Read(bytes,
                FdtField.LastCompatible) > FdtFormat.Version)
        {
            return false;
        }
        length = (int)total;
        return true;
    }

    private static uint Word(ReadOnlySpan<byte> file, int offset) => BinaryPrimitives.ReadUInt32BigEndian(file[offset..]);
}
