namespace Gunyah.Aarch64.Decoding;

internal static partial class Encodings
{
    /// <summary>Advanced SIMD with three registers: same widths, and different ones.</summary>
    private static EncodingRow[] SimdThree =>
    [
        new("SHADD (vector)", "0 Q 0 01110 size:2 1 Rm:5 00000 1 Rn:5 Rd:5", Operation.SimdShadd, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SQADD (vector)", "0 Q 0 01110 size:2 1 Rm:5 00001 1 Rn:5 Rd:5", Operation.SimdSqadd, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("SRHADD (vector)", "0 Q 0 01110 size:2 1 Rm:5 00010 1 Rn:5 Rd:5", Operation.SimdSrhadd, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SHSUB (vector)", "0 Q 0 01110 size:2 1 Rm:5 00100 1 Rn:5 Rd:5", Operation.SimdShsub, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SQSUB (vector)", "0 Q 0 01110 size:2 1 Rm:5 00101 1 Rn:5 Rd:5", Operation.SimdSqsub, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("CMGT (vector)", "0 Q 0 01110 size:2 1 Rm:5 00110 1 Rn:5 Rd:5", Operation.SimdCmgt, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("CMGE (vector)", "0 Q 0 01110 size:2 1 Rm:5 00111 1 Rn:5 Rd:5", Operation.SimdCmge, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("SSHL (vector)", "0 Q 0 01110 size:2 1 Rm:5 01000 1 Rn:5 Rd:5", Operation.SimdSshl, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("SQSHL (vector)", "0 Q 0 01110 size:2 1 Rm:5 01001 1 Rn:5 Rd:5", Operation.SimdSqshl, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("SRSHL (vector)", "0 Q 0 01110 size:2 1 Rm:5 01010 1 Rn:5 Rd:5", Operation.SimdSrshl, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("SQRSHL (vector)", "0 Q 0 01110 size:2 1 Rm:5 01011 1 Rn:5 Rd:5", Operation.SimdSqrshl, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("SMAX (vector)", "0 Q 0 01110 size:2 1 Rm:5 01100 1 Rn:5 Rd:5", Operation.SimdSmax, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SMIN (vector)", "0 Q 0 01110 size:2 1 Rm:5 01101 1 Rn:5 Rd:5", Operation.SimdSmin, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SABD (vector)", "0 Q 0 01110 size:2 1 Rm:5 01110 1 Rn:5 Rd:5", Operation.SimdSabd, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SABA (vector)", "0 Q 0 01110 size:2 1 Rm:5 01111 1 Rn:5 Rd:5", Operation.SimdSaba, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("ADD (vector)", "0 Q 0 01110 size:2 1 Rm:5 10000 1 Rn:5 Rd:5", Operation.SimdAdd, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("CMTST (vector)", "0 Q 0 01110 size:2 1 Rm:5 10001 1 Rn:5 Rd:5", Operation.SimdCmtst, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("MLA (vector)", "0 Q 0 01110 size:2 1 Rm:5 10010 1 Rn:5 Rd:5", Operation.SimdMla, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("MUL (vector)", "0 Q 0 01110 size:2 1 Rm:5 10011 1 Rn:5 Rd:5", Operation.SimdMul, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SMAXP (vector)", "0 Q 0 01110 size:2 1 Rm:5 10100 1 Rn:5 Rd:5", Operation.SimdSmaxp, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SMINP (vector)", "0 Q 0 01110 size:2 1 Rm:5 10101 1 Rn:5 Rd:5", Operation.SimdSminp, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SQDMULH (vector)", "0 Q 0 01110 size:2 1 Rm:5 10110 1 Rn:5 Rd:5", Operation.SimdSqdmulh, Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new("ADDP (vector)", "0 Q 0 01110 size:2 1 Rm:5 10111 1 Rn:5 Rd:5", Operation.SimdAddp, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("UHADD (vector)", "0 Q 1 01110 size:2 1 Rm:5 00000 1 Rn:5 Rd:5", Operation.SimdUhadd, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("UQADD (vector)", "0 Q 1 01110 size:2 1 Rm:5 00001 1 Rn:5 Rd:5", Operation.SimdUqadd, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("URHADD (vector)", "0 Q 1 01110 size:2 1 Rm:5 00010 1 Rn:5 Rd:5", Operation.SimdUrhadd, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("UHSUB (vector)", "0 Q 1 01110 size:2 1 Rm:5 00100 1 Rn:5 Rd:5", Operation.SimdUhsub, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("UQSUB (vector)", "0 Q 1 01110 size:2 1 Rm:5 00101 1 Rn:5 Rd:5", Operation.SimdUqsub, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("CMHI (vector)", "0 Q 1 01110 size:2 1 Rm:5 00110 1 Rn:5 Rd:5", Operation.SimdCmhi, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("CMHS (vector)", "0 Q 1 01110 size:2 1 Rm:5 00111 1 Rn:5 Rd:5", Operation.SimdCmhs, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("USHL (vector)", "0 Q 1 01110 size:2 1 Rm:5 01000 1 Rn:5 Rd:5", Operation.SimdUshl, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("UQSHL (vector)", "0 Q 1 01110 size:2 1 Rm:5 01001 1 Rn:5 Rd:5", Operation.SimdUqshl, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("URSHL (vector)", "0 Q 1 01110 size:2 1 Rm:5 01010 1 Rn:5 Rd:5", Operation.SimdUrshl, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("UQRSHL (vector)", "0 Q 1 01110 size:2 1 Rm:5 01011 1 Rn:5 Rd:5", Operation.SimdUqrshl, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("UMAX (vector)", "0 Q 1 01110 size:2 1 Rm:5 01100 1 Rn:5 Rd:5", Operation.SimdUmax, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("UMIN (vector)", "0 Q 1 01110 size:2 1 Rm:5 01101 1 Rn:5 Rd:5", Operation.SimdUmin, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("UABD (vector)", "0 Q 1 01110 size:2 1 Rm:5 01110 1 Rn:5 Rd:5", Operation.SimdUabd, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("UABA (vector)", "0 Q 1 01110 size:2 1 Rm:5 01111 1 Rn:5 Rd:5", Operation.SimdUaba, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SUB (vector)", "0 Q 1 01110 size:2 1 Rm:5 10000 1 Rn:5 Rd:5", Operation.SimdSub, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("CMEQ (vector)", "0 Q 1 01110 size:2 1 Rm:5 10001 1 Rn:5 Rd:5", Operation.SimdCmeq, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("MLS (vector)", "0 Q 1 01110 size:2 1 Rm:5 10010 1 Rn:5 Rd:5", Operation.SimdMls, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("PMUL (vector)", "0 Q 1 01110 size:2 1 Rm:5 10011 1 Rn:5 Rd:5", Operation.SimdPmul, Feature.FloatingPoint)
        {
            Condition = IsByte,
        },
        new("UMAXP (vector)", "0 Q 1 01110 size:2 1 Rm:5 10100 1 Rn:5 Rd:5", Operation.SimdUmaxp, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("UMINP (vector)", "0 Q 1 01110 size:2 1 Rm:5 10101 1 Rn:5 Rd:5", Operation.SimdUminp, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SQRDMULH (vector)", "0 Q 1 01110 size:2 1 Rm:5 10110 1 Rn:5 Rd:5", Operation.SimdSqrdmulh, Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new("AND (vector)", "0 Q 0 01110 00 1 Rm:5 00011 1 Rn:5 Rd:5", Operation.SimdAnd, Feature.FloatingPoint),
        new("BIC (vector)", "0 Q 0 01110 01 1 Rm:5 00011 1 Rn:5 Rd:5", Operation.SimdBic, Feature.FloatingPoint),
        new("ORR (vector)", "0 Q 0 01110 10 1 Rm:5 00011 1 Rn:5 Rd:5", Operation.SimdOrr, Feature.FloatingPoint),
        new("ORN (vector)", "0 Q 0 01110 11 1 Rm:5 00011 1 Rn:5 Rd:5", Operation.SimdOrn, Feature.FloatingPoint),
        new("EOR (vector)", "0 Q 1 01110 00 1 Rm:5 00011 1 Rn:5 Rd:5", Operation.SimdEor, Feature.FloatingPoint),
        new("BSL (vector)", "0 Q 1 01110 01 1 Rm:5 00011 1 Rn:5 Rd:5", Operation.SimdBsl, Feature.FloatingPoint),
        new("BIT (vector)", "0 Q 1 01110 10 1 Rm:5 00011 1 Rn:5 Rd:5", Operation.SimdBit, Feature.FloatingPoint),
        new("BIF (vector)", "0 Q 1 01110 11 1 Rm:5 00011 1 Rn:5 Rd:5", Operation.SimdBif, Feature.FloatingPoint),
        new("SADDL, SADDL2", "0 Q 0 01110 size:2 1 Rm:5 0000 00 Rn:5 Rd:5", Operation.SimdSaddl, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SADDW, SADDW2", "0 Q 0 01110 size:2 1 Rm:5 0001 00 Rn:5 Rd:5", Operation.SimdSaddw, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SSUBL, SSUBL2", "0 Q 0 01110 size:2 1 Rm:5 0010 00 Rn:5 Rd:5", Operation.SimdSsubl, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SSUBW, SSUBW2", "0 Q 0 01110 size:2 1 Rm:5 0011 00 Rn:5 Rd:5", Operation.SimdSsubw, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("ADDHN, ADDHN2", "0 Q 0 01110 size:2 1 Rm:5 0100 00 Rn:5 Rd:5", Operation.SimdAddhn, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SABAL, SABAL2", "0 Q 0 01110 size:2 1 Rm:5 0101 00 Rn:5 Rd:5", Operation.SimdSabal, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SUBHN, SUBHN2", "0 Q 0 01110 size:2 1 Rm:5 0110 00 Rn:5 Rd:5", Operation.SimdSubhn, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SABDL, SABDL2", "0 Q 0 01110 size:2 1 Rm:5 0111 00 Rn:5 Rd:5", Operation.SimdSabdl, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SMLAL, SMLAL2", "0 Q 0 01110 size:2 1 Rm:5 1000 00 Rn:5 Rd:5", Operation.SimdSmlal, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SQDMLAL, SQDMLAL2", "0 Q 0 01110 size:2 1 Rm:5 1001 00 Rn:5 Rd:5", Operation.SimdSqdmlal, Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new("SMLSL, SMLSL2", "0 Q 0 01110 size:2 1 Rm:5 1010 00 Rn:5 Rd:5", Operation.SimdSmlsl, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SQDMLSL, SQDMLSL2", "0 Q 0 01110 size:2 1 Rm:5 1011 00 Rn:5 Rd:5", Operation.SimdSqdmlsl, Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new("SMULL, SMULL2", "0 Q 0 01110 size:2 1 Rm:5 1100 00 Rn:5 Rd:5", Operation.SimdSmull, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("SQDMULL, SQDMULL2", "0 Q 0 01110 size:2 1 Rm:5 1101 00 Rn:5 Rd:5", Operation.SimdSqdmull, Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new("UADDL, UADDL2", "0 Q 1 01110 size:2 1 Rm:5 0000 00 Rn:5 Rd:5", Operation.SimdUaddl, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("UADDW, UADDW2", "0 Q 1 01110 size:2 1 Rm:5 0001 00 Rn:5 Rd:5", Operation.SimdUaddw, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("USUBL, USUBL2", "0 Q 1 01110 size:2 1 Rm:5 0010 00 Rn:5 Rd:5", Operation.SimdUsubl, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("USUBW, USUBW2", "0 Q 1 01110 size:2 1 Rm:5 0011 00 Rn:5 Rd:5", Operation.SimdUsubw, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("RADDHN, RADDHN2", "0 Q 1 01110 size:2 1 Rm:5 0100 00 Rn:5 Rd:5", Operation.SimdRaddhn, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("UABAL, UABAL2", "0 Q 1 01110 size:2 1 Rm:5 0101 00 Rn:5 Rd:5", Operation.SimdUabal, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("RSUBHN, RSUBHN2", "0 Q 1 01110 size:2 1 Rm:5 0110 00 Rn:5 Rd:5", Operation.SimdRsubhn, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("UABDL, UABDL2", "0 Q 1 01110 size:2 1 Rm:5 0111 00 Rn:5 Rd:5", Operation.SimdUabdl, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("UMLAL, UMLAL2", "0 Q 1 01110 size:2 1 Rm:5 1000 00 Rn:5 Rd:5", Operation.SimdUmlal, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("UMLSL, UMLSL2", "0 Q 1 01110 size:2 1 Rm:5 1010 00 Rn:5 Rd:5", Operation.SimdUmlsl, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("UMULL, UMULL2", "0 Q 1 01110 size:2 1 Rm:5 1100 00 Rn:5 Rd:5", Operation.SimdUmull, Feature.FloatingPoint)
        {
            Condition = IsBelowDoubleword,
        },
        new("PMULL, PMULL2 (bytes)", "0 Q 0 01110 00 1 Rm:5 1110 00 Rn:5 Rd:5", Operation.SimdPmull, Feature.FloatingPoint),
        new("PMULL, PMULL2 (doublewords)", "0 Q 0 01110 11 1 Rm:5 1110 00 Rn:5 Rd:5", Operation.SimdPmull, Feature.Aes),
    ];

    private static bool IsByte(Word word) => word.Bits(22, 2) == 0;

    private static bool IsHalfwordOrWord(Word word) => word.Bits(22, 2) is 1 or 2;

    private static bool IsDoubleword(Word word) => word.Bits(22, 2) == 3;

    private static bool IsBelowDoubleword(Word word) => word.Bits(22, 2) != 3;

    /// <summary>A vector of 64 bits has no doublewords: the scalar forms are for that.</summary>
    private static bool IsNotOneDoubleword(Word word) => word.Q || word.Bits(22, 2) != 3;
}
