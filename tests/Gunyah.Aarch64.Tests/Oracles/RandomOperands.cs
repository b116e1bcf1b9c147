namespace Gunyah.Aarch64.Tests.Oracles;

/// <summary>Registers full of what is near an edge: zeros, ones, NaNs, infinities, denormals, the ends of ranges.</summary>
internal static unsafe class RandomOperands
{
    private static readonly ulong[] _doubles =
    [
        0, 1, 2, 0x000F_FFFF_FFFF_FFFF, 0x0010_0000_0000_0000, 0x0010_0000_0000_0001, 0x3FF0_0000_0000_0000,
        0x3FE0_0000_0000_0000, 0x3FEF_FFFF_FFFF_FFFF, 0x3FF0_0000_0000_0001, 0x4000_0000_0000_0000, 0x4330_0000_0000_0000,
        0x43E0_0000_0000_0000, 0x41E0_0000_0000_0000, 0x41DF_FFFF_FFC0_0000, 0x43F0_0000_0000_0000, 0x7FE0_0000_0000_0000,
        0x7FEF_FFFF_FFFF_FFFF, 0x7FF0_0000_0000_0000, 0x7FF0_0000_0000_0001, 0x7FF4_0000_0000_0000, 0x7FF8_0000_0000_0000,
        0x7FFF_FFFF_FFFF_FFFF, 0x0008_0000_0000_0000, 0x3810_0000_0000_0000, 0x380F_FFFF_FFFF_FFFF, 0x36A0_0000_0000_0000,
        0x47EF_FFFF_E000_0000, 0x47EF_FFFF_F000_0000, 0x3F10_0000_0000_0000, 0x40EF_FFC0_0000_0000,
    ];

    private static readonly uint[] _singles =
    [
        0, 1, 2, 0x007F_FFFF, 0x0080_0000, 0x0080_0001, 0x3F80_0000, 0x3F00_0000, 0x3F7F_FFFF, 0x3F80_0001, 0x4000_0000,
        0x4B00_0000, 0x4F00_0000, 0x4EFF_FFFF, 0x4F80_0000, 0x5F00_0000, 0x5F80_0000, 0x7F00_0000, 0x7F7F_FFFF, 0x7F80_0000,
        0x7F80_0001, 0x7FA0_0000, 0x7FC0_0000, 0x7FFF_FFFF, 0x0040_0000, 0x3880_0000, 0x387F_FFFF, 0x3300_0000, 0x477F_E000,
        0x477F_F000, 0x7E80_0000, 0x0020_0000,
    ];

    private static readonly ushort[] _halves =
    [
        0, 1, 0x03FF, 0x0400, 0x3C00, 0x3BFF, 0x3C01, 0x7BFF, 0x7C00, 0x7C01, 0x7D00, 0x7E00, 0x7FFF, 0x0200,
    ];

    private static readonly byte[] _bytes = [0, 1, 0x7F, 0x80, 0x81, 0xFF, 0xFE, 2, 0x40];

    /// <summary>Fills everything but the program counter and SP.</summary>
    public static void Fill(ref RegisterFile registers, Random random)
    {
        for (int i = 0; i < 31; i++)
            registers.X[i] = random.Next(3) == 0 ? Word(random) : (ulong)random.NextInt64(long.MinValue, long.MaxValue);
        FillVectors(ref registers, random);
        registers.Nzcv = (uint)random.Next(16) << 28;
    }

    /// <summary>Fills the vector registers, FPCR and FPSR.</summary>
    public static void FillVectors(ref RegisterFile registers, Random random)
    {
        for (int i = 0; i < 64; i++)
            registers.V[i] = Word(random);
        registers.Fpcr = (uint)random.Next(32) << 22;
        // AHP is for few instructions; a third of the runs have nothing unusual at all.
        if (random.Next(3) == 0)
            registers.Fpcr = 0;
        if (random.Next(4) == 0)
            registers.Fpcr |= 1u << 26;
        registers.Fpsr = random.Next(4) switch { 0 => 0x10, 1 => 0x0800_009F, _ => 0 };
    }

    private static ulong Word(Random random)
    {
        var any = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
        switch (random.Next(9))
        {
            case 0:
                return any;
            case 1:
            case 2:
                return _doubles[random.Next(_doubles.Length)] ^ any & 1ul << 63;
            case 3:
                // About one: sums, products and differences of such have results of all kinds.
                return any & 0x800F_FFFF_FFFF_FFFF | (ulong)(1023 + random.Next(-60, 60)) << 52;
            case 4:
                // The edges of the exponents' range, and long runs of zeros or ones in the fraction.
                return any & 1ul << 63 | (ulong)(random.Next(2) == 0 ? random.Next(60) : 2046 - random.Next(60)) << 52
                    | (random.Next(2) == 0 ? (1ul << random.Next(52)) - 1 : 1ul << random.Next(52));
            case 5:
            case 6:
                return (ulong)Single(random) << 32 | Single(random);
            case 7:
                return (ulong)Half(random) << 48 | (ulong)Half(random) << 32 | (ulong)Half(random) << 16 | Half(random);
            default:
                ulong bytes = 0;
                for (int i = 0; i < 8; i++)
                    bytes = bytes << 8 | _bytes[random.Next(_bytes.Length)];
                return bytes;
        }
    }

    private static uint Single(Random random)
    {
        var any = (uint)random.NextInt64(1L << 32);
        return random.Next(4) switch
        {
            0 => any & 0x807F_FFFF | (uint)(127 + random.Next(-30, 30)) << 23,
            1 => any & 0x8000_0000 | (uint)(random.Next(2) == 0 ? random.Next(30) : 254 - random.Next(30)) << 23
                | (random.Next(2) == 0 ? (1u << random.Next(23)) - 1 : 1u << random.Next(23)),
            _ => _singles[random.Next(_singles.Length)] ^ any & 1u << 31,
        };
    }

    private static ushort Half(Random random)
    {
        var any = (ushort)random.Next(1 << 16);
        return random.Next(2) == 0 ? any : (ushort)(_halves[random.Next(_halves.Length)] ^ any & 0x8000);
    }
}
