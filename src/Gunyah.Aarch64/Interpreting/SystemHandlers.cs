using Gunyah.Aarch64.Exceptions;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Exceptions, hints, barriers and PSTATE.</summary>
internal static unsafe class SystemHandlers
{
    private const ulong TrapWfi = 1ul << 16;
    private const ulong TrapWfe = 1ul << 18;
    private const ulong UserMasksInterrupts = 1ul << 9;

    /// <summary>An instruction that is not there.</summary>
    public static Instruction* Undefined(CoreState* state, Instruction* i) => Trap(state, i, Syndrome.Undefined);

    /// <summary>Before the first instruction of floating point of a block.</summary>
    public static Instruction* CheckFloatingPoint(CoreState* state, Instruction* i) =>
        state->TrapsFloatingPoint ? Trap(state, i, Syndrome.FloatingPointTrap) : i + 1;

    public static Instruction* SupervisorCall(CoreState* state, Instruction* i) =>
        TrapBehind(state, i, Syndrome.SupervisorCall((uint)i->Immediate));

    public static Instruction* Breakpoint(CoreState* state, Instruction* i) =>
        Trap(state, i, Syndrome.Breakpoint((uint)i->Immediate));

    /// <summary>HVC and SMC: the hypervisor's, from EL1 only.</summary>
    public static Instruction* Hypercall(CoreState* state, Instruction* i)
    {
        if (state->El == 0)
            return Trap(state, i, Syndrome.Undefined);
        Core.Of(state).Immediate = (ushort)i->Immediate;
        return BlockHandlers.Leave(state, i->Address(state) + 4, StopReason.Hypercall);
    }

    public static Instruction* ExceptionReturn(CoreState* state, Instruction* i)
    {
        if (state->El == 0)
            return Trap(state, i, Syndrome.Undefined);
        Core core = Core.Of(state);
        ExceptionLevel.Return(state, core.Mmu);
        core.SynchronizeCode();
        return null;
    }

    public static Instruction* WaitForInterrupt(CoreState* state, Instruction* i) =>
        state->El == 0 && (CoreState.Sys(state, Register.Sctlr) & TrapWfi) == 0
            ? Trap(state, i, Syndrome.WaitTrap(isEvent: false))
            : BlockHandlers.Leave(state, i->Address(state) + 4, StopReason.WaitForInterrupt);

    public static Instruction* WaitForEvent(CoreState* state, Instruction* i)
    {
        if (state->El == 0 && (CoreState.Sys(state, Register.Sctlr) & TrapWfe) == 0)
            return Trap(state, i, Syndrome.WaitTrap(isEvent: true));
        if (state->Event == 0)
            return BlockHandlers.Leave(state, i->Address(state) + 4, StopReason.WaitForEvent);
        state->Event = 0;
        return BlockHandlers.Jump(state, i->Address(state) + 4);
    }

    public static Instruction* SendEvent(CoreState* state, Instruction* i)
    {
        state->Event = 1;
        return i + 1;
    }

    public static Instruction* SendEventToAll(CoreState* state, Instruction* i)
    {
        Core.Of(state).Cluster.SendEvent();
        return i + 1;
    }

    public static Instruction* ClearExclusive(CoreState* state, Instruction* i)
    {
        state->IsExclusive = false;
        return i + 1;
    }

    public static Instruction* Nothing(CoreState* state, Instruction* i) => i + 1;

    public static Instruction* DataBarrier(CoreState* state, Instruction* i)
    {
        Thread.MemoryBarrier();
        return i + 1;
    }

    /// <summary>DSB: what TLBI asked of other cores is done behind it.</summary>
    public static Instruction* SynchronizationBarrier(CoreState* state, Instruction* i)
    {
        Thread.MemoryBarrier();
        Core core = Core.Of(state);
        if (!core.HasPosted)
            return i + 1;
        core.Cluster.AwaitInvalidations(core);
        // A safe point may have forgotten all decoded code, this block with it.
        BlockHandlers.GiveBackRest(state, i);
        return BlockHandlers.Leave(state, i->Address(state) + 4, StopReason.Continue);
    }

    public static Instruction* InstructionBarrier(CoreState* state, Instruction* i)
    {
        Core.Of(state).SynchronizeCode();
        return BlockHandlers.Jump(state, i->Address(state) + 4);
    }

    /// <summary>MSR DAIFSet and DAIFClr: <c>Ra</c> is the set of bits, <c>Extra</c> 1 to set.</summary>
    public static Instruction* ChangeDaif(CoreState* state, Instruction* i)
    {
        if (state->El == 0 && (CoreState.Sys(state, Register.Sctlr) & UserMasksInterrupts) == 0)
            return Trap(state, i, Syndrome.SystemTrap(i->Word));
        uint bits = (uint)i->Ra << 6;
        if (i->Extra != 0)
        {
            state->Daif |= bits;
            return i + 1;
        }

        state->Daif &= ~bits;
        return BlockHandlers.Leave(state, i->Address(state) + 4, StopReason.Poll);
    }

    /// <summary>MSR PAN, #imm.</summary>
    public static Instruction* SetPan(CoreState* state, Instruction* i)
    {
        if (state->El == 0)
            return Trap(state, i, Syndrome.Undefined);
        state->Pan = i->Ra & 1u;
        Core.Of(state).Mmu.Select();
        return i + 1;
    }

    /// <summary>MSR SPSel, #imm.</summary>
    public static Instruction* SelectStack(CoreState* state, Instruction* i)
    {
        if (state->El == 0)
            return Trap(state, i, Syndrome.Undefined);
        ExceptionLevel.SelectStack(state, state->El, i->Ra & 1u);
        return i + 1;
    }

    /// <summary>Takes an exception at an instruction, which had no effect.</summary>
    public static Instruction* Trap(CoreState* state, Instruction* i, ulong syndrome)
    {
        BlockHandlers.GiveBackRest(state, i);
        Core.Of(state).TakeSynchronous(i->Address(state), syndrome);
        return null;
    }

    private static Instruction* TrapBehind(CoreState* state, Instruction* i, ulong syndrome)
    {
        Core.Of(state).TakeSynchronous(i->Address(state) + 4, syndrome);
        return null;
    }
}
