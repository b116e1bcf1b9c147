using System.Runtime.CompilerServices;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Branches. One that is taken within a block gives back the instructions behind it.</summary>
internal static unsafe class BranchHandlers
{
    public static Instruction* Branch(CoreState* state, Instruction* i) => BlockHandlers.Branch(state, i);

    public static Instruction* BranchWithLink(CoreState* state, Instruction* i)
    {
        state->X[30] = i->Address(state) + 4;
        return BlockHandlers.Branch(state, i);
    }

    public static Instruction* Register(CoreState* state, Instruction* i) => BlockHandlers.Jump(state, state->X[i->Rn]);

    public static Instruction* RegisterWithLink(CoreState* state, Instruction* i)
    {
        ulong target = state->X[i->Rn];
        state->X[30] = i->Address(state) + 4;
        return BlockHandlers.Jump(state, target);
    }

    public static Instruction* Equal(CoreState* state, Instruction* i) => state->Z == 0 ? Taken(state, i) : i + 1;

    public static Instruction* NotEqual(CoreState* state, Instruction* i) => state->Z != 0 ? Taken(state, i) : i + 1;

    public static Instruction* CarrySet(CoreState* state, Instruction* i) => state->C != 0 ? Taken(state, i) : i + 1;

    public static Instruction* CarryClear(CoreState* state, Instruction* i) => state->C == 0 ? Taken(state, i) : i + 1;

    public static Instruction* Minus(CoreState* state, Instruction* i) => state->N < 0 ? Taken(state, i) : i + 1;

    public static Instruction* Plus(CoreState* state, Instruction* i) => state->N >= 0 ? Taken(state, i) : i + 1;

    public static Instruction* Overflow(CoreState* state, Instruction* i) => state->V != 0 ? Taken(state, i) : i + 1;

    public static Instruction* NoOverflow(CoreState* state, Instruction* i) => state->V == 0 ? Taken(state, i) : i + 1;

    public static Instruction* Higher(CoreState* state, Instruction* i) =>
        state->C != 0 && state->Z != 0 ? Taken(state, i) : i + 1;

    public static Instruction* LowerOrSame(CoreState* state, Instruction* i) =>
        state->C != 0 && state->Z != 0 ? i + 1 : Taken(state, i);

    public static Instruction* GreaterOrEqual(CoreState* state, Instruction* i) =>
        state->N < 0 == (state->V != 0) ? Taken(state, i) : i + 1;

    public static Instruction* Less(CoreState* state, Instruction* i) =>
        state->N < 0 != (state->V != 0) ? Taken(state, i) : i + 1;

    public static Instruction* Greater(CoreState* state, Instruction* i) =>
        state->Z != 0 && state->N < 0 == (state->V != 0) ? Taken(state, i) : i + 1;

    public static Instruction* LessOrEqual(CoreState* state, Instruction* i) =>
        state->Z != 0 && state->N < 0 == (state->V != 0) ? i + 1 : Taken(state, i);

    public static Instruction* Zero64(CoreState* state, Instruction* i) => state->X[i->Rn] == 0 ? Taken(state, i) : i + 1;

    public static Instruction* NotZero64(CoreState* state, Instruction* i) => state->X[i->Rn] != 0 ? Taken(state, i) : i + 1;

    public static Instruction* Zero32(CoreState* state, Instruction* i) => (uint)state->X[i->Rn] == 0 ? Taken(state, i) : i + 1;

    public static Instruction* NotZero32(CoreState* state, Instruction* i) =>
        (uint)state->X[i->Rn] != 0 ? Taken(state, i) : i + 1;

    /// <summary>TBZ of bit <c>Ra</c>.</summary>
    public static Instruction* BitClear(CoreState* state, Instruction* i) =>
        (state->X[i->Rn] >> i->Ra & 1) == 0 ? Taken(state, i) : i + 1;

    /// <summary>TBNZ of bit <c>Ra</c>.</summary>
    public static Instruction* BitSet(CoreState* state, Instruction* i) =>
        (state->X[i->Rn] >> i->Ra & 1) != 0 ? Taken(state, i) : i + 1;

    /// <summary>Goes to the target of a branch within a block, which is left here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Instruction* Taken(CoreState* state, Instruction* i)
    {
        BlockHandlers.GiveBackRest(state, i);
        return BlockHandlers.Branch(state, i);
    }
}
