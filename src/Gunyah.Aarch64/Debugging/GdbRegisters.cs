using System.Globalization;
using System.Text;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Debugging;

/// <summary>A core's registers as GDB numbers them, and their description.</summary>
internal static unsafe class GdbRegisters
{
    private const int Sp = 31;
    private const int Pc = 32;
    private const int Cpsr = 33;
    private const int FirstVector = 34;
    private const int Fpsr = 66;
    private const int Fpcr = 67;

    /// <summary>How many there are.</summary>
    public const int Count = 68;

    /// <summary>The target's description, with all registers.</summary>
    public static string Description { get; } = Describe();

    /// <summary>A register in hexadecimal, its bytes in the order of memory; empty where there is none of this number.</summary>
    public static string Read(CoreState* state, int number) => number switch
    {
        < Sp and >= 0 => Hex(state->X[number], 8),
        Sp => Hex(state->X[Slot.Sp], 8),
        Pc => Hex(state->Pc, 8),
        Cpsr => Hex(state->Pstate, 4),
        >= FirstVector and < Fpsr =>
            Hex(state->Vector[2 * (number - FirstVector)], 8) + Hex(state->Vector[2 * (number - FirstVector) + 1], 8),
        Fpsr => Hex(state->Fpsr, 4),
        Fpcr => Hex(state->Fpcr, 4),
        _ => "",
    };

    /// <summary>Changes a register; the exception level stays as it is.</summary>
    /// <returns>False where there is none, or the text is not its value.</returns>
    public static bool TryWrite(CoreState* state, int number, string hex)
    {
        int size = number switch { Cpsr or Fpsr or Fpcr => 4, >= FirstVector and < Fpsr => 16, >= 0 and < Cpsr => 8, _ => 0 };
        if (size == 0 || !TryParse(hex, size, out ulong low, out ulong high))
            return false;
        switch (number)
        {
            case < Sp:
                state->X[number] = low;
                break;
            case Sp:
                state->X[Slot.Sp] = low;
                break;
            case Pc:
                state->Pc = low;
                break;
            case Cpsr:
                state->Nzcv = (uint)low;
                state->Daif = (uint)low & 0x3C0;
                break;
            case Fpsr:
                state->Fpsr = (uint)low;
                break;
            case Fpcr:
                state->Fpcr = (uint)low;
                break;
            default:
                state->Vector[2 * (number - FirstVector)] = low;
                state->Vector[2 * (number - FirstVector) + 1] = high;
                break;
        }

        return true;
    }

    /// <summary>Bytes in hexadecimal.</summary>
    private static string Hex(ulong value, int size)
    {
        var text = new StringBuilder(size * 2);
        for (int i = 0; i < size; i++)
            text.Append(CultureInfo.InvariantCulture, $"{(byte)(value >> (8 * i)):x2}");
        return text.ToString();
    }

    private static bool TryParse(string hex, int size, out ulong low, out ulong high)
    {
        (low, high) = (0, 0);
        if (hex.Length != size * 2)
            return false;
        for (int i = 0; i < size; i++)
        {
            if (!byte.TryParse(hex.AsSpan(i * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out byte each))
                return false;
            if (i < 8)
                low |= (ulong)each << (8 * i);
            else
                high |= (ulong)each << (8 * (i - 8));
        }

        return true;
    }

    private static string Describe()
    {
        var text = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\">");
        text.Append("<target version=\"1.0\">");
        text.Append("<architecture>aarch64</architecture><feature name=\"org.gnu.gdb.aarch64.core\">");
        for (int i = 0; i < Sp; i++)
            text.Append(CultureInfo.InvariantCulture, $"<reg name=\"x{i}\" bitsize=\"64\"/>");
        text.Append("<reg name=\"sp\" bitsize=\"64\" type=\"data_ptr\"/><reg name=\"pc\" bitsize=\"64\" type=\"code_ptr\"/>");
        text.Append("<reg name=\"cpsr\" bitsize=\"32\"/></feature><feature name=\"org.gnu.gdb.aarch64.fpu\">");
        text.Append("<vector id=\"v2d\" type=\"ieee_double\" count=\"2\"/><vector id=\"v2u\" type=\"uint64\" count=\"2\"/>");
        text.Append("<vector id=\"v4f\" type=\"ieee_single\" count=\"4\"/><vector id=\"v4u\" type=\"uint32\" count=\"4\"/>");
        text.Append("<vector id=\"v16u\" type=\"uint8\" count=\"16\"/><union id=\"vector\"><field name=\"d\" type=\"v2d\"/>");
        text.Append("<field name=\"u64\" type=\"v2u\"/><field name=\"f\" type=\"v4f\"/><field name=\"u32\" type=\"v4u\"/>");
        text.Append("<field name=\"u8\" type=\"v16u\"/></union>");
        for (int i = 0; i < 32; i++)
            text.Append(CultureInfo.InvariantCulture, $"<reg name=\"v{i}\" bitsize=\"128\" type=\"vector\"/>");
        text.Append("<reg name=\"fpsr\" bitsize=\"32\"/><reg name=\"fpcr\" bitsize=\"32\"/></feature></target>");
        return text.ToString();
    }
}
