namespace Gunyah.Aarch64.Decoding;

internal static partial class Encodings
{
    /// <summary>Floating point that computes one number.</summary>
    private static EncodingRow[] FloatingPoint =>
    [
        new("FMOV (register)", "0 0 0 11110 ftype:2 1 000000 10000 Rn:5 Rd:5", Operation.FmovRegister, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FABS (scalar)", "0 0 0 11110 ftype:2 1 000001 10000 Rn:5 Rd:5", Operation.Fabs, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FNEG (scalar)", "0 0 0 11110 ftype:2 1 000010 10000 Rn:5 Rd:5", Operation.Fneg, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FSQRT (scalar)", "0 0 0 11110 ftype:2 1 000011 10000 Rn:5 Rd:5", Operation.Fsqrt, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FRINTN (scalar)", "0 0 0 11110 ftype:2 1 001000 10000 Rn:5 Rd:5", Operation.Frintn, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FRINTP (scalar)", "0 0 0 11110 ftype:2 1 001001 10000 Rn:5 Rd:5", Operation.Frintp, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FRINTM (scalar)", "0 0 0 11110 ftype:2 1 001010 10000 Rn:5 Rd:5", Operation.Frintm, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FRINTZ (scalar)", "0 0 0 11110 ftype:2 1 001011 10000 Rn:5 Rd:5", Operation.Frintz, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FRINTA (scalar)", "0 0 0 11110 ftype:2 1 001100 10000 Rn:5 Rd:5", Operation.Frinta, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FRINTX (scalar)", "0 0 0 11110 ftype:2 1 001110 10000 Rn:5 Rd:5", Operation.Frintx, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FRINTI (scalar)", "0 0 0 11110 ftype:2 1 001111 10000 Rn:5 Rd:5", Operation.Frinti, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FCVT", "0 0 0 11110 ftype:2 1 0001 opc:2 10000 Rn:5 Rd:5", Operation.Fcvt, Feature.FloatingPoint)
        {
            Condition = static w => w.Bits(22, 2) != 2 && w.Bits(15, 2) != 2 && w.Bits(22, 2) != w.Bits(15, 2),
        },
        new("FMUL (scalar)", "0 0 0 11110 ftype:2 1 Rm:5 0000 10 Rn:5 Rd:5", Operation.Fmul, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FDIV (scalar)", "0 0 0 11110 ftype:2 1 Rm:5 0001 10 Rn:5 Rd:5", Operation.Fdiv, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FADD (scalar)", "0 0 0 11110 ftype:2 1 Rm:5 0010 10 Rn:5 Rd:5", Operation.Fadd, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FSUB (scalar)", "0 0 0 11110 ftype:2 1 Rm:5 0011 10 Rn:5 Rd:5", Operation.Fsub, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FMAX (scalar)", "0 0 0 11110 ftype:2 1 Rm:5 0100 10 Rn:5 Rd:5", Operation.Fmax, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FMIN (scalar)", "0 0 0 11110 ftype:2 1 Rm:5 0101 10 Rn:5 Rd:5", Operation.Fmin, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FMAXNM (scalar)", "0 0 0 11110 ftype:2 1 Rm:5 0110 10 Rn:5 Rd:5", Operation.Fmaxnm, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FMINNM (scalar)", "0 0 0 11110 ftype:2 1 Rm:5 0111 10 Rn:5 Rd:5", Operation.Fminnm, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FNMUL (scalar)", "0 0 0 11110 ftype:2 1 Rm:5 1000 10 Rn:5 Rd:5", Operation.Fnmul, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FMADD", "0 0 0 11111 ftype:2 0 Rm:5 0 Ra:5 Rn:5 Rd:5", Operation.Fmadd, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FMSUB", "0 0 0 11111 ftype:2 0 Rm:5 1 Ra:5 Rn:5 Rd:5", Operation.Fmsub, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FNMADD", "0 0 0 11111 ftype:2 1 Rm:5 0 Ra:5 Rn:5 Rd:5", Operation.Fnmadd, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FNMSUB", "0 0 0 11111 ftype:2 1 Rm:5 1 Ra:5 Rn:5 Rd:5", Operation.Fnmsub, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FCMP, FCMPE", "0 0 0 11110 ftype:2 1 Rm:5 00 1000 Rn:5 op 0 000", Operation.Fcmp, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new(
            "FCMP, FCMPE (zero)", "0 0 0 11110 ftype:2 1 xxxxx 00 1000 Rn:5 op 1 000", Operation.FcmpWithZero,
            Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FCCMP, FCCMPE", "0 0 0 11110 ftype:2 1 Rm:5 cond:4 01 Rn:5 op nzcv:4", Operation.Fccmp, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new("FCSEL", "0 0 0 11110 ftype:2 1 Rm:5 cond:4 11 Rn:5 Rd:5", Operation.Fcsel, Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new(
            "FMOV (scalar, immediate)", "0 0 0 11110 ftype:2 1 imm8:8 100 00000 Rd:5", Operation.FmovImmediate,
            Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new(
            "FCVTNS (scalar)", "sf 0 0 11110 ftype:2 1 00 000 000000 Rn:5 Rd:5", Operation.ConvertToGeneral,
            Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new(
            "FCVTNU (scalar)", "sf 0 0 11110 ftype:2 1 00 001 000000 Rn:5 Rd:5", Operation.ConvertToGeneral,
            Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new(
            "FCVTAS (scalar)", "sf 0 0 11110 ftype:2 1 00 100 000000 Rn:5 Rd:5", Operation.ConvertToGeneral,
            Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new(
            "FCVTAU (scalar)", "sf 0 0 11110 ftype:2 1 00 101 000000 Rn:5 Rd:5", Operation.ConvertToGeneral,
            Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new(
            "FCVTPS (scalar)", "sf 0 0 11110 ftype:2 1 01 000 000000 Rn:5 Rd:5", Operation.ConvertToGeneral,
            Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new(
            "FCVTPU (scalar)", "sf 0 0 11110 ftype:2 1 01 001 000000 Rn:5 Rd:5", Operation.ConvertToGeneral,
            Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new(
            "FCVTMS (scalar)", "sf 0 0 11110 ftype:2 1 10 000 000000 Rn:5 Rd:5", Operation.ConvertToGeneral,
            Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new(
            "FCVTMU (scalar)", "sf 0 0 11110 ftype:2 1 10 001 000000 Rn:5 Rd:5", Operation.ConvertToGeneral,
            Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new(
            "FCVTZS (scalar, integer)", "sf 0 0 11110 ftype:2 1 11 000 000000 Rn:5 Rd:5", Operation.ConvertToGeneral,
            Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new(
            "FCVTZU (scalar, integer)", "sf 0 0 11110 ftype:2 1 11 001 000000 Rn:5 Rd:5", Operation.ConvertToGeneral,
            Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new(
            "SCVTF (scalar, integer)", "sf 0 0 11110 ftype:2 1 00 010 000000 Rn:5 Rd:5", Operation.ConvertFromGeneral,
            Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new(
            "UCVTF (scalar, integer)", "sf 0 0 11110 ftype:2 1 00 011 000000 Rn:5 Rd:5", Operation.ConvertFromGeneral,
            Feature.FloatingPoint)
        {
            Condition = IsSingleOrDouble,
        },
        new(
            "SCVTF (scalar, fixed-point)", "sf 0 0 11110 ftype:2 0 00 010 scale:6 Rn:5 Rd:5", Operation.ConvertFromGeneral,
            Feature.FloatingPoint)
        {
            Condition = static w => IsSingleOrDouble(w) && (w.Sf || w.Bit(15)),
        },
        new(
            "UCVTF (scalar, fixed-point)", "sf 0 0 11110 ftype:2 0 00 011 scale:6 Rn:5 Rd:5", Operation.ConvertFromGeneral,
            Feature.FloatingPoint)
        {
            Condition = static w => IsSingleOrDouble(w) && (w.Sf || w.Bit(15)),
        },
        new(
            "FCVTZS (scalar, fixed-point)", "sf 0 0 11110 ftype:2 0 11 000 scale:6 Rn:5 Rd:5", Operation.ConvertToGeneral,
            Feature.FloatingPoint)
        {
            Condition = static w => IsSingleOrDouble(w) && (w.Sf || w.Bit(15)),
        },
        new(
            "FCVTZU (scalar, fixed-point)", "sf 0 0 11110 ftype:2 0 11 001 scale:6 Rn:5 Rd:5", Operation.ConvertToGeneral,
            Feature.FloatingPoint)
        {
            Condition = static w => IsSingleOrDouble(w) && (w.Sf || w.Bit(15)),
        },
        new(
            "FMOV (single to general)", "0 0 0 11110 00 1 00 110 000000 Rn:5 Rd:5", Operation.FmovToGeneral,
            Feature.FloatingPoint),
        new(
            "FMOV (general to single)", "0 0 0 11110 00 1 00 111 000000 Rn:5 Rd:5", Operation.FmovFromGeneral,
            Feature.FloatingPoint),
        new(
            "FMOV (double to general)", "1 0 0 11110 01 1 00 110 000000 Rn:5 Rd:5", Operation.FmovToGeneral,
            Feature.FloatingPoint),
        new(
            "FMOV (general to double)", "1 0 0 11110 01 1 00 111 000000 Rn:5 Rd:5", Operation.FmovFromGeneral,
            Feature.FloatingPoint),
        new(
            "FMOV (top half to general)", "1 0 0 11110 10 1 01 110 000000 Rn:5 Rd:5", Operation.FmovToGeneral,
            Feature.FloatingPoint),
        new(
            "FMOV (general to top half)", "1 0 0 11110 10 1 01 111 000000 Rn:5 Rd:5", Operation.FmovFromGeneral,
            Feature.FloatingPoint),
    ];

    private static bool IsSingleOrDouble(Word word) => !word.Bit(23);
}
