using System.Numerics;
using Gunyah.Aarch64.Decoding;

namespace Gunyah.Aarch64.Disassembling;

/// <summary>Operands of Advanced SIMD and cryptography, by the groups of the manual's chapter C4.</summary>
internal static class VectorText
{
    private const string IntegerZero = ", #0";
    private const string FloatZero = ", #0.0";

    /// <summary>The operands.</summary>
    public static string Operands(Operation operation, Word word)
    {
        if (operation is >= Operation.Aese and <= Operation.Sha256su0)
            return Cryptography(operation, word);
        if (word.Bit(24))
        {
            return !word.Bit(10) ? ByElement(operation, word)
                : word.Bits(19, 4) == 0 ? VectorCopyText.ModifiedImmediate(word)
                : Shift(operation, word);
        }

        if (!word.Bit(21))
            return VectorCopyText.Operands(operation, word);
        return word.Bit(10) ? ThreeSame(operation, word)
            : !word.Bit(11) ? ThreeDifferent(operation, word)
            : word.Bit(20) ? Across(operation, word)
            : Two(operation, word);
    }

    /// <summary>A register of a whole vector, or its first element for scalar instructions, which have bit 28.</summary>
    private static string Of(Word word, int size, int number) =>
        word.Bit(28) ? RegisterText.Scalar(size, number) : RegisterText.Vector(size, word.Q, number);

    /// <summary>The same of elements twice as wide, all 128 bits.</summary>
    private static string Wide(Word word, int size, int number) =>
        word.Bit(28) ? RegisterText.Scalar(size + 1, number) : RegisterText.Vector(size + 1, isFull: true, number);

    private static bool IsFloat(Operation operation) => operation >= Operation.FmovRegister;

    /// <summary>The size of elements: of floating point by one bit.</summary>
    private static int Size(Operation operation, Word word) =>
        IsFloat(operation) ? 2 + word.Bits(22, 1) : word.Bits(22, 2);

    private static string ThreeSame(Operation operation, Word word)
    {
        bool isBitwise = operation is >= Operation.SimdAnd and <= Operation.SimdBif;
        int size = isBitwise ? 0 : Size(operation, word);
        return $"{Of(word, size, word.Rd)}, {Of(word, size, word.Rn)}, {Of(word, size, word.Rm)}";
    }

    private static string ThreeDifferent(Operation operation, Word word)
    {
        int size = word.Bits(22, 2);
        string d = Wide(word, size, word.Rd);
        string n = Of(word, size, word.Rn);
        string m = Of(word, size, word.Rm);
        switch (operation)
        {
            case Operation.SimdAddhn or Operation.SimdRaddhn or Operation.SimdSubhn or Operation.SimdRsubhn:
                return $"{Of(word, size, word.Rd)}, {Wide(word, size, word.Rn)}, {Wide(word, size, word.Rm)}";
            case Operation.SimdSaddw or Operation.SimdUaddw or Operation.SimdSsubw or Operation.SimdUsubw:
                return $"{d}, {Wide(word, size, word.Rn)}, {m}";
            case Operation.SimdPmull when size == 3:
                return $"v{word.Rd}.1q, {n}, {m}";
            default:
                return $"{d}, {n}, {m}";
        }
    }

    private static string Two(Operation operation, Word word)
    {
        int size = Size(operation, word);
        string d = Of(word, size, word.Rd);
        string n = Of(word, size, word.Rn);
        switch (operation)
        {
            case Operation.SimdCmgtZero or Operation.SimdCmeqZero or Operation.SimdCmltZero or Operation.SimdCmgeZero
                or Operation.SimdCmleZero:
                return $"{d}, {n}{IntegerZero}";
            case Operation.FcmgtZero or Operation.FcmeqZero or Operation.FcmltZero or Operation.FcmgeZero or Operation.FcmleZero:
                return $"{d}, {n}{FloatZero}";
            case Operation.SimdXtn or Operation.SimdSqxtn or Operation.SimdSqxtun or Operation.SimdUqxtn:
                return $"{d}, {Wide(word, size, word.Rn)}";
            case Operation.SimdShll:
                return $"{Wide(word, size, word.Rd)}, {n}, #{8 << size}";
            case Operation.SimdSaddlp or Operation.SimdUaddlp or Operation.SimdSadalp or Operation.SimdUadalp:
                return $"{RegisterText.Vector(size + 1, word.Q, word.Rd)}, {n}";
            case Operation.SimdNot or Operation.SimdRbit:
                return $"{Of(word, 0, word.Rd)}, {Of(word, 0, word.Rn)}";
            // Here the bit of the size counts from half precision on.
            case Operation.Fcvtn or Operation.Fcvtxn:
                return $"{Of(word, size - 1, word.Rd)}, {Wide(word, size - 1, word.Rn)}";
            case Operation.Fcvtl:
                return $"{Wide(word, size - 1, word.Rd)}, {Of(word, size - 1, word.Rn)}";
            default:
                return $"{d}, {n}";
        }
    }

    /// <summary>Across the lanes of a vector, and of a pair of elements.</summary>
    private static string Across(Operation operation, Word word)
    {
        int size = Size(operation, word);
        bool isPair = word.Bit(28);
        string n = RegisterText.Vector(size, isPair || word.Q, word.Rn);
        if (isPair && size == 2)
            n = $"v{word.Rn}.2s";
        bool isLong = operation is Operation.SimdSaddlv or Operation.SimdUaddlv;
        return $"{RegisterText.Scalar(isLong ? size + 1 : size, word.Rd)}, {n}";
    }

    private static string ByElement(Operation operation, Word word)
    {
        int size = Size(operation, word);
        int high = word.Bits(11, 1);
        int low = word.Bits(21, 1);
        // Halfwords have three bits of index and sixteen registers; the wider ones have the third bit for the register.
        int m = size == 1 ? word.Bits(16, 4) : word.Rm;
        int index = size switch { 1 => high << 2 | low << 1 | word.Bits(20, 1), 2 => high << 1 | low, _ => high };
        string element = RegisterText.Element(size, m, index);
        bool isLong = operation is >= Operation.SimdSaddl and <= Operation.SimdUmull;
        string d = isLong ? Wide(word, size, word.Rd) : Of(word, size, word.Rd);
        return $"{d}, {Of(word, size, word.Rn)}, {element}";
    }

    private static string Shift(Operation operation, Word word)
    {
        int size = BitOperations.Log2((uint)word.Bits(19, 4));
        int shift = word.Bits(16, 7);
        int bits = 8 << size;
        switch (operation)
        {
            case Operation.SimdShl or Operation.SimdSli or Operation.SimdSqshlImmediate or Operation.SimdUqshlImmediate
                or Operation.SimdSqshlu:
                return $"{Of(word, size, word.Rd)}, {Of(word, size, word.Rn)}, #{shift - bits}";
            case Operation.SimdSshll or Operation.SimdUshll:
                return $"{Wide(word, size, word.Rd)}, {Of(word, size, word.Rn)}, #{shift - bits}";
            case Operation.SimdShrn or Operation.SimdRshrn or Operation.SimdSqshrn or Operation.SimdSqrshrn
                or Operation.SimdSqshrun or Operation.SimdSqrshrun or Operation.SimdUqshrn or Operation.SimdUqrshrn:
                return $"{Of(word, size, word.Rd)}, {Wide(word, size, word.Rn)}, #{2 * bits - shift}";
            default:
                return $"{Of(word, size, word.Rd)}, {Of(word, size, word.Rn)}, #{2 * bits - shift}";
        }
    }

    private static string Cryptography(Operation operation, Word word)
    {
        string d = RegisterText.Vector(2, isFull: true, word.Rd);
        string n = RegisterText.Vector(2, isFull: true, word.Rn);
        string m = RegisterText.Vector(2, isFull: true, word.Rm);
        return operation switch
        {
            Operation.Aese or Operation.Aesd or Operation.Aesmc or Operation.Aesimc =>
                $"{RegisterText.Vector(0, isFull: true, word.Rd)}, {RegisterText.Vector(0, isFull: true, word.Rn)}",
            Operation.Sha1c or Operation.Sha1p or Operation.Sha1m => $"q{word.Rd}, s{word.Rn}, {m}",
            Operation.Sha256h or Operation.Sha256h2 => $"q{word.Rd}, q{word.Rn}, {m}",
            Operation.Sha1su0 or Operation.Sha256su1 => $"{d}, {n}, {m}",
            Operation.Sha1h => $"s{word.Rd}, s{word.Rn}",
            _ => $"{d}, {n}",
        };
    }
}
