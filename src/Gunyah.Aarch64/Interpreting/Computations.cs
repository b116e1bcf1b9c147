using System.Numerics;
using System.Runtime.CompilerServices;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// What an instruction makes of two operands: a new value of a register, and perhaps flags. The name says the width; one of 32
/// bits looks at the lower halves only, and its result has no upper half.
/// </summary>
internal unsafe interface IComputation
{
    /// <summary>Computes.</summary>
    static abstract ulong Of(CoreState* state, ulong first, ulong second);
}

internal unsafe struct Add64 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => first + second;
}

internal unsafe struct Add32 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => (uint)first + (uint)second;
}

internal unsafe struct Adds64 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => Flags.Add64(state, first, second);
}

internal unsafe struct Adds32 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => Flags.Add32(state, (uint)first, (uint)second);
}

internal unsafe struct Sub64 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => first - second;
}

internal unsafe struct Sub32 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => (uint)first - (uint)second;
}

internal unsafe struct Subs64 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => Flags.Subtract64(state, first, second);
}

internal unsafe struct Subs32 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => Flags.Subtract32(state, (uint)first, (uint)second);
}

internal unsafe struct Adc64 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => first + second + state->C;
}

internal unsafe struct Adc32 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => (uint)first + (uint)second + state->C;
}

internal unsafe struct Adcs64 : IComputation
{
    public static ulong Of(CoreState* state, ulong first, ulong second) => Flags.AddWithCarry64(state, first, second);
}

internal unsafe struct Adcs32 : IComputation
{
    public static ulong Of(CoreState* state, ulong first, ulong second) =>
        Flags.AddWithCarry32(state, (uint)first, (uint)second);
}

internal unsafe struct And64 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => first & second;
}

internal unsafe struct And32 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => (uint)first & (uint)second;
}

internal unsafe struct Ands64 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => Flags.Logical64(state, first & second);
}

internal unsafe struct Ands32 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => Flags.Logical32(state, (uint)first & (uint)second);
}

internal unsafe struct Orr64 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => first | second;
}

internal unsafe struct Orr32 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => (uint)first | (uint)second;
}

internal unsafe struct Eor64 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => first ^ second;
}

internal unsafe struct Eor32 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => (uint)first ^ (uint)second;
}

internal unsafe struct Lsl64 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => first << (int)(second & 63);
}

internal unsafe struct Lsl32 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => (uint)first << (int)(second & 31);
}

internal unsafe struct Lsr64 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => first >> (int)(second & 63);
}

internal unsafe struct Lsr32 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => (uint)first >> (int)(second & 31);
}

internal unsafe struct Asr64 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => (ulong)((long)first >> (int)(second & 63));
}

internal unsafe struct Asr32 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => (uint)((int)first >> (int)(second & 31));
}

internal unsafe struct Ror64 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) => BitOperations.RotateRight(first, (int)(second & 63));
}

internal unsafe struct Ror32 : IComputation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, ulong first, ulong second) =>
        BitOperations.RotateRight((uint)first, (int)(second & 31));
}

/// <summary>A division by zero gives zero.</summary>
internal unsafe struct Udiv64 : IComputation
{
    public static ulong Of(CoreState* state, ulong first, ulong second) => second == 0 ? 0 : first / second;
}

/// <summary>A division by zero gives zero.</summary>
internal unsafe struct Udiv32 : IComputation
{
    public static ulong Of(CoreState* state, ulong first, ulong second) => (uint)second == 0 ? 0 : (uint)first / (uint)second;
}

/// <summary>The lowest number by minus one is itself; the host would raise an exception.</summary>
internal unsafe struct Sdiv64 : IComputation
{
    public static ulong Of(CoreState* state, ulong first, ulong second) => (long)second switch
    {
        0 => 0,
        -1 => 0 - first,
        _ => (ulong)((long)first / (long)second),
    };
}

/// <summary>The lowest number by minus one is itself; the host would raise an exception.</summary>
internal unsafe struct Sdiv32 : IComputation
{
    public static ulong Of(CoreState* state, ulong first, ulong second) => (int)second switch
    {
        0 => 0,
        -1 => 0 - (uint)first,
        _ => (uint)((int)first / (int)second),
    };
}
