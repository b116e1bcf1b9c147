namespace Gunyah.Aarch64.FloatingPoint;

/// <summary>
/// Sums, products, quotients and roots, exact but for one rounding (Arm ARM DDI 0487, FPAdd and its neighbours).
/// </summary>
internal static class Arithmetic<TFormat>
    where TFormat : struct, IFormat
{
    /// <summary>Where the leading one of a significand of 128 bits is: one bit is left for a sum to grow into.</summary>
    private const int Top = 126;

    /// <summary>n + m.</summary>
    public static ulong Add(ulong n, ulong m, ref FloatEnvironment environment) =>
        Add(n, m, ref environment, isDifference: false);

    /// <summary>n - m. A NaN keeps its sign.</summary>
    public static ulong Subtract(ulong n, ulong m, ref FloatEnvironment environment) =>
        Add(n, m, ref environment, isDifference: true);

    /// <summary>n * m.</summary>
    public static ulong Multiply(ulong n, ulong m, ref FloatEnvironment environment)
    {
        if (HostArithmetic<TFormat>.TryMultiply(n, m, ref environment, out ulong result))
            return result;
        FloatNumber first = FloatNumber.Unpack<TFormat>(n, ref environment);
        FloatNumber second = FloatNumber.Unpack<TFormat>(m, ref environment);
        if (TryNan(n, first, m, second, ref environment, out result))
            return result;
        if ((first.IsInfinity && second.IsZero) || (first.IsZero && second.IsInfinity))
            return Float<TFormat>.Invalid(ref environment);
        return Product(first, second, ref environment);
    }

    /// <summary>The same, but that zero by infinity is two (FMULX).</summary>
    public static ulong MultiplyExtended(ulong n, ulong m, ref FloatEnvironment environment)
    {
        FloatNumber first = FloatNumber.Unpack<TFormat>(n, ref environment);
        FloatNumber second = FloatNumber.Unpack<TFormat>(m, ref environment);
        if (TryNan(n, first, m, second, ref environment, out ulong result))
            return result;
        if ((first.IsInfinity && second.IsZero) || (first.IsZero && second.IsInfinity))
            return Float<TFormat>.Power(1, first.IsNegative != second.IsNegative);
        return Product(first, second, ref environment);
    }

    /// <summary>n / m.</summary>
    public static ulong Divide(ulong n, ulong m, ref FloatEnvironment environment)
    {
        if (HostArithmetic<TFormat>.TryDivide(n, m, ref environment, out ulong result))
            return result;
        FloatNumber first = FloatNumber.Unpack<TFormat>(n, ref environment);
        FloatNumber second = FloatNumber.Unpack<TFormat>(m, ref environment);
        if (TryNan(n, first, m, second, ref environment, out result))
            return result;
        bool isNegative = first.IsNegative != second.IsNegative;
        if ((first.IsInfinity && second.IsInfinity) || (first.IsZero && second.IsZero))
            return Float<TFormat>.Invalid(ref environment);
        if (first.IsInfinity)
            return Float<TFormat>.Infinity(isNegative);
        if (second.IsZero)
        {
            environment.Raise(FloatEnvironment.DivideByZero);
            return Float<TFormat>.Infinity(isNegative);
        }

        if (first.IsZero || second.IsInfinity)
            return Float<TFormat>.Zero(isNegative);
        (UInt128 quotient, UInt128 remainder) = UInt128.DivRem((UInt128)first.Significand << 63, second.Significand);
        UInt128 significand = quotient << 64 | (remainder != 0 ? 1u : 0);
        return Float<TFormat>.Round(isNegative, first.Exponent - second.Exponent, significand, ref environment);
    }

    /// <summary>The square root.</summary>
    public static ulong SquareRoot(ulong n, ref FloatEnvironment environment)
    {
        if (HostArithmetic<TFormat>.TrySquareRoot(n, ref environment, out ulong result))
            return result;
        FloatNumber number = FloatNumber.Unpack<TFormat>(n, ref environment);
        if (number.IsNan)
            return Float<TFormat>.Nan(n, number.Kind, ref environment);
        if (number.IsZero)
            return Float<TFormat>.Zero(number.IsNegative);
        if (number.IsNegative)
            return Float<TFormat>.Invalid(ref environment);
        if (number.IsInfinity)
            return Float<TFormat>.Infinity(isNegative: false);
        // An even exponent has half an exponent.
        int odd = number.Exponent & 1;
        UInt128 square = (UInt128)number.Significand << (63 + odd);
        ulong root = Root(square, out bool isExact);
        return Float<TFormat>.Round(
            isNegative: false, (number.Exponent - odd) / 2, root | (isExact ? 0 : 1ul), ref environment);
    }

    /// <summary>a + n * m, rounded once.</summary>
    public static ulong MultiplyAdd(ulong a, ulong n, ulong m, ref FloatEnvironment environment)
    {
        if (HostArithmetic<TFormat>.TryMultiplyAdd(a, n, m, ref environment, out ulong result))
            return result;
        FloatNumber addend = FloatNumber.Unpack<TFormat>(a, ref environment);
        FloatNumber first = FloatNumber.Unpack<TFormat>(n, ref environment);
        FloatNumber second = FloatNumber.Unpack<TFormat>(m, ref environment);
        bool isInvalid = (first.IsInfinity && second.IsZero) || (first.IsZero && second.IsInfinity);
        if (addend.Kind == FloatKind.QuietNan && isInvalid)
            return Float<TFormat>.Invalid(ref environment);
        // Signalling NaNs come before quiet ones, the addend before the factors.
        if (addend.Kind == FloatKind.SignallingNan)
            return Float<TFormat>.Nan(a, addend.Kind, ref environment);
        if (first.Kind == FloatKind.SignallingNan)
            return Float<TFormat>.Nan(n, first.Kind, ref environment);
        if (second.Kind == FloatKind.SignallingNan)
            return Float<TFormat>.Nan(m, second.Kind, ref environment);
        if (addend.IsNan)
            return Float<TFormat>.Nan(a, addend.Kind, ref environment);
        if (TryNan(n, first, m, second, ref environment, out result))
            return result;
        bool isNegative = first.IsNegative != second.IsNegative;
        bool isInfinite = first.IsInfinity || second.IsInfinity;
        if (isInvalid || (isInfinite && addend.IsInfinity && isNegative != addend.IsNegative))
            return Float<TFormat>.Invalid(ref environment);
        if (isInfinite || addend.IsInfinity)
            return Float<TFormat>.Infinity(isInfinite ? isNegative : addend.IsNegative);
        return Sum(addend, first, second, scale: 0, ref environment);
    }

    /// <summary>The NaN that two operands of which one is a NaN become: a signalling one first, the first one first.</summary>
    public static bool TryNan(
        ulong n, FloatNumber first, ulong m, FloatNumber second, ref FloatEnvironment environment, out ulong result)
    {
        result = 0;
        if (!first.IsNan && !second.IsNan)
            return false;
        bool isFirst = first.Kind == FloatKind.SignallingNan || (second.Kind != FloatKind.SignallingNan && first.IsNan);
        result = isFirst
            ? Float<TFormat>.Nan(n, first.Kind, ref environment) : Float<TFormat>.Nan(m, second.Kind, ref environment);
        return true;
    }

    /// <summary>addend + first * second, none of them infinite, by 2 to the scale.</summary>
    public static ulong Sum(
        FloatNumber addend, FloatNumber first, FloatNumber second, int scale, ref FloatEnvironment environment)
    {
        bool isNegative = first.IsNegative != second.IsNegative;
        if (first.IsZero || second.IsZero)
        {
            if (!addend.IsZero)
                return Float<TFormat>.Round(addend.IsNegative, addend.Exponent + scale, addend.Significand, ref environment);
            return ZeroSum(addend.IsNegative, isNegative, environment.Rounding);
        }

        UInt128 product = (UInt128)first.Significand * second.Significand;
        int exponent = first.Exponent + second.Exponent + scale;
        // The lowest bits are zero, since no format has more than 53.
        if (product >> 127 != 0)
        {
            product >>= 1;
            exponent++;
        }

        if (addend.IsZero)
            return Float<TFormat>.Round(isNegative, exponent + 1, product, ref environment);
        return Sum(
            addend.IsNegative, addend.Exponent + scale, (UInt128)addend.Significand << (Top - 63),
            isNegative, exponent, product, ref environment);
    }

    private static ulong Add(ulong n, ulong m, ref FloatEnvironment environment, bool isDifference)
    {
        ulong flip = isDifference ? Float<TFormat>.SignBit : 0;
        if (HostArithmetic<TFormat>.TryAdd(n, m ^ flip, ref environment, out ulong result))
            return result;
        FloatNumber first = FloatNumber.Unpack<TFormat>(n, ref environment);
        FloatNumber second = FloatNumber.Unpack<TFormat>(m, ref environment);
        if (TryNan(n, first, m, second, ref environment, out result))
            return result;
        bool isNegative = second.IsNegative != isDifference;
        if (first.IsInfinity && second.IsInfinity && first.IsNegative != isNegative)
            return Float<TFormat>.Invalid(ref environment);
        if (first.IsInfinity || second.IsInfinity)
            return Float<TFormat>.Infinity(first.IsInfinity ? first.IsNegative : isNegative);
        if (first.IsZero && second.IsZero)
            return ZeroSum(first.IsNegative, isNegative, environment.Rounding);
        if (second.IsZero)
            return Float<TFormat>.Round(first.IsNegative, first.Exponent, first.Significand, ref environment);
        if (first.IsZero)
            return Float<TFormat>.Round(isNegative, second.Exponent, second.Significand, ref environment);
        return Sum(
            first.IsNegative, first.Exponent, (UInt128)first.Significand << (Top - 63),
            isNegative, second.Exponent, (UInt128)second.Significand << (Top - 63), ref environment);
    }

    /// <summary>The sum of two values whose leading one is at <see cref="Top"/>.</summary>
    private static ulong Sum(
        bool isFirstNegative, int firstExponent, UInt128 first, bool isSecondNegative, int secondExponent, UInt128 second,
        ref FloatEnvironment environment)
    {
        int exponent = Math.Max(firstExponent, secondExponent);
        first = Wide.ShiftRight(first, exponent - firstExponent);
        second = Wide.ShiftRight(second, exponent - secondExponent);
        bool isNegative = isFirstNegative;
        UInt128 sum;
        if (isFirstNegative == isSecondNegative)
        {
            sum = first + second;
        }
        else if (first >= second)
        {
            sum = first - second;
        }
        else
        {
            sum = second - first;
            isNegative = isSecondNegative;
        }

        if (sum == 0)
            return Float<TFormat>.Zero(environment.Rounding == Rounding.TowardMinus);
        return Float<TFormat>.Round(isNegative, exponent + 1, sum, ref environment);
    }

    private static ulong ZeroSum(bool isFirstNegative, bool isSecondNegative, Rounding rounding) => Float<TFormat>.Zero(
        isFirstNegative == isSecondNegative ? isFirstNegative : rounding == Rounding.TowardMinus);

    private static ulong Product(FloatNumber first, FloatNumber second, ref FloatEnvironment environment)
    {
        bool isNegative = first.IsNegative != second.IsNegative;
        if (first.IsInfinity || second.IsInfinity)
            return Float<TFormat>.Infinity(isNegative);
        if (first.IsZero || second.IsZero)
            return Float<TFormat>.Zero(isNegative);
        return Float<TFormat>.Round(
            isNegative, first.Exponent + second.Exponent + 1, (UInt128)first.Significand * second.Significand, ref environment);
    }

    /// <summary>The integer root, bit by bit.</summary>
    private static ulong Root(UInt128 square, out bool isExact)
    {
        ulong root = 0;
        for (ulong bit = 1ul << 63; bit != 0; bit >>= 1)
        {
            ulong next = root | bit;
            if ((UInt128)next * next <= square)
                root = next;
        }

        isExact = (UInt128)root * root == square;
        return root;
    }
}
