using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gunyah.Aarch64.Vectors;

/// <summary>Numbers that are wider than a lane, and how they get into one. 128 bits hold whatever two lanes of 64 make.</summary>
internal static class Saturation
{
    /// <summary>The nearest number that a lane can hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Saturate<T>(Int128 value, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        T result = T.CreateSaturating(value);
        isSaturated |= Int128.CreateTruncating(result) != value;
        return result;
    }

    /// <summary>The bits of a lane, read as unsigned.</summary>
    public static Int128 Unsigned<T>(T value)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        Int128.CreateTruncating(value) & (((Int128)1 << Bits<T>()) - 1);

    /// <summary>The bits of a lane, read as signed.</summary>
    public static Int128 Signed<T>(T value)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        int above = 128 - Bits<T>();
        return Int128.CreateTruncating(value) << above >> above;
    }

    /// <summary>The width of a lane in bits.</summary>
    public static int Bits<T>()
        where T : unmanaged => Unsafe.SizeOf<T>() * 8;
}

/// <summary>The sum, within the range.</summary>
internal readonly struct SaturatingAdd : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        Saturation.Saturate<T>(Int128.CreateTruncating(n) + Int128.CreateTruncating(m), ref isSaturated);
}

/// <summary>The difference, within the range.</summary>
internal readonly struct SaturatingSubtract : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        Saturation.Saturate<T>(Int128.CreateTruncating(n) - Int128.CreateTruncating(m), ref isSaturated);
}

/// <summary>An unsigned number on top of a signed destination.</summary>
internal readonly struct SaturatingAddUnsigned : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        Saturation.Saturate<T>(Int128.CreateTruncating(d) + Saturation.Unsigned(n), ref isSaturated);
}

/// <summary>A signed number on top of an unsigned destination.</summary>
internal readonly struct SaturatingAddSigned : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        Saturation.Saturate<T>(Int128.CreateTruncating(d) + Saturation.Signed(n), ref isSaturated);
}

/// <summary>The distance from zero, within the range.</summary>
internal readonly struct SaturatingAbsolute : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        Saturation.Saturate<T>(Int128.Abs(Int128.CreateTruncating(n)), ref isSaturated);
}

/// <summary>The negative, within the range.</summary>
internal readonly struct SaturatingNegate : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        Saturation.Saturate<T>(-Int128.CreateTruncating(n), ref isSaturated);
}

/// <summary>The upper half of twice the product.</summary>
internal readonly struct DoublingMultiplyHigh : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        Saturation.Saturate<T>(
            2 * Int128.CreateTruncating(n) * Int128.CreateTruncating(m) >> Saturation.Bits<T>(), ref isSaturated);
}

/// <summary>The upper half of twice the product, rounded.</summary>
internal readonly struct RoundingDoublingMultiplyHigh : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        int bits = Saturation.Bits<T>();
        Int128 product = 2 * Int128.CreateTruncating(n) * Int128.CreateTruncating(m) + ((Int128)1 << (bits - 1));
        return Saturation.Saturate<T>(product >> bits, ref isSaturated);
    }
}
