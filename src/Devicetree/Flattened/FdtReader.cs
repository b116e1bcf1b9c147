using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Devicetree.Flattened;

/// <summary>
/// Reads flattened devicetrees of versions 16 and 17 (newer ones when they call themselves compatible). Everything that is read is
/// checked, more strictly than libfdt does it:
/// <list type="bullet">
/// <item>blocks lie inside the blob, on their boundaries, and do not overlap;</item>
/// <item>the structure block follows its grammar (properties before children), fills its stated size exactly and holds one root;</item>
/// <item>names are terminated, legal and unique among siblings; no two nodes have the same phandle.</item>
/// </list>
/// What dtc, libfdt, QEMU and boot loaders write is accepted, also with bytes after the blob, gaps between blocks, NOP tags and pad bytes
/// that are not zero.
/// </summary>
public static class FdtReader
{
    /// <summary>Whether bytes begin as a blob does, and not as a source.</summary>
    public static bool IsBlob(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= sizeof(uint) && BinaryPrimitives.ReadUInt32BigEndian(bytes) == FdtFormat.Magic;

    /// <summary>
    /// Reads a blob. The bytes are copied first, so the tree does not change when the blob does (it may lie in a guest's memory).
    /// </summary>
    /// <param name="blob">The blob; bytes after its total size are ignored.</param>
    /// <param name="tree">The tree, null on error.</param>
    /// <param name="error">What is wrong and at which offset, null when nothing is.</param>
    /// <param name="options">Limits, the defaults when null.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> blob,
        [NotNullWhen(true)] out Tree? tree,
        [NotNullWhen(false)] out FdtError? error,
        FdtReaderOptions? options = null)
    {
        options ??= FdtReaderOptions.Default;
        tree = null;
        // The header decides how much is copied, so the copy's header is what must be checked: a guest may write in between.
        ReadOnlySpan<byte> original = blob.Span;
        error = FdtHeader.Read(original, options, out FdtHeader first);
        if (error is not null)
            return false;
        byte[] copy = original[..(int)first.TotalSize].ToArray();
        error = FdtHeader.Read(copy, options, out FdtHeader header);
        if (error is not null)
            return false;

        var result = new Tree { BootCpu = header.BootCpu };
        error = ReadReservations(copy, header, result) ?? new StructureReader(copy, header, options, result).Read();
        tree = error is null ? result : null;
        return error is null;
    }

    private static FdtError? ReadReservations(ReadOnlySpan<byte> blob, in FdtHeader header, Tree tree)
    {
        for (uint offset = header.ReservationsOffset; ; offset += FdtFormat.ReservationSize)
        {
            if (header.TotalSize - offset < FdtFormat.ReservationSize)
                return new(FdtErrorKind.Truncated, (int)offset, "the reservation block has no end");
            if (header.OverlapsBlocks(offset, offset + FdtFormat.ReservationSize))
                return new(FdtErrorKind.BadLayout, (int)offset, "the reservation block runs into another block");
            ReadOnlySpan<byte> entry = blob.Slice((int)offset, FdtFormat.ReservationSize);
            ulong size = BinaryPrimitives.ReadUInt64BigEndian(entry[8..]);
            if (size == 0)
                return null;
            tree.Reservations.Add(new(BinaryPrimitives.ReadUInt64BigEndian(entry), size));
        }
    }
}
