using System.Globalization;
using Gunyah.Aarch64.Decoding;

namespace Gunyah.Aarch64.Disassembling;

/// <summary>Operands of floating point that computes one number.</summary>
internal static class FloatText
{
    /// <summary>The operands; null for an instruction that is none of these.</summary>
    public static string? TryOperands(Operation operation, Word word)
    {
        // Vectors have bit 30 or no bit 28.
        if ((word.Value & 0x7E00_0000) != 0x1E00_0000)
            return null;
        int size = word.Bits(22, 2) switch { 0 => 2, 1 => 3, 3 => 1, _ => 4 };
        string d = RegisterText.Scalar(size, word.Rd);
        string n = RegisterText.Scalar(size, word.Rn);
        string m = RegisterText.Scalar(size, word.Rm);
        switch (operation)
        {
            case Operation.Fmadd or Operation.Fmsub or Operation.Fnmadd or Operation.Fnmsub:
                return $"{d}, {n}, {m}, {RegisterText.Scalar(size, word.Ra)}";
            case Operation.Fcmp:
                return $"{n}, {m}";
            case Operation.FcmpWithZero:
                return $"{n}, #0.0";
            case Operation.Fccmp:
                return $"{n}, {m}, #0x{word.Bits(0, 4):x}, {Disassembler.Condition(word.Bits(12, 4))}";
            case Operation.Fcsel:
                return $"{d}, {n}, {m}, {Disassembler.Condition(word.Bits(12, 4))}";
            case Operation.FmovImmediate:
                return $"{d}, {Immediate((uint)word.Bits(13, 8))}";
            case Operation.Fcvt:
                int other = word.Bits(15, 2) switch { 0 => 2, 1 => 3, _ => 1 };
                return $"{RegisterText.Scalar(other, word.Rd)}, {n}";
            case Operation.ConvertToGeneral or Operation.FmovToGeneral:
                string from = size == 4 ? RegisterText.Element(3, word.Rn, 1) : n;
                return $"{RegisterText.General(word.Sf, word.Rd)}, {from}{Scale(word)}";
            case Operation.ConvertFromGeneral or Operation.FmovFromGeneral:
                string to = size == 4 ? RegisterText.Element(3, word.Rd, 1) : d;
                return $"{to}, {RegisterText.General(word.Sf, word.Rn)}{Scale(word)}";
            default:
                // With one source, bits 14 to 10 say so.
                return word.Bits(10, 5) == 0b10000 ? $"{d}, {n}" : $"{d}, {n}, {m}";
        }
    }

    /// <summary>An immediate of eight bits.</summary>
    public static string Immediate(uint packed)
    {
        const string Format = "0.000000000000000000e+00";
        double value = BitConverter.UInt64BitsToDouble(VectorImmediate.Double(packed));
        return $"#{value.ToString(Format, CultureInfo.InvariantCulture)}";
    }

    /// <summary>The fraction bits of a fixed-point number.</summary>
    private static string Scale(Word word) => word.Bit(21) ? "" : $", #{64 - word.Bits(10, 6)}";
}
