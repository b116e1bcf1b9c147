using System.Runtime.Intrinsics;
using Gunyah.Aarch64.Cryptography;
using Gunyah.Aarch64.Vectors;

namespace Gunyah.Aarch64.Tests.Cryptography;

/// <summary>
/// What the host has an instruction for is computed without it as well, for hosts that do not: both ways run here, and agree.
/// Where the host has none, the standard's own example is what the way that is left is held to.
/// </summary>
public sealed class HostPathTests
{
    private const int Rounds = 2_000;

    [Fact]
    public void Steps_of_AES_by_table_are_those_of_the_host()
    {
        var random = new Random(1);
        for (int i = 0; i < Rounds; i++)
        {
            Vector128<byte> state = Any(random);
            Assert.Equal(AesRound.Substitute(state), AesRound.SubstituteByTable(state));
            Assert.Equal(AesRound.Restore(state), AesRound.RestoreByTable(state));
            Assert.Equal(AesRound.MixColumns(state), AesRound.MixByBits(state));
            Assert.Equal(AesRound.InverseMixColumns(state), AesRound.InverseMixByBits(state));
        }
    }

    [Fact]
    public void Steps_of_AES_by_table_undo_each_other()
    {
        var random = new Random(2);
        for (int i = 0; i < Rounds; i++)
        {
            Vector128<byte> state = Any(random);
            Assert.Equal(state, AesRound.RestoreByTable(AesRound.SubstituteByTable(state)));
            Assert.Equal(state, AesRound.InverseMixByBits(AesRound.MixByBits(state)));
        }
    }

    /// <summary>FIPS 197, appendix B: the first round.</summary>
    [Fact]
    public void A_round_of_AES_by_table_is_that_of_the_standards_example()
    {
        Vector128<byte> start = Of("193de3bea0f4e22b9ac68d2ae9f84808");
        Vector128<byte> shifted = AesRound.SubstituteByTable(start);
        Assert.Equal(Of("d4bf5d30e0b452aeb84111f11e2798e5"), shifted);
        Assert.Equal(Of("046681e5e0cb199a48f8d37a2806264c"), AesRound.MixByBits(shifted));
    }

    [Fact]
    public void Products_of_polynomials_by_bits_are_those_of_the_host()
    {
        var random = new Random(3);
        for (int i = 0; i < Rounds; i++)
        {
            var n = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
            var m = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
            Assert.Equal(Polynomial.Multiply(n, m), Polynomial.MultiplyByBits(n, m));
        }

        Assert.Equal((UInt128)0b101 << 64, Polynomial.MultiplyByBits(0b101ul << 60, 0b10000));
    }

    private static Vector128<byte> Any(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return Vector128.Create<byte>(bytes);
    }

    private static Vector128<byte> Of(string bytes) => Vector128.Create<byte>(Convert.FromHexString(bytes));
}
