using System.Runtime.CompilerServices;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Selections and comparisons that depend on the flags.</summary>
internal static unsafe class ConditionalHandlers
{
    /// <summary>CSEL and its like: <c>Rn</c> where the condition holds, else what is made of <c>Rm</c>.</summary>
    public static Instruction* Select<TCondition, TSelection>(CoreState* state, Instruction* i)
        where TCondition : struct, ICondition
        where TSelection : struct, ISelection
    {
        ulong chosen = TSelection.First(state->X[i->Rn]);
        ulong other = TSelection.Second(state->X[i->Rm]);
        state->X[i->Rd] = TCondition.Holds(state) ? chosen : other;
        return i + 1;
    }

    /// <summary>
    /// CCMP and CCMN: sets the flags by the operands where the condition holds, else to <c>Extra</c>, as NZCV has them.
    /// </summary>
    public static Instruction* Compare<TCondition, TComputation, TOperand>(CoreState* state, Instruction* i)
        where TCondition : struct, ICondition
        where TComputation : struct, IComputation
        where TOperand : struct, IOperand
    {
        if (TCondition.Holds(state))
            TComputation.Of(state, state->X[i->Rn], TOperand.Of(state, i));
        else
            state->Nzcv = (uint)i->Extra;
        return i + 1;
    }
}

/// <summary>The handlers of <see cref="ConditionalHandlers.Select"/> by condition.</summary>
internal unsafe struct SelectHandlers<TSelection> : IConditionalHandlers
    where TSelection : struct, ISelection
{
    public static Handler With<TCondition>()
        where TCondition : struct, ICondition => &ConditionalHandlers.Select<TCondition, TSelection>;
}

/// <summary>The handlers of <see cref="ConditionalHandlers.Compare"/> by condition.</summary>
internal unsafe struct CompareHandlers<TComputation, TOperand> : IConditionalHandlers
    where TComputation : struct, IComputation
    where TOperand : struct, IOperand
{
    public static Handler With<TCondition>()
        where TCondition : struct, ICondition => &ConditionalHandlers.Compare<TCondition, TComputation, TOperand>;
}

/// <summary>What a conditional selection makes of its two registers.</summary>
internal interface ISelection
{
    /// <summary>The result where the condition holds.</summary>
    static abstract ulong First(ulong value);

    /// <summary>The result where it does not.</summary>
    static abstract ulong Second(ulong value);
}

internal struct Csel64 : ISelection
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong First(ulong value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Second(ulong value) => value;
}

internal struct Csel32 : ISelection
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong First(ulong value) => (uint)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Second(ulong value) => (uint)value;
}

internal struct Csinc64 : ISelection
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong First(ulong value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Second(ulong value) => value + 1;
}

internal struct Csinc32 : ISelection
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong First(ulong value) => (uint)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Second(ulong value) => (uint)value + 1;
}

internal struct Csinv64 : ISelection
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong First(ulong value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Second(ulong value) => ~value;
}

internal struct Csinv32 : ISelection
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong First(ulong value) => (uint)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Second(ulong value) => ~(uint)value;
}

internal struct Csneg64 : ISelection
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong First(ulong value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Second(ulong value) => 0 - value;
}

internal struct Csneg32 : ISelection
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong First(ulong value) => (uint)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Second(ulong value) => 0 - (uint)value;
}
