using System.Numerics;

namespace Gunyah.Aarch64.Vectors;

/// <summary>Shifts by the low byte of the other lane: to the left if it is positive, to the right otherwise.</summary>
internal static class RegisterShift
{
    /// <summary>More than any lane has bits, and less than 128.</summary>
    private const int Farthest = 100;

    /// <summary>A lane, shifted.</summary>
    /// <param name="n">The lane.</param>
    /// <param name="m">The lane with the shift.</param>
    /// <param name="isRounding">Whether a shift to the right rounds.</param>
    /// <param name="isSaturating">Whether a shift to the left saturates.</param>
    /// <param name="isSaturated">Becomes true if it does.</param>
    public static T Shift<T>(T n, T m, bool isRounding, bool isSaturating, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        int shift = sbyte.CreateTruncating(m);
        Int128 value = Int128.CreateTruncating(n);
        if (shift < 0)
        {
            shift = Math.Min(-shift, Farthest);
            return T.CreateTruncating(value + (isRounding ? (Int128)1 << (shift - 1) : 0) >> shift);
        }

        if (!isSaturating)
            return shift < Saturation.Bits<T>() ? n << shift : T.Zero;
        if (shift < Saturation.Bits<T>())
            return Saturation.Saturate<T>(value << shift, ref isSaturated);
        isSaturated |= !T.IsZero(n);
        return T.IsZero(n) ? n : T.IsNegative(n) ? T.MinValue : T.MaxValue;
    }
}

/// <summary>SSHL and USHL.</summary>
internal readonly struct ShiftByRegister : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        RegisterShift.Shift(n, m, isRounding: false, isSaturating: false, ref isSaturated);
}

/// <summary>SRSHL and URSHL.</summary>
internal readonly struct RoundingShiftByRegister : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        RegisterShift.Shift(n, m, isRounding: true, isSaturating: false, ref isSaturated);
}

/// <summary>SQSHL and UQSHL by register.</summary>
internal readonly struct SaturatingShiftByRegister : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        RegisterShift.Shift(n, m, isRounding: false, isSaturating: true, ref isSaturated);
}

/// <summary>SQRSHL and UQRSHL.</summary>
internal readonly struct SaturatingRoundingShiftByRegister : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        RegisterShift.Shift(n, m, isRounding: true, isSaturating: true, ref isSaturated);
}

/// <summary>To the left, within the range.</summary>
internal readonly struct SaturatingShiftLeft : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        Saturation.Saturate<T>(Int128.CreateTruncating(n) << shift, ref isSaturated);
}

/// <summary>A signed number to the left, within the range of unsigned lanes (SQSHLU).</summary>
internal readonly struct SaturatingShiftLeftUnsigned : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        Saturation.Saturate<T>(Saturation.Signed(n) << shift, ref isSaturated);
}

/// <summary>To the right.</summary>
internal readonly struct ShiftRight : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        T.CreateTruncating(Int128.CreateTruncating(n) >> shift);
}

/// <summary>To the right, on top of the destination.</summary>
internal readonly struct ShiftRightAdd : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        d + T.CreateTruncating(Int128.CreateTruncating(n) >> shift);
}

/// <summary>To the right, rounded.</summary>
internal readonly struct RoundingShiftRight : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        T.CreateTruncating(Int128.CreateTruncating(n) + ((Int128)1 << (shift - 1)) >> shift);
}

/// <summary>To the right, rounded, on top of the destination.</summary>
internal readonly struct RoundingShiftRightAdd : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        d + T.CreateTruncating(Int128.CreateTruncating(n) + ((Int128)1 << (shift - 1)) >> shift);
}

/// <summary>To the left, into the destination: its bits below the shift stay.</summary>
internal readonly struct ShiftLeftInsert : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        n << shift | d & T.CreateTruncating(((Int128)1 << shift) - 1);
}

/// <summary>To the right, into the destination: its bits above stay. Of unsigned lanes.</summary>
internal readonly struct ShiftRightInsert : IElementOperation
{
    public static T Apply<T>(T d, T n, T m, int shift, ref bool isSaturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        Int128 kept = Int128.MaxValue << (Saturation.Bits<T>() - shift);
        return T.CreateTruncating(Int128.CreateTruncating(n) >> shift) | d & T.CreateTruncating(kept);
    }
}
