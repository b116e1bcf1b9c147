using System.Numerics;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// CRC32 and CRC32C: the first operand is the sum so far, the second has 1, 2, 4 or 8 bytes (Arm ARM DDI 0487, C6.2.76).
/// Nothing is inverted before or after.
/// </summary>
internal static class Crc32
{
    /// <summary>The polynomial 0x04C11DB7, its bits reversed.</summary>
    private const uint Polynomial = 0xEDB8_8320;

    private static readonly uint[] _table = MakeTable();

    /// <summary>Adds bytes to a sum.</summary>
    /// <param name="sum">The sum so far.</param>
    /// <param name="value">The bytes, the first one lowest.</param>
    /// <param name="count">How many.</param>
    public static uint Add(uint sum, ulong value, int count)
    {
        for (; count > 0; count--, value >>= 8)
            sum = sum >> 8 ^ _table[(byte)(sum ^ value)];
        return sum;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint sum = i;
            for (int bit = 0; bit < 8; bit++)
                sum = sum >> 1 ^ ((sum & 1) != 0 ? Polynomial : 0);
            table[i] = sum;
        }

        return table;
    }
}

internal unsafe struct Crc32B : IComputation
{
    public static ulong Of(CoreState* state, ulong first, ulong second) => Crc32.Add((uint)first, second, sizeof(byte));
}

internal unsafe struct Crc32H : IComputation
{
    public static ulong Of(CoreState* state, ulong first, ulong second) => Crc32.Add((uint)first, second, sizeof(ushort));
}

internal unsafe struct Crc32W : IComputation
{
    public static ulong Of(CoreState* state, ulong first, ulong second) => Crc32.Add((uint)first, second, sizeof(uint));
}

internal unsafe struct Crc32X : IComputation
{
    public static ulong Of(CoreState* state, ulong first, ulong second) => Crc32.Add((uint)first, second, sizeof(ulong));
}

internal unsafe struct Crc32CB : IComputation
{
    public static ulong Of(CoreState* state, ulong first, ulong second) => BitOperations.Crc32C((uint)first, (byte)second);
}

internal unsafe struct Crc32CH : IComputation
{
    public static ulong Of(CoreState* state, ulong first, ulong second) => BitOperations.Crc32C((uint)first, (ushort)second);
}

internal unsafe struct Crc32CW : IComputation
{
    public static ulong Of(CoreState* state, ulong first, ulong second) => BitOperations.Crc32C((uint)first, (uint)second);
}

internal unsafe struct Crc32CX : IComputation
{
    public static ulong Of(CoreState* state, ulong first, ulong second) => BitOperations.Crc32C((uint)first, second);
}
