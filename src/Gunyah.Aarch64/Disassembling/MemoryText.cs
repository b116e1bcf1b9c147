using Gunyah.Aarch64.Decoding;

namespace Gunyah.Aarch64.Disassembling;

/// <summary>Operands of loads and stores.</summary>
internal static class MemoryText
{
    private static readonly string[] _prefetches = ["pld", "pli", "pst"];
    private static readonly string[] _policies = ["keep", "strm"];

    /// <summary>The operands; null for an instruction that is none of these.</summary>
    public static string? TryOperands(EncodingRow row, Word word, ulong address)
    {
        int size = word.Bits(30, 2);
        string @base = RegisterText.OrSp(isWide: true, word.Rn);
        switch (row.Operation)
        {
            case Operation.LoadUnsignedOffset or Operation.StoreUnsignedOffset:
                return $"{Datum(word)}, {Offset(@base, word.Bits(10, 12) << size)}";
            case Operation.LoadVectorUnsigned or Operation.StoreVectorUnsigned:
                return $"{Vector(word)}, {Offset(@base, word.Bits(10, 12) << VectorSize(word))}";
            case Operation.LoadUnscaled or Operation.StoreUnscaled or Operation.LoadUnprivileged or Operation.StoreUnprivileged:
                return $"{Datum(word)}, {Offset(@base, word.Signed(12, 9))}";
            case Operation.LoadVectorUnscaled or Operation.StoreVectorUnscaled:
                return $"{Vector(word)}, {Offset(@base, word.Signed(12, 9))}";
            case Operation.LoadPostIndex or Operation.StorePostIndex:
                return $"{Datum(word)}, [{@base}], #{word.Signed(12, 9)}";
            case Operation.LoadVectorPostIndex or Operation.StoreVectorPostIndex:
                return $"{Vector(word)}, [{@base}], #{word.Signed(12, 9)}";
            case Operation.LoadPreIndex or Operation.StorePreIndex:
                return $"{Datum(word)}, [{@base}, #{word.Signed(12, 9)}]!";
            case Operation.LoadVectorPreIndex or Operation.StoreVectorPreIndex:
                return $"{Vector(word)}, [{@base}, #{word.Signed(12, 9)}]!";
            case Operation.LoadRegisterOffset or Operation.StoreRegisterOffset:
                return $"{Datum(word)}, {Indexed(word, @base, size)}";
            case Operation.LoadVectorRegister or Operation.StoreVectorRegister:
                return $"{Vector(word)}, {Indexed(word, @base, VectorSize(word))}";
            case Operation.LoadLiteral:
                return $"{RegisterText.General(size != 0, word.Rt)}, {Literal(word, address)}";
            case Operation.LoadVectorLiteral:
                return $"{RegisterText.Scalar(size + 2, word.Rt)}, {Literal(word, address)}";
            case Operation.Prefetch:
                return Prefetch(word, @base, address);
            case >= Operation.LoadPairOffset and <= Operation.StorePairPreIndex:
                // LDPSW alone has bit 30: words that become doublewords.
                bool isWide = word.Sf || word.Bit(30);
                return $"{RegisterText.General(isWide, word.Rt)}, {RegisterText.General(isWide, word.Rt2)}, "
                    + Paired(word, @base, word.Sf ? 3 : 2);
            case (>= Operation.LoadVectorPairOffset and <= Operation.LoadVectorPairPreIndex)
                or (>= Operation.StoreVectorPairOffset and <= Operation.StoreVectorPairPreIndex):
                return $"{RegisterText.Scalar(size + 2, word.Rt)}, {RegisterText.Scalar(size + 2, word.Rt2)}, "
                    + Paired(word, @base, size + 2);
            case Operation.LoadStructures or Operation.StoreStructures:
                return Structures(word, @base);
            case Operation.LoadElementStructure or Operation.StoreElementStructure or Operation.LoadReplicated:
                return Elements(word, @base, row.Operation == Operation.LoadReplicated);
            default:
                return Atomic(row.Operation, word, size == 3, @base);
        }
    }

    private static string? Atomic(Operation operation, Word word, bool isWide, string @base)
    {
        string s = RegisterText.General(isWide, word.Rs);
        string t = RegisterText.General(isWide, word.Rt);
        bool isWidePair = word.Bit(30);
        string first = RegisterText.General(isWidePair, word.Rt);
        string second = RegisterText.General(isWidePair, word.Rt2);
        string status = RegisterText.General(isWide: false, word.Rs);
        return operation switch
        {
            Operation.LoadAcquire or Operation.StoreRelease or Operation.LoadExclusive => $"{t}, [{@base}]",
            Operation.StoreExclusive => $"{status}, {t}, [{@base}]",
            Operation.LoadExclusivePair => $"{first}, {second}, [{@base}]",
            Operation.StoreExclusivePair => $"{status}, {first}, {second}, [{@base}]",
            Operation.CompareAndSwap or Operation.Atomic or Operation.Swap => $"{s}, {t}, [{@base}]",
            Operation.CompareAndSwapPair =>
                $"{RegisterText.General(isWidePair, word.Rs)}, {RegisterText.General(isWidePair, word.Rs + 1)}, {first}, "
                + $"{RegisterText.General(isWidePair, word.Rt + 1)}, [{@base}]",
            _ => null,
        };
    }

    /// <summary>The register of a load or store: of 64 bits for doublewords, and where a load that extends says so.</summary>
    private static string Datum(Word word) =>
        RegisterText.General(word.Bit(23) ? !word.Bit(22) : word.Bits(30, 2) == 3, word.Rt);

    private static int VectorSize(Word word) => word.Bits(23, 1) << 2 | word.Bits(30, 2);

    private static string Vector(Word word) => RegisterText.Scalar(VectorSize(word), word.Rt);

    private static string Offset(string @base, int offset) => offset == 0 ? $"[{@base}]" : $"[{@base}, #{offset}]";

    private static string Literal(Word word, ulong address) => $"0x{address + (ulong)((long)word.Signed(5, 19) << 2):x}";

    private static string Indexed(Word word, string @base, int size)
    {
        int option = word.Bits(13, 3);
        bool isScaled = word.Bit(12);
        string extension = option == 3
            ? isScaled ? $", lsl #{size}" : ""
            : $", {IntegerText.Extension(option)}{(isScaled ? $" #{size}" : "")}";
        return $"[{@base}, {RegisterText.General((option & 1) != 0, word.Rm)}{extension}]";
    }

    private static string Paired(Word word, string @base, int scale)
    {
        int offset = word.Signed(15, 7) << scale;
        return word.Bits(23, 3) switch
        {
            1 or 5 => $"[{@base}], #{offset}",
            3 or 7 => $"[{@base}, #{offset}]!",
            _ => Offset(@base, offset),
        };
    }

    private static string Prefetch(Word word, string @base, ulong address)
    {
        int operation = word.Rt;
        string name = operation >> 3 < 3 && (operation >> 1 & 3) < 3
            ? $"{_prefetches[operation >> 3]}l{(operation >> 1 & 3) + 1}{_policies[operation & 1]}" : $"#0x{operation:x2}";
        if (!word.Bit(29))
            return $"{name}, {Literal(word, address)}";
        if (word.Bit(24))
            return $"{name}, {Offset(@base, word.Bits(10, 12) << 3)}";
        return $"{name}, {(word.Bit(21) ? Indexed(word, @base, 3) : Offset(@base, word.Signed(12, 9)))}";
    }

    private static string Structures(Word word, string @base)
    {
        int registers = word.Bits(12, 4) switch { 0 or 2 => 4, 4 or 6 => 3, 7 => 1, _ => 2 };
        string list = RegisterText.List(word.Rt, registers, RegisterText.Arrangement(word.Bits(10, 2), word.Q));
        return $"{list}, [{@base}]{After(word, registers * (word.Q ? 16 : 8))}";
    }

    private static string Elements(Word word, string @base, bool isReplicated)
    {
        int registers = (word.Bits(13, 1) << 1 | word.Bits(21, 1)) + 1;
        int size = word.Bits(10, 2);
        if (isReplicated)
        {
            string all = RegisterText.List(word.Rt, registers, RegisterText.Arrangement(size, word.Q));
            return $"{all}, [{@base}]{After(word, registers << size)}";
        }

        int scale = word.Bits(14, 2);
        int place = word.Bits(30, 1) << 3 | word.Bits(12, 1) << 2 | size;
        if (scale == 2 && (size & 1) != 0)
            scale = 3;
        string list = RegisterText.List(word.Rt, registers, $"{RegisterText.Letter(scale)}");
        return $"{list}[{place >> scale}], [{@base}]{After(word, registers << scale)}";
    }

    /// <summary>What is added to the base of a structure behind the access.</summary>
    private static string After(Word word, int bytes) =>
        !word.Bit(23) ? "" : word.Rm == 31 ? $", #{bytes}" : $", x{word.Rm}";
}
