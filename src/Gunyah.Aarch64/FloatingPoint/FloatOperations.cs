namespace Gunyah.Aarch64.FloatingPoint;

/// <summary>What is done to every lane, or to a scalar.</summary>
internal interface IFloatOperation
{
    /// <summary>The result.</summary>
    /// <param name="d">The destination's old value.</param>
    /// <param name="n">The first source.</param>
    /// <param name="m">The second source.</param>
    /// <param name="environment">FPCR and FPSR.</param>
    static abstract ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat;
}

/// <summary>FADD.</summary>
internal readonly struct FloatAdd : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Arithmetic<TFormat>.Add(n, m, ref environment);
}

/// <summary>FSUB.</summary>
internal readonly struct FloatSubtract : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Arithmetic<TFormat>.Subtract(n, m, ref environment);
}

/// <summary>FMUL.</summary>
internal readonly struct FloatMultiply : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Arithmetic<TFormat>.Multiply(n, m, ref environment);
}

/// <summary>FMULX.</summary>
internal readonly struct FloatMultiplyExtended : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Arithmetic<TFormat>.MultiplyExtended(n, m, ref environment);
}

/// <summary>FNMUL: a NaN changes its sign too.</summary>
internal readonly struct FloatMultiplyNegate : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Arithmetic<TFormat>.Multiply(n, m, ref environment) ^ Float<TFormat>.SignBit;
}

/// <summary>FDIV.</summary>
internal readonly struct FloatDivide : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Arithmetic<TFormat>.Divide(n, m, ref environment);
}

/// <summary>FMLA.</summary>
internal readonly struct FloatMultiplyAdd : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Arithmetic<TFormat>.MultiplyAdd(d, n, m, ref environment);
}

/// <summary>FMLS.</summary>
internal readonly struct FloatMultiplySubtract : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Arithmetic<TFormat>.MultiplyAdd(d, n ^ Float<TFormat>.SignBit, m, ref environment);
}

/// <summary>FABD.</summary>
internal readonly struct FloatDifference : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Arithmetic<TFormat>.Subtract(n, m, ref environment) & ~Float<TFormat>.SignBit;
}

/// <summary>FSQRT.</summary>
internal readonly struct FloatSquareRoot : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Arithmetic<TFormat>.SquareRoot(n, ref environment);
}

/// <summary>FMAX.</summary>
internal readonly struct FloatMaximum : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        FloatComparison<TFormat>.Select(n, m, isMaximum: true, ref environment);
}

/// <summary>FMIN.</summary>
internal readonly struct FloatMinimum : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        FloatComparison<TFormat>.Select(n, m, isMaximum: false, ref environment);
}

/// <summary>FMAXNM.</summary>
internal readonly struct FloatMaximumNumber : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        FloatComparison<TFormat>.SelectNumber(n, m, isMaximum: true, ref environment);
}

/// <summary>FMINNM.</summary>
internal readonly struct FloatMinimumNumber : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        FloatComparison<TFormat>.SelectNumber(n, m, isMaximum: false, ref environment);
}

/// <summary>FABS.</summary>
internal readonly struct FloatAbsolute : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        n & ~Float<TFormat>.SignBit;
}

/// <summary>FNEG.</summary>
internal readonly struct FloatNegate : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        n ^ Float<TFormat>.SignBit;
}

/// <summary>FRECPE.</summary>
internal readonly struct FloatReciprocal : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Approximation<TFormat>.Reciprocal(n, ref environment);
}

/// <summary>FRSQRTE.</summary>
internal readonly struct FloatReciprocalRoot : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Approximation<TFormat>.ReciprocalRoot(n, ref environment);
}

/// <summary>FRECPX.</summary>
internal readonly struct FloatReciprocalExponent : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Approximation<TFormat>.ReciprocalExponent(n, ref environment);
}

/// <summary>FRECPS.</summary>
internal readonly struct FloatReciprocalStep : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Approximation<TFormat>.ReciprocalStep(n, m, ref environment);
}

/// <summary>FRSQRTS.</summary>
internal readonly struct FloatReciprocalRootStep : IFloatOperation
{
    public static ulong Apply<TFormat>(ulong d, ulong n, ulong m, ref FloatEnvironment environment)
        where TFormat : struct, IFormat =>
        Approximation<TFormat>.ReciprocalRootStep(n, m, ref environment);
}
