using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Data processing of general registers. A result of 32 bits clears the upper half.</summary>
internal static unsafe class IntegerHandlers
{
    public static Instruction* AddImmediate64(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = state->X[i->Rn] + (ulong)i->Immediate;
        return i + 1;
    }

    public static Instruction* AddImmediate32(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = (uint)state->X[i->Rn] + (uint)i->Immediate;
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
}
