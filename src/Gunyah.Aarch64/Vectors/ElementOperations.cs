using System.Numerics;
using Gunyah.Aarch64.FloatingPoint;

namespace Gunyah.Aarch64.Vectors;

/// <summary>The product of polynomials over {0, 1}, of which the lower half is kept.</summary>
internal readonly struct PolynomialMultiply : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        T.CreateTruncating(PolynomialMultiplyLong.Apply(0, long.CreateTruncating(n), long.CreateTruncating(m)));
}

/// <summary>How many bits are set.</summary>
internal readonly struct CountOnes : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => T.PopCount(n);
}

/// <summary>How many bits above the highest one.</summary>
internal readonly struct CountLeadingZeros : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => T.LeadingZeroCount(n);
}

/// <summary>How many bits below the sign are equal to it; of signed lanes.</summary>
internal readonly struct CountLeadingSigns : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        T.LeadingZeroCount(T.IsNegative(n) ? ~n : n) - T.One;
}

/// <summary>The bits of a byte the other way round.</summary>
internal readonly struct ReverseBits : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        ulong bits = ulong.CreateTruncating(n);
        bits = (bits & 0x55) << 1 | bits >> 1 & 0x55;
        bits = (bits & 0x33) << 2 | bits >> 2 & 0x33;
        return T.CreateTruncating(bits << 4 | bits >> 4);
    }
}

/// <summary>An estimate of the reciprocal of a fixed-point number (URECPE).</summary>
internal readonly struct ReciprocalEstimate : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        uint value = uint.CreateTruncating(n);
        return T.CreateTruncating(value >> 31 == 0 ? uint.MaxValue : Estimates.Reciprocal(value >> 23) << 23);
    }
}

/// <summary>An estimate of the reciprocal of the square root of a fixed-point number (URSQRTE).</summary>
internal readonly struct ReciprocalRootEstimate : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        uint value = uint.CreateTruncating(n);
        return T.CreateTruncating(value >> 30 == 0 ? uint.MaxValue : Estimates.ReciprocalRoot(value >> 23) << 23);
    }
}
