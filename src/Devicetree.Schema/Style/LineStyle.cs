using System.Globalization;
using Devicetree.Text.Yaml;
using YamlDotNet.Core.Tokens;

namespace Devicetree.Schema.Style;

/// <summary>What can be said about lines alone: how long they are, how they end, how many empty ones follow each other.</summary>
internal static class LineStyle
{
    public static void Check(string text, StyleFindings findings)
    {
        StyleSettings settings = findings.Settings;
        int empty = 0;
        bool onlyEmpty = true;
        int number = 1;
        for (int start = 0; start <= text.Length; number++)
        {
            int feed = text.IndexOf('\n', start);
            int next = feed < 0 ? text.Length + 1 : feed + 1;
            int end = feed < 0 ? text.Length : feed > start && text[feed - 1] == '\r' ? feed - 1 : feed;
            ReadOnlySpan<char> line = text.AsSpan(start, end - start);
            CheckLength(line, number, findings);
            if (line.Length > 0 && line[^1] is ' ' or '\t')
                findings.Add(StyleRules.TrailingSpaces, number, line.TrimEnd(" \t").Length + 1, "trailing spaces");
            if (start == 0 && feed > end)
                findings.Add(StyleRules.NewLines, 1, line.Length + 1, @"wrong new line character: expected \n");
            if (feed < 0 && line.Length > 0)
                findings.Add(StyleRules.NewLineAtEnd, number, line.Length + 1, "no new line character at the end of file");

            if (feed >= 0 && line.Length == 0)
            {
                empty++;
                if (next == text.Length && text.Length > feed - end + 1)
                    CheckEmpty(empty, settings.EmptyLinesAtEnd, number, findings);
                else if (!IsEmptyLine(text, next))
                    CheckEmpty(empty, onlyEmpty ? settings.EmptyLinesAtStart : settings.EmptyLines, number, findings);
            }
            else
            {
                empty = 0;
                onlyEmpty = false;
            }
            start = next;
        }
    }

    private static bool IsEmptyLine(string text, int start) =>
        start < text.Length && (text[start] == '\n'
        || (text[start] == '\r' && start + 1 < text.Length && text[start + 1] == '\n'));

    private static void CheckEmpty(int count, int most, int line, StyleFindings findings)
    {
        if (count > most)
            findings.Add(StyleRules.EmptyLines, line, 1,
                string.Create(CultureInfo.InvariantCulture, $"too many blank lines ({count} > {most})"));
    }

    private static void CheckLength(ReadOnlySpan<char> line, int number, StyleFindings findings)
    {
        int longest = findings.Settings.LongestLine;
        if (line.Length <= longest)
            return;
        int length = 0;
        foreach (char c in line)
            length += char.IsLowSurrogate(c) ? 0 : 1;
        if (length <= longest || IsUnbreakable(line))
            return;
        findings.Add(
            StyleRules.LineLength, number, longest + 1,
            string.Create(CultureInfo.InvariantCulture, $"line too long ({length} > {longest} characters)"));
    }

    /// <summary>
    /// A line of one word, also behind a comment's sign, a hyphen or a key: breaking it would change what it says.
    /// </summary>
    private static bool IsUnbreakable(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> rest = line.TrimStart(' ');
        if (rest.IsEmpty)
            return false;
        if (rest[0] == '#')
            rest = AfterSign(rest.TrimStart('#'), 1);
        else if (rest[0] == '-')
            rest = AfterSign(rest, 2);
        return !rest.Contains(' ') || IsUnbreakableMapping(line.ToString());
    }

    private static ReadOnlySpan<char> AfterSign(ReadOnlySpan<char> text, int count) => text[Math.Min(count, text.Length)..];

    /// <summary>Whether a line, read by itself, is a key with a value of one word.</summary>
    private static bool IsUnbreakableMapping(string line)
    {
        var scanner = new YamlScanner(line);
        bool inMapping = false;
        bool afterColon = false;
        try
        {
            while (scanner.MoveNext())
            {
                Token token = scanner.Current!;
                if (afterColon && token is Scalar)
                    return !line.AsSpan((int)token.Start.Index).Contains(' ');
                afterColon = inMapping && token is Value;
                inMapping |= token is BlockMappingStart;
            }
        }
        catch (Exception error) when (YamlErrors.IsOne(error))
        {
        }
        return false;
    }
}
