namespace Gunyah.Aarch64.FloatingPoint;

/// <summary>FCMEQ: only a signalling NaN is an invalid operation.</summary>
internal readonly struct FloatEqual : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat
    {
        bool isOrdered = FloatComparison<TFormat>.TryCompare(n, m, isSignalling: false, ref environment, out int order);
        return isOrdered && order == 0 ? ulong.MaxValue : 0;
    }
}

/// <summary>FCMGT.</summary>
internal readonly struct FloatGreater : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat
    {
        bool isOrdered = FloatComparison<TFormat>.TryCompare(n, m, isSignalling: true, ref environment, out int order);
        return isOrdered && order > 0 ? ulong.MaxValue : 0;
    }
}

/// <summary>FCMGE.</summary>
internal readonly struct FloatGreaterOrEqual : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat
    {
        bool isOrdered = FloatComparison<TFormat>.TryCompare(n, m, isSignalling: true, ref environment, out int order);
        return isOrdered && order >= 0 ? ulong.MaxValue : 0;
    }
}

/// <summary>FACGT.</summary>
internal readonly struct FloatAbsoluteGreater : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat
    {
        bool isOrdered = FloatComparison<TFormat>.TryCompare(
            n & ~Float<TFormat>.SignBit, m & ~Float<TFormat>.SignBit, isSignalling: true, ref environment,
            out int order);
        return isOrdered && order > 0 ? ulong.MaxValue : 0;
    }
}

/// <summary>FACGE.</summary>
internal readonly struct FloatAbsoluteGreaterOrEqual : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat
    {
        bool isOrdered = FloatComparison<TFormat>.TryCompare(
            n & ~Float<TFormat>.SignBit, m & ~Float<TFormat>.SignBit, isSignalling: true, ref environment,
            out int order);
        return isOrdered && order >= 0 ? ulong.MaxValue : 0;
    }
}

/// <summary>FRINTN.</summary>
internal readonly struct FloatRoundNearest : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Conversion<TFormat>.ToIntegral(n, Rounding.NearestEven, isExact: false, ref environment);
}

/// <summary>FRINTA.</summary>
internal readonly struct FloatRoundAway : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Conversion<TFormat>.ToIntegral(n, Rounding.NearestAway, isExact: false, ref environment);
}

/// <summary>FRINTP.</summary>
internal readonly struct FloatRoundUp : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Conversion<TFormat>.ToIntegral(n, Rounding.TowardPlus, isExact: false, ref environment);
}

/// <summary>FRINTM.</summary>
internal readonly struct FloatRoundDown : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Conversion<TFormat>.ToIntegral(n, Rounding.TowardMinus, isExact: false, ref environment);
}

/// <summary>FRINTZ.</summary>
internal readonly struct FloatRoundToZero : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Conversion<TFormat>.ToIntegral(n, Rounding.TowardZero, isExact: false, ref environment);
}

/// <summary>FRINTI.</summary>
internal readonly struct FloatRound : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Conversion<TFormat>.ToIntegral(n, environment.Rounding, isExact: false, ref environment);
}

/// <summary>FRINTX.</summary>
internal readonly struct FloatRoundExact : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Conversion<TFormat>.ToIntegral(n, environment.Rounding, isExact: true, ref environment);
}
