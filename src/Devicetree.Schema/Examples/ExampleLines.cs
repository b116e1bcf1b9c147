using System.Text;
using Devicetree.Schema.Model;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Examples;

/// <summary>Finds the lines of an example in the binding that it is written in.</summary>
internal static class ExampleLines
{
    /// <summary>
    /// The place of each line of an example, without its indentation, which the value does not have. Null for an example that is
    /// no literal block: folding and escapes leave no line as it was.
    /// </summary>
    public static IReadOnlyList<SourceSpan>? Of(SchemaString example)
    {
        if (example.Span.Source is not SourceText source || source.Bytes.Span[example.Span.Start..] is not [(byte)'|', ..])
            return null;
        string[] lines = example.Value.Split('\n');
        var places = new SourceSpan[lines.Length];
        SourceSpan line = source.LineAt(example.Span.Start);
        for (int i = 0; i < lines.Length; i++)
        {
            if (line.End >= source.Bytes.Length)
                return i == lines.Length - 1 && lines[i].Length == 0 ? Ended(places, i, line) : null;
            line = source.LineAt(NextLine(source, line));
            int length = Encoding.UTF8.GetByteCount(lines[i]);
            if (length > line.Length || Encoding.UTF8.GetString(source.Bytes.Span[(line.End - length)..line.End]) != lines[i])
            {
                // Blank lines may keep some of their indentation; the last line break makes one more line, which is the next
                // one's.
                if (lines[i].Length > 0)
                    return null;
                length = 0;
            }
            places[i] = source.Span(line.End - length, line.End);
        }
        return places;
    }

    private static SourceSpan[] Ended(SourceSpan[] places, int at, SourceSpan line)
    {
        places[at] = line with { Start = line.End };
        return places;
    }

    private static int NextLine(SourceText source, SourceSpan line)
    {
        int at = line.End;
        ReadOnlySpan<byte> bytes = source.Bytes.Span;
        if (at < bytes.Length && bytes[at] == (byte)'\r')
            at++;
        return at + 1;
    }
}
