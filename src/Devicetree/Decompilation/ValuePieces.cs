using Devicetree.Compatibility;
using Devicetree.Live;

namespace Devicetree.Decompilation;

/// <summary>
/// Finds the pieces in which a value is printed. A marker that says how bytes were written begins a piece, which goes on to the
/// next such marker; where there is none, one is guessed. In the result no piece is empty, the bytes of each fit its kind, and
/// every byte is in one: dtc relies on that, but does not see to it, and then prints what it cannot read again or dies.
/// </summary>
/// <param name="version">The version of dtc, which decides where guesses begin.</param>
internal sealed class ValuePieces(DtcVersion version)
{
    private readonly bool _keepsReferences = version.Has(DtcChanges.KeepReferences);
    private readonly bool _spacesReferences = version.Has(DtcChanges.SpacedReferences);
    private readonly bool _guessesParts = version.Has(DtcChanges.GuessedParts);
    private readonly bool _splitsStrings = version.Has(DtcChanges.SplitStrings);
    private readonly List<Marker> _filled = [];
    private readonly List<Marker> _result = [];

    /// <summary>Where the marker that began the latest piece is in the result; -1 while there is none.</summary>
    private int _piece;

    /// <summary>True for the markers that begin pieces.</summary>
    public static bool Begins(Marker marker) => marker.Kind >= MarkerKind.Bytes;

    /// <summary>The bytes of an element; 0 for text.</summary>
    public static int WidthOf(MarkerKind kind) => kind switch
    {
        MarkerKind.Elements16 => sizeof(ushort),
        MarkerKind.Cells => sizeof(uint),
        MarkerKind.Elements64 => sizeof(ulong),
        MarkerKind.Text => 0,
        _ => 1,
    };

    /// <summary>
    /// Where the part that begins at a marker ends: at the next one that begins a piece, or at the end of the value.
    /// </summary>
    public static int EndOf(IReadOnlyList<Marker> markers, int index, int length)
    {
        for (int i = index + 1; i < markers.Count; i++)
        {
            if (Begins(markers[i]))
                return markers[i].Offset;
        }
        return length;
    }

    /// <summary>The markers of a value, with one at the start of each piece. The list is used again by the next call.</summary>
    public IReadOnlyList<Marker> Find(ReadOnlySpan<byte> value, IReadOnlyList<Marker> markers)
    {
        _filled.Clear();
        _result.Clear();
        _piece = -1;
        if (_guessesParts)
            FillAroundReferences(value, markers);
        else
            FillWhole(value, markers);
        // From a blob: one piece, and nothing that could be wrong with it.
        return markers.Count == 0 ? _filled : Correct(value);
    }

    /// <summary>Without any type the whole value is one guess.</summary>
    private void FillWhole(ReadOnlySpan<byte> value, IReadOnlyList<Marker> markers)
    {
        if (!markers.Any(Begins))
            AddGuess(_filled, value, 0, value.Length, markers);
        _filled.AddRange(markers);
        // Where the guess made several pieces, the markers belong among them: a label before the piece that begins at its offset.
        if (markers.Count == 0 || _filled.Count <= markers.Count + 1)
            return;
        Marker[] sorted = [.. _filled.OrderBy(marker => marker.Offset).ThenBy(marker => marker.Offset > 0 && Begins(marker))];
        _filled.Clear();
        _filled.AddRange(sorted);
    }

    /// <summary>Up to the first type what is between references is guessed, and each reference is a piece of its own.</summary>
    private void FillAroundReferences(ReadOnlySpan<byte> value, IReadOnlyList<Marker> markers)
    {
        bool isTyped = false;
        int covered = 0;
        foreach (Marker marker in markers)
        {
            isTyped |= Begins(marker);
            if (!isTyped && marker.Offset > covered)
            {
                AddGuess(_filled, value, covered, marker.Offset, []);
                covered = marker.Offset;
            }
            if (!isTyped && marker.Kind == MarkerKind.PhandleReference)
            {
                // One that overlaps the one before it cannot be written.
                if (marker.Offset < covered)
                    continue;
                _filled.Add(Begin(marker.Offset, MarkerKind.Cells));
                covered += sizeof(uint);
            }
            _filled.Add(marker);
        }
        if (!isTyped && covered < value.Length)
            AddGuess(_filled, value, covered, value.Length, []);
    }

    private void AddGuess(List<Marker> to, ReadOnlySpan<byte> value, int start, int end, IReadOnlyList<Marker> markers)
    {
        ReadOnlySpan<byte> part = value[start..end];
        MarkerKind kind = ValueGuess.KindOf(part, markers);
        to.Add(Begin(start, kind));
        if (kind != MarkerKind.Text || !_splitsStrings)
            return;
        for (int at = part.IndexOf((byte)0) + 1; at < part.Length; at += part[at..].IndexOf((byte)0) + 1)
            to.Add(Begin(start + at, MarkerKind.Text));
    }

    private List<Marker> Correct(ReadOnlySpan<byte> value)
    {
        for (int i = 0; i < _filled.Count; i++)
        {
            Marker marker = _filled[i];
            int end = EndOfPart(i, value.Length);
            if (Begins(marker))
            {
                if (EndOf(_filled, i, value.Length) > marker.Offset)
                    AddPiece(Fits(value, i, end) ? marker : marker with { Kind = MarkerKind.Bytes });
                else
                    _piece = -1;
            }
            else if (marker.Kind == MarkerKind.Untyped && end > marker.Offset && !CanGoOn(value, marker.Offset, end))
            {
                DropEmptyPiece(marker.Offset);
                int first = _result.Count;
                AddGuess(_result, value, marker.Offset, end, []);
                _piece = first;
            }
            else
            {
                _result.Add(marker);
                // A label between strings is between pieces.
                if (marker.Kind == MarkerKind.Label && end > marker.Offset && _piece >= 0
                    && _result[_piece] is { Kind: MarkerKind.Text } text && text.Offset < marker.Offset)
                {
                    AddPiece(Begin(marker.Offset, MarkerKind.Text));
                }
            }
        }
        return _result;
    }

    private void AddPiece(Marker begin)
    {
        DropEmptyPiece(begin.Offset);
        _piece = _result.Count;
        _result.Add(begin);
    }

    private void DropEmptyPiece(int offset)
    {
        if (_piece >= 0 && _result[_piece].Offset == offset)
            _result.RemoveAt(_piece);
        _piece = -1;
    }

    /// <summary>True when bytes of a file can be written as more of the piece before them.</summary>
    private bool CanGoOn(ReadOnlySpan<byte> value, int start, int end)
    {
        if (_piece < 0)
            return false;
        Marker piece = _result[_piece];
        if (piece.Kind == MarkerKind.Text)
            return piece.Offset == start && value[end - 1] == 0;
        // Since references are printed no space stands between chunks of these, unless a label does.
        bool isApart = _result[^1] is { Kind: MarkerKind.Label } label && label.Offset == start;
        if (_keepsReferences && !isApart && piece.Offset < start
            && (piece.Kind is MarkerKind.Elements16 or MarkerKind.Elements64
                || (piece.Kind == MarkerKind.Cells && !_spacesReferences)))
        {
            return false;
        }
        return (end - start) % WidthOf(piece.Kind) == 0;
    }

    private bool Fits(ReadOnlySpan<byte> value, int index, int end)
    {
        Marker piece = _filled[index];
        if (end == piece.Offset)
            return true; // The bytes of a file follow, and are looked at when they come.
        if (piece.Kind == MarkerKind.Text)
            return value[end - 1] == 0;
        int width = WidthOf(piece.Kind);
        for (int i = index + 1; i < _filled.Count && _filled[i].Offset < end; i++)
        {
            if ((_filled[i].Offset - piece.Offset) % width != 0)
                return false;
        }
        return (end - piece.Offset) % width == 0;
    }

    /// <summary>Like <see cref="EndOf"/>, but the bytes of a file are a part of their own.</summary>
    private int EndOfPart(int index, int length)
    {
        for (int i = index + 1; i < _filled.Count; i++)
        {
            if (Begins(_filled[i]) || _filled[i].Kind == MarkerKind.Untyped)
                return _filled[i].Offset;
        }
        return length;
    }

    private static Marker Begin(int offset, MarkerKind kind) => new(offset, kind, "", default);
}
