using System.Buffers.Text;

namespace Devicetree.Source.Preprocessing;

/// <summary>A line <c># 12 "file" 1 3</c>, by which a preprocessor says where the following lines came from.</summary>
/// <param name="Line">The number of the next line.</param>
/// <param name="NameStart">Where the name begins, after its quote.</param>
/// <param name="NameEnd">Where the name ends.</param>
internal readonly record struct LineMarker(int Line, int NameStart, int NameEnd)
{
    /// <summary>Reads the marker at the start of a text.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out LineMarker marker)
    {
        marker = default;
        if (text.IsEmpty || text[0] != '#')
            return false;
        int number = 1 + Blanks(text[1..]);
        if (number == 1 || !Utf8Parser.TryParse(text[number..], out int line, out int digits) || line < 0)
            return false;
        int quote = number + digits + Blanks(text[(number + digits)..]);
        if (quote == number + digits || quote >= text.Length || text[quote] != '"')
            return false;
        int end = TokenScanner.QuotedEnd(text, quote);
        if (end <= quote + 1 || text[end - 1] != '"')
            return false;
        marker = new(line, quote + 1, end - 1);
        return true;
    }

    private static int Blanks(ReadOnlySpan<byte> text) =>
        text.IndexOfAnyExcept((byte)' ', (byte)'\t') is int end and >= 0 ? end : text.Length;
}
