using System.Runtime.InteropServices;
using Gunyah.Aarch64.Interpreting;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Compiling;

/// <summary>Where the interpreter goes on within a decoded block.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Resumption
{
    /// <summary>The instruction.</summary>
    public Instruction* Slot;

    /// <summary>Its address, in bytes from the region's base.</summary>
    public int Offset;

    /// <summary>Where the decoded block begins, likewise.</summary>
    public int BlockOffset;

    /// <summary>How many instructions the decoded block has.</summary>
    public int BlockCount;

    /// <summary>How many of them are not done: this one and those behind it.</summary>
    public int Rest;

    /// <summary>How many instructions the region has taken off the budget that did not run, this one included.</summary>
    public int Back;
}

/// <summary>The ways out of compiled code. The state's <see cref="CoreState.BlockPc"/> is the region's base until then.</summary>
internal static unsafe class Exits
{
    /// <summary>
    /// Goes on in the interpreter, at an instruction of a decoded block, as if the block had been run up to there.
    /// </summary>
    public static Instruction* Resume(
        CoreState* state, Resumption* at, long left, int flags, ulong first, ulong second, ulong third)
    {
        if (flags != 0)
            LateFlags.Store(state, flags, first, second, third);
        ulong pc = state->BlockPc;
        left += at->Back;
        if (left < at->Rest)
        {
            state->Left = left;
            return BlockHandlers.Leave(state, pc + (ulong)at->Offset, StopReason.Continue);
        }

        state->Left = left - at->Rest;
        state->BlockPc = pc + (ulong)at->BlockOffset;
        state->BlockCount = at->BlockCount;
        return at->Slot;
    }

    /// <summary>
    /// Branches to a fixed place: <paramref name="branch"/> is an instruction at the region's base, with a link of its own.
    /// </summary>
    public static Instruction* Branch(
        CoreState* state, Instruction* branch, long left, int flags, ulong first, ulong second, ulong third)
    {
        if (flags != 0)
            LateFlags.Store(state, flags, first, second, third);
        state->Left = left;
        return BlockHandlers.Branch(state, branch);
    }

    /// <summary>Branches to any address.</summary>
    public static Instruction* Jump(
        CoreState* state, ulong target, long left, int flags, ulong first, ulong second, ulong third)
    {
        if (flags != 0)
            LateFlags.Store(state, flags, first, second, third);
        state->Left = left;
        return BlockHandlers.Jump(state, target);
    }
}
