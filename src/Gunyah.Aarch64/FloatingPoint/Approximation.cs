namespace Gunyah.Aarch64.FloatingPoint;

/// <summary>
/// Estimates of reciprocals, and the steps that make them better (Arm ARM DDI 0487, FPRecipEstimate and its neighbours).
/// </summary>
internal static class Approximation<TFormat>
    where TFormat : struct, IFormat
{
    /// <summary>The bits of an estimate.</summary>
    private const int EstimateBits = 8;

    /// <summary>FRECPE.</summary>
    public static ulong Reciprocal(ulong bits, ref FloatEnvironment environment)
    {
        FloatNumber number = FloatNumber.Unpack<TFormat>(bits, ref environment);
        bool isNegative = number.IsNegative;
        switch (number.Kind)
        {
            case FloatKind.QuietNan or FloatKind.SignallingNan:
                return Float<TFormat>.Nan(bits, number.Kind, ref environment);
            case FloatKind.Infinity:
                return Float<TFormat>.Zero(isNegative);
            case FloatKind.Zero:
                environment.Raise(FloatEnvironment.DivideByZero);
                return Float<TFormat>.Infinity(isNegative);
            default:
                break;
        }

        // The reciprocal of what is less than this is beyond the range.
        if (number.Exponent < -Float<TFormat>.Bias - 1)
        {
            environment.Raise(FloatEnvironment.Overflow | FloatEnvironment.Inexact);
            return Float<TFormat>.Overflowed(isNegative, environment.Rounding);
        }

        // And of what is this or more, denormal.
        if (environment.FlushesToZero && number.Exponent >= Float<TFormat>.Bias - 1)
        {
            environment.Raise(FloatEnvironment.Underflow);
            return Float<TFormat>.Zero(isNegative);
        }

        ulong estimate = Estimates.Reciprocal((uint)(number.Significand >> (63 - EstimateBits)));
        int exponent = -1 - number.Exponent + Float<TFormat>.Bias;
        ulong fraction = (estimate & 0xFF) << (TFormat.FractionBits - EstimateBits);
        ulong leading = 1ul << TFormat.FractionBits;
        return Float<TFormat>.Zero(isNegative) | (exponent > 0
            ? (ulong)exponent << TFormat.FractionBits | fraction : (fraction | leading) >> (1 - exponent));
    }

    /// <summary>FRSQRTE.</summary>
    public static ulong ReciprocalRoot(ulong bits, ref FloatEnvironment environment)
    {
        FloatNumber number = FloatNumber.Unpack<TFormat>(bits, ref environment);
        if (number.IsNan)
            return Float<TFormat>.Nan(bits, number.Kind, ref environment);
        if (number.IsZero)
        {
            environment.Raise(FloatEnvironment.DivideByZero);
            return Float<TFormat>.Infinity(number.IsNegative);
        }

        if (number.IsNegative)
            return Float<TFormat>.Invalid(ref environment);
        if (number.IsInfinity)
            return 0;
        // From a quarter to one: a bit more for odd exponents.
        int odd = number.Exponent & 1;
        ulong estimate = Estimates.ReciprocalRoot((uint)(number.Significand >> (64 - EstimateBits - odd)));
        int exponent = (-2 - number.Exponent + odd) / 2 + Float<TFormat>.Bias;
        return (ulong)exponent << TFormat.FractionBits | (estimate & 0xFF) << (TFormat.FractionBits - EstimateBits);
    }

    /// <summary>FRECPX: an exponent that brings a number near one.</summary>
    public static ulong ReciprocalExponent(ulong bits, ref FloatEnvironment environment)
    {
        FloatNumber number = FloatNumber.Unpack<TFormat>(bits, ref environment);
        if (number.IsNan)
            return Float<TFormat>.Nan(bits, number.Kind, ref environment);
        int most = Float<TFormat>.MostExponent;
        int written = (int)(bits >> TFormat.FractionBits) & most;
        int exponent = written == 0 ? most - 1 : ~written & most;
        return Float<TFormat>.Zero(number.IsNegative) | (ulong)exponent << TFormat.FractionBits;
    }

    /// <summary>FRECPS: 2 - n * m.</summary>
    public static ulong ReciprocalStep(ulong n, ulong m, ref FloatEnvironment environment) =>
        Step(n, m, new(FloatKind.Finite, false, 1, 1ul << 63), scale: 0, ref environment);

    /// <summary>FRSQRTS: half of 3 - n * m.</summary>
    public static ulong ReciprocalRootStep(ulong n, ulong m, ref FloatEnvironment environment) =>
        Step(n, m, new(FloatKind.Finite, false, 1, 3ul << 62), scale: -1, ref environment);

    private static ulong Step(ulong n, ulong m, FloatNumber minuend, int scale, ref FloatEnvironment environment)
    {
        // A NaN changes its sign too.
        n ^= Float<TFormat>.SignBit;
        FloatNumber first = FloatNumber.Unpack<TFormat>(n, ref environment);
        FloatNumber second = FloatNumber.Unpack<TFormat>(m, ref environment);
        if (Arithmetic<TFormat>.TryNan(n, first, m, second, ref environment, out ulong result))
            return result;
        bool isInvalid = (first.IsInfinity && second.IsZero) || (first.IsZero && second.IsInfinity);
        if (!isInvalid && (first.IsInfinity || second.IsInfinity))
            return Float<TFormat>.Infinity(first.IsNegative != second.IsNegative);
        // Zero by infinity counts as zero.
        return isInvalid
            ? Float<TFormat>.Round(false, minuend.Exponent + scale, minuend.Significand, ref environment)
            : Arithmetic<TFormat>.Sum(minuend, first, second, scale, ref environment);
    }
}
