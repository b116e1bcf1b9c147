using System.Runtime.CompilerServices;

namespace Gunyah.Aarch64.Vectors;

/// <summary>The sum.</summary>
internal readonly struct AddLong : ILongOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Apply(long d, long n, long m) => n + m;
}

/// <summary>The difference.</summary>
internal readonly struct SubtractLong : ILongOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Apply(long d, long n, long m) => n - m;
}

/// <summary>The product.</summary>
internal readonly struct MultiplyLong : ILongOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Apply(long d, long n, long m) => n * m;
}

/// <summary>The product on top of the destination.</summary>
internal readonly struct MultiplyAddLong : ILongOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Apply(long d, long n, long m) => d + n * m;
}

/// <summary>The destination less the product.</summary>
internal readonly struct MultiplySubtractLong : ILongOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Apply(long d, long n, long m) => d - n * m;
}

/// <summary>How far apart they are.</summary>
internal readonly struct AbsoluteDifferenceLong : ILongOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Apply(long d, long n, long m) => Math.Abs(n - m);
}

/// <summary>How far apart they are, on top of the destination.</summary>
internal readonly struct AbsoluteDifferenceAddLong : ILongOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Apply(long d, long n, long m) => d + Math.Abs(n - m);
}

/// <summary>The product of polynomials over {0, 1}.</summary>
internal readonly struct PolynomialMultiplyLong : ILongOperation
{
    public static long Apply(long d, long n, long m)
    {
        long product = 0;
        for (int bit = 0; bit < 8; bit++)
            product ^= (m >> bit & 1) * n << bit;
        return product;
    }
}
