using System.Numerics;

namespace Gunyah.Aarch64.FloatingPoint;

/// <summary>Conversions to and from integers, and between formats (Arm ARM DDI 0487, FPToFixed and its neighbours).</summary>
internal static class Conversion<TFormat>
    where TFormat : struct, IFormat
{
    /// <summary>An integer, or a fixed-point number.</summary>
    /// <param name="bits">The number.</param>
    /// <param name="fractionBits">How many bits of the result are behind its point.</param>
    /// <param name="width">The width of the result: 32 or 64.</param>
    /// <param name="isUnsigned">Whether it is unsigned.</param>
    /// <param name="rounding">How to round.</param>
    /// <param name="environment">FPCR and FPSR.</param>
    public static ulong ToInteger(
        ulong bits, int fractionBits, int width, bool isUnsigned, Rounding rounding, ref FloatEnvironment environment)
    {
        FloatNumber number = FloatNumber.Unpack<TFormat>(bits, ref environment);
        if (number.IsNan)
        {
            environment.Raise(FloatEnvironment.InvalidOperation);
            return 0;
        }

        if (number.IsZero)
            return 0;
        ulong most = isUnsigned ? ulong.MaxValue >> (64 - width) : (1ul << (width - 1)) - 1;
        ulong least = isUnsigned ? 0 : most + 1;
        ulong limit = number.IsNegative ? least : most;
        int exponent = number.Exponent + fractionBits;
        if (number.IsInfinity || exponent > 63)
        {
            environment.Raise(FloatEnvironment.InvalidOperation);
            return limit;
        }

        UInt128 magnitude = Integer(number, exponent, rounding, out bool isExact);
        if (magnitude > limit)
        {
            environment.Raise(FloatEnvironment.InvalidOperation);
            return limit;
        }

        if (!isExact)
            environment.Raise(FloatEnvironment.Inexact);
        var result = (ulong)magnitude;
        return (number.IsNegative ? 0 - result : result) & ulong.MaxValue >> (64 - width);
    }

    /// <summary>A number of an integer, or of a fixed-point number.</summary>
    /// <param name="value">The integer.</param>
    /// <param name="fractionBits">How many of its bits are behind its point.</param>
    /// <param name="isNegative">Whether it is the negative of <paramref name="value"/>.</param>
    /// <param name="environment">FPCR and FPSR.</param>
    public static ulong FromInteger(ulong value, int fractionBits, bool isNegative, ref FloatEnvironment environment)
    {
        if (value == 0)
            return 0;
        int zeros = BitOperations.LeadingZeroCount(value);
        return Float<TFormat>.Round(isNegative, 63 - zeros - fractionBits, value << zeros, ref environment);
    }

    /// <summary>The nearest number that is an integer.</summary>
    /// <param name="bits">The number.</param>
    /// <param name="rounding">How to round.</param>
    /// <param name="isExact">Whether FPSR is to say that it was none (FRINTX).</param>
    /// <param name="environment">FPCR and FPSR.</param>
    public static ulong ToIntegral(ulong bits, Rounding rounding, bool isExact, ref FloatEnvironment environment)
    {
        FloatNumber number = FloatNumber.Unpack<TFormat>(bits, ref environment);
        if (number.IsNan)
            return Float<TFormat>.Nan(bits, number.Kind, ref environment);
        if (number.IsZero)
            return Float<TFormat>.Zero(number.IsNegative);
        if (number.IsInfinity || number.Exponent >= TFormat.FractionBits)
            return bits;
        var magnitude = (ulong)Integer(number, number.Exponent, rounding, out bool wasInteger);
        if (!wasInteger && isExact)
            environment.Raise(FloatEnvironment.Inexact);
        if (magnitude == 0)
            return Float<TFormat>.Zero(number.IsNegative);
        int zeros = BitOperations.LeadingZeroCount(magnitude);
        return Float<TFormat>.Round(number.IsNegative, 63 - zeros, magnitude << zeros, ref environment);
    }

    /// <summary>The same number in another format.</summary>
    public static ulong To<TResult>(ulong bits, Rounding rounding, ref FloatEnvironment environment)
        where TResult : struct, IFormat
    {
        bool isAlternative = TResult.Bits == 16 && environment.HasAlternativeHalf;
        FloatNumber number = FloatNumber.Unpack<TFormat>(bits, ref environment);
        if (number.IsNan)
        {
            if (isAlternative || number.Kind == FloatKind.SignallingNan)
                environment.Raise(FloatEnvironment.InvalidOperation);
            if (isAlternative)
                return Float<TResult>.Zero(number.IsNegative);
            if (environment.HasDefaultNan)
                return Float<TResult>.DefaultNan;
            // The upper bits of the fraction are handed on.
            ulong fraction = (bits & Float<TFormat>.FractionMask) << (64 - TFormat.FractionBits);
            return Float<TResult>.Infinity(number.IsNegative) | Float<TResult>.QuietBit | fraction >> (64 - TResult.FractionBits);
        }

        if (number.IsInfinity)
        {
            if (!isAlternative)
                return Float<TResult>.Infinity(number.IsNegative);
            environment.Raise(FloatEnvironment.InvalidOperation);
            return Float<TResult>.Zero(number.IsNegative) | (Float<TResult>.SignBit - 1);
        }

        return number.IsZero
            ? Float<TResult>.Zero(number.IsNegative)
            : Float<TResult>.Round(number.IsNegative, number.Exponent, number.Significand, ref environment, rounding);
    }

    /// <summary>The integer nearest to a number below 2^64 by its exponent.</summary>
    private static UInt128 Integer(FloatNumber number, int exponent, Rounding rounding, out bool isExact)
    {
        UInt128 parts = Wide.ShiftRight((UInt128)number.Significand << 64, 63 - exponent);
        UInt128 whole = parts >> 64;
        var rest = (ulong)parts;
        isExact = rest == 0;
        bool isAway = Float<TFormat>.RoundsAway(rounding, number.IsNegative, ((ulong)whole & 1) != 0, rest, 1ul << 63);
        return isAway ? whole + 1 : whole;
    }
}
