namespace Gunyah.Aarch64.Decoding;

internal static partial class Encodings
{
    /// <summary>Advanced SIMD that computes one element.</summary>
    private static EncodingRow[] SimdScalar =>
    [
        new("SQADD (scalar)", "01 0 11110 size:2 1 Rm:5 00001 1 Rn:5 Rd:5", Operation.SimdSqadd, Feature.FloatingPoint),
        new("SQSUB (scalar)", "01 0 11110 size:2 1 Rm:5 00101 1 Rn:5 Rd:5", Operation.SimdSqsub, Feature.FloatingPoint),
        new("CMGT (scalar)", "01 0 11110 size:2 1 Rm:5 00110 1 Rn:5 Rd:5", Operation.SimdCmgt, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("CMGE (scalar)", "01 0 11110 size:2 1 Rm:5 00111 1 Rn:5 Rd:5", Operation.SimdCmge, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("SSHL (scalar)", "01 0 11110 size:2 1 Rm:5 01000 1 Rn:5 Rd:5", Operation.SimdSshl, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("SQSHL (scalar)", "01 0 11110 size:2 1 Rm:5 01001 1 Rn:5 Rd:5", Operation.SimdSqshl, Feature.FloatingPoint),
        new("SRSHL (scalar)", "01 0 11110 size:2 1 Rm:5 01010 1 Rn:5 Rd:5", Operation.SimdSrshl, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("SQRSHL (scalar)", "01 0 11110 size:2 1 Rm:5 01011 1 Rn:5 Rd:5", Operation.SimdSqrshl, Feature.FloatingPoint),
        new("ADD (scalar)", "01 0 11110 size:2 1 Rm:5 10000 1 Rn:5 Rd:5", Operation.SimdAdd, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("CMTST (scalar)", "01 0 11110 size:2 1 Rm:5 10001 1 Rn:5 Rd:5", Operation.SimdCmtst, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("SQDMULH (scalar)", "01 0 11110 size:2 1 Rm:5 10110 1 Rn:5 Rd:5", Operation.SimdSqdmulh, Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new("UQADD (scalar)", "01 1 11110 size:2 1 Rm:5 00001 1 Rn:5 Rd:5", Operation.SimdUqadd, Feature.FloatingPoint),
        new("UQSUB (scalar)", "01 1 11110 size:2 1 Rm:5 00101 1 Rn:5 Rd:5", Operation.SimdUqsub, Feature.FloatingPoint),
        new("CMHI (scalar)", "01 1 11110 size:2 1 Rm:5 00110 1 Rn:5 Rd:5", Operation.SimdCmhi, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("CMHS (scalar)", "01 1 11110 size:2 1 Rm:5 00111 1 Rn:5 Rd:5", Operation.SimdCmhs, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("USHL (scalar)", "01 1 11110 size:2 1 Rm:5 01000 1 Rn:5 Rd:5", Operation.SimdUshl, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("UQSHL (scalar)", "01 1 11110 size:2 1 Rm:5 01001 1 Rn:5 Rd:5", Operation.SimdUqshl, Feature.FloatingPoint),
        new("URSHL (scalar)", "01 1 11110 size:2 1 Rm:5 01010 1 Rn:5 Rd:5", Operation.SimdUrshl, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("UQRSHL (scalar)", "01 1 11110 size:2 1 Rm:5 01011 1 Rn:5 Rd:5", Operation.SimdUqrshl, Feature.FloatingPoint),
        new("SUB (scalar)", "01 1 11110 size:2 1 Rm:5 10000 1 Rn:5 Rd:5", Operation.SimdSub, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("CMEQ (scalar)", "01 1 11110 size:2 1 Rm:5 10001 1 Rn:5 Rd:5", Operation.SimdCmeq, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("SQRDMULH (scalar)", "01 1 11110 size:2 1 Rm:5 10110 1 Rn:5 Rd:5", Operation.SimdSqrdmulh, Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new("SUQADD (scalar)", "01 0 11110 size:2 10000 00011 10 Rn:5 Rd:5", Operation.SimdSuqadd, Feature.FloatingPoint),
        new("SQABS (scalar)", "01 0 11110 size:2 10000 00111 10 Rn:5 Rd:5", Operation.SimdSqabs, Feature.FloatingPoint),
        new("CMGT (scalar, zero)", "01 0 11110 size:2 10000 01000 10 Rn:5 Rd:5", Operation.SimdCmgtZero, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("CMEQ (scalar, zero)", "01 0 11110 size:2 10000 01001 10 Rn:5 Rd:5", Operation.SimdCmeqZero, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("CMLT (scalar, zero)", "01 0 11110 size:2 10000 01010 10 Rn:5 Rd:5", Operation.SimdCmltZero, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("ABS (scalar)", "01 0 11110 size:2 10000 01011 10 Rn:5 Rd:5", Operation.SimdAbs, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("SQXTN (scalar)", "01 0 11110 size:2 10000 10100 10 Rn:5 Rd:5", Operation.SimdSqxtn, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("USQADD (scalar)", "01 1 11110 size:2 10000 00011 10 Rn:5 Rd:5", Operation.SimdUsqadd, Feature.FloatingPoint),
        new("SQNEG (scalar)", "01 1 11110 size:2 10000 00111 10 Rn:5 Rd:5", Operation.SimdSqneg, Feature.FloatingPoint),
        new("CMGE (scalar, zero)", "01 1 11110 size:2 10000 01000 10 Rn:5 Rd:5", Operation.SimdCmgeZero, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("CMLE (scalar, zero)", "01 1 11110 size:2 10000 01001 10 Rn:5 Rd:5", Operation.SimdCmleZero, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("NEG (scalar)", "01 1 11110 size:2 10000 01011 10 Rn:5 Rd:5", Operation.SimdNeg, Feature.FloatingPoint)
        {
            Condition = IsDoubleword,
        },
        new("SQXTUN (scalar)", "01 1 11110 size:2 10000 10010 10 Rn:5 Rd:5", Operation.SimdSqxtun, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("UQXTN (scalar)", "01 1 11110 size:2 10000 10100 10 Rn:5 Rd:5", Operation.SimdUqxtn, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SQDMLAL (scalar)", "01 0 11110 size:2 1 Rm:5 1001 00 Rn:5 Rd:5", Operation.SimdSqdmlal, Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new("SQDMLSL (scalar)", "01 0 11110 size:2 1 Rm:5 1011 00 Rn:5 Rd:5", Operation.SimdSqdmlsl, Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new("SQDMULL (scalar)", "01 0 11110 size:2 1 Rm:5 1101 00 Rn:5 Rd:5", Operation.SimdSqdmull, Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new("ADDP (scalar)", "01 0 11110 11 11000 11011 10 Rn:5 Rd:5", Operation.SimdAddpScalar, Feature.FloatingPoint),
        new("SSHR (scalar)", "01 0 111110 immh:4 immb:3 00000 1 Rn:5 Rd:5", Operation.SimdSshr, Feature.FloatingPoint)
        {
            Condition = IsShiftOfDoubleword,
        },
        new("SSRA (scalar)", "01 0 111110 immh:4 immb:3 00010 1 Rn:5 Rd:5", Operation.SimdSsra, Feature.FloatingPoint)
        {
            Condition = IsShiftOfDoubleword,
        },
        new("SRSHR (scalar)", "01 0 111110 immh:4 immb:3 00100 1 Rn:5 Rd:5", Operation.SimdSrshr, Feature.FloatingPoint)
        {
            Condition = IsShiftOfDoubleword,
        },
        new("SRSRA (scalar)", "01 0 111110 immh:4 immb:3 00110 1 Rn:5 Rd:5", Operation.SimdSrsra, Feature.FloatingPoint)
        {
            Condition = IsShiftOfDoubleword,
        },
        new("SHL (scalar)", "01 0 111110 immh:4 immb:3 01010 1 Rn:5 Rd:5", Operation.SimdShl, Feature.FloatingPoint)
        {
            Condition = IsShiftOfDoubleword,
        },
        new(
            "SQSHL (scalar, immediate)", "01 0 111110 immh:4 immb:3 01110 1 Rn:5 Rd:5", Operation.SimdSqshlImmediate,
            Feature.FloatingPoint)
        {
            Condition = HasShiftWidth,
        },
        new("SQSHRN (scalar)", "01 0 111110 immh:4 immb:3 10010 1 Rn:5 Rd:5", Operation.SimdSqshrn, Feature.FloatingPoint)
        {
            Condition = IsShiftOfHalf,
        },
        new("SQRSHRN (scalar)", "01 0 111110 immh:4 immb:3 10011 1 Rn:5 Rd:5", Operation.SimdSqrshrn, Feature.FloatingPoint)
        {
            Condition = IsShiftOfHalf,
        },
        new("USHR (scalar)", "01 1 111110 immh:4 immb:3 00000 1 Rn:5 Rd:5", Operation.SimdUshr, Feature.FloatingPoint)
        {
            Condition = IsShiftOfDoubleword,
        },
        new("USRA (scalar)", "01 1 111110 immh:4 immb:3 00010 1 Rn:5 Rd:5", Operation.SimdUsra, Feature.FloatingPoint)
        {
            Condition = IsShiftOfDoubleword,
        },
        new("URSHR (scalar)", "01 1 111110 immh:4 immb:3 00100 1 Rn:5 Rd:5", Operation.SimdUrshr, Feature.FloatingPoint)
        {
            Condition = IsShiftOfDoubleword,
        },
        new("URSRA (scalar)", "01 1 111110 immh:4 immb:3 00110 1 Rn:5 Rd:5", Operation.SimdUrsra, Feature.FloatingPoint)
        {
            Condition = IsShiftOfDoubleword,
        },
        new("SRI (scalar)", "01 1 111110 immh:4 immb:3 01000 1 Rn:5 Rd:5", Operation.SimdSri, Feature.FloatingPoint)
        {
            Condition = IsShiftOfDoubleword,
        },
        new("SLI (scalar)", "01 1 111110 immh:4 immb:3 01010 1 Rn:5 Rd:5", Operation.SimdSli, Feature.FloatingPoint)
        {
            Condition = IsShiftOfDoubleword,
        },
        new(
            "SQSHLU (scalar, immediate)", "01 1 111110 immh:4 immb:3 01100 1 Rn:5 Rd:5", Operation.SimdSqshlu,
            Feature.FloatingPoint)
        {
            Condition = HasShiftWidth,
        },
        new(
            "UQSHL (scalar, immediate)", "01 1 111110 immh:4 immb:3 01110 1 Rn:5 Rd:5", Operation.SimdUqshlImmediate,
            Feature.FloatingPoint)
        {
            Condition = HasShiftWidth,
        },
        new("SQSHRUN (scalar)", "01 1 111110 immh:4 immb:3 10000 1 Rn:5 Rd:5", Operation.SimdSqshrun, Feature.FloatingPoint)
        {
            Condition = IsShiftOfHalf,
        },
        new("SQRSHRUN (scalar)", "01 1 111110 immh:4 immb:3 10001 1 Rn:5 Rd:5", Operation.SimdSqrshrun, Feature.FloatingPoint)
        {
            Condition = IsShiftOfHalf,
        },
        new("UQSHRN (scalar)", "01 1 111110 immh:4 immb:3 10010 1 Rn:5 Rd:5", Operation.SimdUqshrn, Feature.FloatingPoint)
        {
            Condition = IsShiftOfHalf,
        },
        new("UQRSHRN (scalar)", "01 1 111110 immh:4 immb:3 10011 1 Rn:5 Rd:5", Operation.SimdUqrshrn, Feature.FloatingPoint)
        {
            Condition = IsShiftOfHalf,
        },
        new(
            "SQDMLAL (scalar, by element)", "01 0 11111 size:2 L M Rm:4 0011 H 0 Rn:5 Rd:5", Operation.SimdSqdmlal,
            Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new(
            "SQDMLSL (scalar, by element)", "01 0 11111 size:2 L M Rm:4 0111 H 0 Rn:5 Rd:5", Operation.SimdSqdmlsl,
            Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new(
            "SQDMULL (scalar, by element)", "01 0 11111 size:2 L M Rm:4 1011 H 0 Rn:5 Rd:5", Operation.SimdSqdmull,
            Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new(
            "SQDMULH (scalar, by element)", "01 0 11111 size:2 L M Rm:4 1100 H 0 Rn:5 Rd:5", Operation.SimdSqdmulh,
            Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new(
            "SQRDMULH (scalar, by element)", "01 0 11111 size:2 L M Rm:4 1101 H 0 Rn:5 Rd:5", Operation.SimdSqrdmulh,
            Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
    ];
}
