using Gunyah.Aarch64.Decoding;

namespace Gunyah.Aarch64.Disassembling;

/// <summary>Operands of instructions that compute with general registers, and of branches.</summary>
internal static class IntegerText
{
    private static readonly string[] _shifts = ["lsl", "lsr", "asr", "ror"];
    private static readonly string[] _extensions = ["uxtb", "uxth", "uxtw", "uxtx", "sxtb", "sxth", "sxtw", "sxtx"];

    /// <summary>The operands; null for an instruction that is none of these.</summary>
    public static string? TryOperands(EncodingRow row, Word word, ulong address)
    {
        string d = RegisterText.General(word.Sf, word.Rd);
        string n = RegisterText.General(word.Sf, word.Rn);
        string m = RegisterText.General(word.Sf, word.Rm);
        string target = $"0x{address + (ulong)((long)word.Signed(5, 19) << 2):x}";
        switch (row.Operation)
        {
            case Operation.Adr:
                return $"{RegisterText.General(isWide: true, word.Rd)}, 0x{address + (ulong)PageOffset(word):x}";
            case Operation.Adrp:
                ulong page = (address & ~0xFFFul) + (ulong)(PageOffset(word) << 12);
                return $"{RegisterText.General(isWide: true, word.Rd)}, 0x{page:x}";
            case Operation.AddImmediate:
                return $"{(word.Bit(29) ? d : RegisterText.OrSp(word.Sf, word.Rd))}, {RegisterText.OrSp(word.Sf, word.Rn)}, "
                    + $"#0x{word.Bits(10, 12):x}{(word.Bit(22) ? ", lsl #12" : "")}";
            case Operation.LogicalImmediate:
                Bitmask.TryDecode(word, out ulong mask);
                return $"{(word.Bits(29, 2) == 3 ? d : RegisterText.OrSp(word.Sf, word.Rd))}, {n}, #0x{mask:x}";
            case Operation.MoveWide:
                int half = word.Bits(21, 2) * 16;
                return $"{d}, #0x{word.Bits(5, 16):x}{(half != 0 ? $", lsl #{half}" : "")}";
            case Operation.Bitfield:
                return $"{d}, {n}, #{word.Bits(16, 6)}, #{word.Bits(10, 6)}";
            case Operation.Extract:
                return $"{d}, {n}, {m}, #{word.Bits(10, 6)}";
            case Operation.LogicalShifted or Operation.AddShifted:
                return $"{d}, {n}, {m}{Shift(word)}";
            case Operation.AddExtended:
                return Extended(word, d);
            case Operation.ConditionalCompare:
                string second = word.Bit(11) ? $"#0x{word.Rm:x}" : m;
                return $"{n}, {second}, #0x{word.Bits(0, 4):x}, {Disassembler.Condition(word.Bits(12, 4))}";
            case Operation.ConditionalSelect:
                return $"{d}, {n}, {m}, {Disassembler.Condition(word.Bits(12, 4))}";
            case Operation.AddCarry:
                return $"{d}, {n}, {m}";
            case Operation.TwoSource:
                return word.Bit(14)
                    ? $"{RegisterText.General(isWide: false, word.Rd)}, {RegisterText.General(isWide: false, word.Rn)}, {m}"
                    : $"{d}, {n}, {m}";
            case Operation.OneSource:
                return $"{d}, {n}";
            case Operation.ThreeSource:
                return ThreeSource(word, d, n, m);
            case Operation.Branch or Operation.BranchWithLink:
                return $"0x{address + (ulong)((long)word.Signed(0, 26) << 2):x}";
            case Operation.BranchConditional:
                return target;
            case Operation.CompareBranch:
                return $"{d}, {target}";
            case Operation.TestBranch:
                int bit = word.Bits(31, 1) << 5 | word.Bits(19, 5);
                return $"{d}, #{bit}, 0x{address + (ulong)((long)word.Signed(5, 14) << 2):x}";
            case Operation.BranchRegister or Operation.BranchLinkRegister:
                return RegisterText.General(isWide: true, word.Rn);
            case Operation.Return:
                return word.Rn == 30 ? "" : RegisterText.General(isWide: true, word.Rn);
            default:
                return null;
        }
    }

    /// <summary>The name of an extension of an index or operand.</summary>
    public static string Extension(int option) => _extensions[option];

    private static long PageOffset(Word word) => (long)word.Signed(5, 19) << 2 | (long)word.Bits(29, 2);

    private static string Shift(Word word)
    {
        int kind = word.Bits(22, 2);
        int amount = word.Bits(10, 6);
        return kind == 0 && amount == 0 ? "" : $", {_shifts[kind]} #{amount}";
    }

    private static string Extended(Word word, string d)
    {
        int option = word.Bits(13, 3);
        int amount = word.Bits(10, 3);
        bool setsFlags = word.Bit(29);
        string m = RegisterText.General(word.Sf && (option & 3) == 3, word.Rm);
        // Beside the stack pointer an extension that does nothing is a shift.
        bool isShift = (word.Rn == 31 || (word.Rd == 31 && !setsFlags)) && option == (word.Sf ? 3 : 2);
        string extension = isShift ? amount != 0 ? $", lsl #{amount}" : ""
            : $", {_extensions[option]}{(amount != 0 ? $" #{amount}" : "")}";
        return $"{(setsFlags ? d : RegisterText.OrSp(word.Sf, word.Rd))}, {RegisterText.OrSp(word.Sf, word.Rn)}, {m}{extension}";
    }

    /// <summary>MADD and its like: products of words, upper halves of products, and whole ones.</summary>
    private static string ThreeSource(Word word, string d, string n, string m)
    {
        string a = RegisterText.General(word.Sf, word.Ra);
        return word.Bits(21, 2) switch
        {
            0 => $"{d}, {n}, {m}, {a}",
            1 => $"{d}, {RegisterText.General(isWide: false, word.Rn)}, {RegisterText.General(isWide: false, word.Rm)}, {a}",
            _ => $"{d}, {n}, {m}",
        };
    }
}
