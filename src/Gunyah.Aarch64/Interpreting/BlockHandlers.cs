using System.Runtime.CompilerServices;
using Gunyah.Aarch64.Memory;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>What stands at the seams of blocks, and the ways from one to the next.</summary>
internal static unsafe class BlockHandlers
{
    /// <summary>Begins a block of <c>Extra</c> instructions: takes them off what is left, all at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Instruction* Head(CoreState* state, Instruction* i)
    {
        long left = state->Left - i->Extra;
        if (left < 0)
            return Leave(state, state->BlockPc, StopReason.Continue);
        state->Left = left;
        state->BlockCount = i->Extra;
        return i + 1;
    }

    /// <summary>
    /// A head that counts down in <c>Word</c> to the moment at which its block is offered to the compiler.
    /// </summary>
    public static Instruction* CountingHead(CoreState* state, Instruction* i)
    {
        if (--i->Word != 0)
            return Head(state, i);
        Core.Of(state).Code.Offer(i);
        return i->Handler(state, i);
    }

    /// <summary>Stands for the head of a block whose code has changed.</summary>
    public static Instruction* Stale(CoreState* state, Instruction* i) => Leave(state, state->BlockPc, StopReason.Continue);

    /// <summary>Ends a block that goes on in the next page, or was too long.</summary>
    public static Instruction* Onward(CoreState* state, Instruction* i) => Jump(state, i->Address(state));

    /// <summary>Ends a block that was cut short.</summary>
    public static Instruction* Cut(CoreState* state, Instruction* i) => Leave(state, i->Address(state), StopReason.Continue);

    /// <summary>Comes back to the core.</summary>
    /// <param name="state">The core.</param>
    /// <param name="pc">Where it goes on.</param>
    /// <param name="reason">Why.</param>
    public static Instruction* Leave(CoreState* state, ulong pc, StopReason reason)
    {
        state->Pc = pc;
        state->Stop = reason;
        return null;
    }

    /// <summary>Gives back the instructions of the block that are behind this one: it is left here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void GiveBackRest(CoreState* state, Instruction* i) =>
        state->Left += state->BlockCount - 1 - (i->Offset >> 2);

    /// <summary>Goes to any address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Instruction* Jump(CoreState* state, ulong pc)
    {
        FetchEntry* entry = TlbTables.FetchEntryOf((&state->FetchLow)[pc >> 55 & 1], pc);
        // A target that is not a multiple of four has no such tag.
        if (entry->Tag == (pc & ~0xFFCul))
        {
            uint head = ((uint*)entry->Heads)[pc >> 2 & CodePage.Count - 1];
            if (head != 0)
            {
                state->BlockPc = pc;
                return (Instruction*)state->Code + head;
            }
        }

        return Leave(state, pc, StopReason.Continue);
    }

    /// <summary>
    /// Goes to the target of a direct branch, <c>Extra</c> bytes away: by its link, if it has one, which only targets in the
    /// same page
    /// get.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Instruction* Branch(CoreState* state, Instruction* i)
    {
        ulong here = i->Address(state);
        ulong target = here + (ulong)i->Extra;
        if (i->Immediate != 0)
        {
            state->BlockPc = target;
            return (Instruction*)i->Immediate;
        }

        if (((here ^ target) & ~0xFFFul) != 0)
            return Jump(state, target);
        state->LinkFrom = (nint)i;
        return Leave(state, target, StopReason.Continue);
    }
}
