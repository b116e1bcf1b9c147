namespace Gunyah.Hypervisor.Tests.Interrupts;

/// <summary>What a register does, as a guest sees it (gunyah-abi.md 4.5.5).</summary>
internal enum GicRule
{
    /// <summary>It holds what is written, as far as <see cref="GicFact.ReadBack"/> says.</summary>
    Holds,

    /// <summary>Ones set the bits of <see cref="GicFact.ReadBack"/>, zeros do nothing.</summary>
    Sets,

    /// <summary>Ones clear the bits that the register 0x80 below sets, zeros do nothing.</summary>
    Clears,

    /// <summary>A write is ignored, and noted as one of a read-only register.</summary>
    ReadOnly,

    /// <summary>A write is ignored.</summary>
    IgnoresWrites,

    /// <summary>Reads 0, and notes the read of a write-only register.</summary>
    WriteOnly,

    /// <summary>Takes a write; reads 0, and notes the read of a reserved place.</summary>
    ReadsReserved,

    /// <summary>Reads 0; a write is noted as one of a reserved place, and faults.</summary>
    WritesFault,

    /// <summary>As a write-only register at reads, as a reserved place at writes.</summary>
    NeitherWay,

    /// <summary>GICD_STATUSR and GICR_STATUSR: ones clear what was noted.</summary>
    Status,
}

/// <summary>A register, or an array of them, as the facts and the GIC architecture have it.</summary>
/// <param name="Name">Its name in the GIC architecture.</param>
/// <param name="Offset">Where in its frame.</param>
/// <param name="Count">How many.</param>
/// <param name="Width">The size of one in bytes.</param>
/// <param name="Sizes">The sizes of access.</param>
/// <param name="Rule">What it does.</param>
/// <param name="Reset">What the one of an index reads after reset.</param>
/// <param name="ReadBack">What the one of an index reads after a value was written.</param>
internal sealed record GicFact(
    string Name, ulong Offset, int Count, int Width, int[] Sizes, GicRule Rule,
    Func<int, ulong> Reset, Func<int, ulong, ulong> ReadBack);

/// <summary>Every register of the frames of a controller with all its shared interrupts.</summary>
internal static class GicFacts
{
    private const ulong Identification = 0x4700_0070;
    private const ulong SoftwareEdges = 0xAAAA_AAAA;
    private static readonly int[] _word = [4];
    private static readonly int[] _byteOrWord = [1, 4];
    private static readonly int[] _halfOrWord = [2, 4];
    private static readonly int[] _wordOrDouble = [4, 8];

    public static IReadOnlyList<GicFact> Distributor { get; } =
    [
        Holds("GICD_CTLR", 0x0000, 1, _word, static _ => 0x50, static (_, value) => 0x50 | (value & 3)),
        ReadOnly("GICD_TYPER", 0x0004, 0x0349_001F),
        ReadOnly("GICD_IIDR", 0x0008, Identification),
        ReadOnly("GICD_TYPER2", 0x000C, 0),
        Fixed("GICD_STATUSR", 0x0010, 1, _word, GicRule.Status),
        Fixed("GICD_SETSPI_NSR", 0x0040, 1, _halfOrWord, GicRule.WriteOnly),
        Fixed("GICD_CLRSPI_NSR", 0x0048, 1, _halfOrWord, GicRule.WriteOnly),
        Fixed("GICD_SETSPI_SR", 0x0050, 1, _word, GicRule.WriteOnly),
        Fixed("GICD_CLRSPI_SR", 0x0058, 1, _word, GicRule.WriteOnly),
        Holds("GICD_IGROUPR", 0x0080, 32, _word, static _ => 0, static (index, value) => value & SharedBits(index)),
        .. Bits("GICD_I", "ENABLER", 0x0100, 32, SharedBits),
        .. Bits("GICD_I", "PENDR", 0x0200, 32, SharedBits),
        .. Bits("GICD_I", "ACTIVER", 0x0300, 32, SharedBits),
        Holds("GICD_IPRIORITYR", 0x0400, 256, _byteOrWord, static _ => 0,
            static (index, value) => index is < 8 or 255 ? 0 : value & 0xF8F8_F8F8),
        Fixed("GICD_ITARGETSR", 0x0800, 256, _byteOrWord, GicRule.IgnoresWrites),
        Holds("GICD_ICFGR", 0x0C00, 64, _word, static index => index == 0 ? SoftwareEdges : 0,
            static (index, value) => index switch
            {
                0 => SoftwareEdges,
                1 => 0,
                63 => value & 0x00AA_AAAA,
                _ => value & 0xAAAA_AAAA,
            }),
        Fixed("GICD_IGRPMODR", 0x0D00, 32, _word, GicRule.IgnoresWrites),
        Fixed("GICD_NSACR", 0x0E00, 64, _word, GicRule.IgnoresWrites),
        Fixed("GICD_SGIR", 0x0F00, 1, _word, GicRule.WriteOnly),
        Fixed("GICD_CPENDSGIR", 0x0F10, 4, _byteOrWord, GicRule.ReadsReserved),
        Fixed("GICD_SPENDSGIR", 0x0F20, 4, _byteOrWord, GicRule.ReadsReserved),
        Fixed("GICD_IROUTER", 0x6100, 992, _wordOrDouble, GicRule.ReadsReserved, width: 8),
        ReadOnly("GICD_PIDR2", 0xFFE8, 0x30),
    ];

    /// <summary>The first frame of the GICR of vCPU 0, of two.</summary>
    public static IReadOnlyList<GicFact> Redistributor { get; } =
    [
        Fixed("GICR_CTLR", 0x0000, 1, _word, GicRule.IgnoresWrites),
        ReadOnly("GICR_IIDR", 0x0004, Identification),
        Fixed("GICR_TYPER", 0x0008, 1, _wordOrDouble, GicRule.ReadOnly, width: 8),
        Fixed("GICR_STATUSR", 0x0010, 1, _word, GicRule.Status),
        // ChildrenAsleep follows ProcessorSleep.
        Holds("GICR_WAKER", 0x0014, 1, _word, static _ => 6, static (_, value) => (value & 2) != 0 ? 6u : 0),
        Fixed("GICR_SETLPIR", 0x0040, 1, _wordOrDouble, GicRule.WriteOnly, width: 8),
        Fixed("GICR_CLRLPIR", 0x0048, 1, _wordOrDouble, GicRule.WriteOnly, width: 8),
        Fixed("GICR_PROPBASER", 0x0070, 1, _wordOrDouble, GicRule.WritesFault, width: 8),
        Fixed("GICR_PENDBASER", 0x0078, 1, _wordOrDouble, GicRule.WritesFault, width: 8),
        Fixed("GICR_INVLPIR", 0x00A0, 1, _wordOrDouble, GicRule.NeitherWay, width: 8),
        Fixed("GICR_INVALLR", 0x00B0, 1, _wordOrDouble, GicRule.NeitherWay, width: 8),
        ReadOnly("GICR_SYNCR", 0x00C0, 0),
        ReadOnly("GICR_PIDR2", 0xFFE8, 0x30),
    ];

    /// <summary>The second frame of a GICR.</summary>
    public static IReadOnlyList<GicFact> PrivateInterrupts { get; } =
    [
        Holds("GICR_IGROUPR0", 0x0080, 1, _word, static _ => 0, static (_, value) => value),
        .. Bits("GICR_I", "ENABLER0", 0x0100, 1, static _ => uint.MaxValue),
        .. Bits("GICR_I", "PENDR0", 0x0200, 1, static _ => uint.MaxValue),
        .. Bits("GICR_I", "ACTIVER0", 0x0300, 1, static _ => uint.MaxValue),
        Holds("GICR_IPRIORITYR", 0x0400, 8, _byteOrWord, static _ => 0, static (_, value) => value & 0xF8F8_F8F8),
        Holds("GICR_ICFGR", 0x0C00, 2, _word, static index => index == 0 ? SoftwareEdges : 0,
            static (index, value) => index == 0 ? SoftwareEdges : value & 0xAAAA_AAAA),
        Fixed("GICR_IGRPMODR0", 0x0D00, 1, _word, GicRule.IgnoresWrites),
        Fixed("GICR_NSACR", 0x0E00, 1, _word, GicRule.IgnoresWrites),
    ];

    /// <summary>The interrupts of a word that a distributor changes: not the private ones, and none from 1020 on.</summary>
    private static ulong SharedBits(int index) => index switch
    {
        0 => 0,
        31 => 0x0FFF_FFFF,
        _ => 0xFFFF_FFFF,
    };

    private static GicFact Holds(
        string name, ulong offset, int count, int[] sizes, Func<int, ulong> reset, Func<int, ulong, ulong> readBack) =>
        new(name, offset, count, 4, sizes, GicRule.Holds, reset, readBack);

    private static GicFact ReadOnly(string name, ulong offset, ulong value) =>
        new(name, offset, 1, 4, _word, GicRule.ReadOnly, _ => value, (_, _) => value);

    /// <summary>A register that reads 0 whatever is written.</summary>
    private static GicFact Fixed(string name, ulong offset, int count, int[] sizes, GicRule rule, int width = 4) =>
        new(name, offset, count, width, sizes, rule, static _ => 0, static (_, _) => 0);

    /// <summary>The register that sets bits, and the one behind it that clears them.</summary>
    private static GicFact[] Bits(string prefix, string name, ulong offset, int count, Func<int, ulong> bits) =>
    [
        new($"{prefix}S{name}", offset, count, 4, _word, GicRule.Sets, static _ => 0,
            (index, value) => value & bits(index)),
        new($"{prefix}C{name}", offset + 0x80, count, 4, _word, GicRule.Clears, static _ => 0,
            (index, value) => value & bits(index)),
    ];
}
