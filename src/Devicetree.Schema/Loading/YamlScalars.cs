using System.Globalization;
using Devicetree.Schema.Model;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Loading;

/// <summary>
/// What a plain scalar means: the rules of YAML 1.2 as ruamel's safe loader applies them, which dt-schema reads bindings with.
/// They differ from the specification in details (underscores in numbers, binary numbers, dates), and bindings are written for
/// that loader.
/// </summary>
internal static class YamlScalars
{
    /// <summary>The value of a plain scalar.</summary>
    /// <returns>Null when it has the form of a number and is none, or is one of more than 127 bits.</returns>
    public static SchemaValue? Resolve(string text, SourceSpan span)
    {
        if (text.Length == 0)
            return new SchemaNull(span);
        char first = text[0];
        if (char.IsAsciiDigit(first) || first is '-' or '+' or '.')
            return ResolveNumber(text, span);
        return text switch
        {
            "true" or "True" or "TRUE" => new SchemaBoolean(true, span),
            "false" or "False" or "FALSE" => new SchemaBoolean(false, span),
            "~" or "null" or "Null" or "NULL" => new SchemaNull(span),
            _ => new SchemaString(text, span),
        };
    }

    private static SchemaValue? ResolveNumber(string text, SourceSpan span)
    {
        if (HasFormOfFloat(text))
            return ReadFloat(text) is double real ? new SchemaFloat(real, span) : null;
        if (HasFormOfInteger(text))
            return ReadInteger(text) is Int128 integer ? new SchemaInteger(integer, span) : null;
        return HasFormOfDate(text) ? new SchemaTimestamp(text, span) : new SchemaString(text, span);
    }

    private static bool HasFormOfInteger(ReadOnlySpan<char> text)
    {
        if (text[0] == '.')
            return false;
        text = WithoutSign(text);
        return AreAll(text, "0123456789_") || HasDigitsAfter(text, "0b", "01_") || HasDigitsAfter(text, "0o", "01234567_")
            || HasDigitsAfter(text, "0x", "0123456789abcdefABCDEF_");
    }

    /// <summary>The integer that a text of that form writes; null when it has no digits or too many.</summary>
    private static Int128? ReadInteger(string text)
    {
        ReadOnlySpan<char> digits = WithoutSign(text.Replace("_", "", StringComparison.Ordinal));
        int radix = digits.Length < 2 || digits[0] != '0' ? 10 : digits[1] switch { 'b' => 2, 'o' => 8, 'x' => 16, _ => 10 };
        if (radix != 10)
            digits = digits[2..];
        if (digits.IsEmpty)
            return null;
        UInt128 value = 0;
        foreach (char c in digits)
        {
            if (value > (UInt128)Int128.MaxValue / 16)
                return null;
            value = (value * (uint)radix) + (uint)HexDigit(c);
        }
        return text[0] == '-' ? -(Int128)value : (Int128)value;
    }

    private static bool HasFormOfFloat(ReadOnlySpan<char> text)
    {
        if (text is ".nan" or ".NaN" or ".NAN")
            return true;
        text = WithoutSign(text);
        if (text is ".inf" or ".Inf" or ".INF")
            return true;
        if (text.IsEmpty)
            return false;
        int whole = CountOf(text, "0123456789_");
        bool startsWithDigit = char.IsAsciiDigit(text[0]);
        if (whole > 0 && !startsWithDigit)
            return false;
        text = text[whole..];
        bool hasPoint = text.StartsWith(".");
        if (hasPoint)
        {
            text = text[1..];
            int fraction = CountOf(text, "0123456789_");
            if (!startsWithDigit && fraction == 0)
                return false;
            text = text[fraction..];
        }
        else if (!startsWithDigit)
        {
            return false;
        }
        if (text.IsEmpty)
            return hasPoint;
        if (text[0] is not ('e' or 'E'))
            return false;
        ReadOnlySpan<char> exponent = WithoutSign(text[1..]);
        // Without a digit before the point the exponent has to have a sign.
        return AreAll(exponent, "0123456789") && (startsWithDigit || exponent.Length < text.Length - 1);
    }

    private static double? ReadFloat(string text)
    {
        string plain = text.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        bool negative = plain.StartsWith('-');
        ReadOnlySpan<char> rest = WithoutSign(plain);
        double? value = rest switch
        {
            ".inf" => double.PositiveInfinity,
            ".nan" => double.NaN,
            _ => double.TryParse(rest, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) ? parsed : null,
        };
        return negative ? -value : value;
    }

    /// <summary>Four digits, two, two, with hyphens; whatever follows has to look like a time of day.</summary>
    private static bool HasFormOfDate(ReadOnlySpan<char> text)
    {
        if (text.Length < 10 || !AreAll(text[..4], "0123456789") || text[4] != '-' || !AreAll(text[5..7], "0123456789")
            || text[7] != '-'
            || !AreAll(text[8..10], "0123456789"))
            return false;
        return text.Length == 10 || (text[10] is 'T' or 't' or ' ' or '\t' && text[10..].Contains(':'));
    }

    private static int HexDigit(char c) => char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;

    private static ReadOnlySpan<char> WithoutSign(ReadOnlySpan<char> text) => text is ['-' or '+', ..] ? text[1..] : text;

    private static bool HasDigitsAfter(ReadOnlySpan<char> text, ReadOnlySpan<char> prefix, ReadOnlySpan<char> digits) =>
        text.StartsWith(prefix) && AreAll(text[prefix.Length..], digits);

    private static bool AreAll(ReadOnlySpan<char> text, ReadOnlySpan<char> allowed) =>
        !text.IsEmpty && !text.ContainsAnyExcept(allowed);

    private static int CountOf(ReadOnlySpan<char> text, ReadOnlySpan<char> allowed)
    {
        int end = text.IndexOfAnyExcept(allowed);
        return end < 0 ? text.Length : end;
    }
}
