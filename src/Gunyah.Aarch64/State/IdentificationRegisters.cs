namespace Gunyah.Aarch64.State;

/// <summary>What the core says of itself (Arm ARM DDI 0487, D19.2): all that it has, and nothing that it does not.</summary>
internal static class IdentificationRegisters
{
    /// <summary>The width of a physical address.</summary>
    public const int PhysicalBits = 36;

    /// <summary>The bytes of a cache line are 4 shifted left by this.</summary>
    public const int LineShift = 4;

    /// <summary>The bytes that DC ZVA clears.</summary>
    public const int ZeroedBlock = 2048;

    /// <summary>MIDR_EL1: no implementer, so no erratum of anybody's applies; a part number of our own.</summary>
    public const ulong Midr = 0x000F_0010;

    /// <summary>
    /// CTR_EL0: lines of 64 bytes, physically indexed and tagged; DIC and IDC 0, so software invalidates what it changed of code.
    /// </summary>
    public const ulong Ctr = 1ul << 31 | 4ul << 24 | 4ul << 20 | (ulong)LineShift << 16 | 3ul << 14 | LineShift;

    /// <summary>DCZID_EL0: log2 of words of <see cref="ZeroedBlock"/>.</summary>
    public const ulong Dczid = 9;

    /// <summary>CLIDR_EL1: no caches that software could clean by set and way.</summary>
    public const ulong Clidr = 0;

    /// <summary>ID_AA64PFR0_EL1: AArch64 at EL0 and EL1, FP and SIMD, GICv3 system registers, CSV2 and CSV3.</summary>
    public const ulong ProcessorFeatures0 = 0x11 | 1ul << 24 | 1ul << 56 | 1ul << 60;

    /// <summary>ID_AA64DFR0_EL1: Armv8 debug with two breakpoints and two watchpoints; no performance monitors.</summary>
    public const ulong DebugFeatures0 = 6 | 1ul << 12 | 1ul << 20 | 1ul << 28;

    /// <summary>ID_AA64ISAR0_EL1: AES with PMULL, SHA1, SHA256, CRC32, LSE.</summary>
    public const ulong InstructionSet0 = 2ul << 4 | 1ul << 8 | 1ul << 12 | 1ul << 16 | 2ul << 20;

    /// <summary>ID_AA64MMFR0_EL1: 36 bits, 16-bit ASIDs, no granule but 4 KiB.</summary>
    public const ulong MemoryModel0 = 1 | 2ul << 4 | 0ul << 20 | 15ul << 24 | 0ul << 28;

    /// <summary>ID_AA64MMFR1_EL1: PAN.</summary>
    public const ulong MemoryModel1 = 1ul << 20;
}
