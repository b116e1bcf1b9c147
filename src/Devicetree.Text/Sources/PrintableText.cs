using System.Globalization;
using System.Text;

namespace Devicetree.Text.Sources;

/// <summary>
/// Text of inputs on its way to people: characters that steer a terminal, or change the direction in which it writes, are shown
/// as escapes. Names in a hostile blob may hold any byte.
/// </summary>
internal static class PrintableText
{
    /// <summary>The text with <c>\xNN</c> or <c>\uNNNN</c> in the place of such characters; itself when it has none.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int first = 0;
        while (first < text.Length && !Steers(text[first]))
            first++;
        return first == text.Length ? text : Append(new StringBuilder(), text, keepsLines: false).ToString();
    }

    /// <summary>
    /// Bytes of a text of several lines, such as a devicetree source: tabs and line ends stay, bytes that are no UTF-8 are shown,
    /// too.
    /// </summary>
    public static byte[] Of(ReadOnlySpan<byte> text)
    {
        var result = new StringBuilder(text.Length);
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(text, out Rune rune, out int length) == System.Buffers.OperationStatus.Done)
            {
                Append(result, rune.ToString(), keepsLines: true);
            }
            else
            {
                foreach (byte each in text[..length])
                    result.Append(CultureInfo.InvariantCulture, $"\\x{each:x2}");
            }
            text = text[length..];
        }
        return Encoding.UTF8.GetBytes(result.ToString());
    }

    private static bool Steers(char c) => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static StringBuilder Append(StringBuilder result, string text, bool keepsLines)
    {
        foreach (char c in text)
        {
            if (!Steers(c) || (keepsLines && c is ('\t' or '\n')))
                result.Append(c);
            else if (c <= byte.MaxValue)
                result.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            else
                result.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }
        return result;
    }
}
