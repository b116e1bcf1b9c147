using System.Globalization;
using System.Text;
using Devicetree.Schema.Decoding;

namespace Devicetree.Schema.Findings.Python;

/// <summary>Writes values as Python's <c>repr</c> does, because the original's messages hold them in that form.</summary>
internal static class PythonText
{
    /// <summary>The text of a value.</summary>
    public static string Of(DecodedValue value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    /// <summary>The text of a string, in quotes.</summary>
    public static string Of(string value)
    {
        var text = new StringBuilder(value.Length + 2);
        Append(text, value);
        return text.ToString();
    }

    /// <summary>The texts of values with a comma and a space between them.</summary>
    public static string Join(IEnumerable<string> values) => string.Join(", ", values.Select(Of));

    /// <summary>Adds the text of a value.</summary>
    public static void Append(StringBuilder text, DecodedValue value)
    {
        switch (value)
        {
            case DecodedFlag flag:
                text.Append(flag.Value ? "True" : "False");
                break;
            case DecodedInteger integer:
                text.Append(CultureInfo.InvariantCulture, $"{integer.Value}");
                break;
            case DecodedFloat real:
                text.Append(Float(real.Value));
                break;
            case DecodedText characters:
                Append(text, characters.Value);
                break;
            case DecodedBytes bytes:
                Append(text, bytes.Value.Span);
                break;
            case DecodedList list:
                AppendList(text, list);
                break;
            case DecodedNode node:
                AppendNode(text, node);
                break;
            default:
                text.Append("None");
                break;
        }
    }

    /// <summary>Adds bytes as a bytes literal.</summary>
    public static void Append(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        char quote = bytes.Contains((byte)'\'') && !bytes.Contains((byte)'"') ? '"' : '\'';
        text.Append('b').Append(quote);
        foreach (byte b in bytes)
        {
            if (b == quote || b == '\\')
                text.Append('\\').Append((char)b);
            else if (b is >= 0x20 and < 0x7f)
                text.Append((char)b);
            else
                AppendEscape(text, b);
        }
        text.Append(quote);
    }

    private static void Append(StringBuilder text, string value)
    {
        char quote = value.Contains('\'', StringComparison.Ordinal) && !value.Contains('"', StringComparison.Ordinal)
            ? '"' : '\'';
        text.Append(quote);
        foreach (Rune rune in value.EnumerateRunes())
        {
            if (rune.Value == quote || rune.Value == '\\')
                text.Append('\\').Append((char)rune.Value);
            else if (rune.Value is >= 0x20 and < 0x7f || rune.Value > 0x7f && IsPrintable(rune))
                text.Append(rune.ToString());
            else
                AppendEscape(text, rune.Value);
        }
        text.Append(quote);
    }

    private static void AppendEscape(StringBuilder text, int code) => _ = code switch
    {
        '\t' => text.Append("\\t"),
        '\n' => text.Append("\\n"),
        '\r' => text.Append("\\r"),
        < 0x100 => text.Append(CultureInfo.InvariantCulture, $"\\x{code:x2}"),
        < 0x10000 => text.Append(CultureInfo.InvariantCulture, $"\\u{code:x4}"),
        _ => text.Append(CultureInfo.InvariantCulture, $"\\U{code:x8}"),
    };

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);

    private static string Float(double value)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int exponent = shortest.IndexOf('E', StringComparison.Ordinal);
        if (exponent < 0)
            return shortest.Contains('.', StringComparison.Ordinal) ? shortest : shortest + ".0";
        int power = int.Parse(shortest.AsSpan(exponent + 1), CultureInfo.InvariantCulture);
        if (power is >= 0 and < 16)
            return value.ToString("F1", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture,
            $"{shortest[..exponent]}e{(power < 0 ? '-' : '+')}{Math.Abs(power):00}");
    }

    private static void AppendList(StringBuilder text, DecodedList list)
    {
        text.Append('[');
        for (int i = 0; i < list.Count; i++)
        {
            if (i > 0)
                text.Append(", ");
            Append(text, list.Items[i]);
        }
        text.Append(']');
    }

    private static void AppendNode(StringBuilder text, DecodedNode node)
    {
        text.Append('{');
        for (int i = 0; i < node.Count; i++)
        {
            if (i > 0)
                text.Append(", ");
            Append(text, node.Names[i].Text);
            text.Append(": ");
            Append(text, node.Values[i]);
        }
        text.Append('}');
    }
}
