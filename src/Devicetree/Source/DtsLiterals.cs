using System.Globalization;
using System.Text;

namespace Devicetree.Source;

/// <summary>What literals mean (devicetree.md 1.3).</summary>
internal static class DtsLiterals
{
    /// <summary>The value of decimal digits; false, and the largest one, when it has more than 64 bits.</summary>
    internal static bool TryDecimal(ReadOnlySpan<byte> digits, out ulong value)
    {
        // So many digits always fit.
        const int Safe = 19;
        if (digits.Length > Safe && !ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value))
        {
            value = ulong.MaxValue;
            return false;
        }
        value = 0;
        foreach (byte digit in digits)
            value = (value * 10) + (uint)(digit - '0');
        return true;
    }

    /// <summary>
    /// The value of octal digits; false, and the largest one, when it has more than 64 bits; false, and what is before it, when a
    /// digit is none.
    /// </summary>
    internal static bool TryOctal(ReadOnlySpan<byte> digits, out ulong value)
    {
        value = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
                return false;
            if (value >> 61 != 0)
            {
                value = ulong.MaxValue;
                return false;
            }
            value = (value << 3) | (uint)(digit - '0');
        }
        return true;
    }

    /// <summary>The bytes of a string or a character literal, given as it stands between the quotes.</summary>
    /// <returns>Null when an escape has no digits.</returns>
    public static byte[]? Unescape(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length];
        int length = Unescape(text, bytes);
        return length < 0 ? null : bytes[..length];
    }

    /// <summary>Writes the bytes of a string into a buffer that is at least as long.</summary>
    /// <returns>How many there are; -1 when an escape has no digits.</returns>
    internal static int Unescape(ReadOnlySpan<byte> text, Span<byte> bytes)
    {
        int length = 0;
        for (int at = 0; at < text.Length;)
        {
            byte c = text[at++];
            // A backslash at the very end can only come from a character literal; there it stands for itself.
            if (c != '\\' || at == text.Length)
                bytes[length++] = c;
            else if (TryEscape(text, ref at, out byte escaped))
                bytes[length++] = escaped;
            else
                return -1;
        }
        return length;
    }

    /// <summary>A file name as it stands between quotes that know no escapes, those of <c>/include/</c>.</summary>
    internal static string RawFileName(ReadOnlySpan<byte> text) => UpToNul(Encoding.UTF8.GetString(text));

    /// <summary>A file name as it stands between the quotes; what follows a NUL is not part of it.</summary>
    public static string FileName(ReadOnlySpan<byte> text) => UpToNul(Encoding.UTF8.GetString(Unescape(text) ?? text.ToArray()));

    private static string UpToNul(string name)
    {
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

    internal static int Digit(byte c) => char.IsAsciiDigit((char)c) ? c - '0' : (c | 0x20) - 'a' + 10;
}
