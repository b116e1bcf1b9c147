using Gunyah.Aarch64.FloatingPoint;

namespace Gunyah.Aarch64.Tests.FloatingPoint;

/// <summary>
/// The edges of floating point, by value: Arm ARM DDI 0487, the pseudocode functions whose names begin with FP.
/// </summary>
public sealed class SoftFloatTests
{
    private const uint FlushToZero = 1u << 24;
    private const uint DefaultNan = 1u << 25;
    private const uint TowardPlus = 1u << 22;
    private const uint TowardMinus = 2u << 22;
    private const uint TowardZero = 3u << 22;

    [Theory]
    // Just below the least normal number: tiny before it is rounded, though it becomes normal.
    [InlineData(0x3F80_0000, 0x007F_FFFF, 0u, 0x007F_FFFF, 0u)]
    [InlineData(0x3F7F_FFFF, 0x0080_0000, 0u, 0x0080_0000, FloatEnvironment.Underflow | FloatEnvironment.Inexact)]
    [InlineData(0x3F7F_FFFF, 0x0080_0000, TowardZero, 0x007F_FFFF, FloatEnvironment.Underflow | FloatEnvironment.Inexact)]
    // A result that is flushed is no inexact one; an operand that is, is said to be.
    [InlineData(0x3F7F_FFFF, 0x0080_0000, FlushToZero, 0, FloatEnvironment.Underflow)]
    [InlineData(0x3F80_0000, 0x8000_0001, FlushToZero, 0x8000_0000, FloatEnvironment.InputDenormal)]
    [InlineData(0x7F7F_FFFF, 0x4000_0000, 0u, 0x7F80_0000, FloatEnvironment.Overflow | FloatEnvironment.Inexact)]
    [InlineData(0x7F7F_FFFF, 0x4000_0000, TowardMinus, 0x7F7F_FFFF, FloatEnvironment.Overflow | FloatEnvironment.Inexact)]
    [InlineData(0xFF7F_FFFF, 0x4000_0000, TowardPlus, 0xFF7F_FFFF, FloatEnvironment.Overflow | FloatEnvironment.Inexact)]
    [InlineData(0x7F80_0000, 0x0000_0000, 0u, 0x7FC0_0000, FloatEnvironment.InvalidOperation)]
    // The signalling NaN comes first, wherever it stands.
    [InlineData(0x7FC0_0001, 0x7F80_0002, 0u, 0x7FC0_0002, FloatEnvironment.InvalidOperation)]
    [InlineData(0xFFC0_0001, 0x7FC0_0002, 0u, 0xFFC0_0001, 0u)]
    [InlineData(0xFFC0_0001, 0x7FC0_0002, DefaultNan, 0x7FC0_0000, 0u)]
    public void Products_of_singles(uint n, uint m, uint control, uint expected, uint flags)
    {
        var environment = new FloatEnvironment(control, 0);
        Assert.Equal(expected, Arithmetic<SinglePrecision>.Multiply(n, m, ref environment));
        Assert.Equal(flags, environment.Status);
    }

    [Theory]
    [InlineData(0x3FF0_0000_0000_0000, 0xBFF0_0000_0000_0000, 0u, 0)]
    [InlineData(0x3FF0_0000_0000_0000, 0xBFF0_0000_0000_0000, TowardMinus, 0x8000_0000_0000_0000)]
    [InlineData(0x8000_0000_0000_0000, 0x8000_0000_0000_0000, 0u, 0x8000_0000_0000_0000)]
    [InlineData(0x0000_0000_0000_0000, 0x8000_0000_0000_0000, TowardMinus, 0x8000_0000_0000_0000)]
    public void Sums_that_are_zero_have_the_sign_that_rounding_gives(ulong n, ulong m, uint control, ulong expected)
    {
        var environment = new FloatEnvironment(control, 0);
        Assert.Equal(expected, Arithmetic<DoublePrecision>.Add(n, m, ref environment));
        Assert.Equal(0u, environment.Status);
    }

    [Fact]
    public void A_sum_of_products_is_rounded_once()
    {
        // (1 + 2^-30)^2 - 1 is 2^-29 + 2^-60: two roundings would lose the second part.
        const ulong Factor = 0x3FF0_0000_0040_0000;
        var environment = new FloatEnvironment(0, 0);
        ulong result = Arithmetic<DoublePrecision>.MultiplyAdd(0xBFF0_0000_0000_0000, Factor, Factor, ref environment);
        Assert.Equal(Math.ScaleB(1, -29) + Math.ScaleB(1, -60), BitConverter.UInt64BitsToDouble(result));
        Assert.Equal(0u, environment.Status);
    }

    [Theory]
    [InlineData(0x4B00_0001, Rounding.NearestEven, 8388609ul, 0u)]
    [InlineData(0x4020_0000, Rounding.NearestEven, 2ul, FloatEnvironment.Inexact)]
    [InlineData(0x4020_0000, Rounding.NearestAway, 3ul, FloatEnvironment.Inexact)]
    [InlineData(0xCF00_0000, Rounding.TowardZero, 0x8000_0000ul, 0u)]
    [InlineData(0x4F00_0000, Rounding.TowardZero, 0x7FFF_FFFFul, FloatEnvironment.InvalidOperation)]
    [InlineData(0x7FC0_0000, Rounding.TowardZero, 0ul, FloatEnvironment.InvalidOperation)]
    internal void Numbers_become_integers_of_32_bits(uint bits, Rounding rounding, ulong expected, uint flags)
    {
        var environment = new FloatEnvironment(0, 0);
        Assert.Equal(
            expected, Conversion<SinglePrecision>.ToInteger(bits, 0, 32, isUnsigned: false, rounding, ref environment));
        Assert.Equal(flags, environment.Status);
    }

    [Fact]
    public void The_hosts_arithmetic_gives_what_ours_gives()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++)
        {
            ulong n = Near(random);
            ulong m = Near(random);
            // TowardZero keeps the host out; what is exact in it is exact in every mode.
            var host = new FloatEnvironment(0, 0);
            var ours = new FloatEnvironment(TowardZero, 0);
            ulong result = Arithmetic<DoublePrecision>.Divide(n, m, ref host);
            ulong below = Arithmetic<DoublePrecision>.Divide(n, m, ref ours);
            Assert.True(host.Status == ours.Status, $"{n:x} / {m:x}, seed {seed}");
            Assert.True(result - below <= 1, $"{n:x} / {m:x}, seed {seed}");
        }
    }

    private static ulong Near(Random random) =>
        (ulong)random.NextInt64() & 0x000F_FFF0_0000_0000 | (ulong)(1023 + random.Next(-20, 20)) << 52;
}
