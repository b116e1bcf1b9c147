using System.Runtime.CompilerServices;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>A condition of the flags (Arm ARM DDI 0487, C1.2.4).</summary>
internal unsafe interface ICondition
{
    /// <summary>True if it holds.</summary>
    static abstract bool Holds(CoreState* state);
}

/// <summary>Handlers that differ in their condition.</summary>
internal unsafe interface IConditionalHandlers
{
    /// <summary>The handler for a condition.</summary>
    static abstract Handler With<TCondition>()
        where TCondition : struct, ICondition;
}

/// <summary>The conditions by their number.</summary>
internal static unsafe class Conditions
{
    /// <summary>The handler for a condition.</summary>
    /// <param name="condition">The field cond; 14 and 15 are both "always".</param>
    public static Handler Choose<THandlers>(int condition)
        where THandlers : struct, IConditionalHandlers => condition switch
        {
            0 => THandlers.With<Equal>(),
            1 => THandlers.With<NotEqual>(),
            2 => THandlers.With<CarrySet>(),
            3 => THandlers.With<CarryClear>(),
            4 => THandlers.With<Minus>(),
            5 => THandlers.With<Plus>(),
            6 => THandlers.With<Overflow>(),
            7 => THandlers.With<NoOverflow>(),
            8 => THandlers.With<Higher>(),
            9 => THandlers.With<LowerOrSame>(),
            10 => THandlers.With<GreaterOrEqual>(),
            11 => THandlers.With<Less>(),
            12 => THandlers.With<Greater>(),
            13 => THandlers.With<LessOrEqual>(),
            _ => THandlers.With<Always>(),
        };
}

/// <summary>EQ.</summary>
internal unsafe struct Equal : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(CoreState* state) => state->Z == 0;
}

/// <summary>NE.</summary>
internal unsafe struct NotEqual : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(CoreState* state) => state->Z != 0;
}

/// <summary>CS.</summary>
internal unsafe struct CarrySet : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(CoreState* state) => state->C != 0;
}

/// <summary>CC.</summary>
internal unsafe struct CarryClear : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(CoreState* state) => state->C == 0;
}

/// <summary>MI.</summary>
internal unsafe struct Minus : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(CoreState* state) => state->N < 0;
}

/// <summary>PL.</summary>
internal unsafe struct Plus : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(CoreState* state) => state->N >= 0;
}

/// <summary>VS.</summary>
internal unsafe struct Overflow : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(CoreState* state) => state->V != 0;
}

/// <summary>VC.</summary>
internal unsafe struct NoOverflow : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(CoreState* state) => state->V == 0;
}

/// <summary>HI.</summary>
internal unsafe struct Higher : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(CoreState* state) => state->C != 0 && state->Z != 0;
}

/// <summary>LS.</summary>
internal unsafe struct LowerOrSame : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(CoreState* state) => state->C == 0 || state->Z == 0;
}

/// <summary>GE.</summary>
internal unsafe struct GreaterOrEqual : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(CoreState* state) => state->N < 0 == (state->V != 0);
}

/// <summary>LT.</summary>
internal unsafe struct Less : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(CoreState* state) => state->N < 0 != (state->V != 0);
}

/// <summary>GT.</summary>
internal unsafe struct Greater : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(CoreState* state) => state->Z != 0 && state->N < 0 == (state->V != 0);
}

/// <summary>LE.</summary>
internal unsafe struct LessOrEqual : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(CoreState* state) => state->Z == 0 || state->N < 0 != (state->V != 0);
}

/// <summary>AL and NV.</summary>
internal unsafe struct Always : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(CoreState* state) => true;
}
