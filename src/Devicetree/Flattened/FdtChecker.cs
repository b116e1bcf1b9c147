using Devicetree.Compatibility;

namespace Devicetree.Flattened;

/// <summary>
/// The full check of a blob with the verdict of libfdt's <c>fdt_check_full</c>: the same things in the same order, and the same
/// word for the first one that is wrong (devicetree.md 2.2). It is more forgiving than <see cref="FdtReader"/>: a name may stand
/// twice, blocks may overlap, properties may follow children. What makes the original read outside of the blob or never end is
/// refused.
/// </summary>
internal static class FdtChecker
{
    /// <summary>Checks a blob.</summary>
    /// <param name="blob">The blob; it may be longer than its total size.</param>
    /// <param name="version">The version of libfdt to agree with where versions differ; the newest when null.</param>
    /// <returns>The first error and its offset in the blob; null when there is none.</returns>
    public static FdtError? Check(ReadOnlySpan<byte> blob, DtcVersion? version = null)
    {
        DtcVersion dtc = version ?? DtcVersion.Newest;
        if (CheckHeader(blob, dtc) is FdtError error)
            return error;
        var view = new FdtView(blob, LibfdtRules.Of(dtc));
        uint reservations = FdtField.Read(blob, FdtField.ReservationsOffset);
        if (view.CountReservations() < 0)
            return new(FdtErrorKind.Truncated, (int)reservations, "the reservation block has no end");
        return CheckStructure(view, dtc.Has(DtcChanges.NopAfterRoot));
    }

    private static FdtError? CheckHeader(ReadOnlySpan<byte> blob, DtcVersion dtc)
    {
        if (blob.Length < FdtField.SmallestHeader)
            return new(FdtErrorKind.Truncated, blob.Length,
                $"a header has at least {FdtField.SmallestHeader} bytes, here are {blob.Length}");
        uint version = FdtField.Read(blob, FdtField.Version);
        uint headerSize = FdtField.HeaderSize(version);
        if ((uint)blob.Length < headerSize)
            return new(FdtErrorKind.Truncated, blob.Length,
                $"a version {version} header has {headerSize} bytes, here are {blob.Length}");
        uint magic = FdtField.Read(blob, FdtField.Magic);
        if (magic != FdtFormat.Magic)
            return new(FdtErrorKind.BadMagic, FdtField.Magic, $"starts with 0x{magic:x8} instead of 0x{FdtFormat.Magic:x8}");
        uint lastCompatible = FdtField.Read(blob, FdtField.LastCompatible);
        if (!FdtView.IsReadable(version, lastCompatible) || version < lastCompatible)
            return new(FdtErrorKind.BadVersion, FdtField.Version,
                $"version {version}, compatible back to {lastCompatible}, cannot be read");
        uint total = FdtField.Read(blob, FdtField.TotalSize);
        if (total < headerSize || total > int.MaxValue)
            return new(FdtErrorKind.Truncated, FdtField.TotalSize, $"the total size is said to be {total} bytes");

        uint reservations = FdtField.Read(blob, FdtField.ReservationsOffset);
        uint structure = FdtField.Read(blob, FdtField.StructOffset);
        uint strings = FdtField.Read(blob, FdtField.StringsOffset);
        if (dtc.Has(DtcChanges.AlignmentChecked))
        {
            if (reservations % sizeof(ulong) != 0)
                return Misplaced(FdtErrorKind.Alignment, FdtField.ReservationsOffset, "reservation", reservations);
            if (structure % sizeof(uint) != 0)
                return Misplaced(FdtErrorKind.Alignment, FdtField.StructOffset, "structure", structure);
        }
        // Before version 17 the header does not tell the size of the structure block.
        uint structSize = version >= 17 ? FdtField.Read(blob, FdtField.StructSize) : 0;
        if (!IsInside(reservations, 0))
            return Misplaced(FdtErrorKind.Truncated, FdtField.ReservationsOffset, "reservation", reservations);
        if (!IsInside(structure, structSize))
            return Misplaced(FdtErrorKind.Truncated, FdtField.StructOffset, "structure", structure);
        // libfdt reads the size of the strings block where version 3 put it, also in headers that end before it.
        if (!IsInside(strings, blob.Length >= FdtField.StructSize ? FdtField.Read(blob, FdtField.StringsSize) : 0))
            return Misplaced(FdtErrorKind.Truncated, FdtField.StringsOffset, "strings", strings);
        return total > (uint)blob.Length
            ? new(FdtErrorKind.Truncated, FdtField.TotalSize, $"the blob has {total} bytes, here are {blob.Length}")
            : null;

        // A 64-bit sum: what wraps around 32 bits is outside, too.
        bool IsInside(uint start, uint size) => start >= headerSize && (ulong)start + size <= total;
    }

    private static FdtError? CheckStructure(FdtView view, bool nopAfterRoot)
    {
        int next = 0;
        int depth = 0;
        bool rootEnded = false;
        while (true)
        {
            int at = next;
            FdtTag tag = view.ReadTag(at, out next);
            if (next < 0)
            {
                var kind = (FdtErrorKind)(-next);
                return At(view, kind, at, kind == FdtErrorKind.Truncated
                    ? "the structure block ends here" : "no tag, or one that does not fit");
            }
            if (rootEnded && tag != FdtTag.End && !(nopAfterRoot && tag == FdtTag.Nop))
                return At(view, FdtErrorKind.BadStructure, at, "something follows the root node");
            switch (tag)
            {
                case FdtTag.End:
                    return depth == 0 ? null
                        : At(view, FdtErrorKind.BadStructure, at, $"the structure ends inside of {depth} nodes");
                case FdtTag.BeginNode:
                    if (depth++ == 0 && CheckRootName(view, at) is FdtError badName)
                        return badName;
                    break;
                case FdtTag.EndNode:
                    if (depth == 0)
                        return At(view, FdtErrorKind.BadStructure, at, "a node ends that has not begun");
                    rootEnded = --depth == 0;
                    break;
                case FdtTag.Property:
                    if (!view.TryGetString(view.NameOffsetOf(at), out _, out FdtErrorKind badString))
                        return At(view, badString, at,
                            $"the property's name, at 0x{view.NameOffsetOf(at):x} of the strings block, cannot be read");
                    break;
            }
        }
    }

    private static FdtError? CheckRootName(FdtView view, int root)
    {
        if (!view.TryGetName(root, out ReadOnlySpan<byte> name, out FdtErrorKind error))
            return At(view, error, root, "the root's name is no path");
        return name.IsEmpty ? null : At(view, FdtErrorKind.BadStructure, root, "the root node has a name");
    }

    private static FdtError Misplaced(FdtErrorKind kind, int field, string block, uint offset) =>
        new(kind, field, $"the {block} block cannot start at 0x{offset:x}");

    private static FdtError At(FdtView view, FdtErrorKind kind, int offset, string message) =>
        new(kind, view.BlobOffset(offset), message);
}
