using System.Text;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Reports;

/// <summary>The source line of a place, for people and for formats that count characters.</summary>
/// <param name="Text">The line without its end, each tab as one space, control characters as a replacement, cut when very
/// long.</param>
/// <param name="Column">Where the span starts in the line, in UTF-16 units from 1.</param>
/// <param name="Length">How much of the line the span covers, at least 1.</param>
internal readonly record struct SourceExcerpt(string Text, int Column, int Length)
{
    /// <summary>Longer lines show only what is around the place.</summary>
    private const int MaxLine = 160;

    /// <summary>How much of a long line is shown before the place.</summary>
    private const int Before = 40;

    /// <summary>The excerpt of a span; null when it has no source.</summary>
    public static SourceExcerpt? Of(SourceSpan span)
    {
        if (span.Source is not SourceText source)
            return null;
        SourceSpan line = source.LineAt(span.Start);
        int start = Math.Clamp(span.Start, line.Start, line.End);
        int end = Math.Clamp(span.End, start, line.End);
        ReadOnlySpan<byte> bytes = source.Bytes.Span;
        int column = Encoding.UTF8.GetCharCount(bytes[line.Start..start]);
        int length = Encoding.UTF8.GetCharCount(bytes[start..end]);
        string text = Encoding.UTF8.GetString(bytes[line.Start..line.End]);
        return new(Printable(text), column + 1, Math.Max(length, 1));
    }

    /// <summary>The part of a long line around the place.</summary>
    public SourceExcerpt Cut()
    {
        if (Text.Length <= MaxLine)
            return this;
        int from = Math.Clamp(Column - 1 - Before, 0, Text.Length);
        int to = Math.Min(from + MaxLine, Text.Length);
        int column = Column - from;
        return new(Text[from..to], column, Math.Clamp(Length, 1, Math.Max(1, to - from - column + 1)));
    }

    /// <summary>A text of an input that cannot write to the terminal.</summary>
    public static string Printable(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (char c in text)
            result.Append(c == '\t' ? ' ' : char.IsControl(c) ? '\uFFFD' : c);
        return result.ToString();
    }
}
