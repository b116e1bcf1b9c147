namespace Gunyah.Aarch64.Decoding;

/// <summary>The immediates that are packed into eight bits (Arm ARM DDI 0487, AdvSIMDExpandImm and VFPExpandImm).</summary>
internal static class VectorImmediate
{
    private const ulong Words = 0x0000_0001_0000_0001;
    private const ulong Halfwords = 0x0001_0001_0001_0001;
    private const ulong Bytes = 0x0101_0101_0101_0101;

    /// <summary>The immediate of MOVI and its like: 64 bits, complemented for MVNI.</summary>
    public static ulong Expand(Word word)
    {
        var packed = (uint)(word.Bits(16, 3) << 5 | word.Bits(5, 5));
        int mode = word.Bits(12, 4);
        bool op = word.Bit(29);
        ulong value = mode switch
        {
            < 8 => (packed << (mode >> 1) * 8) * Words,
            < 12 => (packed << (mode >> 1 & 1) * 8) * Halfwords,
            // Ones are shifted in.
            12 => (packed << 8 | 0xFF) * Words,
            13 => (packed << 16 | 0xFFFF) * Words,
            14 => op ? Spread(packed) : packed * Bytes,
            _ => op ? Double(packed) : Single(packed) * Words,
        };
        // Of the odd modes below 12 the operation, ORR or BIC, knows what to do.
        bool isComplemented = op && mode < 14 && (mode >= 12 || (mode & 1) == 0);
        return isComplemented ? ~value : value;
    }

    /// <summary>A number of single precision: a sign, three bits of exponent, four of fraction.</summary>
    public static uint Single(uint packed) =>
        (packed & 0x80) << 24 | ((packed & 0x40) != 0 ? 0x3E00_0000u : 0x4000_0000u) | (packed & 0x3F) << 19;

    /// <summary>The same of double precision.</summary>
    public static ulong Double(uint packed) =>
        (ulong)(packed & 0x80) << 56
        | ((packed & 0x40) != 0 ? 0x3FC0_0000_0000_0000ul : 0x4000_0000_0000_0000ul)
        | (ulong)(packed & 0x3F) << 48;

    /// <summary>Each bit becomes a byte.</summary>
    private static ulong Spread(uint packed)
    {
        ulong value = 0;
        for (int bit = 0; bit < 8; bit++)
            value |= (packed >> bit & 1) != 0 ? 0xFFul << bit * 8 : 0;
        return value;
    }
}
