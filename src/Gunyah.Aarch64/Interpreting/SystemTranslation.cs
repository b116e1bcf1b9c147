using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.State;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// Exceptions, hints, barriers, PSTATE, system registers and instructions. Whatever may leave the block behind it ends the block.
/// </summary>
internal static unsafe class SystemTranslation
{
    /// <summary>Translates a system instruction.</summary>
    /// <returns>False if it is none.</returns>
    public static bool TryTranslate(BlockBuilder block, Word word, Operation operation)
    {
        switch (operation)
        {
            case Operation.SupervisorCall:
                Last(block, &SystemHandlers.SupervisorCall).Immediate = word.Bits(5, 16);
                return true;
            case Operation.HypervisorCall:
            case Operation.SecureMonitorCall:
                Last(block, &SystemHandlers.Hypercall).Immediate = word.Bits(5, 16);
                return true;
            case Operation.Breakpoint:
                Last(block, &SystemHandlers.Breakpoint).Immediate = word.Bits(5, 16);
                return true;
            case Operation.ExceptionReturn:
                Last(block, &SystemHandlers.ExceptionReturn);
                return true;
            case Operation.Hint or Operation.SendEventLocal:
                block.Emit(operation == Operation.Hint ? &SystemHandlers.Nothing : &SystemHandlers.SendEvent);
                return true;
            case Operation.SendEvent:
                block.Emit(&SystemHandlers.SendEventToAll);
                return true;
            case Operation.WaitForEvent:
                Last(block, &SystemHandlers.WaitForEvent);
                return true;
            case Operation.WaitForInterrupt:
                Last(block, &SystemHandlers.WaitForInterrupt);
                return true;
            case Operation.ClearExclusive:
                block.Emit(&SystemHandlers.ClearExclusive);
                return true;
            case Operation.DataMemoryBarrier:
                block.Emit(&SystemHandlers.DataBarrier);
                return true;
            case Operation.DataSynchronizationBarrier:
                block.Emit(&SystemHandlers.SynchronizationBarrier);
                return true;
            case Operation.InstructionBarrier:
                Last(block, &SystemHandlers.InstructionBarrier);
                return true;
            case Operation.MoveToPstate:
                return TryMoveToPstate(block, word);
            case Operation.MoveFromSystem:
                MoveFromSystem(block, word);
                return true;
            case Operation.MoveToSystem:
                MoveToSystem(block, word);
                return true;
            case Operation.SystemInstruction:
                return TryMaintain(block, word);
            default:
                return false;
        }
    }

    private static bool TryMoveToPstate(BlockBuilder block, Word word)
    {
        int op1 = word.Bits(16, 3);
        int op2 = word.Bits(5, 3);
        var immediate = (byte)word.Bits(8, 4);
        switch (op1, op2)
        {
            case (3, 6):
                ref Instruction set = ref block.Emit(&SystemHandlers.ChangeDaif);
                set.Ra = immediate;
                set.Extra = 1;
                return true;
            case (3, 7):
                Last(block, &SystemHandlers.ChangeDaif).Ra = immediate;
                return true;
            case (0, 4):
                block.Emit(&SystemHandlers.SetPan).Ra = immediate;
                return true;
            case (0, 5):
                block.Emit(&SystemHandlers.SelectStack).Ra = immediate;
                return true;
            default:
                return false;
        }
    }

    private static void MoveFromSystem(BlockBuilder block, Word word)
    {
        var number = (ushort)word.Bits(5, 16);
        SystemRegisterEntry? row = SystemRegisterTable.Find(number);
        ref Instruction i = ref block.Emit(ReadingOf(word) switch
        {
            Reading.Stored => &SystemRegisterHandlers.ReadStored,
            Reading.SpEl0 => &SystemRegisterHandlers.ReadSpEl0,
            Reading.Kernels => &SystemRegisterHandlers.ReadKernels,
            _ => &SystemRegisterHandlers.Read,
        });
        i.Rd = Slot.Destination(word.Rt);
        i.Immediate = number;
        i.Extra = (int)(row?.Stored ?? Register.Count);
        // An acknowledge changes the line, and a counter must be read in its order.
        if (row is null && SystemRegisters.AccessTo((SystemRegister)number) != SystemRegisterAccess.None)
            block.EndBehind();
    }

    /// <summary>How an MRS reads its register.</summary>
    public static Reading ReadingOf(Word word)
    {
        var number = (ushort)word.Bits(5, 16);
        return SystemRegisterTable.Find(number) switch
        {
            { Kind: RegisterKind.Stored, Use: RegisterUse.All } => Reading.Stored,
            _ when number == SystemRegisterTable.SpEl0 => Reading.SpEl0,
            { Kind: RegisterKind.Stored } => Reading.Kernels,
            _ => Reading.Other,
        };
    }

    private static void MoveToSystem(BlockBuilder block, Word word)
    {
        ref Instruction i = ref block.Emit(&SystemRegisterHandlers.Write);
        i.Rn = Slot.Source(word.Rt);
        i.Immediate = word.Bits(5, 16);
        // What changes nothing but the register need not end the block.
        if (SystemRegisterTable.Find((ushort)word.Bits(5, 16)) is not { Effect: RegisterEffect.None })
            block.EndBehind();
    }

    private static bool TryMaintain(BlockBuilder block, Word word)
    {
        if (SystemInstructionTable.Find((ushort)word.Bits(5, 16)) is not { } row)
            return false;
        delegate*<CoreState*, Instruction*, Instruction*> handler = row.Action switch
        {
            SystemAction.Zero => &MaintenanceHandlers.Zero,
            SystemAction.MaintainData => &MaintenanceHandlers.MaintainData,
            SystemAction.MaintainSets => &MaintenanceHandlers.MaintainSets,
            SystemAction.InvalidateCode => &MaintenanceHandlers.InvalidateCode,
            SystemAction.InvalidateAllCode => &MaintenanceHandlers.InvalidateAllCode,
            SystemAction.InvalidateAddress => &MaintenanceHandlers.InvalidateAddress,
            SystemAction.InvalidateAsid => &MaintenanceHandlers.InvalidateAsid,
            SystemAction.InvalidateAll => &MaintenanceHandlers.InvalidateAll,
            _ => &MaintenanceHandlers.Translate,
        };
        ref Instruction i = ref block.Emit(handler);
        i.Rn = Slot.Source(word.Rt);
        i.Ra = (byte)(row.IsUser ? 1 : 0);
        i.Extra = row.Extra;
        block.Ends = row.Action is SystemAction.InvalidateAddress or SystemAction.InvalidateAsid or SystemAction.InvalidateAll;
        return true;
    }

    private static ref Instruction Last(BlockBuilder block, delegate*<CoreState*, Instruction*, Instruction*> handler)
    {
        block.Ends = true;
        return ref block.Emit(handler);
    }
}

/// <summary>How an MRS reads its register.</summary>
internal enum Reading
{
    /// <summary>It is only stored, and everybody may read it.</summary>
    Stored,

    /// <summary>It is only stored, and EL1 may read it.</summary>
    Kernels,

    /// <summary>SP_EL0.</summary>
    SpEl0,

    /// <summary>Any other.</summary>
    Other,
}
