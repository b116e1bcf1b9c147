using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gunyah.Aarch64.State;

/// <summary>
/// Everything of a core that instructions change, in one unmanaged block: what the interpreter's handlers and compiled code
/// reach by
/// pointer. The fields that nearly every instruction touches stand first.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CoreState
{
    /// <summary>The general registers, by <see cref="Slot"/>.</summary>
    public fixed ulong X[Slot.Count];

    /// <summary>The virtual address of the first instruction of the block that runs.</summary>
    public ulong BlockPc;

    /// <summary>
    /// How many instructions may still run before the core must look around; a block takes all of its own as it begins.
    /// </summary>
    public long Left;

    /// <summary>The flag N is its sign.</summary>
    public long N;

    /// <summary>The flag Z is set while this is zero.</summary>
    public ulong Z;

    /// <summary>The flag C: 0 or 1.</summary>
    public uint C;

    /// <summary>The flag V: 0 or 1.</summary>
    public uint V;

    /// <summary>The data TLB of this state's half below and above, for the current exception level: indexed by bit 55.</summary>
    public nint DataLow, DataHigh;

    /// <summary>The same as EL0 sees it, for LDTR and its like.</summary>
    public nint UserLow, UserHigh;

    /// <summary>The fetch TLB, as <see cref="DataLow"/>.</summary>
    public nint FetchLow, FetchHigh;

    /// <summary>Where the arena of decoded code begins; heads of blocks count from it, in instructions.</summary>
    public nint Code;

    /// <summary>The instructions of the block that runs.</summary>
    public int BlockCount;

    /// <summary>Why the handlers came back.</summary>
    public StopReason Stop;

    /// <summary>The address to go on at, once the handlers came back.</summary>
    public ulong Pc;

    /// <summary>The branch that came back for its target, to be linked with it; 0 for none.</summary>
    public nint LinkFrom;

    /// <summary>SP_EL0 and SP_EL1, but for the one that is in <see cref="Slot.Sp"/>.</summary>
    public ulong SpEl0, SpEl1;

    /// <summary>PSTATE.D, A, I, F where SPSR has them: bits 9 to 6.</summary>
    public uint Daif;

    /// <summary>PSTATE.EL: 0 or 1.</summary>
    public uint El;

    /// <summary>PSTATE.SP.</summary>
    public uint SpSel;

    /// <summary>PSTATE.PAN: 0 or 1.</summary>
    public uint Pan;

    /// <summary>PSTATE.IL: 0 or 1.</summary>
    public uint Il;

    /// <summary>The event register of WFE: 0 or 1.</summary>
    public uint Event;

    /// <summary>True while the exclusive monitor is armed.</summary>
    public bool IsExclusive;

    /// <summary>The size in bytes of what the monitor watches.</summary>
    public int ExclusiveSize;

    /// <summary>Its host address.</summary>
    public nint ExclusiveHost;

    /// <summary>What was read there.</summary>
    public ulong ExclusiveLow, ExclusiveHigh;

    /// <summary>FPCR and FPSR.</summary>
    public uint Fpcr, Fpsr;

    /// <summary>True where instructions of floating point are trapped at the current exception level.</summary>
    public bool TrapsFloatingPoint;

    /// <summary>The core that this is the state of: a handle, for the slow paths.</summary>
    public nint Core;

    private readonly long _alignment;

    /// <summary>The vector registers, by <see cref="VectorSlot"/>: two words each, the lower one first.</summary>
    public fixed ulong Vector[VectorSlot.Count * 2];

    /// <summary>The system registers that are only stored, by <see cref="Register"/>.</summary>
    public fixed ulong System[(int)Register.Count];

    /// <summary>PSTATE's flags as NZCV has them: bits 31 to 28.</summary>
    public uint Nzcv
    {
        readonly get => (N < 0 ? 1u << 31 : 0) | (Z == 0 ? 1u << 30 : 0) | C << 29 | V << 28;
        set
        {
            N = (long)((ulong)value << 32);
            Z = ~(ulong)value & 1u << 30;
            C = value >> 29 & 1;
            V = value >> 28 & 1;
        }
    }

    /// <summary>PSTATE as an exception saves it in SPSR_EL1.</summary>
    public readonly uint Pstate => Nzcv | Pan << 22 | Il << 20 | Daif | El << 2 | SpSel;

    /// <summary>A system register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref ulong Sys(CoreState* state, Register register) => ref state->System[(int)register];
}

/// <summary>
/// Where the general registers are in <see cref="CoreState.X"/>. An operand's slot is chosen when an instruction is decoded,
/// so nothing
/// asks about number 31 when it runs.
/// </summary>
internal static class Slot
{
    /// <summary>XZR as a source: always 0, never written.</summary>
    public const int Zero = 31;

    /// <summary>The stack pointer that is selected.</summary>
    public const int Sp = 32;

    /// <summary>XZR as a destination: never read.</summary>
    public const int Sink = 33;

    /// <summary>How many there are.</summary>
    public const int Count = 34;

    /// <summary>A source register of which 31 is XZR.</summary>
    public static byte Source(int number) => (byte)number;

    /// <summary>A destination register of which 31 is XZR.</summary>
    public static byte Destination(int number) => (byte)(number == 31 ? Sink : number);

    /// <summary>A register of which 31 is SP.</summary>
    public static byte OrSp(int number) => (byte)(number == 31 ? Sp : number);
}

/// <summary>Why handlers came back to the core.</summary>
internal enum StopReason
{
    /// <summary>To go on at <see cref="CoreState.Pc"/>: a branch, an exception, or nothing left to run on.</summary>
    Continue,

    /// <summary>The same, after looking at the interrupt line.</summary>
    Poll,

    /// <summary>HVC or SMC; PC is behind it.</summary>
    Hypercall,

    /// <summary>An access to a device; PC is at it, and it runs again with the answer.</summary>
    Device,

    /// <summary>WFI; PC is behind it.</summary>
    WaitForInterrupt,

    /// <summary>WFE without an event; PC is behind it.</summary>
    WaitForEvent,

    /// <summary>The debugger's: at a breakpoint or before an access to what is watched; PC is at it.</summary>
    Debug,
}
