namespace Devicetree.Tool.DropIns;

/// <summary>Numbers as C's <c>sscanf</c> reads them with one of its integer formats.</summary>
internal static class CScan
{
    /// <summary>Reads the number that a text begins with.</summary>
    /// <param name="text">The text; spaces before the number and anything after it are passed over.</param>
    /// <param name="format">The letter of the format: <c>i</c> for any base, <c>x</c> for hexadecimal, else decimal.</param>
    /// <param name="number">The lowest 32 bits of it, as a sign and <c>int</c> would have them.</param>
    /// <returns>False when the text begins with no number.</returns>
    public static bool TryRead(string text, char format, out int number)
    {
        ReadOnlySpan<char> rest = text.AsSpan().TrimStart(" \t\n\v\f\r");
        bool negative = rest.StartsWith('-');
        if (negative || rest.StartsWith('+'))
            rest = rest[1..];
        uint radix = format == 'x' ? 16u : 10u;
        bool hasDigits = false;
        if (rest.StartsWith('0'))
        {
            hasDigits = true;
            if (format is 'i' or 'x' && rest.Length > 1 && rest[1] is 'x' or 'X')
            {
                radix = 16;
                rest = rest[2..];
            }
            else if (format == 'i')
            {
                radix = 8;
            }
        }
        // Unsigned formats stop at the largest unsigned number, signed ones at their largest and smallest.
        bool isSigned = format is not ('u' or 'x');
        UInt128 limit = !isSigned ? ulong.MaxValue : negative ? (UInt128)long.MaxValue + 1 : (UInt128)long.MaxValue;
        UInt128 value = 0;
        bool overflow = false;
        foreach (char c in rest)
        {
            uint digit = char.IsAsciiHexDigit(c) ? (uint)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10) : radix;
            if (digit >= radix)
                break;
            hasDigits = true;
            value = (value * radix) + digit;
            overflow |= value > limit;
            value = UInt128.Min(value, limit);
        }
        ulong bits = (ulong)value;
        number = unchecked((int)(negative && (isSigned || !overflow) ? 0 - bits : bits));
        return hasDigits;
    }
}
