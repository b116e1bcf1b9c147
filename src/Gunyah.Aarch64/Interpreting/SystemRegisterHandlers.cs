using Gunyah.Aarch64.Exceptions;
using Gunyah.Aarch64.State;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// MRS and MSR. <c>Immediate</c> is the register's number, <c>Rd</c> or <c>Rn</c> the slot of the general register.
/// </summary>
internal static unsafe class SystemRegisterHandlers
{
    private const ulong UserMasksInterrupts = 1ul << 9;
    private const ulong UserReadsCtr = 1ul << 15;
    private const ulong UserZeroes = 1ul << 14;
    private const ulong ZeroingProhibited = 1ul << 4;
    private const ulong TrapDebugChannel = 1ul << 12;
    private const uint DaifBits = 0x3C0;

    /// <summary>The bits of FPCR that there are: AHP, DN, FZ and the rounding mode.</summary>
    private const uint FpcrMask = 0x07C0_0000;

    /// <summary>The bits of FPSR that there are: QC and the cumulative exceptions.</summary>
    private const uint FpsrMask = 0x0800_009F;

    /// <summary>MRS of a register that is only stored, at EL1 or from everywhere: <c>Extra</c> is its place.</summary>
    public static Instruction* ReadStored(CoreState* state, Instruction* i)
    {
        state->X[i->Rd] = state->System[i->Extra];
        return i + 1;
    }

    /// <summary>MRS of a register of EL1 that is only stored.</summary>
    public static Instruction* ReadKernels(CoreState* state, Instruction* i)
    {
        if (state->El == 0)
            return Read(state, i);
        state->X[i->Rd] = state->System[i->Extra];
        return i + 1;
    }

    /// <summary>MRS of SP_EL0, where the kernel keeps what it needs all the time.</summary>
    public static Instruction* ReadSpEl0(CoreState* state, Instruction* i)
    {
        if (state->El == 0)
            return SystemHandlers.Undefined(state, i);
        state->X[i->Rd] = state->SpSel != 0 ? state->SpEl0 : state->X[Slot.Sp];
        return i + 1;
    }

    /// <summary>MRS of anything.</summary>
    public static Instruction* Read(CoreState* state, Instruction* i)
    {
        var number = (ushort)i->Immediate;
        if (SystemRegisterTable.Find(number) is not { } row)
            return ReadOutside(state, i, number);
        if ((row.Use & (state->El == 0 ? RegisterUse.UserRead : RegisterUse.KernelRead)) == 0)
            return SystemHandlers.Undefined(state, i);
        ulong control = CoreState.Sys(state, Register.Sctlr);
        if (state->El == 0 && ((number == SystemRegisterTable.Ctr && (control & UserReadsCtr) == 0)
            || (number == SystemRegisterTable.Daif && (control & UserMasksInterrupts) == 0) || TrapsDebugChannel(state, number)))
        {
            return SystemHandlers.Trap(state, i, Syndrome.SystemTrap(i->Word));
        }

        if (number is SystemRegisterTable.Fpcr or SystemRegisterTable.Fpsr && state->TrapsFloatingPoint)
            return SystemHandlers.Trap(state, i, Syndrome.FloatingPointTrap);
        state->X[i->Rd] = row.Kind switch
        {
            RegisterKind.Stored => state->System[(int)row.Stored],
            RegisterKind.Constant => row.Reset,
            RegisterKind.Ignored => 0,
            _ when number == SystemRegisterTable.Isr => ReadPending(state, i),
            _ => ReadState(state, number, control),
        };
        return i + 1;
    }

    /// <summary>MSR of anything.</summary>
    public static Instruction* Write(CoreState* state, Instruction* i)
    {
        var number = (ushort)i->Immediate;
        ulong value = state->X[i->Rn];
        if (SystemRegisterTable.Find(number) is not { } row)
            return WriteOutside(state, i, number, value);
        if ((row.Use & (state->El == 0 ? RegisterUse.UserWrite : RegisterUse.KernelWrite)) == 0)
            return SystemHandlers.Undefined(state, i);
        if (state->El == 0 && (TrapsDebugChannel(state, number) || (number == SystemRegisterTable.Daif
            && (CoreState.Sys(state, Register.Sctlr) & UserMasksInterrupts) == 0)))
        {
            return SystemHandlers.Trap(state, i, Syndrome.SystemTrap(i->Word));
        }

        if (number is SystemRegisterTable.Fpcr or SystemRegisterTable.Fpsr && state->TrapsFloatingPoint)
            return SystemHandlers.Trap(state, i, Syndrome.FloatingPointTrap);
        if (row.Kind == RegisterKind.Stored)
        {
            ref ulong stored = ref state->System[(int)row.Stored];
            stored = stored & ~row.Mask | value & row.Mask;
        }
        else if (row.Kind == RegisterKind.State)
        {
            WriteState(state, number, value);
        }

        return Follow(state, i, row.Effect);
    }

    /// <summary>Registers of the interrupt controller and the timers, and the space of identification registers.</summary>
    private static Instruction* ReadOutside(CoreState* state, Instruction* i, ushort number)
    {
        var register = (SystemRegister)number;
        if ((SystemRegisters.AccessTo(register) & SystemRegisterAccess.Read) == 0)
        {
            if (state->El == 0 || !SystemRegisterTable.IsIdentification(number))
                return SystemHandlers.Undefined(state, i);
            state->X[i->Rd] = 0;
            return i + 1;
        }

        if (state->El == 0)
        {
            if (number < (ushort)SystemRegister.CntFrq)
                return SystemHandlers.Undefined(state, i);
            if (!UserMay(state, register))
                return SystemHandlers.Trap(state, i, Syndrome.SystemTrap(i->Word));
        }

        Core core = Core.Of(state);
        core.BringTimeUp(i);
        if (!core.Vcpu.Hardware.TryRead(register, out ulong value))
            return SystemHandlers.Undefined(state, i);
        state->X[i->Rd] = value;
        // An acknowledge lowers the line, and the timers' levels follow the time.
        return i + 1;
    }

    private static Instruction* WriteOutside(CoreState* state, Instruction* i, ushort number, ulong value)
    {
        var register = (SystemRegister)number;
        if ((SystemRegisters.AccessTo(register) & SystemRegisterAccess.Write) == 0)
            return SystemHandlers.Undefined(state, i);
        if (state->El == 0)
        {
            if (number < (ushort)SystemRegister.CntFrq)
                return SystemHandlers.Undefined(state, i);
            if (!UserMay(state, register))
                return SystemHandlers.Trap(state, i, Syndrome.SystemTrap(i->Word));
        }

        Core core = Core.Of(state);
        core.BringTimeUp(i);
        return core.Vcpu.Hardware.TryWrite(register, value)
            ? BlockHandlers.Leave(state, i->Address(state) + 4, StopReason.Poll)
            : SystemHandlers.Undefined(state, i);
    }

    private static bool TrapsDebugChannel(CoreState* state, ushort number) =>
        SystemRegisterTable.IsDebugChannel(number) && (CoreState.Sys(state, Register.Mdscr) & TrapDebugChannel) != 0;

    /// <summary>CNTKCTL_EL1: what EL0 may do with the counters and timers.</summary>
    private static bool UserMay(CoreState* state, SystemRegister register)
    {
        ulong control = CoreState.Sys(state, Register.Cntkctl);
        return register switch
        {
            SystemRegister.CntFrq => (control & 3) != 0,
            SystemRegister.CntPct => (control & 1) != 0,
            SystemRegister.CntVct => (control & 2) != 0,
            SystemRegister.CntvTval or SystemRegister.CntvCtl or SystemRegister.CntvCval => (control & 1 << 8) != 0,
            _ => (control & 1 << 9) != 0,
        };
    }

    /// <summary>
    /// ISR_EL1: what the interrupt line asks for, masked or not, where SPSR has the masks. There is nothing that would raise an
    /// SError.
    /// </summary>
    private static ulong ReadPending(CoreState* state, Instruction* i)
    {
        Core core = Core.Of(state);
        core.BringTimeUp(i);
        return core.Vcpu.Hardware.Line switch
        {
            InterruptLine.Irq => 0x80,
            InterruptLine.Fiq => 0x40,
            _ => 0,
        };
    }

    private static ulong ReadState(CoreState* state, ushort number, ulong control) => number switch
    {
        SystemRegisterTable.Nzcv => state->Nzcv,
        SystemRegisterTable.Daif => state->Daif,
        SystemRegisterTable.SpSel => state->SpSel,
        SystemRegisterTable.CurrentEl => (ulong)state->El << 2,
        SystemRegisterTable.Pan => (ulong)state->Pan << 22,
        SystemRegisterTable.SpEl0 => state->SpSel != 0 ? state->SpEl0 : state->X[Slot.Sp],
        SystemRegisterTable.Fpcr => state->Fpcr,
        SystemRegisterTable.Fpsr => state->Fpsr,
        SystemRegisterTable.Dczid => IdentificationRegisters.Dczid
            | (state->El == 0 && (control & UserZeroes) == 0 ? ZeroingProhibited : 0),
        _ => 0,
    };

    private static void WriteState(CoreState* state, ushort number, ulong value)
    {
        switch (number)
        {
            case SystemRegisterTable.Nzcv:
                state->Nzcv = (uint)value;
                break;
            case SystemRegisterTable.Daif:
                state->Daif = (uint)value & DaifBits;
                break;
            case SystemRegisterTable.SpSel:
                ExceptionLevel.SelectStack(state, state->El, (uint)value & 1);
                break;
            case SystemRegisterTable.Pan:
                state->Pan = (uint)(value >> 22) & 1;
                Core.Of(state).Mmu.Select();
                break;
            case SystemRegisterTable.SpEl0 when state->SpSel != 0:
                state->SpEl0 = value;
                break;
            case SystemRegisterTable.SpEl0:
                state->X[Slot.Sp] = value;
                break;
            case SystemRegisterTable.Fpcr:
                state->Fpcr = (uint)value & FpcrMask;
                break;
            case SystemRegisterTable.Fpsr:
                state->Fpsr = (uint)value & FpsrMask;
                break;
        }
    }

    private static Instruction* Follow(CoreState* state, Instruction* i, RegisterEffect effect)
    {
        switch (effect)
        {
            case RegisterEffect.None:
                return i + 1;
            case RegisterEffect.Select:
                Core.Of(state).Mmu.Select();
                break;
            case RegisterEffect.Translation:
                Core.Of(state).Mmu.InvalidateAll();
                Core.Of(state).Mmu.Select();
                break;
            case RegisterEffect.FloatingPoint:
                ExceptionLevel.Changed(state, Core.Of(state).Mmu);
                break;
            case RegisterEffect.Interrupts:
                return BlockHandlers.Leave(state, i->Address(state) + 4, StopReason.Poll);
        }

        return BlockHandlers.Leave(state, i->Address(state) + 4, StopReason.Continue);
    }
}
