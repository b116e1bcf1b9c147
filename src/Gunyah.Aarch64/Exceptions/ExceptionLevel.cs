using Gunyah.Aarch64.Memory;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Exceptions;

/// <summary>Why an exception is taken, by the offset of its vector.</summary>
internal enum VectorOffset
{
    /// <summary>By what an instruction did.</summary>
    Synchronous = 0,

    /// <summary>By an interrupt of group 1.</summary>
    Irq = 0x80,

    /// <summary>By one of group 0.</summary>
    Fiq = 0x100,
}

/// <summary>Exceptions to EL1, and the way back (Arm ARM DDI 0487, D1.3 and D1.4).</summary>
internal static unsafe class ExceptionLevel
{
    private const uint AllMasked = 0x3C0;
    private const ulong PanUnchanged = 1ul << 23;
    private const ulong FromSameLevelWithSpX = 0x200;
    private const ulong FromLowerLevel = 0x400;
    private const uint ModeBits = 0x1F;
    private const uint El1WithSp0 = 4;
    private const uint El1WithSpX = 5;

    /// <summary>Takes an exception to EL1.</summary>
    /// <param name="state">The core.</param>
    /// <param name="mmu">Its MMU.</param>
    /// <param name="returnAddress">What ELR_EL1 holds then.</param>
    /// <param name="vector">Which vector.</param>
    /// <param name="syndrome">ESR_EL1; null for interrupts, which leave it.</param>
    /// <param name="faultAddress">FAR_EL1; null where it is left.</param>
    public static void Take(
        CoreState* state, Mmu mmu, ulong returnAddress, VectorOffset vector, ulong? syndrome = null, ulong? faultAddress = null)
    {
        ulong offset = state->El == 0 ? FromLowerLevel : state->SpSel != 0 ? FromSameLevelWithSpX : 0;
        CoreState.Sys(state, Register.Spsr) = state->Pstate;
        CoreState.Sys(state, Register.Elr) = returnAddress;
        if (syndrome is { } esr)
            CoreState.Sys(state, Register.Esr) = esr;
        if (faultAddress is { } far)
            CoreState.Sys(state, Register.Far) = far;

        SelectStack(state, el: 1, spSel: 1);
        state->Daif = AllMasked;
        state->Il = 0;
        if ((CoreState.Sys(state, Register.Sctlr) & PanUnchanged) == 0)
            state->Pan = 1;
        state->IsExclusive = false;
        state->Pc = (CoreState.Sys(state, Register.Vbar) & ~0x7FFul) + offset + (ulong)vector;
        state->Stop = StopReason.Continue;
        state->LinkFrom = 0;
        Changed(state, mmu);
    }

    /// <summary>ERET.</summary>
    public static void Return(CoreState* state, Mmu mmu)
    {
        var saved = (uint)CoreState.Sys(state, Register.Spsr);
        uint mode = saved & ModeBits;
        ulong target = CoreState.Sys(state, Register.Elr);
        if (mode is 0 or El1WithSp0 or El1WithSpX)
        {
            SelectStack(state, mode >> 2, mode & 1);
            state->Il = saved >> 20 & 1;
        }
        else
        {
            // There is no such state to go to: it stays where it is, and the next instruction faults.
            state->Il = 1;
        }

        state->Nzcv = saved;
        state->Daif = saved & AllMasked;
        state->Pan = saved >> 22 & 1;
        state->IsExclusive = false;
        state->Event = 1;
        state->Pc = target;
        state->Stop = StopReason.Poll;
        Changed(state, mmu);
    }

    /// <summary>Changes the exception level and the stack pointer that it uses.</summary>
    public static void SelectStack(CoreState* state, uint el, uint spSel)
    {
        if (state->El != 0 && state->SpSel != 0)
            state->SpEl1 = state->X[Slot.Sp];
        else
            state->SpEl0 = state->X[Slot.Sp];
        state->El = el;
        state->SpSel = spSel;
        state->X[Slot.Sp] = el != 0 && spSel != 0 ? state->SpEl1 : state->SpEl0;
    }

    /// <summary>What follows from the exception level, PAN and CPACR_EL1.</summary>
    public static void Changed(CoreState* state, Mmu mmu)
    {
        ulong enabled = CoreState.Sys(state, Register.Cpacr) >> 20 & 3;
        state->TrapsFloatingPoint = enabled is 0 or 2 || (enabled == 1 && state->El == 0);
        mmu.Select();
    }
}
