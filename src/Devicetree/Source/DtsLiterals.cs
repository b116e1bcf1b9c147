using System.Globalization;
using System.Text;

namespace Devicetree.Source;

/// <summary>What literals mean (reference 1.3).</summary>
public static class DtsLiterals
{
    /// <summary>The value of an integer literal: decimal, <c>0x</c> hexadecimal or <c>0</c> octal, with a suffix or without.</summary>
    public static bool TryInteger(string text, out ulong value)
    {
        ReadOnlySpan<char> digits = text.AsSpan().TrimEnd("UL");
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return ulong.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        if (digits[0] != '0')
            return ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        value = 0;
        foreach (char digit in digits)
        {
            if (digit is < '0' or > '7' || value >> 61 != 0)
                return false;
            value = (value << 3) | (uint)(digit - '0');
        }
        return true;
    }

    /// <summary>The bytes of a string or a character literal, given as it stands between the quotes.</summary>
    /// <returns>Null when an escape has no digits.</returns>
    public static byte[]? Unescape(ReadOnlySpan<byte> text)
    {
        var bytes = new List<byte>(text.Length);
        for (int at = 0; at < text.Length;)
        {
            byte c = text[at++];
            // A backslash at the very end can only come from a character literal; there it stands for itself.
            if (c != '\\' || at == text.Length)
                bytes.Add(c);
            else if (TryEscape(text, ref at, out byte escaped))
                bytes.Add(escaped);
            else
                return null;
        }
        return [.. bytes];
    }

    /// <summary>A file name as it stands between the quotes; what follows a NUL is not part of it.</summary>
    public static string FileName(ReadOnlySpan<byte> text)
    {
        string name = Encoding.UTF8.GetString(Unescape(text) ?? text.ToArray());
        int end = name.IndexOf('\0', StringComparison.Ordinal);
        return end < 0 ? name : name[..end];
    }

    private static bool TryEscape(ReadOnlySpan<byte> text, ref int at, out byte value)
    {
        byte c = text[at];
        if (c == 'x')
        {
            at++;
            return TryDigits(text, ref at, 2, 16, out value);
        }
        if (c is >= (byte)'0' and <= (byte)'7')
            return TryDigits(text, ref at, 3, 8, out value);
        at++;
        value = c switch
        {
            (byte)'a' => (byte)'\a',
            (byte)'b' => (byte)'\b',
            (byte)'t' => (byte)'\t',
            (byte)'n' => (byte)'\n',
            (byte)'v' => (byte)'\v',
            (byte)'f' => (byte)'\f',
            (byte)'r' => (byte)'\r',
            _ => c,
        };
        return true;
    }

    /// <summary>Reads up to <paramref name="most"/> digits; the number is cut to eight bits.</summary>
    private static bool TryDigits(ReadOnlySpan<byte> text, ref int at, int most, int radix, out byte value)
    {
        int start = at;
        int number = 0;
        while (at < text.Length && at - start < most && char.IsAsciiHexDigit((char)text[at]) && Digit(text[at]) < radix)
            number = (number * radix) + Digit(text[at++]);
        value = (byte)number;
        return at > start;
    }

    private static int Digit(byte c) => char.IsAsciiDigit((char)c) ? c - '0' : (c | 0x20) - 'a' + 10;
}
