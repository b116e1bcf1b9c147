using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gunyah.Aarch64.Vectors;

/// <summary>Bitwise and.</summary>
internal readonly struct And : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => n & m;
}

/// <summary>The bits of the first that the second has not.</summary>
internal readonly struct AndNot : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => n & ~m;
}

/// <summary>Bitwise or.</summary>
internal readonly struct Or : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => n | m;
}

/// <summary>The bits of the first, and those that the second has not.</summary>
internal readonly struct OrNot : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => n | ~m;
}

/// <summary>Bitwise exclusive or.</summary>
internal readonly struct ExclusiveOr : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => n ^ m;
}

/// <summary>The complement.</summary>
internal readonly struct Not : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => ~n;
}

/// <summary>BSL: the destination chooses between the two, bit by bit.</summary>
internal readonly struct SelectByDestination : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Vector128.ConditionalSelect(d, n, m);
}

/// <summary>BIT: bits of the first where the second has ones.</summary>
internal readonly struct InsertIfTrue : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Vector128.ConditionalSelect(m, n, d);
}

/// <summary>BIF: bits of the first where the second has zeros.</summary>
internal readonly struct InsertIfFalse : IVectorOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Vector128.ConditionalSelect(m, d, n);
}
