using System.Globalization;

namespace Gunyah.Machine.Configuration;

/// <summary>The spellings of numbers, sizes and times in machine files and on the command line.</summary>
internal static class MachineValues
{
    private static readonly (string Suffix, ulong Factor)[] _sizeUnits =
        [("KiB", 1UL << 10), ("MiB", 1UL << 20), ("GiB", 1UL << 30)];

    private static readonly (string Suffix, ulong Factor)[] _timeUnits =
        [("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000)];

    /// <summary>A whole number: decimal digits with underscores between them, or 0x and hexadecimal digits.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        if (text.IsEmpty || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[^1]))
            return false;

        foreach (char c in text)
        {
            if (c == '_')
                continue;
            if (!char.IsAsciiDigit(c) || value > (ulong.MaxValue - (ulong)(c - '0')) / 10)
                return false;
            value = value * 10 + (ulong)(c - '0');
        }

        return true;
    }

    /// <summary>A number of bytes, with or without a unit.</summary>
    public static bool TrySize(ReadOnlySpan<char> text, out ulong bytes) =>
        TryWithUnit(text, _sizeUnits, unitNeeded: false, out bytes);

    /// <summary>A time with its unit, in nanoseconds.</summary>
    public static bool TryDuration(ReadOnlySpan<char> text, out ulong nanoseconds) =>
        TryWithUnit(text, _timeUnits, unitNeeded: true, out nanoseconds);

    private static bool TryWithUnit(ReadOnlySpan<char> text, (string Suffix, ulong Factor)[] units, bool unitNeeded,
        out ulong value)
    {
        foreach ((string suffix, ulong factor) in units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal) && TryNumber(text[..^suffix.Length].TrimEnd(' '), out value))
            {
                bool fits = value <= ulong.MaxValue / factor;
                value = fits ? value * factor : 0;
                return fits;
            }
        }

        value = 0;
        return !unitNeeded && TryNumber(text, out value);
    }
}
