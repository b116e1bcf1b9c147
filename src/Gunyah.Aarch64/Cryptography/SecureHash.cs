using System.Numerics;

namespace Gunyah.Aarch64.Cryptography;

/// <summary>A function of three words, bit by bit.</summary>
internal interface ISha1Function
{
    /// <summary>Its value.</summary>
    static abstract uint Apply(uint x, uint y, uint z);
}

/// <summary>Ch: the first chooses between the others.</summary>
internal readonly struct Choose : ISha1Function
{
    public static uint Apply(uint x, uint y, uint z) => ((y ^ z) & x) ^ z;
}

/// <summary>Maj: what two of the three are.</summary>
internal readonly struct Majority : ISha1Function
{
    public static uint Apply(uint x, uint y, uint z) => (x & y) | ((x | y) & z);
}

/// <summary>Parity: what an odd number of them makes.</summary>
internal readonly struct Parity : ISha1Function
{
    public static uint Apply(uint x, uint y, uint z) => x ^ y ^ z;
}

/// <summary>The rounds and schedules of SHA-1 and SHA-256 (FIPS 180-4, 6.1 and 6.2).</summary>
internal static class SecureHash
{
    /// <summary>Four rounds of SHA-1 (SHA1C, SHA1P and SHA1M).</summary>
    /// <param name="x">The variables a to d; what they become.</param>
    /// <param name="e">The variable e.</param>
    /// <param name="words">Four words of the schedule, their constant added.</param>
    /// <typeparam name="TFunction">The function of these rounds.</typeparam>
    public static void Sha1<TFunction>(Span<uint> x, uint e, ReadOnlySpan<uint> words)
        where TFunction : struct, ISha1Function
    {
        foreach (uint word in words)
        {
            uint next = e + BitOperations.RotateLeft(x[0], 5) + TFunction.Apply(x[1], x[2], x[3]) + word;
            e = x[3];
            x[3] = x[2];
            x[2] = BitOperations.RotateLeft(x[1], 30);
            x[1] = x[0];
            x[0] = next;
        }
    }

    /// <summary>Four rounds of SHA-256 (SHA256H and SHA256H2).</summary>
    /// <param name="x">The variables a to d; what they become.</param>
    /// <param name="y">The variables e to h; what they become.</param>
    /// <param name="words">Four words of the schedule, their constants added.</param>
    public static void Sha256(Span<uint> x, Span<uint> y, ReadOnlySpan<uint> words)
    {
        foreach (uint word in words)
        {
            uint first = y[3] + Sum1(y[0]) + Choose.Apply(y[0], y[1], y[2]) + word;
            uint second = Sum0(x[0]) + Majority.Apply(x[0], x[1], x[2]);
            y[3] = y[2];
            y[2] = y[1];
            y[1] = y[0];
            y[0] = x[3] + first;
            x[3] = x[2];
            x[2] = x[1];
            x[1] = x[0];
            x[0] = first + second;
        }
    }

    /// <summary>The small sigma 0 of SHA-256.</summary>
    public static uint Sigma0(uint x) => BitOperations.RotateRight(x, 7) ^ BitOperations.RotateRight(x, 18) ^ x >> 3;

    /// <summary>The small sigma 1 of SHA-256.</summary>
    public static uint Sigma1(uint x) => BitOperations.RotateRight(x, 17) ^ BitOperations.RotateRight(x, 19) ^ x >> 10;

    private static uint Sum0(uint x) =>
        BitOperations.RotateRight(x, 2) ^ BitOperations.RotateRight(x, 13) ^ BitOperations.RotateRight(x, 22);

    private static uint Sum1(uint x) =>
        BitOperations.RotateRight(x, 6) ^ BitOperations.RotateRight(x, 11) ^ BitOperations.RotateRight(x, 25);
}
