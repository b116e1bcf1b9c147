using System.Buffers.Text;
using System.Globalization;

namespace Devicetree.Source.Preprocessing;

/// <summary>A number of 64 bits in a condition.</summary>
/// <param name="Bits">Its bits.</param>
/// <param name="IsUnsigned">Whether it, and what is computed with it, has no sign.</param>
internal readonly record struct ConditionValue(long Bits, bool IsUnsigned)
{
    public bool IsTrue => Bits != 0;

    public static ConditionValue Of(bool value) => new(value ? 1 : 0, false);

    /// <summary>Applies an operator of one operand.</summary>
    public ConditionValue Apply(PpKind operation) => operation switch
    {
        PpKind.Minus => this with { Bits = unchecked(-Bits) },
        PpKind.Complement => this with { Bits = ~Bits },
        PpKind.Not => Of(Bits == 0),
        _ => this,
    };

    /// <summary>Applies an operator of two operands. A divisor is not zero.</summary>
    public static ConditionValue Compute(PpKind operation, ConditionValue a, ConditionValue b)
    {
        bool unsigned = a.IsUnsigned || b.IsUnsigned;
        int order = unsigned ? ((ulong)a.Bits).CompareTo((ulong)b.Bits) : a.Bits.CompareTo(b.Bits);
        switch (operation)
        {
            case PpKind.OrOr: return Of(a.IsTrue || b.IsTrue);
            case PpKind.AndAnd: return Of(a.IsTrue && b.IsTrue);
            case PpKind.EqualsEquals: return Of(a.Bits == b.Bits);
            case PpKind.NotEquals: return Of(a.Bits != b.Bits);
            case PpKind.Less: return Of(order < 0);
            case PpKind.Greater: return Of(order > 0);
            case PpKind.LessEquals: return Of(order <= 0);
            case PpKind.GreaterEquals: return Of(order >= 0);
            case PpKind.ShiftLeft: return Shift(a, b, left: true);
            case PpKind.ShiftRight: return Shift(a, b, left: false);
        }
        long bits = unchecked(operation switch
        {
            PpKind.Or => a.Bits | b.Bits,
            PpKind.Xor => a.Bits ^ b.Bits,
            PpKind.And => a.Bits & b.Bits,
            PpKind.Plus => a.Bits + b.Bits,
            PpKind.Minus => a.Bits - b.Bits,
            PpKind.Times => a.Bits * b.Bits,
            PpKind.Divide when unsigned => (long)((ulong)a.Bits / (ulong)b.Bits),
            PpKind.Modulo when unsigned => (long)((ulong)a.Bits % (ulong)b.Bits),
            // The one quotient that does not fit.
            PpKind.Divide when b.Bits == -1 => -a.Bits,
            PpKind.Modulo when b.Bits == -1 => 0,
            PpKind.Divide => a.Bits / b.Bits,
            _ => a.Bits % b.Bits,
        });
        return new(bits, unsigned);
    }

    /// <summary>Reads a whole number as C writes it, with a prefix for its base and suffixes for its type.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ConditionValue value)
    {
        value = default;
        int digits = text.IndexOfAny("uUlL"u8);
        ReadOnlySpan<byte> number = digits < 0 ? text : text[..digits];
        if (!TryReadSuffix(digits < 0 ? [] : text[digits..], out bool unsigned) || !TryReadNumber(number, out ulong bits))
            return false;
        // Too large for a sign: it has none then.
        value = new(unchecked((long)bits), unsigned || bits > long.MaxValue);
        return true;
    }

    /// <summary>Reads a character, or several, which make a number of 32 bits.</summary>
    public static bool TryParseCharacter(ReadOnlySpan<byte> text, out ConditionValue value)
    {
        value = default;
        bool wide = text[0] == 'L';
        ReadOnlySpan<byte> characters = text[(wide ? 2 : 1)..^1];
        if (text[wide ? 1 : 0] != '\'' || characters.IsEmpty)
            return false;
        uint bits = 0;
        int count = 0;
        for (int at = 0; at < characters.Length; count++)
        {
            if (!TryReadCharacter(characters, ref at, out byte b))
                return false;
            bits = bits << 8 | b;
        }
        value = new(count == 1 ? (sbyte)bits : (int)bits, false);
        return true;
    }

    private static ConditionValue Shift(ConditionValue a, ConditionValue b, bool left)
    {
        // A negative distance shifts the other way.
        if (!b.IsUnsigned && b.Bits < 0)
            return Shift(a, new(b.Bits == long.MinValue ? long.MaxValue : -b.Bits, true), !left);
        bool tooFar = (ulong)b.Bits >= 64;
        if (left)
            return a with { Bits = tooFar ? 0 : a.Bits << (int)b.Bits };
        if (a.IsUnsigned)
            return a with { Bits = tooFar ? 0 : a.Bits >>> (int)b.Bits };
        return a with { Bits = a.Bits >> (tooFar ? 63 : (int)b.Bits) };
    }

    private static bool TryReadSuffix(ReadOnlySpan<byte> suffix, out bool unsigned)
    {
        unsigned = false;
        int longs = 0;
        for (int i = 0; i < suffix.Length; i++)
        {
            if (suffix[i] is (byte)'u' or (byte)'U')
            {
                if (unsigned)
                    return false;
                unsigned = true;
                continue;
            }
            // Two letters for "long long" stand side by side and are the same.
            if (suffix[i] is not ((byte)'l' or (byte)'L') || (longs == 1 && suffix[i - 1] != suffix[i]) || longs == 2)
                return false;
            longs++;
        }
        return true;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> number, out ulong value)
    {
        value = 0;
        string text = System.Text.Encoding.ASCII.GetString(number);
        if (number.StartsWith("0x"u8) || number.StartsWith("0X"u8))
            return ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        if (number.StartsWith("0b"u8) || number.StartsWith("0B"u8))
            return ulong.TryParse(text.AsSpan(2), NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture, out value);
        if (number.Length == 0 || number[0] != '0')
            return Utf8Parser.TryParse(number, out value, out int used) && used == number.Length;
        foreach (byte digit in number)
        {
            if (digit is < (byte)'0' or > (byte)'7' || value >> 61 != 0)
                return false;
            value = value << 3 | (uint)(digit - '0');
        }
        return true;
    }

    private static bool TryReadCharacter(ReadOnlySpan<byte> text, ref int at, out byte value)
    {
        value = text[at++];
        if (value != '\\')
            return true;
        if (at >= text.Length)
            return false;
        byte escape = text[at++];
        int bits = 0;
        if (escape is >= (byte)'0' and <= (byte)'7')
        {
            bits = escape - '0';
            for (int digits = 1; digits < 3 && at < text.Length && text[at] is >= (byte)'0' and <= (byte)'7'; digits++)
                bits = bits * 8 + text[at++] - '0';
            value = (byte)bits;
            return bits <= byte.MaxValue;
        }
        if (escape == 'x')
        {
            int start = at;
            while (at < text.Length && char.IsAsciiHexDigit((char)text[at]) && bits <= byte.MaxValue)
                bits = bits * 16 + Convert.ToInt32(((char)text[at++]).ToString(), 16);
            value = (byte)bits;
            return at > start && bits <= byte.MaxValue;
        }
        value = escape switch
        {
            (byte)'a' => 7,
            (byte)'b' => 8,
            (byte)'t' => 9,
            (byte)'n' => 10,
            (byte)'v' => 11,
            (byte)'f' => 12,
            (byte)'r' => 13,
            (byte)'e' or (byte)'E' => 27,
            _ => escape,
        };
        return true;
    }
}
