using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.State;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Aarch64.Disassembling;

/// <summary>Operands of exceptions, hints, barriers, PSTATE, system registers and instructions.</summary>
internal static class SystemText
{
    private static readonly string[] _barriers =
    [
        "", "oshld", "oshst", "osh", "", "nshld", "nshst", "nsh", "", "ishld", "ishst", "ish", "", "ld", "st", "sy",
    ];

    /// <summary>The operands; null for an instruction that is none of these.</summary>
    public static string? TryOperands(Operation operation, Word word)
    {
        int crm = word.Bits(8, 4);
        switch (operation)
        {
            case Operation.SupervisorCall or Operation.HypervisorCall or Operation.SecureMonitorCall or Operation.Breakpoint
                or Operation.HaltDebug:
                return $"#0x{word.Bits(5, 16):x}";
            case Operation.ExceptionReturn:
                return "";
            case Operation.Hint or Operation.WaitForEvent or Operation.WaitForInterrupt or Operation.SendEvent
                or Operation.SendEventLocal:
                return $"#0x{word.Bits(5, 7):x}";
            case Operation.ClearExclusive or Operation.InstructionBarrier:
                return crm == 15 ? "" : $"#0x{crm:x}";
            case Operation.DataMemoryBarrier or Operation.DataSynchronizationBarrier:
                return _barriers[crm] is { Length: > 0 } name ? name : $"#0x{crm:x2}";
            case Operation.MoveToPstate:
                return PstateField(word) is { } field ? $"{field}, #0x{crm:x}" : $"{Number(word)}, xzr";
            case Operation.MoveToSystem:
                return $"{RegisterName(word)}, {RegisterText.General(isWide: true, word.Rt)}";
            case Operation.MoveFromSystem:
                return $"{RegisterText.General(isWide: true, word.Rt)}, {RegisterName(word)}";
            case Operation.SystemInstruction:
                return word.Rt == 31 ? Fields(word) : $"{Fields(word)}, x{word.Rt}";
            case Operation.Undefined:
                return $"{RegisterText.General(isWide: true, word.Rt)}, {Fields(word)}";
            default:
                return null;
        }
    }

    private static string Fields(Word word) =>
        $"#{word.Bits(16, 3)}, C{word.Bits(12, 4)}, C{word.Bits(8, 4)}, #{word.Bits(5, 3)}";

    private static string? PstateField(Word word) => (word.Bits(16, 3), word.Bits(5, 3)) switch
    {
        // Of one bit: what else there is of the immediate makes another register of it.
        (0, 4) when word.Bits(8, 4) < 2 => "pan",
        (0, 5) when word.Bits(8, 4) < 2 => "spsel",
        (3, 6) => "daifset",
        (3, 7) => "daifclr",
        _ => null,
    };

    /// <summary>The name of a register where it has one here, and its number otherwise.</summary>
    private static string RegisterName(Word word)
    {
        var number = (ushort)word.Bits(5, 16);
        if (SystemRegisterTable.Find(number) is { } row)
        {
            // One number, two registers: the first is written, the second is read.
            string[] names = row.Name.Split(", ");
            return (names.Length > 1 && word.Bit(21) ? names[1] : names[0]).ToLowerInvariant();
        }

        return SystemRegisters.Rows.FirstOrDefault(each => (ushort)each.Register == number)?.Name.ToLowerInvariant()
            ?? Number(word);
    }

    private static string Number(Word word) =>
        $"s{word.Bits(19, 2)}_{word.Bits(16, 3)}_c{word.Bits(12, 4)}_c{word.Bits(8, 4)}_{word.Bits(5, 3)}";
}
