using Gunyah.Aarch64.Decoding;

namespace Gunyah.Aarch64.Tests.Oracles;

internal static partial class DeniedExtensions
{
    private static EncodingRow[] Vectors =>
    [
        // FEAT_FP16, scalar
        Denied(
            "FMOV, FABS, FNEG, FSQRT, FRINTN, FRINTP, FRINTM, FRINTZ, FRINTA, FRINTX, FRINTI (half)",
            "0 0 0 11110 11 1 00 opcode:4 10000 Rn:5 Rd:5", static w => w.Bits(15, 4) is < 4 or (>= 8 and not 13)),
        Denied(
            "FMUL, FDIV, FADD, FSUB, FMAX, FMIN, FMAXNM, FMINNM, FNMUL (half)",
            "0 0 0 11110 11 1 Rm:5 opcode:4 10 Rn:5 Rd:5", static w => w.Bits(12, 4) < 9),
        Denied("FMADD, FMSUB, FNMADD, FNMSUB (half)", "0 0 0 11111 11 o1 Rm:5 o0 Ra:5 Rn:5 Rd:5"),
        Denied("FCMP, FCMPE (half)", "0 0 0 11110 11 1 Rm:5 00 1000 Rn:5 opc:2 000"),
        Denied("FCCMP, FCCMPE (half)", "0 0 0 11110 11 1 Rm:5 cond:4 01 Rn:5 op nzcv:4"),
        Denied("FCSEL (half)", "0 0 0 11110 11 1 Rm:5 cond:4 11 Rn:5 Rd:5"),
        Denied("FMOV (scalar, immediate, half)", "0 0 0 11110 11 1 imm8:8 100 00000 Rd:5"),
        Denied(
            "FCVTNS, FCVTNU, FCVTPS, FCVTPU, FCVTMS, FCVTMU, FCVTZS, FCVTZU (scalar, half)",
            "sf 0 0 11110 11 1 rmode:2 00 U 000000 Rn:5 Rd:5"),
        Denied("SCVTF, UCVTF, FCVTAS, FCVTAU, FMOV (scalar, half)", "sf 0 0 11110 11 1 00 opcode:3 000000 Rn:5 Rd:5"),
        Denied(
            "SCVTF, UCVTF, FCVTZS, FCVTZU (scalar, fixed-point, half)", "sf 0 0 11110 11 0 rmode:2 opcode:3 scale:6 Rn:5 Rd:5",
            static w => (w.Bits(16, 5) is 2 or 3 or 24 or 25) && (w.Sf || w.Bit(15))),

        // FEAT_FP16, vectors
        Denied(
            "FMAXNM, FMLA, FADD, FMULX, FCMEQ, FMAX, FRECPS, FMAXNMP, FADDP, FMUL and all of that group (half)",
            "0 Q U 01110 a 10 Rm:5 00 opcode:3 1 Rn:5 Rd:5"),
        Denied("FMULX, FCMEQ, FRECPS, FRSQRTS, FCMGE, FACGE, FABD, FCMGT, FACGT (scalar, half)",
            "01 U 11110 a 10 Rm:5 00 opcode:3 1 Rn:5 Rd:5"),
        Denied(
            "FRINTN, FCVTNS, SCVTF, FCMGT, FABS, FRECPE, FSQRT, FRSQRTE and all of that group (half)",
            "0 Q U 01110 a 111100 opcode:5 10 Rn:5 Rd:5", IsHalfVector),
        Denied(
            "FCVTNS, SCVTF, FCMGT, FRECPE, FRECPX, FRSQRTE and all of that group (scalar, half)",
            "01 U 11110 a 111100 opcode:5 10 Rn:5 Rd:5", IsHalfScalar),
        Unasked("nothing: a word of these groups that nobody has ends QEMU 7.2", "0 x x 01110 x 111100 xxxxx 10 xxxxx xxxxx"),
        Unasked("nothing: a word of these groups that nobody has ends QEMU 7.2", "01 x 11110 x 111100 xxxxx 10 xxxxx xxxxx"),
        Denied("FMLA, FMLS, FMUL, FMULX (by element, half)", "0 Q U 01111 00 L M Rm:4 opcode:2 01 H 0 Rn:5 Rd:5"),
        Denied("FMLA, FMLS, FMUL, FMULX (scalar, by element, half)", "01 U 11111 00 L M Rm:4 opcode:2 01 H 0 Rn:5 Rd:5"),
        Denied("FMAXNMP, FADDP, FMAXP, FMINNMP, FMINP (scalar, half)", "01 0 11110 o1 x 11000 opcode:5 10 Rn:5 Rd:5"),
        Denied("FMAXNMV, FMAXV, FMINNMV, FMINV (half)", "0 Q 0 01110 o1 x 11000 011 op 0 10 Rn:5 Rd:5"),
        Denied("FMAXNMV, FMAXV, FMINNMV, FMINV (half)", "0 Q 0 01110 o1 x 11000 01111 10 Rn:5 Rd:5"),
        Denied("SCVTF, UCVTF, FCVTZS, FCVTZU (vector, fixed-point, half)", "0 Q U 011110 001 immb:4 111 op 01 Rn:5 Rd:5"),
        Denied("SCVTF, UCVTF, FCVTZS, FCVTZU (vector, fixed-point, half)", "0 Q U 011110 001 immb:4 11111 1 Rn:5 Rd:5"),
        Denied("SCVTF, UCVTF, FCVTZS, FCVTZU (scalar, fixed-point, half)", "01 U 111110 001 immb:4 111 op 01 Rn:5 Rd:5"),
        Denied("SCVTF, UCVTF, FCVTZS, FCVTZU (scalar, fixed-point, half)", "01 U 111110 001 immb:4 11111 1 Rn:5 Rd:5"),
        Denied("FMOV (vector, immediate, half)", "0 Q x 0111100000 abc:3 1111 1 1 defgh:5 Rd:5"),

        // FEAT_FHM
        Denied("FMLAL, FMLSL", "0 Q 0 01110 S 0 1 Rm:5 11101 1 Rn:5 Rd:5"),
        Denied("FMLAL2, FMLSL2", "0 Q 1 01110 S 0 1 Rm:5 11001 1 Rn:5 Rd:5"),
        Denied("FMLAL, FMLSL (by element)", "0 Q 0 01111 10 L M Rm:4 0 S 00 H 0 Rn:5 Rd:5"),
        Denied("FMLAL2, FMLSL2 (by element)", "0 Q 1 01111 10 L M Rm:4 1 S 00 H 0 Rn:5 Rd:5"),

        // FEAT_RDM
        Denied("SQRDMLAH, SQRDMLSH", "0 Q 1 01110 size:2 0 Rm:5 1 000 S 1 Rn:5 Rd:5"),
        Denied("SQRDMLAH, SQRDMLSH (scalar)", "01 1 11110 size:2 0 Rm:5 1 000 S 1 Rn:5 Rd:5"),
        Denied("SQRDMLAH, SQRDMLSH (by element)", "0 Q 1 01111 size:2 L M Rm:4 11 S 1 H 0 Rn:5 Rd:5"),
        Denied("SQRDMLAH, SQRDMLSH (scalar, by element)", "01 1 11111 size:2 L M Rm:4 11 S 1 H 0 Rn:5 Rd:5"),

        // FEAT_DotProd, FEAT_I8MM, FEAT_BF16
        Denied("SDOT, UDOT", "0 Q U 01110 10 0 Rm:5 1 0010 1 Rn:5 Rd:5"),
        Denied("SDOT, UDOT (by element)", "0 Q U 01111 10 L M Rm:4 1110 H 0 Rn:5 Rd:5"),
        Denied("SMMLA, USMMLA, UMMLA", "0 1 U 01110 10 0 Rm:5 1 010 B 1 Rn:5 Rd:5"),
        Denied("USDOT", "0 Q 0 01110 10 0 Rm:5 1 0011 1 Rn:5 Rd:5"),
        Denied("USDOT, SUDOT, BFDOT, BFMLALB, BFMLALT (by element)", "0 Q 0 01111 size:2 L M Rm:4 1111 H 0 Rn:5 Rd:5"),
        Denied("BFDOT", "0 Q 1 01110 01 0 Rm:5 1 1111 1 Rn:5 Rd:5"),
        Denied("BFMMLA", "0 1 1 01110 01 0 Rm:5 1 1101 1 Rn:5 Rd:5"),
        Denied("BFMLALB, BFMLALT", "0 Q 1 01110 11 0 Rm:5 1 1111 1 Rn:5 Rd:5"),
        Denied("BFCVT", "0 0 0 11110 01 1 000110 10000 Rn:5 Rd:5"),
        Denied("BFCVTN, BFCVTN2", "0 Q 0 01110 10 10000 10110 10 Rn:5 Rd:5"),

        // FEAT_FCMA
        Denied("FCMLA", "0 Q 1 01110 size:2 0 Rm:5 1 10 rot:2 1 Rn:5 Rd:5"),
        Denied("FCADD", "0 Q 1 01110 size:2 0 Rm:5 1 11 rot 0 1 Rn:5 Rd:5"),
        Denied("FCMLA (by element)", "0 Q 1 01111 size:2 L M Rm:4 0 rot:2 1 H 0 Rn:5 Rd:5"),

        // FEAT_JSCVT, FEAT_FRINTTS
        Denied("FJCVTZS", "0 0 0 11110 01 1 11 110 000000 Rn:5 Rd:5"),
        Denied("FRINT32Z, FRINT32X, FRINT64Z, FRINT64X (scalar)", "0 0 0 11110 0 sz 1 0100 opc:2 10000 Rn:5 Rd:5"),
        Denied("FRINT32Z, FRINT32X, FRINT64Z, FRINT64X (vector)", "0 Q U 01110 0 sz 10000 1111 op 10 Rn:5 Rd:5"),

        // FEAT_SHA512, FEAT_SHA3, FEAT_SM3, FEAT_SM4
        Denied("SHA512H, SHA512H2, SHA512SU1, RAX1", "11001110 01 1 Rm:5 1 000 opc:2 Rn:5 Rd:5"),
        Denied("SM3PARTW1, SM3PARTW2, SM4EKEY", "11001110 01 1 Rm:5 1 100 opc:2 Rn:5 Rd:5", static w => w.Bits(10, 2) != 3),
        Denied("SM3TT1A, SM3TT1B, SM3TT2A, SM3TT2B", "11001110 01 0 Rm:5 10 imm2:2 opc:2 Rn:5 Rd:5"),
        Denied("EOR3, BCAX, SM3SS1", "11001110 0 op:2 Rm:5 0 Ra:5 Rn:5 Rd:5", static w => w.Bits(21, 2) != 3),
        Denied("XAR", "11001110 100 Rm:5 imm6:6 Rn:5 Rd:5"),
        Denied("SHA512SU0, SM4E", "11001110 110 00000 1000 0 op Rn:5 Rd:5"),
    ];

    /// <summary>What there is of vectors, by the fields a and opcode.</summary>
    private static bool IsHalfVector(Word word) => (word.Bit(23), word.Bits(12, 5)) switch
    {
        (false, >= 24 and <= 29) => true,
        (true, 12 or 13 or 15 or 25 or 26 or 27 or 29) => true,
        (true, 14 or 24) => !word.U,
        (true, 31) => word.U,
        _ => false,
    };

    /// <summary>The same of scalars.</summary>
    private static bool IsHalfScalar(Word word) => (word.Bit(23), word.Bits(12, 5)) switch
    {
        (false, >= 26 and <= 29) => true,
        (true, 12 or 13 or 26 or 27 or 29) => true,
        (true, 14 or 31) => !word.U,
        _ => false,
    };
}
