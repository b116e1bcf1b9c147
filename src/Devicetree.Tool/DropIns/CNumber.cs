namespace Devicetree.Tool.DropIns;

/// <summary>Numbers on command lines as C's <c>strtoll(text, NULL, 0)</c> reads them.</summary>
internal static class CNumber
{
    /// <summary>The number that a text begins with, 0 when it begins with none: 0x, octal or decimal. Out of range gives the nearest.</summary>
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
}
