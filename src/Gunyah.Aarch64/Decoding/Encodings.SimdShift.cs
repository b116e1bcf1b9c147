namespace Gunyah.Aarch64.Decoding;

internal static partial class Encodings
{
    /// <summary>Advanced SIMD with an immediate shift, or with one element of a register.</summary>
    private static EncodingRow[] SimdShiftAndElement =>
    [
        new("SSHR (vector)", "0 Q 0 011110 immh:4 immb:3 00000 1 Rn:5 Rd:5", Operation.SimdSshr, Feature.FloatingPoint)
        {
            Condition = IsShiftOfVector,
        },
        new("SSRA (vector)", "0 Q 0 011110 immh:4 immb:3 00010 1 Rn:5 Rd:5", Operation.SimdSsra, Feature.FloatingPoint)
        {
            Condition = IsShiftOfVector,
        },
        new("SRSHR (vector)", "0 Q 0 011110 immh:4 immb:3 00100 1 Rn:5 Rd:5", Operation.SimdSrshr, Feature.FloatingPoint)
        {
            Condition = IsShiftOfVector,
        },
        new("SRSRA (vector)", "0 Q 0 011110 immh:4 immb:3 00110 1 Rn:5 Rd:5", Operation.SimdSrsra, Feature.FloatingPoint)
        {
            Condition = IsShiftOfVector,
        },
        new("SHL (vector)", "0 Q 0 011110 immh:4 immb:3 01010 1 Rn:5 Rd:5", Operation.SimdShl, Feature.FloatingPoint)
        {
            Condition = IsShiftOfVector,
        },
        new(
            "SQSHL (vector, immediate)", "0 Q 0 011110 immh:4 immb:3 01110 1 Rn:5 Rd:5", Operation.SimdSqshlImmediate,
            Feature.FloatingPoint)
        {
            Condition = IsShiftOfVector,
        },
        new("SHRN, SHRN2", "0 Q 0 011110 immh:4 immb:3 10000 1 Rn:5 Rd:5", Operation.SimdShrn, Feature.FloatingPoint)
        {
            Condition = IsShiftOfHalf,
        },
        new("RSHRN, RSHRN2", "0 Q 0 011110 immh:4 immb:3 10001 1 Rn:5 Rd:5", Operation.SimdRshrn, Feature.FloatingPoint)
        {
            Condition = IsShiftOfHalf,
        },
        new("SQSHRN, SQSHRN2", "0 Q 0 011110 immh:4 immb:3 10010 1 Rn:5 Rd:5", Operation.SimdSqshrn, Feature.FloatingPoint)
        {
            Condition = IsShiftOfHalf,
        },
        new("SQRSHRN, SQRSHRN2", "0 Q 0 011110 immh:4 immb:3 10011 1 Rn:5 Rd:5", Operation.SimdSqrshrn, Feature.FloatingPoint)
        {
            Condition = IsShiftOfHalf,
        },
        new("SSHLL, SSHLL2", "0 Q 0 011110 immh:4 immb:3 10100 1 Rn:5 Rd:5", Operation.SimdSshll, Feature.FloatingPoint)
        {
            Condition = IsShiftOfHalf,
        },
        new("USHR (vector)", "0 Q 1 011110 immh:4 immb:3 00000 1 Rn:5 Rd:5", Operation.SimdUshr, Feature.FloatingPoint)
        {
            Condition = IsShiftOfVector,
        },
        new("USRA (vector)", "0 Q 1 011110 immh:4 immb:3 00010 1 Rn:5 Rd:5", Operation.SimdUsra, Feature.FloatingPoint)
        {
            Condition = IsShiftOfVector,
        },
        new("URSHR (vector)", "0 Q 1 011110 immh:4 immb:3 00100 1 Rn:5 Rd:5", Operation.SimdUrshr, Feature.FloatingPoint)
        {
            Condition = IsShiftOfVector,
        },
        new("URSRA (vector)", "0 Q 1 011110 immh:4 immb:3 00110 1 Rn:5 Rd:5", Operation.SimdUrsra, Feature.FloatingPoint)
        {
            Condition = IsShiftOfVector,
        },
        new("SRI (vector)", "0 Q 1 011110 immh:4 immb:3 01000 1 Rn:5 Rd:5", Operation.SimdSri, Feature.FloatingPoint)
        {
            Condition = IsShiftOfVector,
        },
        new("SLI (vector)", "0 Q 1 011110 immh:4 immb:3 01010 1 Rn:5 Rd:5", Operation.SimdSli, Feature.FloatingPoint)
        {
            Condition = IsShiftOfVector,
        },
        new(
            "SQSHLU (vector, immediate)", "0 Q 1 011110 immh:4 immb:3 01100 1 Rn:5 Rd:5", Operation.SimdSqshlu,
            Feature.FloatingPoint)
        {
            Condition = IsShiftOfVector,
        },
        new(
            "UQSHL (vector, immediate)", "0 Q 1 011110 immh:4 immb:3 01110 1 Rn:5 Rd:5", Operation.SimdUqshlImmediate,
            Feature.FloatingPoint)
        {
            Condition = IsShiftOfVector,
        },
        new("SQSHRUN, SQSHRUN2", "0 Q 1 011110 immh:4 immb:3 10000 1 Rn:5 Rd:5", Operation.SimdSqshrun, Feature.FloatingPoint)
        {
            Condition = IsShiftOfHalf,
        },
        new("SQRSHRUN, SQRSHRUN2", "0 Q 1 011110 immh:4 immb:3 10001 1 Rn:5 Rd:5", Operation.SimdSqrshrun, Feature.FloatingPoint)
        {
            Condition = IsShiftOfHalf,
        },
        new("UQSHRN, UQSHRN2", "0 Q 1 011110 immh:4 immb:3 10010 1 Rn:5 Rd:5", Operation.SimdUqshrn, Feature.FloatingPoint)
        {
            Condition = IsShiftOfHalf,
        },
        new("UQRSHRN, UQRSHRN2", "0 Q 1 011110 immh:4 immb:3 10011 1 Rn:5 Rd:5", Operation.SimdUqrshrn, Feature.FloatingPoint)
        {
            Condition = IsShiftOfHalf,
        },
        new("USHLL, USHLL2", "0 Q 1 011110 immh:4 immb:3 10100 1 Rn:5 Rd:5", Operation.SimdUshll, Feature.FloatingPoint)
        {
            Condition = IsShiftOfHalf,
        },
        new(
            "SMLAL, SMLAL2 (by element)", "0 Q 0 01111 size:2 L M Rm:4 0010 H 0 Rn:5 Rd:5", Operation.SimdSmlal,
            Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new(
            "SQDMLAL, SQDMLAL2 (by element)", "0 Q 0 01111 size:2 L M Rm:4 0011 H 0 Rn:5 Rd:5", Operation.SimdSqdmlal,
            Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new(
            "SMLSL, SMLSL2 (by element)", "0 Q 0 01111 size:2 L M Rm:4 0110 H 0 Rn:5 Rd:5", Operation.SimdSmlsl,
            Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new(
            "SQDMLSL, SQDMLSL2 (by element)", "0 Q 0 01111 size:2 L M Rm:4 0111 H 0 Rn:5 Rd:5", Operation.SimdSqdmlsl,
            Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new("MUL (by element)", "0 Q 0 01111 size:2 L M Rm:4 1000 H 0 Rn:5 Rd:5", Operation.SimdMul, Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new(
            "SMULL, SMULL2 (by element)", "0 Q 0 01111 size:2 L M Rm:4 1010 H 0 Rn:5 Rd:5", Operation.SimdSmull,
            Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new(
            "SQDMULL, SQDMULL2 (by element)", "0 Q 0 01111 size:2 L M Rm:4 1011 H 0 Rn:5 Rd:5", Operation.SimdSqdmull,
            Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new(
            "SQDMULH (by element)", "0 Q 0 01111 size:2 L M Rm:4 1100 H 0 Rn:5 Rd:5", Operation.SimdSqdmulh,
            Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new(
            "SQRDMULH (by element)", "0 Q 0 01111 size:2 L M Rm:4 1101 H 0 Rn:5 Rd:5", Operation.SimdSqrdmulh,
            Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new("MLA (by element)", "0 Q 1 01111 size:2 L M Rm:4 0000 H 0 Rn:5 Rd:5", Operation.SimdMla, Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new(
            "UMLAL, UMLAL2 (by element)", "0 Q 1 01111 size:2 L M Rm:4 0010 H 0 Rn:5 Rd:5", Operation.SimdUmlal,
            Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new("MLS (by element)", "0 Q 1 01111 size:2 L M Rm:4 0100 H 0 Rn:5 Rd:5", Operation.SimdMls, Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new(
            "UMLSL, UMLSL2 (by element)", "0 Q 1 01111 size:2 L M Rm:4 0110 H 0 Rn:5 Rd:5", Operation.SimdUmlsl,
            Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
        new(
            "UMULL, UMULL2 (by element)", "0 Q 1 01111 size:2 L M Rm:4 1010 H 0 Rn:5 Rd:5", Operation.SimdUmull,
            Feature.FloatingPoint)
        {
            Condition = IsHalfwordOrWord,
        },
    ];

    /// <summary>Without a width, that is with <c>immh</c> zero, the word is a modified immediate or nothing.</summary>
    private static bool HasShiftWidth(Word word) => word.Bits(19, 4) != 0;

    private static bool IsShiftOfVector(Word word) => HasShiftWidth(word) && (word.Q || !word.Bit(22));

    private static bool IsShiftOfHalf(Word word) => HasShiftWidth(word) && !word.Bit(22);

    private static bool IsShiftOfDoubleword(Word word) => word.Bit(22);
}
