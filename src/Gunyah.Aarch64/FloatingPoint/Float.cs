using System.Numerics;

namespace Gunyah.Aarch64.FloatingPoint;

/// <summary>What the numbers of a format look like, and how values get into it.</summary>
internal static class Float<TFormat>
    where TFormat : struct, IFormat
{
    /// <summary>The bits of the fraction.</summary>
    public static ulong FractionMask => (1ul << TFormat.FractionBits) - 1;

    /// <summary>The exponent of infinities and NaNs, as it is written.</summary>
    public static int MostExponent => (1 << (TFormat.Bits - TFormat.FractionBits - 1)) - 1;

    /// <summary>What is added to an exponent to write it.</summary>
    public static int Bias => MostExponent >> 1;

    /// <summary>The bit of the fraction that makes a NaN a quiet one.</summary>
    public static ulong QuietBit => 1ul << (TFormat.FractionBits - 1);

    /// <summary>The sign.</summary>
    public static ulong SignBit => 1ul << (TFormat.Bits - 1);

    /// <summary>The default NaN.</summary>
    public static ulong DefaultNan => Infinity(isNegative: false) | QuietBit;

    /// <summary>True if the sign is set.</summary>
    public static bool IsNegative(ulong bits) => (bits & SignBit) != 0;

    /// <summary>A zero.</summary>
    public static ulong Zero(bool isNegative) => isNegative ? SignBit : 0;

    /// <summary>An infinity.</summary>
    public static ulong Infinity(bool isNegative) => Zero(isNegative) | (ulong)MostExponent << TFormat.FractionBits;

    /// <summary>The greatest finite number.</summary>
    public static ulong Greatest(bool isNegative) => Infinity(isNegative) - 1;

    /// <summary>A power of two.</summary>
    public static ulong Power(int exponent, bool isNegative) =>
        Zero(isNegative) | (ulong)(exponent + Bias) << TFormat.FractionBits;

    /// <summary>What an instruction answers that got a NaN.</summary>
    public static ulong Nan(ulong bits, FloatKind kind, ref FloatEnvironment environment)
    {
        if (kind == FloatKind.SignallingNan)
            environment.Raise(FloatEnvironment.InvalidOperation);
        return environment.HasDefaultNan ? DefaultNan : bits | QuietBit;
    }

    /// <summary>What an invalid operation answers.</summary>
    public static ulong Invalid(ref FloatEnvironment environment)
    {
        environment.Raise(FloatEnvironment.InvalidOperation);
        return DefaultNan;
    }

    /// <summary>Whether a value is rounded away from zero.</summary>
    /// <param name="rounding">How.</param>
    /// <param name="isNegative">Its sign.</param>
    /// <param name="isOdd">The last bit that is kept.</param>
    /// <param name="rest">What is not kept.</param>
    /// <param name="half">Half of the last bit that is kept.</param>
    public static bool RoundsAway(Rounding rounding, bool isNegative, bool isOdd, ulong rest, ulong half) => rounding switch
    {
        Rounding.NearestEven => rest > half || (rest == half && isOdd),
        Rounding.NearestAway => rest >= half,
        Rounding.TowardPlus => rest != 0 && !isNegative,
        Rounding.TowardMinus => rest != 0 && isNegative,
        _ => false,
    };

    /// <summary>Rounds as FPCR says.</summary>
    public static ulong Round(bool isNegative, int exponent, ulong significand, ref FloatEnvironment environment) =>
        Round(isNegative, exponent, significand, ref environment, environment.Rounding);

    /// <summary>
    /// Rounds a value that is not zero into the format, and says in FPSR what was lost (Arm ARM DDI 0487, FPRoundBase). Whether a
    /// result is
    /// tiny is decided before it is rounded.
    /// </summary>
    /// <param name="isNegative">Its sign.</param>
    /// <param name="exponent">Its exponent.</param>
    /// <param name="significand">As in <see cref="FloatNumber"/>; bit 0 is set too if anything was lost below it.</param>
    /// <param name="environment">FPCR and FPSR.</param>
    /// <param name="rounding">How to round.</param>
    public static ulong Round(
        bool isNegative, int exponent, ulong significand, ref FloatEnvironment environment, Rounding rounding)
    {
        int written = exponent + Bias;
        if (written <= 0)
        {
            if (TFormat.Bits != 16 && environment.FlushesToZero)
            {
                environment.Raise(FloatEnvironment.Underflow);
                return Zero(isNegative);
            }

            significand = Wide.ShiftRight(significand, 1 - written);
            written = 0;
        }

        int dropped = 63 - TFormat.FractionBits;
        ulong rest = significand & ((1ul << dropped) - 1);
        ulong kept = significand >> dropped;
        if (rest != 0)
        {
            if (written == 0)
                environment.Raise(FloatEnvironment.Underflow);
            if (RoundsAway(rounding, isNegative, (kept & 1) != 0, rest, 1ul << (dropped - 1)))
                kept++;
            else if (rounding == Rounding.Odd)
                kept |= 1;
        }

        // The leading one adds to the exponent: that of a normal number, and that of a denormal one which has become normal.
        ulong magnitude = ((ulong)Math.Max(written - 1, 0) << TFormat.FractionBits) + kept;
        if (TFormat.Bits == 16 && environment.HasAlternativeHalf)
        {
            if (magnitude >> (TFormat.Bits - 1) != 0)
            {
                environment.Raise(FloatEnvironment.InvalidOperation);
                return Zero(isNegative) | (SignBit - 1);
            }
        }
        else if (magnitude >> TFormat.FractionBits >= (ulong)MostExponent)
        {
            environment.Raise(FloatEnvironment.Overflow | FloatEnvironment.Inexact);
            return Overflowed(isNegative, rounding);
        }

        if (rest != 0)
            environment.Raise(FloatEnvironment.Inexact);
        return Zero(isNegative) | magnitude;
    }

    /// <summary>What is too great: infinity, or the greatest number where rounding does not lead there.</summary>
    public static ulong Overflowed(bool isNegative, Rounding rounding)
    {
        bool isInfinite = rounding switch
        {
            Rounding.TowardPlus => !isNegative,
            Rounding.TowardMinus => isNegative,
            Rounding.TowardZero or Rounding.Odd => false,
            _ => true,
        };
        return isInfinite ? Infinity(isNegative) : Greatest(isNegative);
    }

    /// <summary>Rounds a value of 128 bits, whose bit 127 counts 2 to the exponent if it is set.</summary>
    public static ulong Round(bool isNegative, int exponent, UInt128 significand, ref FloatEnvironment environment)
    {
        var zeros = (int)UInt128.LeadingZeroCount(significand);
        return Round(isNegative, exponent - zeros, Wide.Upper(significand << zeros), ref environment);
    }
}

/// <summary>Shifts that do not forget: bit 0 stays set if a one was shifted out over it.</summary>
internal static class Wide
{
    /// <summary>To the right.</summary>
    public static ulong ShiftRight(ulong value, int shift) =>
        shift >= 64 ? (value != 0 ? 1ul : 0) : value >> shift | (BitOperations.TrailingZeroCount(value) < shift ? 1ul : 0);

    /// <summary>To the right.</summary>
    public static UInt128 ShiftRight(UInt128 value, int shift)
    {
        if (shift == 0)
            return value;
        if (shift >= 128)
            return value != 0 ? 1u : 0;
        return value >> shift | (value << (128 - shift) != 0 ? 1u : 0);
    }

    /// <summary>The upper half.</summary>
    public static ulong Upper(UInt128 value) => (ulong)(value >> 64) | ((ulong)value != 0 ? 1ul : 0);
}
