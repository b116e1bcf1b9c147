using System.Buffers.Binary;
using Devicetree.Flattened;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Decompilation;

/// <summary>What dtc's reader takes from a header, after its checks. They leave a lot open: versions, overlaps, boundaries.</summary>
/// <param name="TotalSize">The bytes of the blob; the file has at least as many.</param>
/// <param name="StructureOffset">Where the structure block starts. Its stated size is no limit for its reading; the blob's end is.</param>
/// <param name="StringsOffset">Where the strings block starts.</param>
/// <param name="StringsEnd">Where it ends.</param>
/// <param name="ReservationsOffset">Where the reservation block starts.</param>
/// <param name="BootCpu">The boot CPU.</param>
/// <param name="HasFullPaths">True before version 16: full paths as names, long values on boundaries of 8 bytes, no NOP tags.</param>
internal sealed record BlobHeader(
    uint TotalSize, uint StructureOffset, uint StringsOffset, uint StringsEnd, uint ReservationsOffset, uint BootCpu, bool HasFullPaths)
{
    private const int SmallestSize = 28;

    /// <summary>Checks in dtc's order; null, reported, at the first that fails.</summary>
    public static BlobHeader? Read(ReadOnlySpan<byte> file, BlobReaderOptions options, DiagnosticBag diagnostics)
    {
        if (file.Length < 4)
            return Refuse(BlobRules.NoMagic, file.Length);
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(file);
        if (magic != FdtFormat.Magic)
            return Refuse(BlobRules.BadMagic, magic);
        if (file.Length < 8)
            return Refuse(BlobRules.NoSize, file.Length);
        uint total = BinaryPrimitives.ReadUInt32BigEndian(file[4..]);
        if (total < SmallestSize)
            return Refuse(BlobRules.TooSmall, total);
        if (total > (uint)file.Length)
            // dtc prints the number with a sign.
            return Refuse(BlobRules.FileTooShort, (int)total, file.Length);
        if (total > (uint)options.MaxTotalSize)
            return Refuse(BlobRules.TooLarge, options.MaxTotalSize, "bytes");

        ReadOnlySpan<byte> blob = file[..(int)total];
        uint structure = Field(blob, 8);
        uint strings = Field(blob, 12);
        uint reservations = Field(blob, 16);
        uint version = Field(blob, 20);
        if (reservations >= total)
            return Refuse(BlobRules.ReservationsOutside, reservations, total);
        if (structure >= total)
            return Refuse(BlobRules.StructureOutside, structure, total);
        if (strings > total)
            return Refuse(BlobRules.StringsOutside, strings, total);
        uint stringsEnd = total;
        if (version >= 3)
        {
            uint size = Field(blob, 32);
            if (size > total - strings)
                return Refuse(BlobRules.StringsTooLong, size, strings, total);
            stringsEnd = strings + size;
        }
        if (version >= 17 && Field(blob, 36) > total - structure)
            return Refuse(BlobRules.StructureTooLong, Field(blob, 36), structure, total);
        return new(total, structure, strings, stringsEnd, reservations, Field(blob, 28), version < FdtFormat.OldestReadable);

        BlobHeader? Refuse(DiagnosticRule rule, params ReadOnlySpan<object> arguments)
        {
            diagnostics.Report(rule, default, arguments);
            return null;
        }
    }

    /// <summary>A field of the header; 0 where a short blob of a late version does not have it (dtc reads what is behind it in memory).</summary>
    private static uint Field(ReadOnlySpan<byte> blob, int offset) =>
        offset + sizeof(uint) <= blob.Length ? BinaryPrimitives.ReadUInt32BigEndian(blob[offset..]) : 0;
}
