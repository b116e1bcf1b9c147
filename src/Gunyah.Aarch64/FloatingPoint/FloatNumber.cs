using System.Numerics;

namespace Gunyah.Aarch64.FloatingPoint;

/// <summary>What a number is.</summary>
internal enum FloatKind
{
    /// <summary>Zero, or a denormal number that is flushed to it.</summary>
    Zero,

    /// <summary>Everything else that has a value.</summary>
    Finite,

    /// <summary>An infinity.</summary>
    Infinity,

    /// <summary>A NaN that is handed on.</summary>
    QuietNan,

    /// <summary>A NaN that is an invalid operation.</summary>
    SignallingNan,
}

/// <summary>A number taken apart: its value is the significand by 2 to the exponent less 63.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="IsNegative">Its sign.</param>
/// <param name="Exponent">Its exponent.</param>
/// <param name="Significand">Bit 63 is set if it is finite; those below the format's precision are zero.</param>
internal readonly record struct FloatNumber(FloatKind Kind, bool IsNegative, int Exponent, ulong Significand)
{
    /// <summary>True for both kinds of NaN.</summary>
    public bool IsNan => Kind >= FloatKind.QuietNan;

    /// <summary>True for a zero.</summary>
    public bool IsZero => Kind == FloatKind.Zero;

    /// <summary>True for an infinity.</summary>
    public bool IsInfinity => Kind == FloatKind.Infinity;

    /// <summary>Takes a number apart. Denormal numbers are zero where FPCR.FZ says so, and FPSR.IDC says it was.</summary>
    public static FloatNumber Unpack<TFormat>(ulong bits, ref FloatEnvironment environment)
        where TFormat : struct, IFormat
    {
        int most = Float<TFormat>.MostExponent;
        bool isNegative = Float<TFormat>.IsNegative(bits);
        ulong fraction = bits & Float<TFormat>.FractionMask;
        int exponent = (int)(bits >> TFormat.FractionBits) & most;
        if (exponent == 0)
        {
            if (fraction == 0)
                return new(FloatKind.Zero, isNegative, 0, 0);
            if (TFormat.Bits != 16 && environment.FlushesToZero)
            {
                environment.Raise(FloatEnvironment.InputDenormal);
                return new(FloatKind.Zero, isNegative, 0, 0);
            }

            int zeros = BitOperations.LeadingZeroCount(fraction);
            int scale = 64 - zeros - Float<TFormat>.Bias - TFormat.FractionBits;
            return new(FloatKind.Finite, isNegative, scale, fraction << zeros);
        }

        if (exponent == most && !(TFormat.Bits == 16 && environment.HasAlternativeHalf))
        {
            if (fraction == 0)
                return new(FloatKind.Infinity, isNegative, 0, 0);
            bool isQuiet = (fraction & Float<TFormat>.QuietBit) != 0;
            return new(isQuiet ? FloatKind.QuietNan : FloatKind.SignallingNan, isNegative, 0, 0);
        }

        ulong significand = (fraction | Float<TFormat>.FractionMask + 1) << (63 - TFormat.FractionBits);
        return new(FloatKind.Finite, isNegative, exponent - Float<TFormat>.Bias, significand);
    }

    /// <summary>-1, 0 or 1 as the first of two numbers, neither of them a NaN, is less, equal or greater.</summary>
    public static int Compare(FloatNumber n, FloatNumber m)
    {
        if (n.IsZero && m.IsZero)
            return 0;
        if (n.IsZero)
            return m.IsNegative ? 1 : -1;
        if (m.IsZero)
            return n.IsNegative ? -1 : 1;
        if (n.IsNegative != m.IsNegative)
            return n.IsNegative ? -1 : 1;
        int order = n.Kind != m.Kind ? n.Kind.CompareTo(m.Kind)
            : n.Exponent != m.Exponent ? n.Exponent.CompareTo(m.Exponent)
            : n.Significand.CompareTo(m.Significand);
        return n.IsNegative ? -order : order;
    }
}
