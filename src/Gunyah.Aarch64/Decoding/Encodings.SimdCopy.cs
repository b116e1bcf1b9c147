namespace Gunyah.Aarch64.Decoding;

internal static partial class Encodings
{
    /// <summary>Advanced SIMD that moves elements: copies, immediates, permutations and tables.</summary>
    private static EncodingRow[] SimdCopyAndPermute =>
    [
        new("DUP (element, vector)", "0 Q 0 01110000 imm5:5 0 0000 1 Rn:5 Rd:5", Operation.SimdDupElement, Feature.FloatingPoint)
        {
            Condition = IsElementOfVector,
        },
        new("DUP (element, scalar)", "01 0 11110000 imm5:5 0 0000 1 Rn:5 Rd:5", Operation.SimdDupScalar, Feature.FloatingPoint)
        {
            Condition = IsElement,
        },
        new("DUP (general)", "0 Q 0 01110000 imm5:5 0 0001 1 Rn:5 Rd:5", Operation.SimdDupGeneral, Feature.FloatingPoint)
        {
            Condition = IsElementOfVector,
        },
        new("SMOV", "0 Q 0 01110000 imm5:5 0 0101 1 Rn:5 Rd:5", Operation.SimdSmov, Feature.FloatingPoint)
        {
            Condition = static w => w.Bits(16, 2) != 0 || (w.Q && w.Bit(18)),
        },
        new("UMOV", "0 Q 0 01110000 imm5:5 0 0111 1 Rn:5 Rd:5", Operation.SimdUmov, Feature.FloatingPoint)
        {
            Condition = static w => w.Q ? w.Bits(16, 4) == 8 : w.Bits(16, 3) != 0,
        },
        new("INS (general)", "0 1 0 01110000 imm5:5 0 0011 1 Rn:5 Rd:5", Operation.SimdInsGeneral, Feature.FloatingPoint)
        {
            Condition = IsElement,
        },
        new("INS (element)", "0 1 1 01110000 imm5:5 0 imm4:4 1 Rn:5 Rd:5", Operation.SimdInsElement, Feature.FloatingPoint)
        {
            Condition = IsElement,
        },
        new(
            "MOVI (32-bit shifted)", "0 Q 0 0111100000 abc:3 0 cmode:2 0 0 1 defgh:5 Rd:5", Operation.SimdMovi,
            Feature.FloatingPoint),
        new(
            "MOVI (16-bit shifted)", "0 Q 0 0111100000 abc:3 10 cmode 0 0 1 defgh:5 Rd:5", Operation.SimdMovi,
            Feature.FloatingPoint),
        new(
            "MOVI (32-bit shifting ones)", "0 Q 0 0111100000 abc:3 110 cmode 0 1 defgh:5 Rd:5", Operation.SimdMovi,
            Feature.FloatingPoint),
        new(
            "MVNI (32-bit shifted)", "0 Q 1 0111100000 abc:3 0 cmode:2 0 0 1 defgh:5 Rd:5", Operation.SimdMovi,
            Feature.FloatingPoint),
        new(
            "MVNI (16-bit shifted)", "0 Q 1 0111100000 abc:3 10 cmode 0 0 1 defgh:5 Rd:5", Operation.SimdMovi,
            Feature.FloatingPoint),
        new(
            "MVNI (32-bit shifting ones)", "0 Q 1 0111100000 abc:3 110 cmode 0 1 defgh:5 Rd:5", Operation.SimdMovi,
            Feature.FloatingPoint),
        new("MOVI (8-bit)", "0 Q 0 0111100000 abc:3 1110 0 1 defgh:5 Rd:5", Operation.SimdMovi, Feature.FloatingPoint),
        new("MOVI (64-bit)", "0 Q 1 0111100000 abc:3 1110 0 1 defgh:5 Rd:5", Operation.SimdMovi, Feature.FloatingPoint),
        new(
            "FMOV (vector, immediate, single)", "0 Q 0 0111100000 abc:3 1111 0 1 defgh:5 Rd:5", Operation.SimdMovi,
            Feature.FloatingPoint),
        new(
            "FMOV (vector, immediate, double)", "0 1 1 0111100000 abc:3 1111 0 1 defgh:5 Rd:5", Operation.SimdMovi,
            Feature.FloatingPoint),
        new(
            "ORR (vector, immediate, 32-bit)", "0 Q 0 0111100000 abc:3 0 cmode:2 1 0 1 defgh:5 Rd:5", Operation.SimdOrrImmediate,
            Feature.FloatingPoint),
        new(
            "ORR (vector, immediate, 16-bit)", "0 Q 0 0111100000 abc:3 10 cmode 1 0 1 defgh:5 Rd:5", Operation.SimdOrrImmediate,
            Feature.FloatingPoint),
        new(
            "BIC (vector, immediate, 32-bit)", "0 Q 1 0111100000 abc:3 0 cmode:2 1 0 1 defgh:5 Rd:5", Operation.SimdBicImmediate,
            Feature.FloatingPoint),
        new(
            "BIC (vector, immediate, 16-bit)", "0 Q 1 0111100000 abc:3 10 cmode 1 0 1 defgh:5 Rd:5", Operation.SimdBicImmediate,
            Feature.FloatingPoint),
        new("UZP1", "0 Q 001110 size:2 0 Rm:5 0 001 10 Rn:5 Rd:5", Operation.SimdUzp1, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("TRN1", "0 Q 001110 size:2 0 Rm:5 0 010 10 Rn:5 Rd:5", Operation.SimdTrn1, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("ZIP1", "0 Q 001110 size:2 0 Rm:5 0 011 10 Rn:5 Rd:5", Operation.SimdZip1, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("UZP2", "0 Q 001110 size:2 0 Rm:5 0 101 10 Rn:5 Rd:5", Operation.SimdUzp2, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("TRN2", "0 Q 001110 size:2 0 Rm:5 0 110 10 Rn:5 Rd:5", Operation.SimdTrn2, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("ZIP2", "0 Q 001110 size:2 0 Rm:5 0 111 10 Rn:5 Rd:5", Operation.SimdZip2, Feature.FloatingPoint)
        {
            Condition = IsNotOneDoubleword,
        },
        new("EXT", "0 Q 101110 00 0 Rm:5 0 imm4:4 0 Rn:5 Rd:5", Operation.SimdExt, Feature.FloatingPoint)
        {
            Condition = static w => w.Q || !w.Bit(14),
        },
        new("TBL", "0 Q 001110 00 0 Rm:5 0 len:2 0 00 Rn:5 Rd:5", Operation.SimdTbl, Feature.FloatingPoint),
        new("TBX", "0 Q 001110 00 0 Rm:5 0 len:2 1 00 Rn:5 Rd:5", Operation.SimdTbx, Feature.FloatingPoint),
    ];

    /// <summary>The lowest bit of <c>imm5</c> that is set says how wide an element is; one of the low four must be.</summary>
    private static bool IsElement(Word word) => word.Bits(16, 4) != 0;

    private static bool IsElementOfVector(Word word) => word.Bits(16, 3) != 0 || (word.Q && word.Bit(19));
}
