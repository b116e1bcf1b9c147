using System.Runtime.InteropServices;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// An instruction as it runs: its handler with the operands chosen. A handler does the whole instruction and answers the next
/// one to
/// run, or null after it has set <see cref="CoreState.Stop"/> and <see cref="CoreState.Pc"/>. It throws nothing and keeps
/// nothing.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal unsafe struct Instruction
{
    /// <summary>What it does.</summary>
    public delegate*<CoreState*, Instruction*, Instruction*> Handler;

    /// <summary>
    /// Register slots or numbers, as the handler has them; the manual's operand names where it has such operands.
    /// </summary>
    public byte Rd, Rn, Rm, Ra;

    /// <summary>The instruction word.</summary>
    public uint Word;

    /// <summary>An immediate; in direct branches the target, once it is linked.</summary>
    public long Immediate;

    /// <summary>The distance from the block's first instruction, in bytes.</summary>
    public int Offset;

    /// <summary>A second number: a shift, a displacement.</summary>
    public int Extra;

    /// <summary>The address of this instruction, in the block that runs.</summary>
    public readonly ulong Address(CoreState* state) => state->BlockPc + (ulong)Offset;
}
