namespace Devicetree.Flattened;

/// <summary>Room for changes, and taking it away again.</summary>
public sealed partial class FdtEditor
{
    /// <summary>
    /// Copies a blob into a buffer of a size, of which it then claims all. The blob becomes version 17; blocks in another order
    /// are laid out again.
    /// </summary>
    /// <param name="blob">The blob, with a header that has passed a probe.</param>
    /// <param name="size">The size of the buffer.</param>
    /// <returns>0; NOSPACE where the blob does not fit, BADVERSION before version 16.</returns>
    internal int OpenInto(ReadOnlySpan<byte> blob, int size) => OpenInto(blob, size, inPlace: false);

    /// <summary>
    /// Gives the blob room in its own buffer; what <see cref="OpenInto(ReadOnlySpan{byte}, int)"/> would copy is already there.
    /// </summary>
    /// <param name="size">The new size of the buffer.</param>
    internal int Resize(int size)
    {
        // The header is read whatever total size it claims for itself; a probe has seen that it is there.
        byte[] blob = _buffer[..(int)Math.Clamp(Field(FdtField.TotalSize), FdtField.FullHeader, (uint)_buffer.Length)];
        if (size > 0)
            Array.Resize(ref _buffer, Math.Max(size, FdtField.FullHeader));
        return OpenInto(blob, size, inPlace: true);
    }

    /// <summary>
    /// True for a blob that is in order and ends with its last string, so that no change that needs a byte more can succeed.
    /// </summary>
    internal static bool IsFull(FdtView view)
    {
        ReadOnlySpan<byte> blob = view.Bytes;
        int reservations = view.CountReservations();
        return blob.Length >= FdtField.FullHeader
            && reservations >= 0
            && SizeStructure(view, blob, out uint structSize) >= 0
            && !IsMisordered(blob, ReservationsSize(reservations), structSize)
            && FdtField.Read(blob, FdtField.StringsOffset) + FdtField.Read(blob, FdtField.StringsSize) == (uint)blob.Length;
    }

    /// <summary>
    /// Lays the blocks out without gaps: header, reservations, structure, strings. The total size becomes what they need.
    /// </summary>
    internal int Pack()
    {
        int error = Probe();
        if (error < 0)
            return error;
        int reservations = View.CountReservations();
        if (reservations < 0)
            return reservations;
        uint reservationsSize = ReservationsSize(reservations);
        uint structSize = Field(FdtField.StructSize);
        ulong needed = FdtField.FullHeader + (ulong)reservationsSize + structSize + Field(FdtField.StringsSize);
        if (!HasStrings(Blob) || needed > (uint)_buffer.Length)
            return -(int)FdtErrorKind.BadLayout;
        LayOut(_buffer, reservationsSize, structSize);
        SetField(FdtField.TotalSize, DataEnd);
        return 0;
    }

    private int OpenInto(ReadOnlySpan<byte> blob, int size, bool inPlace)
    {
        var view = new FdtView(blob, _rules);
        int reservations = view.CountReservations();
        if (reservations < 0 && _rules.ReservationsAreChecked)
            return reservations;
        int error = SizeStructure(view, blob, out uint structSize);
        if (error < 0)
            return error;
        // Without the check, the error is taken for a number, as in the original; a new layout then ends it, and us here or in
        // Pack.
        uint reservationsSize = ReservationsSize(reservations);
        bool reorder = IsMisordered(blob, reservationsSize, structSize);
        if (reorder && reservations < 0)
            return reservations;
        ulong needed = reorder
            ? FdtField.FullHeader + (ulong)reservationsSize + structSize + FdtField.Read(blob, FdtField.StringsSize)
            // In place, a new layout is first built behind the old one.
            + (inPlace ? (uint)blob.Length : 0)
            : (uint)blob.Length;
        if (size < 0 || needed > (uint)size)
            return -(int)FdtErrorKind.NoSpace;
        if (reorder && !HasStrings(blob))
            return -(int)FdtErrorKind.BadLayout;

        // A larger buffer keeps what an earlier attempt has left in it, as memory that is enlarged by realloc does.
        if (_buffer.Length < size)
            Array.Resize(ref _buffer, size);
        if (reorder)
        {
            LayOut(blob, reservationsSize, structSize);
            SetField(FdtField.Magic, FdtFormat.Magic);
            SetField(FdtField.LastCompatible, FdtFormat.LastCompatible);
            SetField(FdtField.BootCpu, FdtField.Read(blob, FdtField.BootCpu));
        }
        else
        {
            blob.CopyTo(_buffer);
            SetField(FdtField.StructSize, structSize);
        }
        SetField(FdtField.Version, FdtFormat.Version);
        SetField(FdtField.TotalSize, (uint)size);
        return 0;
    }

    /// <summary>
    /// Puts the three blocks of a blob behind a full header, each right after the other, and says so in the header.
    /// </summary>
    private void LayOut(ReadOnlySpan<byte> from, uint reservationsSize, uint structSize)
    {
        uint oldReservations = FdtField.Read(from, FdtField.ReservationsOffset);
        uint oldStructure = FdtField.Read(from, FdtField.StructOffset);
        uint oldStrings = FdtField.Read(from, FdtField.StringsOffset);
        uint stringsSize = FdtField.Read(from, FdtField.StringsSize);
        uint structure = FdtField.FullHeader + reservationsSize;
        uint strings = structure + structSize;

        Move(from, oldReservations, FdtField.FullHeader, reservationsSize);
        Move(from, oldStructure, structure, structSize);
        Move(from, oldStrings, strings, stringsSize);
        SetField(FdtField.ReservationsOffset, FdtField.FullHeader);
        SetField(FdtField.StructOffset, structure);
        SetField(FdtField.StructSize, structSize);
        SetField(FdtField.StringsOffset, strings);
        SetField(FdtField.StringsSize, stringsSize);
    }

    /// <summary>Copies a block; what the blob does not have of it is zero, as it is in memory that no one has used.</summary>
    private void Move(ReadOnlySpan<byte> from, uint start, uint target, uint size)
    {
        Span<byte> place = _buffer.AsSpan((int)target, (int)size);
        ReadOnlySpan<byte> block = from[(int)Math.Min(start, (uint)from.Length)..];
        block = block[..(int)Math.Min((uint)block.Length, size)];
        block.CopyTo(place);
        place[block.Length..].Clear();
    }

    /// <summary>The bytes of the structure block; version 16 does not tell, so there it is walked.</summary>
    private static int SizeStructure(FdtView view, ReadOnlySpan<byte> header, out uint size)
    {
        size = FdtField.Read(header, FdtField.StructSize);
        if (view.Version >= FdtFormat.Version)
            return 0;
        if (view.Version < FdtFormat.OldestReadable)
            return -(int)FdtErrorKind.BadVersion;
        int next = 0;
        while (view.ReadTag(next, out int after) != FdtTag.End)
            next = after;
        view.ReadTag(next, out next);
        size = (uint)next;
        return Math.Min(next, 0);
    }

    /// <summary>
    /// True when the blocks do not follow each other as <see cref="Pack"/> lays them out, gaps aside. The sums may wrap around,
    /// as they do in libfdt: what looks in order then is caught where it is used.
    /// </summary>
    private static bool IsMisordered(ReadOnlySpan<byte> blob, uint reservationsSize, uint structSize)
    {
        uint reservations = FdtField.Read(blob, FdtField.ReservationsOffset);
        uint structure = FdtField.Read(blob, FdtField.StructOffset);
        uint strings = FdtField.Read(blob, FdtField.StringsOffset);
        return reservations < FdtField.FullHeader
            || structure < reservations + reservationsSize
            || strings < structure + structSize
            || FdtField.Read(blob, FdtField.TotalSize) < strings + FdtField.Read(blob, FdtField.StringsSize);
    }

    /// <summary>
    /// True when the strings begin in the blob. libfdt does not ask, and copies from anywhere; a structure block from nowhere
    /// ends with an error later, and reservations have been counted.
    /// </summary>
    private static bool HasStrings(ReadOnlySpan<byte> blob) => FdtField.Read(blob, FdtField.StringsOffset) <= (uint)blob.Length;

    /// <summary>The bytes of the reservation block with the entry that ends it.</summary>
    private static uint ReservationsSize(int count) => unchecked((uint)count + 1) * FdtFormat.ReservationSize;
}
