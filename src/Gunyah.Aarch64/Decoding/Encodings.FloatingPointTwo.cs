namespace Gunyah.Aarch64.Decoding;

internal static partial class Encodings
{
    /// <summary>Floating point of vectors with two registers.</summary>
    private static EncodingRow[] FloatingPointTwo =>
    [
        new("FRINTN (vector)", "0 Q 0 01110 0 sz 10000 11000 10 Rn:5 Rd:5", Operation.Frintn, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FRINTM (vector)", "0 Q 0 01110 0 sz 10000 11001 10 Rn:5 Rd:5", Operation.Frintm, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCVTNS (vector)", "0 Q 0 01110 0 sz 10000 11010 10 Rn:5 Rd:5", Operation.Fcvtns, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCVTMS (vector)", "0 Q 0 01110 0 sz 10000 11011 10 Rn:5 Rd:5", Operation.Fcvtms, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCVTAS (vector)", "0 Q 0 01110 0 sz 10000 11100 10 Rn:5 Rd:5", Operation.Fcvtas, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("SCVTF (vector)", "0 Q 0 01110 0 sz 10000 11101 10 Rn:5 Rd:5", Operation.Scvtf, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCMGT (vector, zero)", "0 Q 0 01110 1 sz 10000 01100 10 Rn:5 Rd:5", Operation.FcmgtZero, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCMEQ (vector, zero)", "0 Q 0 01110 1 sz 10000 01101 10 Rn:5 Rd:5", Operation.FcmeqZero, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCMLT (vector, zero)", "0 Q 0 01110 1 sz 10000 01110 10 Rn:5 Rd:5", Operation.FcmltZero, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FABS (vector)", "0 Q 0 01110 1 sz 10000 01111 10 Rn:5 Rd:5", Operation.Fabs, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FRINTP (vector)", "0 Q 0 01110 1 sz 10000 11000 10 Rn:5 Rd:5", Operation.Frintp, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FRINTZ (vector)", "0 Q 0 01110 1 sz 10000 11001 10 Rn:5 Rd:5", Operation.Frintz, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCVTPS (vector)", "0 Q 0 01110 1 sz 10000 11010 10 Rn:5 Rd:5", Operation.Fcvtps, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCVTZS (vector)", "0 Q 0 01110 1 sz 10000 11011 10 Rn:5 Rd:5", Operation.Fcvtzs, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FRECPE (vector)", "0 Q 0 01110 1 sz 10000 11101 10 Rn:5 Rd:5", Operation.Frecpe, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FRINTA (vector)", "0 Q 1 01110 0 sz 10000 11000 10 Rn:5 Rd:5", Operation.Frinta, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FRINTX (vector)", "0 Q 1 01110 0 sz 10000 11001 10 Rn:5 Rd:5", Operation.Frintx, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCVTNU (vector)", "0 Q 1 01110 0 sz 10000 11010 10 Rn:5 Rd:5", Operation.Fcvtnu, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCVTMU (vector)", "0 Q 1 01110 0 sz 10000 11011 10 Rn:5 Rd:5", Operation.Fcvtmu, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCVTAU (vector)", "0 Q 1 01110 0 sz 10000 11100 10 Rn:5 Rd:5", Operation.Fcvtau, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("UCVTF (vector)", "0 Q 1 01110 0 sz 10000 11101 10 Rn:5 Rd:5", Operation.Ucvtf, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCMGE (vector, zero)", "0 Q 1 01110 1 sz 10000 01100 10 Rn:5 Rd:5", Operation.FcmgeZero, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCMLE (vector, zero)", "0 Q 1 01110 1 sz 10000 01101 10 Rn:5 Rd:5", Operation.FcmleZero, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FNEG (vector)", "0 Q 1 01110 1 sz 10000 01111 10 Rn:5 Rd:5", Operation.Fneg, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FRINTI (vector)", "0 Q 1 01110 1 sz 10000 11001 10 Rn:5 Rd:5", Operation.Frinti, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCVTPU (vector)", "0 Q 1 01110 1 sz 10000 11010 10 Rn:5 Rd:5", Operation.Fcvtpu, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCVTZU (vector)", "0 Q 1 01110 1 sz 10000 11011 10 Rn:5 Rd:5", Operation.Fcvtzu, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FRSQRTE (vector)", "0 Q 1 01110 1 sz 10000 11101 10 Rn:5 Rd:5", Operation.Frsqrte, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FSQRT (vector)", "0 Q 1 01110 1 sz 10000 11111 10 Rn:5 Rd:5", Operation.Fsqrt, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCVTNS (vector, scalar)", "01 0 11110 0 sz 10000 11010 10 Rn:5 Rd:5", Operation.Fcvtns, Feature.FloatingPoint),
        new("FCVTMS (vector, scalar)", "01 0 11110 0 sz 10000 11011 10 Rn:5 Rd:5", Operation.Fcvtms, Feature.FloatingPoint),
        new("FCVTAS (vector, scalar)", "01 0 11110 0 sz 10000 11100 10 Rn:5 Rd:5", Operation.Fcvtas, Feature.FloatingPoint),
        new("SCVTF (vector, scalar)", "01 0 11110 0 sz 10000 11101 10 Rn:5 Rd:5", Operation.Scvtf, Feature.FloatingPoint),
        new("FCMGT (scalar, zero)", "01 0 11110 1 sz 10000 01100 10 Rn:5 Rd:5", Operation.FcmgtZero, Feature.FloatingPoint),
        new("FCMEQ (scalar, zero)", "01 0 11110 1 sz 10000 01101 10 Rn:5 Rd:5", Operation.FcmeqZero, Feature.FloatingPoint),
        new("FCMLT (scalar, zero)", "01 0 11110 1 sz 10000 01110 10 Rn:5 Rd:5", Operation.FcmltZero, Feature.FloatingPoint),
        new("FCVTPS (vector, scalar)", "01 0 11110 1 sz 10000 11010 10 Rn:5 Rd:5", Operation.Fcvtps, Feature.FloatingPoint),
        new("FCVTZS (vector, scalar)", "01 0 11110 1 sz 10000 11011 10 Rn:5 Rd:5", Operation.Fcvtzs, Feature.FloatingPoint),
        new("FRECPE (scalar)", "01 0 11110 1 sz 10000 11101 10 Rn:5 Rd:5", Operation.Frecpe, Feature.FloatingPoint),
        new("FCVTNU (vector, scalar)", "01 1 11110 0 sz 10000 11010 10 Rn:5 Rd:5", Operation.Fcvtnu, Feature.FloatingPoint),
        new("FCVTMU (vector, scalar)", "01 1 11110 0 sz 10000 11011 10 Rn:5 Rd:5", Operation.Fcvtmu, Feature.FloatingPoint),
        new("FCVTAU (vector, scalar)", "01 1 11110 0 sz 10000 11100 10 Rn:5 Rd:5", Operation.Fcvtau, Feature.FloatingPoint),
        new("UCVTF (vector, scalar)", "01 1 11110 0 sz 10000 11101 10 Rn:5 Rd:5", Operation.Ucvtf, Feature.FloatingPoint),
        new("FCMGE (scalar, zero)", "01 1 11110 1 sz 10000 01100 10 Rn:5 Rd:5", Operation.FcmgeZero, Feature.FloatingPoint),
        new("FCMLE (scalar, zero)", "01 1 11110 1 sz 10000 01101 10 Rn:5 Rd:5", Operation.FcmleZero, Feature.FloatingPoint),
        new("FCVTPU (vector, scalar)", "01 1 11110 1 sz 10000 11010 10 Rn:5 Rd:5", Operation.Fcvtpu, Feature.FloatingPoint),
        new("FCVTZU (vector, scalar)", "01 1 11110 1 sz 10000 11011 10 Rn:5 Rd:5", Operation.Fcvtzu, Feature.FloatingPoint),
        new("FRSQRTE (scalar)", "01 1 11110 1 sz 10000 11101 10 Rn:5 Rd:5", Operation.Frsqrte, Feature.FloatingPoint),
        new("FRECPX", "01 0 11110 1 sz 10000 11111 10 Rn:5 Rd:5", Operation.Frecpx, Feature.FloatingPoint),
        new("FCVTN, FCVTN2", "0 Q 0 01110 0 sz 10000 10110 10 Rn:5 Rd:5", Operation.Fcvtn, Feature.FloatingPoint),
        new("FCVTL, FCVTL2", "0 Q 0 01110 0 sz 10000 10111 10 Rn:5 Rd:5", Operation.Fcvtl, Feature.FloatingPoint),
        new("FCVTXN, FCVTXN2", "0 Q 1 01110 01 10000 10110 10 Rn:5 Rd:5", Operation.Fcvtxn, Feature.FloatingPoint),
        new("FCVTXN (scalar)", "01 1 11110 01 10000 10110 10 Rn:5 Rd:5", Operation.Fcvtxn, Feature.FloatingPoint),
        new(
            "SCVTF (vector, fixed-point)", "0 Q 0 011110 immh:4 immb:3 11100 1 Rn:5 Rd:5", Operation.ScvtfFixed,
            Feature.FloatingPoint)
        {
            Condition = static w => IsFixedPoint(w) && IsFloatVector(w),
        },
        new(
            "SCVTF (vector, scalar, fixed-point)", "01 0 111110 immh:4 immb:3 11100 1 Rn:5 Rd:5", Operation.ScvtfFixed,
            Feature.FloatingPoint)
        {
            Condition = IsFixedPoint,
        },
        new(
            "FCVTZS (vector, fixed-point)", "0 Q 0 011110 immh:4 immb:3 11111 1 Rn:5 Rd:5", Operation.FcvtzsFixed,
            Feature.FloatingPoint)
        {
            Condition = static w => IsFixedPoint(w) && IsFloatVector(w),
        },
        new(
            "FCVTZS (vector, scalar, fixed-point)", "01 0 111110 immh:4 immb:3 11111 1 Rn:5 Rd:5", Operation.FcvtzsFixed,
            Feature.FloatingPoint)
        {
            Condition = IsFixedPoint,
        },
        new(
            "UCVTF (vector, fixed-point)", "0 Q 1 011110 immh:4 immb:3 11100 1 Rn:5 Rd:5", Operation.UcvtfFixed,
            Feature.FloatingPoint)
        {
            Condition = static w => IsFixedPoint(w) && IsFloatVector(w),
        },
        new(
            "UCVTF (vector, scalar, fixed-point)", "01 1 111110 immh:4 immb:3 11100 1 Rn:5 Rd:5", Operation.UcvtfFixed,
            Feature.FloatingPoint)
        {
            Condition = IsFixedPoint,
        },
        new(
            "FCVTZU (vector, fixed-point)", "0 Q 1 011110 immh:4 immb:3 11111 1 Rn:5 Rd:5", Operation.FcvtzuFixed,
            Feature.FloatingPoint)
        {
            Condition = static w => IsFixedPoint(w) && IsFloatVector(w),
        },
        new(
            "FCVTZU (vector, scalar, fixed-point)", "01 1 111110 immh:4 immb:3 11111 1 Rn:5 Rd:5", Operation.FcvtzuFixed,
            Feature.FloatingPoint)
        {
            Condition = IsFixedPoint,
        },
    ];

    /// <summary>Of words and doublewords.</summary>
    private static bool IsFixedPoint(Word word) => word.Bits(21, 2) != 0;
}
