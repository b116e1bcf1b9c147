using System.Numerics;
using Gunyah.Aarch64.Decoding;

namespace Gunyah.Aarch64.Disassembling;

/// <summary>Operands of copies, immediates, permutations and tables.</summary>
internal static class VectorCopyText
{
    /// <summary>The operands of an instruction of these groups, immediates apart.</summary>
    public static string Operands(Operation operation, Word word)
    {
        switch (operation)
        {
            case Operation.SimdExt:
                return $"{Bytes(word, word.Rd)}, {Bytes(word, word.Rn)}, {Bytes(word, word.Rm)}, #{word.Bits(11, 4)}";
            case Operation.SimdTbl or Operation.SimdTbx:
                string table = RegisterText.List(word.Rn, word.Bits(13, 2) + 1, RegisterText.Arrangement(0, isFull: true));
                return $"{Bytes(word, word.Rd)}, {table}, {Bytes(word, word.Rm)}";
            case >= Operation.SimdDupElement and <= Operation.SimdInsElement:
                return Copy(operation, word);
            default:
                int size = word.Bits(22, 2);
                return $"{RegisterText.Vector(size, word.Q, word.Rd)}, {RegisterText.Vector(size, word.Q, word.Rn)}, "
                    + RegisterText.Vector(size, word.Q, word.Rm);
        }
    }

    /// <summary>MOVI and its like.</summary>
    public static string ModifiedImmediate(Word word)
    {
        int packed = word.Bits(16, 3) << 5 | word.Bits(5, 5);
        int mode = word.Bits(12, 4);
        switch (mode)
        {
            case < 12:
                int size = mode < 8 ? 2 : 1;
                int shift = (mode < 8 ? mode >> 1 : mode >> 1 & 1) * 8;
                return $"{RegisterText.Vector(size, word.Q, word.Rd)}, #0x{packed:x}{(shift != 0 ? $", lsl #{shift}" : "")}";
            case 12 or 13:
                return $"{RegisterText.Vector(2, word.Q, word.Rd)}, #0x{packed:x}, msl #{(mode == 12 ? 8 : 16)}";
            case 14 when !word.U:
                return $"{Bytes(word, word.Rd)}, #0x{packed:x}";
            case 14:
                string d = word.Q ? RegisterText.Vector(3, isFull: true, word.Rd) : RegisterText.Scalar(3, word.Rd);
                return $"{d}, #0x{VectorImmediate.Expand(word):x}";
            default:
                return $"{RegisterText.Vector(word.U ? 3 : 2, word.Q, word.Rd)}, {FloatText.Immediate((uint)packed)}";
        }
    }

    private static string Copy(Operation operation, Word word)
    {
        int selector = word.Bits(16, 5);
        int size = BitOperations.TrailingZeroCount(selector);
        int index = selector >> (size + 1);
        string element = RegisterText.Element(size, word.Rn, index);
        return operation switch
        {
            Operation.SimdDupElement => $"{RegisterText.Vector(size, word.Q, word.Rd)}, {element}",
            Operation.SimdDupScalar => $"{RegisterText.Scalar(size, word.Rd)}, {element}",
            Operation.SimdDupGeneral =>
                $"{RegisterText.Vector(size, word.Q, word.Rd)}, {RegisterText.General(size == 3, word.Rn)}",
            Operation.SimdInsGeneral =>
                $"{RegisterText.Element(size, word.Rd, index)}, {RegisterText.General(size == 3, word.Rn)}",
            Operation.SimdInsElement =>
                $"{RegisterText.Element(size, word.Rd, index)}, {RegisterText.Element(size, word.Rn, word.Bits(11, 4) >> size)}",
            _ => $"{RegisterText.General(word.Q, word.Rd)}, {element}",
        };
    }

    private static string Bytes(Word word, int number) => RegisterText.Vector(0, word.Q, number);
}
