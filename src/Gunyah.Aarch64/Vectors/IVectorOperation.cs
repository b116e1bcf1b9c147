using System.Numerics;
using System.Runtime.Intrinsics;

namespace Gunyah.Aarch64.Vectors;

/// <summary>What is done to every lane alike, whole registers at a time. The type of the lanes says if they are signed.</summary>
internal interface IVectorOperation
{
    /// <summary>The result.</summary>
    /// <param name="d">The destination's old value.</param>
    /// <param name="n">The first source.</param>
    /// <param name="m">The second source.</param>
    static abstract Vector128<T> Apply<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>;
}

/// <summary>What is done to one lane after the other.</summary>
internal interface IElementOperation
{
    /// <summary>The result.</summary>
    /// <param name="d">The destination's old value.</param>
    /// <param name="n">The first source.</param>
    /// <param name="m">The second source.</param>
    /// <param name="shift">The immediate shift.</param>
    /// <param name="isSaturated">Becomes true where the result had to be cut to its range.</param>
    static abstract T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>;
}

/// <summary>What is done to lanes whose result is twice as wide. Whatever fits into 64 bits, wraps in them.</summary>
internal interface ILongOperation
{
    /// <summary>The result.</summary>
    /// <param name="d">The destination's old value.</param>
    /// <param name="n">The first source, extended by its sign if it has one.</param>
    /// <param name="m">The second source.</param>
    static abstract long Apply(long d, long n, long m);
}
