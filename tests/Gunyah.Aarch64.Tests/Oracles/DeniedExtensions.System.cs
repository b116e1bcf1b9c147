using Gunyah.Aarch64.Decoding;

namespace Gunyah.Aarch64.Tests.Oracles;

internal static partial class DeniedExtensions
{
    private static EncodingRow[] SystemSpace =>
    [
        // FEAT_FlagM, FEAT_FlagM2
        Denied("CFINV, XAFLAG, AXFLAG", "1101010100 0 00 000 0100 CRm:4 0 op2:2 11111", static w => w.Bits(5, 2) != 3),

        // FEAT_SSBS, FEAT_DIT, FEAT_MTE, FEAT_SME
        Denied("MSR SSBS, #imm", "1101010100 0 00 011 0100 CRm:4 001 11111"),
        Denied("MSR DIT, #imm", "1101010100 0 00 011 0100 CRm:4 010 11111"),
        Denied("MSR TCO, #imm", "1101010100 0 00 011 0100 CRm:4 100 11111"),
        Denied("SMSTART, SMSTOP", "1101010100 0 00 011 0100 0 mask:2 imm1 011 11111", static w => w.Bits(9, 2) != 0),
        Denied(
            "MRS, MSR SVCR, DIT, SSBS, TCO", "1101010100 L 11 011 0100 0010 op2:3 Rt:5",
            static w => w.Bits(5, 3) is 2 or 5 or 6 or 7),
        Denied("MRS, MSR TPIDR2_EL0", "1101010100 L 11 011 1101 0000 101 Rt:5"),

        // FEAT_MTE
        Denied("DC GVA, DC GZVA", "1101010100 0 01 011 0111 0100 op2:3 Rt:5", static w => w.Bits(5, 3) is 3 or 4),
        Denied("DC CGVAC, DC CGDVAC", "1101010100 0 01 011 0111 1010 op2:3 Rt:5", static w => w.Bits(5, 3) is 3 or 5),
        Denied("DC CGVAP, DC CGDVAP", "1101010100 0 01 011 0111 1100 op2:3 Rt:5", static w => w.Bits(5, 3) is 3 or 5),
        Denied("DC CGVADP, DC CGDVADP", "1101010100 0 01 011 0111 1101 op2:3 Rt:5", static w => w.Bits(5, 3) is 3 or 5),
        Denied("DC CIGVAC, DC CIGDVAC", "1101010100 0 01 011 0111 1110 op2:3 Rt:5", static w => w.Bits(5, 3) is 3 or 5),

        // FEAT_PMUv3
        Denied("MRS PMUSERENR_EL0", "1101010100 1 11 011 1001 1110 000 Rt:5"),

        // Of EL1; Linux answers for EL0, and QEMU as well.
        Denied("MRS of identification registers", "1101010100 1 11 000 0000 CRm:4 op2:3 Rt:5", static w => w.Bits(8, 4) < 8),

        // FEAT_RNG
        Denied("MRS RNDR, RNDRRS", "1101010100 1 11 011 0010 0100 00 op Rt:5"),
    ];
}
