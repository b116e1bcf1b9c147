using System.Buffers.Binary;

namespace Devicetree.Flattened;

/// <summary>Reads the reservation block, which ends with an entry of size 0.</summary>
internal static class ReservationBlock
{
    /// <summary>Reads all entries.</summary>
    /// <param name="blob">The blob, as long as its total size.</param>
    /// <param name="header">Its header.</param>
    /// <param name="tolerance">What is refused.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="take">Takes each entry.</param>
    /// <returns>False when the blob is refused.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> blob, BlobHeader header, BlobTolerance tolerance, BlobFaults faults, Action<MemoryReservation> take)
    {
        bool overlaps = false;
        for (long offset = header.ReservationsOffset; ; offset += FdtFormat.ReservationSize)
        {
            long end = offset + FdtFormat.ReservationSize;
            if (end > blob.Length)
                return faults.Refuse(BlobRules.PrematureEnd, FdtErrorKind.Truncated, Math.Min(offset, blob.Length),
                    "the reservation block");
            if (!overlaps && header.OverlapsBlocks(offset, end))
            {
                overlaps = true;
                if (!faults.Judge(tolerance.Layout, BlobRules.Overlap, FdtErrorKind.BadLayout, offset, "reservation",
                    header.ReservationsOffset, "another block"))
                    return false;
            }
            ReadOnlySpan<byte> entry = blob.Slice((int)offset, FdtFormat.ReservationSize);
            ulong size = BinaryPrimitives.ReadUInt64BigEndian(entry[sizeof(ulong)..]);
            if (size == 0)
                return true;
            take(new(BinaryPrimitives.ReadUInt64BigEndian(entry), size));
        }
    }
}
