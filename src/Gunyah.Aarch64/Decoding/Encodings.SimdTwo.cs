namespace Gunyah.Aarch64.Decoding;

internal static partial class Encodings
{
    /// <summary>Advanced SIMD with two registers, and across the lanes of one.</summary>
    private static EncodingRow[] SimdTwo =>
    [
        new("REV64 (vector)", "0 Q 0 01110 size:2 10000 00000 10 Rn:5 Rd:5", Operation.SimdRev64, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("REV16 (vector)", "0 Q 0 01110 size:2 10000 00001 10 Rn:5 Rd:5", Operation.SimdRev16, Feature.FloatingPoint)
        {
            Condition = IsByte,
        },
        new("SADDLP (vector)", "0 Q 0 01110 size:2 10000 00010 10 Rn:5 Rd:5", Operation.SimdSaddlp, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SUQADD (vector)", "0 Q 0 01110 size:2 10000 00011 10 Rn:5 Rd:5", Operation.SimdSuqadd, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("CLS (vector)", "0 Q 0 01110 size:2 10000 00100 10 Rn:5 Rd:5", Operation.SimdCls, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("CNT (vector)", "0 Q 0 01110 size:2 10000 00101 10 Rn:5 Rd:5", Operation.SimdCnt, Feature.FloatingPoint)
        {
            Condition = IsByte,
        },
        new("SADALP (vector)", "0 Q 0 01110 size:2 10000 00110 10 Rn:5 Rd:5", Operation.SimdSadalp, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SQABS (vector)", "0 Q 0 01110 size:2 10000 00111 10 Rn:5 Rd:5", Operation.SimdSqabs, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("CMGT (vector, zero)", "0 Q 0 01110 size:2 10000 01000 10 Rn:5 Rd:5", Operation.SimdCmgtZero, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("CMEQ (vector, zero)", "0 Q 0 01110 size:2 10000 01001 10 Rn:5 Rd:5", Operation.SimdCmeqZero, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("CMLT (vector, zero)", "0 Q 0 01110 size:2 10000 01010 10 Rn:5 Rd:5", Operation.SimdCmltZero, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("ABS (vector)", "0 Q 0 01110 size:2 10000 01011 10 Rn:5 Rd:5", Operation.SimdAbs, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("XTN, XTN2", "0 Q 0 01110 size:2 10000 10010 10 Rn:5 Rd:5", Operation.SimdXtn, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SQXTN, SQXTN2", "0 Q 0 01110 size:2 10000 10100 10 Rn:5 Rd:5", Operation.SimdSqxtn, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("REV32 (vector)", "0 Q 1 01110 size:2 10000 00000 10 Rn:5 Rd:5", Operation.SimdRev32, Feature.FloatingPoint)
        {
            Condition = IsByteOrHalfword,
        },
        new("UADDLP (vector)", "0 Q 1 01110 size:2 10000 00010 10 Rn:5 Rd:5", Operation.SimdUaddlp, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("USQADD (vector)", "0 Q 1 01110 size:2 10000 00011 10 Rn:5 Rd:5", Operation.SimdUsqadd, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("CLZ (vector)", "0 Q 1 01110 size:2 10000 00100 10 Rn:5 Rd:5", Operation.SimdClz, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("UADALP (vector)", "0 Q 1 01110 size:2 10000 00110 10 Rn:5 Rd:5", Operation.SimdUadalp, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SQNEG (vector)", "0 Q 1 01110 size:2 10000 00111 10 Rn:5 Rd:5", Operation.SimdSqneg, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("CMGE (vector, zero)", "0 Q 1 01110 size:2 10000 01000 10 Rn:5 Rd:5", Operation.SimdCmgeZero, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("CMLE (vector, zero)", "0 Q 1 01110 size:2 10000 01001 10 Rn:5 Rd:5", Operation.SimdCmleZero, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("NEG (vector)", "0 Q 1 01110 size:2 10000 01011 10 Rn:5 Rd:5", Operation.SimdNeg, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("SQXTUN, SQXTUN2", "0 Q 1 01110 size:2 10000 10010 10 Rn:5 Rd:5", Operation.SimdSqxtun, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SHLL, SHLL2", "0 Q 1 01110 size:2 10000 10011 10 Rn:5 Rd:5", Operation.SimdShll, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("UQXTN, UQXTN2", "0 Q 1 01110 size:2 10000 10100 10 Rn:5 Rd:5", Operation.SimdUqxtn, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("NOT", "0 Q 1 01110 00 10000 00101 10 Rn:5 Rd:5", Operation.SimdNot, Feature.FloatingPoint),
        new("RBIT (vector)", "0 Q 1 01110 01 10000 00101 10 Rn:5 Rd:5", Operation.SimdRbit, Feature.FloatingPoint),
        new("URECPE", "0 Q 0 01110 10 10000 11100 10 Rn:5 Rd:5", Operation.SimdUrecpe, Feature.FloatingPoint),
        new("URSQRTE", "0 Q 1 01110 10 10000 11100 10 Rn:5 Rd:5", Operation.SimdUrsqrte, Feature.FloatingPoint),
        new("SADDLV", "0 Q 0 01110 size:2 11000 00011 10 Rn:5 Rd:5", Operation.SimdSaddlv, Feature.FloatingPoint)
        {
            Condition = IsAcrossLanes,
        },
        new("SMAXV", "0 Q 0 01110 size:2 11000 01010 10 Rn:5 Rd:5", Operation.SimdSmaxv, Feature.FloatingPoint)
        {
            Condition = IsAcrossLanes,
        },
        new("SMINV", "0 Q 0 01110 size:2 11000 11010 10 Rn:5 Rd:5", Operation.SimdSminv, Feature.FloatingPoint)
        {
            Condition = IsAcrossLanes,
        },
        new("ADDV", "0 Q 0 01110 size:2 11000 11011 10 Rn:5 Rd:5", Operation.SimdAddv, Feature.FloatingPoint)
        {
            Condition = IsAcrossLanes,
        },
        new("UADDLV", "0 Q 1 01110 size:2 11000 00011 10 Rn:5 Rd:5", Operation.SimdUaddlv, Feature.FloatingPoint)
        {
            Condition = IsAcrossLanes,
        },
        new("UMAXV", "0 Q 1 01110 size:2 11000 01010 10 Rn:5 Rd:5", Operation.SimdUmaxv, Feature.FloatingPoint)
        {
            Condition = IsAcrossLanes,
        },
        new("UMINV", "0 Q 1 01110 size:2 11000 11010 10 Rn:5 Rd:5", Operation.SimdUminv, Feature.FloatingPoint)
        {
            Condition = IsAcrossLanes,
        },
    ];

    private static bool IsByteOrHalfword(Word word) => word.Bits(22, 2) < 2;

    /// <summary>Four lanes at least.</summary>
    private static bool IsAcrossLanes(Word word) => word.Bits(22, 2) < (word.Q ? 3 : 2);
}
