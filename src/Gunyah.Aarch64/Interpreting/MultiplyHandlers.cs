using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Products of <c>Rn</c> and <c>Rm</c>, added to <c>Ra</c> or taken from it.</summary>
internal static unsafe class MultiplyHandlers
{
    /// <summary>MUL: nothing is added.</summary>
    public static Instruction* Multiply64(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = state->X[i->Rn] * state->X[i->Rm];
        return i + 1;
    }

    public static Instruction* Multiply32(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = (uint)state->X[i->Rn] * (uint)state->X[i->Rm];
        return i + 1;
    }

    public static Instruction* Add64(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = state->X[i->Ra] + state->X[i->Rn] * state->X[i->Rm];
        return i + 1;
    }

    public static Instruction* Add32(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = (uint)state->X[i->Ra] + (uint)state->X[i->Rn] * (uint)state->X[i->Rm];
        return i + 1;
    }

    public static Instruction* Subtract64(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = state->X[i->Ra] - state->X[i->Rn] * state->X[i->Rm];
        return i + 1;
    }

    public static Instruction* Subtract32(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = (uint)state->X[i->Ra] - (uint)state->X[i->Rn] * (uint)state->X[i->Rm];
        return i + 1;
    }

    public static Instruction* AddSignedLong(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = state->X[i->Ra] + SignedProduct(state, i);
        return i + 1;
    }

    public static Instruction* SubtractSignedLong(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = state->X[i->Ra] - SignedProduct(state, i);
        return i + 1;
    }

    public static Instruction* AddUnsignedLong(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = state->X[i->Ra] + (ulong)(uint)state->X[i->Rn] * (uint)state->X[i->Rm];
        return i + 1;
    }

    public static Instruction* SubtractUnsignedLong(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = state->X[i->Ra] - (ulong)(uint)state->X[i->Rn] * (uint)state->X[i->Rm];
        return i + 1;
    }

    public static Instruction* SignedHigh(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = SignedHighOf(state->X[i->Rn], state->X[i->Rm]);
        return i + 1;
    }

    public static Instruction* UnsignedHigh(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = UnsignedHighOf(state->X[i->Rn], state->X[i->Rm]);
        return i + 1;
    }

    /// <summary>The upper half of a signed product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong SignedHighOf(ulong first, ulong second) => (ulong)Math.BigMul((long)first, (long)second, out _);

    /// <summary>The upper half of an unsigned product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong UnsignedHighOf(ulong first, ulong second) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(first, second) : Math.BigMul(first, second, out _);

    private static ulong SignedProduct(CoreState* state, Instruction* i) =>
        (ulong)((long)(int)state->X[i->Rn] * (int)state->X[i->Rm]);
}
