using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Data processing of general registers. A result of 32 bits clears the upper half.</summary>
internal static unsafe class IntegerHandlers
{
    /// <summary>Computes of <c>Rn</c> and a second operand.</summary>
    public static Instruction* Compute<TComputation, TOperand>(CoreState* state, Instruction* i)
        where TComputation : struct, IComputation
        where TOperand : struct, IOperand
    {
        state->X[i->Rd] = TComputation.Of(state, state->X[i->Rn], TOperand.Of(state, i));
        return i + 1;
    }

    /// <summary>The same where only the flags are wanted.</summary>
    public static Instruction* Test<TComputation, TOperand>(CoreState* state, Instruction* i)
        where TComputation : struct, IComputation
        where TOperand : struct, IOperand
    {
        TComputation.Of(state, state->X[i->Rn], TOperand.Of(state, i));
        return i + 1;
    }

    public static Instruction* Adr(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = i->Address(state) + (ulong)i->Immediate;
        return i + 1;
    }

    public static Instruction* Adrp(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = (i->Address(state) & ~0xFFFul) + (ulong)i->Immediate;
        return i + 1;
    }

    /// <summary>MOVZ, MOVN and whatever else gives a constant.</summary>
    public static Instruction* Constant(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = (ulong)i->Immediate;
        return i + 1;
    }

    /// <summary>MOVK: the halfword of <c>Immediate</c> at bit <c>Extra</c>.</summary>
    public static Instruction* Keep64(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = state->X[i->Rn] & ~(0xFFFFul << i->Extra) | (ulong)i->Immediate;
        return i + 1;
    }

    /// <summary>The same of 32 bits.</summary>
    public static Instruction* Keep32(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = (uint)state->X[i->Rn] & ~(0xFFFFu << i->Extra) | (uint)i->Immediate;
        return i + 1;
    }

    public static Instruction* Move64(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = state->X[i->Rm];
        return i + 1;
    }

    public static Instruction* Move32(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = (uint)state->X[i->Rm];
        return i + 1;
    }
}
