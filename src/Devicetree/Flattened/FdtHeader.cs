using System.Buffers.Binary;

namespace Devicetree.Flattened;

/// <summary>Numbers of the flattened format (Devicetree Specification 0.4, chapter 5).</summary>
internal static class FdtFormat
{
    public const uint Magic = 0xd00dfeed;

    /// <summary>The version that is written, and the newest one that must not be newer to be read.</summary>
    public const uint Version = 17;

    /// <summary>The oldest version whose structure block looks as it does today (node names are not full paths).</summary>
    public const uint OldestReadable = 16;

    /// <summary>What a version 17 blob calls itself compatible with.</summary>
    public const uint LastCompatible = 16;

    public const uint BeginNode = 1;
    public const uint EndNode = 2;
    public const uint Prop = 3;
    public const uint Nop = 4;
    public const uint End = 9;

    /// <summary>Bytes of one entry of the reservation block: two 64-bit numbers.</summary>
    public const int ReservationSize = 16;

    public static uint Align(uint offset, uint boundary) => (offset + boundary - 1) & ~(boundary - 1);
}

/// <summary>The header of a blob whose own fields have been checked: every block lies inside the blob, none overlaps another.</summary>
internal readonly record struct FdtHeader(
    uint TotalSize, uint StructOffset, uint StructEnd, uint StringsOffset, uint StringsEnd, uint ReservationsOffset, uint BootCpu,
    bool HasStructSize)
{
    /// <summary>The header size of the first version; a shorter buffer cannot tell its version.</summary>
    private const int SmallestSize = 28;

    /// <summary>
    /// Reads and checks the header in libfdt's order: buffer, magic, version, total size, alignment, blocks, buffer again.
    /// </summary>
    public static FdtError? Read(ReadOnlySpan<byte> blob, FdtReaderOptions options, out FdtHeader header)
    {
        header = default;
        if (blob.Length < SmallestSize)
            return new(FdtErrorKind.Truncated, blob.Length, $"a header has at least {SmallestSize} bytes, here are {blob.Length}");
        uint magic = Field(blob, 0);
        if (magic != FdtFormat.Magic)
            return new(FdtErrorKind.BadMagic, 0, $"starts with 0x{magic:x8} instead of 0x{FdtFormat.Magic:x8}");
        uint version = Field(blob, 20);
        uint lastCompatible = Field(blob, 24);
        if (version < FdtFormat.OldestReadable || lastCompatible > FdtFormat.Version || version < lastCompatible)
        {
            return new(FdtErrorKind.BadVersion, 20,
                $"version {version}, compatible back to {lastCompatible}; versions {FdtFormat.OldestReadable} to {FdtFormat.Version} can be read");
        }
        bool hasStructSize = version >= 17;
        uint headerSize = hasStructSize ? 40u : 36u;
        if (blob.Length < headerSize)
            return new(FdtErrorKind.Truncated, blob.Length, $"a version {version} header has {headerSize} bytes, here are {blob.Length}");

        uint total = Field(blob, 4);
        if (total < headerSize || total > int.MaxValue)
            return new(FdtErrorKind.Truncated, 4, $"the total size is said to be {total} bytes");
        if (total > (uint)options.MaxTotalSize)
            return new(FdtErrorKind.LimitExceeded, 4, $"the total size of {total} bytes is more than the limit of {options.MaxTotalSize}");

        uint structOffset = Field(blob, 8);
        uint stringsOffset = Field(blob, 12);
        uint reservations = Field(blob, 16);
        if (reservations % 8 != 0)
            return new(FdtErrorKind.Alignment, 16, $"the reservation block starts at 0x{reservations:x}, not on a multiple of 8");
        if (structOffset % 4 != 0)
            return new(FdtErrorKind.Alignment, 8, $"the structure block starts at 0x{structOffset:x}, not on a multiple of 4");

        // 64-bit sums: an offset and a size that wrap around 32 bits must not look small.
        ulong stringsEnd = (ulong)stringsOffset + Field(blob, 32);
        // Before version 17 the size of the structure block is not told; it ends where something else begins.
        ulong structEnd = hasStructSize ? (ulong)structOffset + Field(blob, 36) : stringsOffset > structOffset ? stringsOffset : total;
        if (!Inside(reservations, reservations, headerSize, total))
            return new(FdtErrorKind.Truncated, 16, $"the reservation block at 0x{reservations:x} is outside the blob");
        if (!Inside(structOffset, structEnd, headerSize, total))
            return new(FdtErrorKind.Truncated, 8, $"the structure block 0x{structOffset:x}-0x{structEnd:x} is outside the blob");
        if (!Inside(stringsOffset, stringsEnd, headerSize, total))
            return new(FdtErrorKind.Truncated, 12, $"the strings block 0x{stringsOffset:x}-0x{stringsEnd:x} is outside the blob");
        if (structOffset < stringsEnd && stringsOffset < structEnd)
            return new(FdtErrorKind.BadLayout, 12, "the strings block overlaps the structure block");
        if (total > (uint)blob.Length)
            return new(FdtErrorKind.Truncated, blob.Length, $"the blob has {total} bytes, here are {blob.Length}");

        header = new(total, structOffset, (uint)structEnd, stringsOffset, (uint)stringsEnd, reservations, Field(blob, 28),
            hasStructSize);
        return null;
    }

    /// <summary>True when [start, end) shares a byte with the structure or the strings block.</summary>
    public bool OverlapsBlocks(uint start, uint end) =>
        (start < StructEnd && StructOffset < end) || (start < StringsEnd && StringsOffset < end);

    private static bool Inside(ulong start, ulong end, ulong headerSize, ulong total) => start >= headerSize && start <= end && end <= total;

    private static uint Field(ReadOnlySpan<byte> blob, int offset) => BinaryPrimitives.ReadUInt32BigEndian(blob[offset..]);
}
