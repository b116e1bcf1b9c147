using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gunyah.Aarch64.Vectors;

/// <summary>The sum.</summary>
internal readonly struct Add : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => n + m;
}

/// <summary>The difference.</summary>
internal readonly struct Subtract : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => n - m;
}

/// <summary>The product.</summary>
internal readonly struct Multiply : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => n * m;
}

/// <summary>The product on top of the destination.</summary>
internal readonly struct MultiplyAdd : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => d + n * m;
}

/// <summary>The destination less the product.</summary>
internal readonly struct MultiplySubtract : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => d - n * m;
}

/// <summary>The greater one.</summary>
internal readonly struct Max : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Vector128.Max(n, m);
}

/// <summary>The lesser one.</summary>
internal readonly struct Min : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Vector128.Min(n, m);
}

/// <summary>How far apart they are.</summary>
internal readonly struct AbsoluteDifference : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Vector128.Max(n, m) - Vector128.Min(n, m);
}

/// <summary>How far apart they are, on top of the destination.</summary>
internal readonly struct AbsoluteDifferenceAdd : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => d + Vector128.Max(n, m) - Vector128.Min(n, m);
}

/// <summary>Half of the sum, rounded down.</summary>
internal readonly struct HalvingAdd : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => (n & m) + ((n ^ m) >> 1);
}

/// <summary>Half of the sum, rounded up.</summary>
internal readonly struct RoundingHalvingAdd : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => (n | m) - ((n ^ m) >> 1);
}

/// <summary>Half of the difference, rounded down.</summary>
internal readonly struct HalvingSubtract : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => ((n ^ m) >> 1) - (~n & m);
}

/// <summary>All ones where they are equal.</summary>
internal readonly struct CompareEqual : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Vector128.Equals(n, m);
}

/// <summary>All ones where the first is greater.</summary>
internal readonly struct CompareGreater : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Vector128.GreaterThan(n, m);
}

/// <summary>All ones where the first is not less.</summary>
internal readonly struct CompareGreaterOrEqual : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Vector128.GreaterThanOrEqual(n, m);
}

/// <summary>All ones where they have a bit in common.</summary>
internal readonly struct CompareTest : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => ~Vector128.Equals(n & m, Vector128<T>.Zero);
}

/// <summary>The distance from zero; the least number stays as it is.</summary>
internal readonly struct Absolute : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Vector128.Max(n, Vector128<T>.Zero - n);
}
