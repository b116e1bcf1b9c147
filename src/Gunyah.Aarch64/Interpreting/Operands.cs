using System.Numerics;
using System.Runtime.CompilerServices;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// The second operand of an instruction. An operand of 32 bits may have anything in its upper half: the computation cuts it.
/// </summary>
internal unsafe interface IOperand
{
    /// <summary>Its value.</summary>
    static abstract ulong Of(CoreState* state, Instruction* i);
}

/// <summary>The immediate.</summary>
internal unsafe struct ImmediateOperand : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, Instruction* i) => (ulong)i->Immediate;
}

/// <summary>The register <c>Rm</c>.</summary>
internal unsafe struct RegisterOperand : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, Instruction* i) => state->X[i->Rm];
}

/// <summary><c>Rm</c>, LSL by <c>Extra</c>.</summary>
internal unsafe struct ShiftedLeft : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, Instruction* i) => state->X[i->Rm] << i->Extra;
}

/// <summary><c>Rm</c>, LSR by <c>Extra</c>.</summary>
internal unsafe struct ShiftedRight64 : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, Instruction* i) => state->X[i->Rm] >> i->Extra;
}

/// <summary>The lower half of <c>Rm</c>, LSR by <c>Extra</c>.</summary>
internal unsafe struct ShiftedRight32 : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, Instruction* i) => (uint)state->X[i->Rm] >> i->Extra;
}

/// <summary><c>Rm</c>, ASR by <c>Extra</c>.</summary>
internal unsafe struct ShiftedArithmetically64 : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, Instruction* i) => (ulong)((long)state->X[i->Rm] >> i->Extra);
}

/// <summary>The lower half of <c>Rm</c>, ASR by <c>Extra</c>.</summary>
internal unsafe struct ShiftedArithmetically32 : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, Instruction* i) => (uint)((int)state->X[i->Rm] >> i->Extra);
}

/// <summary><c>Rm</c>, ROR by <c>Extra</c>.</summary>
internal unsafe struct Rotated64 : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, Instruction* i) => BitOperations.RotateRight(state->X[i->Rm], i->Extra);
}

/// <summary>The lower half of <c>Rm</c>, ROR by <c>Extra</c>.</summary>
internal unsafe struct Rotated32 : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, Instruction* i) => BitOperations.RotateRight((uint)state->X[i->Rm], i->Extra);
}

/// <summary>The word in <c>Rm</c>, unsigned, LSL by <c>Extra</c>.</summary>
internal unsafe struct ExtendedUnsignedWord : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, Instruction* i) => (ulong)(uint)state->X[i->Rm] << i->Extra;
}

/// <summary>The word in <c>Rm</c>, signed, LSL by <c>Extra</c>.</summary>
internal unsafe struct ExtendedSignedWord : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, Instruction* i) => (ulong)(int)state->X[i->Rm] << i->Extra;
}

/// <summary>The byte or halfword in <c>Rm</c>, extended as <c>Ra</c> says (the field option), LSL by <c>Extra</c>.</summary>
internal unsafe struct ExtendedPart : IOperand
{
    public static ulong Of(CoreState* state, Instruction* i)
    {
        ulong value = state->X[i->Rm];
        return i->Ra switch
        {
            0 => (ulong)(byte)value,
            1 => (ushort)value,
            4 => (ulong)(sbyte)value,
            _ => (ulong)(short)value,
        } << i->Extra;
    }
}

/// <summary>The complement of an operand.</summary>
internal unsafe struct Inverted<TOperand> : IOperand
    where TOperand : struct, IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, Instruction* i) => ~TOperand.Of(state, i);
}
