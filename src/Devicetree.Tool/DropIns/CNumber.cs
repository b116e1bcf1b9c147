namespace Devicetree.Tool.DropIns;

/// <summary>Numbers on command lines as C's <c>strtoll(text, NULL, 0)</c> reads them.</summary>
internal static class CNumber
{
    /// <summary>
    /// The number that a text begins with, 0 when it begins with none: 0x, octal or decimal. Out of range gives the nearest.
    /// </summary>
    public static long Parse(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().TrimStart(" \t\n\v\f\r");
        bool negative = rest.StartsWith('-');
        if (negative || rest.StartsWith('+'))
            rest = rest[1..];
        int radix = 10;
        if (rest.Length > 2 && rest[0] == '0' && (rest[1] | 0x20) == 'x' && char.IsAsciiHexDigit(rest[2]))
        {
            radix = 16;
            rest = rest[2..];
        }
        else if (rest.StartsWith('0'))
        {
            radix = 8;
        }
        Int128 value = 0;
        foreach (char c in rest)
        {
            int digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
                break;
            value = Int128.Min((value * radix) + digit, (Int128)long.MaxValue + 1);
        }
        return (long)Int128.Clamp(negative ? -value : value, long.MinValue, long.MaxValue);
    }

    /// <summary>
    /// Reads a text that is a number to its end, as C's <c>strtol</c> and <c>strtoul</c> of 64 bits do. Other than there a text
    /// without digits is none.
    /// </summary>
    /// <param name="text">The text; white space may stand before the number.</param>
    /// <param name="format"><c>x</c> for hexadecimal, <c>i</c> and <c>u</c> for any base, else decimal; <c>x</c> and <c>u</c> are
    /// unsigned.</param>
    /// <param name="number">The lowest 32 bits of it.</param>
    public static bool TryReadWhole(string text, char format, out int number)
    {
        number = 0;
        ReadOnlySpan<char> rest = text.AsSpan().TrimStart(" \t\n\v\f\r");
        bool negative = rest.StartsWith('-');
        if (negative || rest.StartsWith('+'))
            rest = rest[1..];
        bool hasPrefix = format is 'x' or 'i' or 'u' && rest.Length > 2 && rest[0] == '0' && (rest[1] | 0x20) == 'x'
            && char.IsAsciiHexDigit(rest[2]);
        uint radix = format == 'x' || hasPrefix ? 16u : format is 'i' or 'u' && rest.StartsWith('0') ? 8u : 10u;
        if (hasPrefix)
            rest = rest[2..];
        UInt128 limit = format is 'x' or 'u' ? ulong.MaxValue : negative ? (UInt128)long.MaxValue + 1 : (UInt128)long.MaxValue;
        UInt128 value = 0;
        foreach (char c in rest)
        {
            uint digit = char.IsAsciiHexDigit(c) ? (uint)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10) : radix;
            if (digit >= radix)
                return false;
            value = (value * radix) + digit;
            if (value > limit)
                return false;
        }
        number = unchecked((int)(negative ? 0 - (ulong)value : (ulong)value));
        return !rest.IsEmpty;
    }
}
