using System.Runtime.CompilerServices;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Where an access goes, and what becomes of the base register once it has succeeded.</summary>
internal unsafe interface IAddressing
{
    /// <summary>The virtual address.</summary>
    static abstract ulong Of(CoreState* state, Instruction* i);

    /// <summary>Writes the base register back, or does nothing.</summary>
    static abstract void WriteBack(CoreState* state, Instruction* i, ulong address);
}

/// <summary>The base and an immediate.</summary>
internal unsafe struct BaseOffset : IAddressing
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, Instruction* i) => state->X[i->Rn] + (ulong)i->Immediate;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteBack(CoreState* state, Instruction* i, ulong address)
    {
    }
}

/// <summary>The same, and the base becomes the address.</summary>
internal unsafe struct PreIndex : IAddressing
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, Instruction* i) => state->X[i->Rn] + (ulong)i->Immediate;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteBack(CoreState* state, Instruction* i, ulong address) => state->X[i->Rn] = address;
}

/// <summary>The base, to which the immediate is added behind the access.</summary>
internal unsafe struct PostIndex : IAddressing
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, Instruction* i) => state->X[i->Rn];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteBack(CoreState* state, Instruction* i, ulong address) =>
        state->X[i->Rn] = address + (ulong)i->Immediate;
}

/// <summary>The base and a register: an operand of its own kind, <c>Rm</c> shifted left by <c>Extra</c>.</summary>
internal unsafe struct RegisterOffset<TOperand> : IAddressing
    where TOperand : struct, IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, Instruction* i) => state->X[i->Rn] + TOperand.Of(state, i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteBack(CoreState* state, Instruction* i, ulong address)
    {
    }
}

/// <summary>The place of the instruction and an immediate.</summary>
internal unsafe struct LiteralOffset : IAddressing
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(CoreState* state, Instruction* i) => i->Address(state) + (ulong)i->Immediate;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteBack(CoreState* state, Instruction* i, ulong address)
    {
    }
}
