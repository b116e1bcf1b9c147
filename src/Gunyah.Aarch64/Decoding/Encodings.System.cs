namespace Gunyah.Aarch64.Decoding;

internal static partial class Encodings
{
    /// <summary>Exception generation, hints, barriers, PSTATE, system registers and instructions.</summary>
    private static EncodingRow[] SystemInstructions =>
    [
        new("SVC", "11010100 000 imm16:16 000 01", Operation.SupervisorCall),
        new("HVC", "11010100 000 imm16:16 000 10", Operation.HypervisorCall),
        new("SMC", "11010100 000 imm16:16 000 11", Operation.SecureMonitorCall),
        new("BRK", "11010100 001 imm16:16 000 00", Operation.Breakpoint),
        new("HLT", "11010100 010 imm16:16 000 00", Operation.HaltDebug),
        new("ERET", "1101011 0100 11111 000000 11111 00000", Operation.ExceptionReturn),
        new("HINT", "1101010100 0 00 011 0010 CRm:4 op2:3 11111", Operation.Hint),
        new("WFE", "1101010100 0 00 011 0010 0000 010 11111", Operation.WaitForEvent),
        new("WFI", "1101010100 0 00 011 0010 0000 011 11111", Operation.WaitForInterrupt),
        new("SEV", "1101010100 0 00 011 0010 0000 100 11111", Operation.SendEvent),
        new("SEVL", "1101010100 0 00 011 0010 0000 101 11111", Operation.SendEventLocal),
        new("CLREX", "1101010100 0 00 011 0011 CRm:4 010 11111", Operation.ClearExclusive),
        new("DSB", "1101010100 0 00 011 0011 CRm:4 100 11111", Operation.DataSynchronizationBarrier),
        new("DMB", "1101010100 0 00 011 0011 CRm:4 101 11111", Operation.DataMemoryBarrier),
        new("ISB", "1101010100 0 00 011 0011 CRm:4 110 11111", Operation.InstructionBarrier),
        new("MSR (immediate)", "1101010100 0 00 op1:3 0100 CRm:4 op2:3 11111", Operation.MoveToPstate),
        new("SYS", "1101010100 0 01 op1:3 CRn:4 CRm:4 op2:3 Rt:5", Operation.SystemInstruction),
        new("SYSL", "1101010100 1 01 op1:3 CRn:4 CRm:4 op2:3 Rt:5", Operation.Undefined),
        new("MSR (register)", "1101010100 0 1 o0 op1:3 CRn:4 CRm:4 op2:3 Rt:5", Operation.MoveToSystem),
        new("MRS", "1101010100 1 1 o0 op1:3 CRn:4 CRm:4 op2:3 Rt:5", Operation.MoveFromSystem),
    ];
}
