namespace Gunyah.Aarch64.FloatingPoint;

/// <summary>Comparisons, minima and maxima (Arm ARM DDI 0487, FPCompare, FPMax and their neighbours).</summary>
internal static class FloatComparison<TFormat>
    where TFormat : struct, IFormat
{
    private const uint Unordered = 0x3000_0000;
    private const uint Equal = 0x6000_0000;
    private const uint Less = 0x8000_0000;
    private const uint Greater = 0x2000_0000;

    /// <summary>NZCV as FCMP sets it.</summary>
    /// <param name="n">The first number.</param>
    /// <param name="m">The second number.</param>
    /// <param name="isSignalling">Whether a quiet NaN is an invalid operation too.</param>
    /// <param name="environment">FPCR and FPSR.</param>
    public static uint Compare(ulong n, ulong m, bool isSignalling, ref FloatEnvironment environment) =>
        TryCompare(n, m, isSignalling, ref environment, out int order)
            ? order == 0 ? Equal : order < 0 ? Less : Greater : Unordered;

    /// <summary>Compares.</summary>
    /// <returns>False if they have no order.</returns>
    public static bool TryCompare(ulong n, ulong m, bool isSignalling, ref FloatEnvironment environment, out int order)
    {
        FloatNumber first = FloatNumber.Unpack<TFormat>(n, ref environment);
        FloatNumber second = FloatNumber.Unpack<TFormat>(m, ref environment);
        order = 0;
        if (!first.IsNan && !second.IsNan)
        {
            order = FloatNumber.Compare(first, second);
            return true;
        }

        if (isSignalling || first.Kind == FloatKind.SignallingNan || second.Kind == FloatKind.SignallingNan)
            environment.Raise(FloatEnvironment.InvalidOperation);
        return false;
    }

    /// <summary>The greater one, or the lesser one.</summary>
    public static ulong Select(ulong n, ulong m, bool isMaximum, ref FloatEnvironment environment)
    {
        FloatNumber first = FloatNumber.Unpack<TFormat>(n, ref environment);
        FloatNumber second = FloatNumber.Unpack<TFormat>(m, ref environment);
        if (Arithmetic<TFormat>.TryNan(n, first, m, second, ref environment, out ulong result))
            return result;
        int order = FloatNumber.Compare(first, second);
        bool isFirst = isMaximum ? order > 0 : order < 0;
        if (!(isFirst ? first : second).IsZero)
            return isFirst ? n : m;
        bool isNegative = isMaximum
            ? first.IsNegative && second.IsNegative : first.IsNegative || second.IsNegative;
        return Float<TFormat>.Zero(isNegative);
    }

    /// <summary>The same, but a number is preferred to a quiet NaN.</summary>
    public static ulong SelectNumber(ulong n, ulong m, bool isMaximum, ref FloatEnvironment environment)
    {
        bool isFirstNan = IsQuietNan(n);
        bool isSecondNan = IsQuietNan(m);
        if (isFirstNan != isSecondNan)
        {
            ulong least = Float<TFormat>.Infinity(isNegative: isMaximum);
            if (isFirstNan)
                n = least;
            else
                m = least;
        }

        return Select(n, m, isMaximum, ref environment);
    }

    private static bool IsQuietNan(ulong bits)
    {
        ulong quiet = Float<TFormat>.DefaultNan;
        return (bits & quiet) == quiet;
    }
}
