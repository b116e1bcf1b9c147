using Devicetree.Text.Diagnostics;

namespace Devicetree.Flattened;

/// <summary>What readers take from a header whose blocks lie inside the blob.</summary>
/// <param name="TotalSize">The bytes of the blob; the file has at least as many.</param>
/// <param name="StructureOffset">Where the structure block starts.</param>
/// <param name="StructureEnd">Where it ends, as far as the header tells.</param>
/// <param name="StructureSize">Its stated size; null before version 17, which does not tell it.</param>
/// <param name="StringsOffset">Where the strings block starts.</param>
/// <param name="StringsEnd">Where it ends.</param>
/// <param name="ReservationsOffset">Where the reservation block starts.</param>
/// <param name="BootCpu">The boot CPU.</param>
/// <param name="HasFullPaths">True before version 16: full paths as names, long values on boundaries of 8 bytes, no NOP
/// tags.</param>
internal sealed record BlobHeader(
    uint TotalSize, uint StructureOffset, uint StructureEnd, uint? StructureSize, uint StringsOffset, uint StringsEnd,
    uint ReservationsOffset, uint BootCpu, bool HasFullPaths)
{
    /// <summary>Checks in dtc's order, then what dtc leaves open: versions, boundaries, overlaps.</summary>
    /// <param name="file">The blob, and what may follow it.</param>
    /// <param name="tolerance">What is refused.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <returns>The header; null when the blob is refused.</returns>
    public static BlobHeader? Read(ReadOnlySpan<byte> file, BlobTolerance tolerance, BlobFaults faults)
    {
        if (file.Length < FdtField.TotalSize)
            return Refuse(BlobRules.NoMagic, FdtErrorKind.Truncated, file.Length, file.Length);
        uint magic = FdtField.Read(file, FdtField.Magic);
        if (magic != FdtFormat.Magic)
            return Refuse(BlobRules.BadMagic, FdtErrorKind.BadMagic, FdtField.Magic, magic);
        if (file.Length < FdtField.StructOffset)
            return Refuse(BlobRules.NoSize, FdtErrorKind.Truncated, file.Length, file.Length);
        uint total = FdtField.Read(file, FdtField.TotalSize);
        if (total < FdtField.SmallestHeader)
            return Refuse(BlobRules.TooSmall, FdtErrorKind.Truncated, FdtField.TotalSize, total);
        if (total > (uint)file.Length)
            return Refuse(BlobRules.FileTooShort, FdtErrorKind.Truncated, file.Length, total, file.Length);
        if (total > (uint)tolerance.MaxTotalSize)
            return Refuse(BlobRules.TooLarge, FdtErrorKind.LimitExceeded, FdtField.TotalSize, tolerance.MaxTotalSize, "bytes");

        ReadOnlySpan<byte> blob = file[..(int)total];
        uint structure = Field(blob, FdtField.StructOffset);
        uint strings = Field(blob, FdtField.StringsOffset);
        uint reservations = Field(blob, FdtField.ReservationsOffset);
        uint version = Field(blob, FdtField.Version);
        if (reservations >= total)
            return Refuse(BlobRules.ReservationsOutside, FdtErrorKind.Truncated, FdtField.ReservationsOffset, reservations,
                total);
        if (structure >= total)
            return Refuse(BlobRules.StructureOutside, FdtErrorKind.Truncated, FdtField.StructOffset, structure, total);
        if (strings > total)
            return Refuse(BlobRules.StringsOutside, FdtErrorKind.Truncated, FdtField.StringsOffset, strings, total);
        uint stringsEnd = total;
        if (version >= 3)
        {
            uint size = Field(blob, FdtField.StringsSize);
            if (size > total - strings)
                return Refuse(BlobRules.StringsTooLong, FdtErrorKind.Truncated, FdtField.StringsSize, size, strings, total);
            stringsEnd = strings + size;
        }
        uint? stated = version >= 17 ? Field(blob, FdtField.StructSize) : null;
        if (stated > total - structure)
            return Refuse(BlobRules.StructureTooLong, FdtErrorKind.Truncated, FdtField.StructSize, stated.Value, structure,
                total);
        // Before version 17 the structure block ends where something else begins.
        uint structureEnd = stated is uint size17 ? structure + size17 : strings > structure ? strings : total;
        var header = new BlobHeader(
            total, structure, structureEnd, stated, strings, stringsEnd, reservations, Field(blob, FdtField.BootCpu),
            version < FdtFormat.OldestReadable);
        return header.TryCheckVersion(version, Field(blob, FdtField.LastCompatible), tolerance, faults)
            && header.TryCheckLayout(version, tolerance, faults) ? header : null;

        BlobHeader? Refuse(DiagnosticRule rule, FdtErrorKind kind, long offset, params ReadOnlySpan<object> arguments)
        {
            faults.Refuse(rule, kind, offset, arguments);
            return null;
        }
    }

    /// <summary>True when [start, end) shares a byte with the structure or the strings block.</summary>
    public bool OverlapsBlocks(long start, long end) =>
        (start < StructureEnd && StructureOffset < end) || (start < StringsEnd && StringsOffset < end);

    private bool TryCheckVersion(uint version, uint lastCompatible, BlobTolerance tolerance, BlobFaults faults)
    {
        bool isKnown = lastCompatible <= FdtFormat.Version && version >= lastCompatible;
        if ((!isKnown && !tolerance.ReadsUnknownVersions) || (HasFullPaths && !tolerance.ReadsOldVersions))
            return faults.Refuse(BlobRules.BadVersion, FdtErrorKind.BadVersion, FdtField.Version, version, lastCompatible);
        uint size = FdtField.HeaderSize(version);
        return TotalSize >= size || tolerance.ReadsUnknownVersions
            || faults.Refuse(BlobRules.HeaderCut, FdtErrorKind.Truncated, FdtField.TotalSize, version, size, TotalSize);
    }

    private bool TryCheckLayout(uint version, BlobTolerance tolerance, BlobFaults faults)
    {
        if (tolerance.Layout is null)
            return true;
        uint headerSize = FdtField.HeaderSize(version);
        return TryCheckBoundary("reservation", ReservationsOffset, sizeof(ulong), FdtField.ReservationsOffset)
            && TryCheckBoundary("structure", StructureOffset, sizeof(uint), FdtField.StructOffset)
            && TryCheckStart("reservation", ReservationsOffset, FdtField.ReservationsOffset)
            && TryCheckStart("structure", StructureOffset, FdtField.StructOffset)
            && TryCheckStart("strings", StringsOffset, FdtField.StringsOffset)
            && (StructureOffset >= StringsEnd || StringsOffset >= StructureEnd
                || faults.Judge(tolerance.Layout, BlobRules.Overlap, FdtErrorKind.BadLayout, FdtField.StringsOffset, "strings",
                    StringsOffset, "the structure block"));

        bool TryCheckBoundary(string block, uint offset, uint boundary, int field) => offset % boundary == 0
            || faults.Judge(tolerance.Layout, BlobRules.Misaligned, FdtErrorKind.Alignment, field, block, offset, boundary);

        bool TryCheckStart(string block, uint offset, int field) => offset >= headerSize
            || faults.Judge(tolerance.Layout, BlobRules.Overlap, FdtErrorKind.Truncated, field, block, offset, "the header");
    }

    /// <summary>
    /// A field of the header; 0 where a short blob of a late version does not have it (dtc reads what is behind it in memory).
    /// </summary>
    private static uint Field(ReadOnlySpan<byte> blob, int offset) =>
        offset + sizeof(uint) <= blob.Length ? FdtField.Read(blob, offset) : 0;
}
