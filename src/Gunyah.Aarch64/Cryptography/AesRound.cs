using System.Runtime.Intrinsics;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace Gunyah.Aarch64.Cryptography;

/// <summary>The steps of a round of AES (FIPS 197), as AESE and its like take them.</summary>
internal static unsafe class AesRound
{
    /// <summary>x^8 = x^4 + x^3 + x + 1.</summary>
    private const int Reduction = 0x1B;

    private static readonly byte[] _substitutes = MakeSubstitutes();
    private static readonly byte[] _originals = Invert(_substitutes);

    /// <summary>SubBytes and ShiftRows.</summary>
    public static Vector128<byte> Substitute(Vector128<byte> state) =>
        X86Aes.IsSupported ? X86Aes.EncryptLast(state, Vector128<byte>.Zero) : SubstituteByTable(state);

    /// <summary>The inverse of both.</summary>
    public static Vector128<byte> Restore(Vector128<byte> state) =>
        X86Aes.IsSupported ? X86Aes.DecryptLast(state, Vector128<byte>.Zero) : RestoreByTable(state);

    /// <summary>MixColumns.</summary>
    public static Vector128<byte> MixColumns(Vector128<byte> state) =>
        // The host has it behind the other two steps only, so they are undone before.
        X86Aes.IsSupported
            ? X86Aes.Encrypt(X86Aes.DecryptLast(state, Vector128<byte>.Zero), Vector128<byte>.Zero) : MixByBits(state);

    /// <summary>Its inverse.</summary>
    public static Vector128<byte> InverseMixColumns(Vector128<byte> state) =>
        X86Aes.IsSupported ? X86Aes.InverseMixColumns(state) : InverseMixByBits(state);

    /// <summary><see cref="Substitute"/> on any host.</summary>
    public static Vector128<byte> SubstituteByTable(Vector128<byte> state)
    {
        var from = (byte*)&state;
        Vector128<byte> result = default;
        var to = (byte*)&result;
        // Row r of column c is byte 4c + r, and comes from r columns further on.
        for (int i = 0; i < 16; i++)
            to[i] = _substitutes[from[(i + 4 * (i & 3)) & 15]];
        return result;
    }

    /// <summary><see cref="Restore"/> on any host.</summary>
    public static Vector128<byte> RestoreByTable(Vector128<byte> state)
    {
        var from = (byte*)&state;
        Vector128<byte> result = default;
        var to = (byte*)&result;
        for (int i = 0; i < 16; i++)
            to[i] = _originals[from[(i - 4 * (i & 3)) & 15]];
        return result;
    }

    /// <summary><see cref="MixColumns"/> on any host.</summary>
    public static Vector128<byte> MixByBits(Vector128<byte> state) => Mix(state, 2, 3, 1, 1);

    /// <summary><see cref="InverseMixColumns"/> on any host.</summary>
    public static Vector128<byte> InverseMixByBits(Vector128<byte> state) => Mix(state, 14, 11, 13, 9);

    private static Vector128<byte> Mix(Vector128<byte> state, int own, int next, int second, int third)
    {
        var from = (byte*)&state;
        Vector128<byte> result = default;
        var to = (byte*)&result;
        for (int i = 0; i < 16; i++)
        {
            int column = i & ~3;
            to[i] = (byte)(Multiply(from[i], own) ^ Multiply(from[column + (i + 1 & 3)], next)
                ^ Multiply(from[column + (i + 2 & 3)], second) ^ Multiply(from[column + (i + 3 & 3)], third));
        }

        return result;
    }

    private static int Multiply(int a, int b)
    {
        int product = 0;
        for (; b != 0; b >>= 1)
        {
            if ((b & 1) != 0)
                product ^= a;
            a = a << 1 ^ ((a & 0x80) != 0 ? 0x100 | Reduction : 0);
        }

        return product;
    }

    private static byte[] MakeSubstitutes()
    {
        var table = new byte[256];
        for (int value = 0; value < 256; value++)
        {
            // The inverse is the 254th power.
            int inverse = 1;
            for (int i = 0; i < 254; i++)
                inverse = Multiply(inverse, value);
            uint bits = (uint)inverse;
            uint sum = bits;
            for (int i = 1; i < 5; i++)
                sum ^= (bits << i | bits >> (8 - i)) & 0xFF;
            table[value] = (byte)(sum ^ 0x63);
        }

        return table;
    }

    private static byte[] Invert(byte[] table)
    {
        var inverse = new byte[256];
        for (int i = 0; i < 256; i++)
            inverse[table[i]] = (byte)i;
        return inverse;
    }
}
