using System.Buffers.Binary;
using Devicetree.Compatibility;
using Devicetree.Live;

namespace Devicetree.Decompilation;

/// <summary>
/// Prints values as dtc does, spaces included (devicetree.md 1.16). Where dtc's own text would compile to other bytes or not at
/// all, it is the shortest that compiles to these (<see cref="StrictChoices.PrintedTextCompiles"/>).
/// </summary>
/// <param name="text">Where to.</param>
/// <param name="version">The version of dtc.</param>
internal sealed class ValuePrinter(ByteText text, DtcVersion version)
{
    private readonly bool _keepsReferences = version.Has(DtcChanges.KeepReferences);
    private readonly bool _spacesReferences = version.Has(DtcChanges.SpacedReferences);
    private readonly ValuePieces _pieces = new(version);

    /// <summary>Prints an equals sign and the value; nothing for a value without bytes.</summary>
    public void Print(LiveValue value)
    {
        ReadOnlySpan<byte> bytes = value.Bytes.Span;
        if (bytes.IsEmpty)
            return;
        text.Add(" ="u8);
        IReadOnlyList<Marker> markers = _pieces.Find(bytes, value.Markers);
        MarkerKind? kind = null;
        Marker? reference = null;
        int pieceStart = 0;
        int pieceEnd = 0;
        for (int i = 0; i < markers.Count; i++)
        {
            Marker marker = markers[i];
            if (ValuePieces.Begins(marker))
            {
                kind = marker.Kind;
                pieceStart = marker.Offset;
                pieceEnd = ValuePieces.EndOf(markers, i, bytes.Length);
                text.Add((byte)' ').Add(Opening(marker.Kind));
            }
            else if (marker.Kind == MarkerKind.Label)
            {
                text.Add((byte)' ').Add(marker.Target).Add((byte)':');
            }
            else if (_keepsReferences
                ? kind is MarkerKind.Elements16 or MarkerKind.Elements64 && marker.Offset > pieceStart : marker.Offset > 0)
            {
                // Since 1.7 dtc writes none of these, and the two numbers around a reference come to stand as one.
                text.Add((byte)' ');
            }
            if (marker.Kind == MarkerKind.PhandleReference)
                reference = marker;
            int end = i + 1 < markers.Count ? markers[i + 1].Offset : bytes.Length;
            if (kind is null || end == marker.Offset)
                continue;

            ReadOnlySpan<byte> chunk = bytes[marker.Offset..end];
            if (kind == MarkerKind.Text)
                PrintText(chunk);
            else if (_keepsReferences && kind == MarkerKind.Cells && reference is { } known && known.Offset == marker.Offset
                && chunk.Length >= sizeof(uint))
                PrintReference(known.Target, chunk);
            else
                PrintNumbers(chunk, kind.Value);
            if (end == pieceEnd)
            {
                text.Add(Closing(kind.Value));
                if (end < bytes.Length)
                    text.Add((byte)',');
                kind = null;
            }
            else if (_spacesReferences && kind == MarkerKind.Cells)
            {
                text.Add((byte)' ');
            }
        }
    }

    private static ReadOnlySpan<byte> Opening(MarkerKind kind) => kind switch
    {
        MarkerKind.Text => ""u8,
        MarkerKind.Elements16 => "/bits/ 16 <"u8,
        MarkerKind.Cells => "<"u8,
        MarkerKind.Elements64 => "/bits/ 64 <"u8,
        _ => "["u8,
    };

    private static ReadOnlySpan<byte> Closing(MarkerKind kind) => kind switch
    {
        MarkerKind.Text => ""u8,
        MarkerKind.Bytes => "]"u8,
        _ => ">"u8,
    };

    private void PrintReference(string target, ReadOnlySpan<byte> chunk)
    {
        bool isPath = target.Contains('/', StringComparison.Ordinal);
        text.Add(isPath ? "&{"u8 : "&"u8).Add(target).Add(isPath ? "}"u8 : ""u8);
        if (chunk.Length > sizeof(uint))
        {
            text.Add((byte)' ');
            PrintNumbers(chunk[sizeof(uint)..], MarkerKind.Cells);
        }
    }

    private void PrintNumbers(ReadOnlySpan<byte> chunk, MarkerKind kind)
    {
        int width = ValuePieces.WidthOf(kind);
        for (int at = 0; at < chunk.Length; at += width)
        {
            if (at > 0)
                text.Add((byte)' ');
            ReadOnlySpan<byte> element = chunk[at..];
            switch (kind)
            {
                case MarkerKind.Elements16:
                    text.Add("0x"u8).AddHex(BinaryPrimitives.ReadUInt16BigEndian(element), 2);
                    break;
                case MarkerKind.Cells:
                    text.Add("0x"u8).AddHex(BinaryPrimitives.ReadUInt32BigEndian(element), 2);
                    break;
                case MarkerKind.Elements64:
                    text.Add("0x"u8).AddHex(BinaryPrimitives.ReadUInt64BigEndian(element), 2);
                    break;
                default:
                    text.AddHex(element[0], 2);
                    break;
            }
        }
    }

    /// <summary>Prints one string, or several that were never told apart: the NUL at the end is that of the quotes.</summary>
    private void PrintText(ReadOnlySpan<byte> chunk)
    {
        text.Add((byte)'"');
        chunk = chunk[..^1];
        for (int plain; !chunk.IsEmpty; chunk = chunk[1..])
        {
            plain = chunk.IndexOfAnyExcept(_plainCharacters);
            if (plain < 0)
            {
                text.Add(chunk);
                break;
            }
            text.Add(chunk[..plain]);
            chunk = chunk[plain..];
            PrintEscape(chunk[0], chunk.Length > 1 ? chunk[1] : (byte)0);
        }
        text.Add((byte)'"');
    }

    private static readonly System.Buffers.SearchValues<byte> _plainCharacters = System.Buffers.SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private void PrintEscape(byte character, byte next)
    {
        switch (character)
        {
            case 0 when next is >= (byte)'0' and <= (byte)'7':
                // dtc writes "\0" here as everywhere, which swallows the digit when it is read again.
                text.Add("\", \""u8);
                return;
            case 0:
                text.Add("\\0"u8);
                return;
            case >= (byte)'\a' and <= (byte)'\r':
                text.Add((byte)'\\').Add("abtnvfr"u8[character - '\a']);
                return;
            case (byte)'\\' or (byte)'"':
                text.Add((byte)'\\').Add(character);
                return;
            default:
                // dtc extends the sign of bytes over 0x7f, which makes more than the two digits that are read.
                text.Add("\\x"u8).AddHex(character, 2);
                return;
        }
    }
}
