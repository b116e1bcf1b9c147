namespace Gunyah.Aarch64.Decoding;

internal static partial class Encodings
{
    /// <summary>Floating point of vectors with three registers, and reductions.</summary>
    private static EncodingRow[] FloatingPointThree =>
    [
        new("FMAXNM (vector)", "0 Q 0 01110 0 sz 1 Rm:5 11000 1 Rn:5 Rd:5", Operation.Fmaxnm, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FMLA (vector)", "0 Q 0 01110 0 sz 1 Rm:5 11001 1 Rn:5 Rd:5", Operation.Fmla, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FADD (vector)", "0 Q 0 01110 0 sz 1 Rm:5 11010 1 Rn:5 Rd:5", Operation.Fadd, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FMULX (vector)", "0 Q 0 01110 0 sz 1 Rm:5 11011 1 Rn:5 Rd:5", Operation.Fmulx, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCMEQ (vector)", "0 Q 0 01110 0 sz 1 Rm:5 11100 1 Rn:5 Rd:5", Operation.Fcmeq, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FMAX (vector)", "0 Q 0 01110 0 sz 1 Rm:5 11110 1 Rn:5 Rd:5", Operation.Fmax, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FRECPS (vector)", "0 Q 0 01110 0 sz 1 Rm:5 11111 1 Rn:5 Rd:5", Operation.Frecps, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FMINNM (vector)", "0 Q 0 01110 1 sz 1 Rm:5 11000 1 Rn:5 Rd:5", Operation.Fminnm, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FMLS (vector)", "0 Q 0 01110 1 sz 1 Rm:5 11001 1 Rn:5 Rd:5", Operation.Fmls, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FSUB (vector)", "0 Q 0 01110 1 sz 1 Rm:5 11010 1 Rn:5 Rd:5", Operation.Fsub, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FMIN (vector)", "0 Q 0 01110 1 sz 1 Rm:5 11110 1 Rn:5 Rd:5", Operation.Fmin, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FRSQRTS (vector)", "0 Q 0 01110 1 sz 1 Rm:5 11111 1 Rn:5 Rd:5", Operation.Frsqrts, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FMAXNMP (vector)", "0 Q 1 01110 0 sz 1 Rm:5 11000 1 Rn:5 Rd:5", Operation.Fmaxnmp, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FADDP (vector)", "0 Q 1 01110 0 sz 1 Rm:5 11010 1 Rn:5 Rd:5", Operation.Faddp, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FMUL (vector)", "0 Q 1 01110 0 sz 1 Rm:5 11011 1 Rn:5 Rd:5", Operation.Fmul, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCMGE (vector)", "0 Q 1 01110 0 sz 1 Rm:5 11100 1 Rn:5 Rd:5", Operation.Fcmge, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FACGE (vector)", "0 Q 1 01110 0 sz 1 Rm:5 11101 1 Rn:5 Rd:5", Operation.Facge, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FMAXP (vector)", "0 Q 1 01110 0 sz 1 Rm:5 11110 1 Rn:5 Rd:5", Operation.Fmaxp, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FDIV (vector)", "0 Q 1 01110 0 sz 1 Rm:5 11111 1 Rn:5 Rd:5", Operation.Fdiv, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FMINNMP (vector)", "0 Q 1 01110 1 sz 1 Rm:5 11000 1 Rn:5 Rd:5", Operation.Fminnmp, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FABD (vector)", "0 Q 1 01110 1 sz 1 Rm:5 11010 1 Rn:5 Rd:5", Operation.Fabd, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FCMGT (vector)", "0 Q 1 01110 1 sz 1 Rm:5 11100 1 Rn:5 Rd:5", Operation.Fcmgt, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FACGT (vector)", "0 Q 1 01110 1 sz 1 Rm:5 11101 1 Rn:5 Rd:5", Operation.Facgt, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FMINP (vector)", "0 Q 1 01110 1 sz 1 Rm:5 11110 1 Rn:5 Rd:5", Operation.Fminp, Feature.FloatingPoint)
        {
            Condition = IsFloatVector,
        },
        new("FMULX (scalar)", "01 0 11110 0 sz 1 Rm:5 11011 1 Rn:5 Rd:5", Operation.Fmulx, Feature.FloatingPoint),
        new("FCMEQ (scalar)", "01 0 11110 0 sz 1 Rm:5 11100 1 Rn:5 Rd:5", Operation.Fcmeq, Feature.FloatingPoint),
        new("FRECPS (scalar)", "01 0 11110 0 sz 1 Rm:5 11111 1 Rn:5 Rd:5", Operation.Frecps, Feature.FloatingPoint),
        new("FRSQRTS (scalar)", "01 0 11110 1 sz 1 Rm:5 11111 1 Rn:5 Rd:5", Operation.Frsqrts, Feature.FloatingPoint),
        new("FCMGE (scalar)", "01 1 11110 0 sz 1 Rm:5 11100 1 Rn:5 Rd:5", Operation.Fcmge, Feature.FloatingPoint),
        new("FACGE (scalar)", "01 1 11110 0 sz 1 Rm:5 11101 1 Rn:5 Rd:5", Operation.Facge, Feature.FloatingPoint),
        new("FABD (scalar)", "01 1 11110 1 sz 1 Rm:5 11010 1 Rn:5 Rd:5", Operation.Fabd, Feature.FloatingPoint),
        new("FCMGT (scalar)", "01 1 11110 1 sz 1 Rm:5 11100 1 Rn:5 Rd:5", Operation.Fcmgt, Feature.FloatingPoint),
        new("FACGT (scalar)", "01 1 11110 1 sz 1 Rm:5 11101 1 Rn:5 Rd:5", Operation.Facgt, Feature.FloatingPoint),
        new("FMLA (by element)", "0 Q 0 01111 1 sz L M Rm:4 0001 H 0 Rn:5 Rd:5", Operation.Fmla, Feature.FloatingPoint)
        {
            Condition = static w => IsFloatElement(w) && IsFloatVector(w),
        },
        new("FMLS (by element)", "0 Q 0 01111 1 sz L M Rm:4 0101 H 0 Rn:5 Rd:5", Operation.Fmls, Feature.FloatingPoint)
        {
            Condition = static w => IsFloatElement(w) && IsFloatVector(w),
        },
        new("FMUL (by element)", "0 Q 0 01111 1 sz L M Rm:4 1001 H 0 Rn:5 Rd:5", Operation.Fmul, Feature.FloatingPoint)
        {
            Condition = static w => IsFloatElement(w) && IsFloatVector(w),
        },
        new("FMULX (by element)", "0 Q 1 01111 1 sz L M Rm:4 1001 H 0 Rn:5 Rd:5", Operation.Fmulx, Feature.FloatingPoint)
        {
            Condition = static w => IsFloatElement(w) && IsFloatVector(w),
        },
        new("FMLA (scalar, by element)", "01 0 11111 1 sz L M Rm:4 0001 H 0 Rn:5 Rd:5", Operation.Fmla, Feature.FloatingPoint)
        {
            Condition = IsFloatElement,
        },
        new("FMLS (scalar, by element)", "01 0 11111 1 sz L M Rm:4 0101 H 0 Rn:5 Rd:5", Operation.Fmls, Feature.FloatingPoint)
        {
            Condition = IsFloatElement,
        },
        new("FMUL (scalar, by element)", "01 0 11111 1 sz L M Rm:4 1001 H 0 Rn:5 Rd:5", Operation.Fmul, Feature.FloatingPoint)
        {
            Condition = IsFloatElement,
        },
        new("FMULX (scalar, by element)", "01 1 11111 1 sz L M Rm:4 1001 H 0 Rn:5 Rd:5", Operation.Fmulx, Feature.FloatingPoint)
        {
            Condition = IsFloatElement,
        },
        new("FMAXNMP (scalar)", "01 1 11110 0 sz 11000 01100 10 Rn:5 Rd:5", Operation.FmaxnmpScalar, Feature.FloatingPoint),
        new("FMINNMP (scalar)", "01 1 11110 1 sz 11000 01100 10 Rn:5 Rd:5", Operation.FminnmpScalar, Feature.FloatingPoint),
        new("FADDP (scalar)", "01 1 11110 0 sz 11000 01101 10 Rn:5 Rd:5", Operation.FaddpScalar, Feature.FloatingPoint),
        new("FMAXP (scalar)", "01 1 11110 0 sz 11000 01111 10 Rn:5 Rd:5", Operation.FmaxpScalar, Feature.FloatingPoint),
        new("FMINP (scalar)", "01 1 11110 1 sz 11000 01111 10 Rn:5 Rd:5", Operation.FminpScalar, Feature.FloatingPoint),
        new("FMAXNMV", "0 1 1 01110 0 0 11000 01100 10 Rn:5 Rd:5", Operation.Fmaxnmv, Feature.FloatingPoint),
        new("FMINNMV", "0 1 1 01110 1 0 11000 01100 10 Rn:5 Rd:5", Operation.Fminnmv, Feature.FloatingPoint),
        new("FMAXV", "0 1 1 01110 0 0 11000 01111 10 Rn:5 Rd:5", Operation.Fmaxv, Feature.FloatingPoint),
        new("FMINV", "0 1 1 01110 1 0 11000 01111 10 Rn:5 Rd:5", Operation.Fminv, Feature.FloatingPoint),
    ];

    /// <summary>A vector of 64 bits has no doubles.</summary>
    private static bool IsFloatVector(Word word) => word.Q || !word.Bit(22);

    /// <summary>The index of a double is one bit.</summary>
    private static bool IsFloatElement(Word word) => !word.Bit(22) || !word.Bit(21);
}
