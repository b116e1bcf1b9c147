using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.FloatingPoint;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Floating point, of scalars and of lanes alike: bit 22 says if they are doubles.</summary>
internal static unsafe class FloatTranslation
{
    /// <summary>Translates an instruction of floating point.</summary>
    /// <returns>False if it is none.</returns>
    public static bool TryTranslate(BlockBuilder block, Word word, Operation operation)
    {
        bool isDouble = word.Bit(22);
        int size = isDouble ? 3 : 2;
        Handler handler = isDouble ? Each<DoublePrecision>(operation) : Each<SinglePrecision>(operation);
        if (handler != null)
        {
            VectorTranslation.Emit(block, word, handler, size);
            return true;
        }

        handler = isDouble ? Pairwise<DoublePrecision>(operation) : Pairwise<SinglePrecision>(operation);
        if (handler != null)
        {
            ref Instruction i = ref VectorTranslation.Emit(block, word, handler, size);
            // The reductions have one result.
            if (operation is Operation.Fmaxv or Operation.Fminv or Operation.Fmaxnmv or Operation.Fminnmv)
                i.Extra = 1 << size;
            return true;
        }

        return TryCompare(block, word, operation, size) || TryTranslateScalar(block, word, operation, size)
            || FloatConversionTranslation.TryTranslate(block, word, operation, size);
    }

    private static Handler Each<TFormat>(Operation operation)
        where TFormat : struct, IFormat => operation switch
        {
            Operation.Fadd => &FloatHandlers.Each<FloatAdd, TFormat>,
            Operation.Fsub => &FloatHandlers.Each<FloatSubtract, TFormat>,
            Operation.Fmul => &FloatHandlers.Each<FloatMultiply, TFormat>,
            Operation.Fmulx => &FloatHandlers.Each<FloatMultiplyExtended, TFormat>,
            Operation.Fnmul => &FloatHandlers.Each<FloatMultiplyNegate, TFormat>,
            Operation.Fdiv => &FloatHandlers.Each<FloatDivide, TFormat>,
            Operation.Fmla => &FloatHandlers.Each<FloatMultiplyAdd, TFormat>,
            Operation.Fmls => &FloatHandlers.Each<FloatMultiplySubtract, TFormat>,
            Operation.Fabd => &FloatHandlers.Each<FloatDifference, TFormat>,
            Operation.Fsqrt => &FloatHandlers.Each<FloatSquareRoot, TFormat>,
            Operation.Fmax => &FloatHandlers.Each<FloatMaximum, TFormat>,
            Operation.Fmin => &FloatHandlers.Each<FloatMinimum, TFormat>,
            Operation.Fmaxnm => &FloatHandlers.Each<FloatMaximumNumber, TFormat>,
            Operation.Fminnm => &FloatHandlers.Each<FloatMinimumNumber, TFormat>,
            Operation.Fabs => &FloatHandlers.Each<FloatAbsolute, TFormat>,
            Operation.Fneg => &FloatHandlers.Each<FloatNegate, TFormat>,
            Operation.Frecpe => &FloatHandlers.Each<FloatReciprocal, TFormat>,
            Operation.Frsqrte => &FloatHandlers.Each<FloatReciprocalRoot, TFormat>,
            Operation.Frecpx => &FloatHandlers.Each<FloatReciprocalExponent, TFormat>,
            Operation.Frecps => &FloatHandlers.Each<FloatReciprocalStep, TFormat>,
            Operation.Frsqrts => &FloatHandlers.Each<FloatReciprocalRootStep, TFormat>,
            Operation.Fcmeq => &FloatHandlers.Each<FloatEqual, TFormat>,
            Operation.Fcmgt => &FloatHandlers.Each<FloatGreater, TFormat>,
            Operation.Fcmge => &FloatHandlers.Each<FloatGreaterOrEqual, TFormat>,
            Operation.Facgt => &FloatHandlers.Each<FloatAbsoluteGreater, TFormat>,
            Operation.Facge => &FloatHandlers.Each<FloatAbsoluteGreaterOrEqual, TFormat>,
            Operation.Frintn => &FloatHandlers.Each<FloatRoundNearest, TFormat>,
            Operation.Frinta => &FloatHandlers.Each<FloatRoundAway, TFormat>,
            Operation.Frintp => &FloatHandlers.Each<FloatRoundUp, TFormat>,
            Operation.Frintm => &FloatHandlers.Each<FloatRoundDown, TFormat>,
            Operation.Frintz => &FloatHandlers.Each<FloatRoundToZero, TFormat>,
            Operation.Frinti => &FloatHandlers.Each<FloatRound, TFormat>,
            Operation.Frintx => &FloatHandlers.Each<FloatRoundExact, TFormat>,
            _ => null,
        };

    private static Handler Pairwise<TFormat>(Operation operation)
        where TFormat : struct, IFormat => operation switch
        {
            Operation.Faddp => &FloatHandlers.Pairwise<FloatAdd, TFormat>,
            Operation.Fmaxp => &FloatHandlers.Pairwise<FloatMaximum, TFormat>,
            Operation.Fminp => &FloatHandlers.Pairwise<FloatMinimum, TFormat>,
            Operation.Fmaxnmp => &FloatHandlers.Pairwise<FloatMaximumNumber, TFormat>,
            Operation.Fminnmp => &FloatHandlers.Pairwise<FloatMinimumNumber, TFormat>,
            Operation.FaddpScalar => &FloatHandlers.Pair<FloatAdd, TFormat>,
            Operation.FmaxpScalar => &FloatHandlers.Pair<FloatMaximum, TFormat>,
            Operation.FminpScalar => &FloatHandlers.Pair<FloatMinimum, TFormat>,
            Operation.FmaxnmpScalar => &FloatHandlers.Pair<FloatMaximumNumber, TFormat>,
            Operation.FminnmpScalar => &FloatHandlers.Pair<FloatMinimumNumber, TFormat>,
            Operation.Fmaxv => &FloatHandlers.Across<FloatMaximum>,
            Operation.Fminv => &FloatHandlers.Across<FloatMinimum>,
            Operation.Fmaxnmv => &FloatHandlers.Across<FloatMaximumNumber>,
            Operation.Fminnmv => &FloatHandlers.Across<FloatMinimumNumber>,
            _ => null,
        };

    /// <summary>Comparisons with zero, of which the register of zeros is the second source, or the first.</summary>
    private static bool TryCompare(BlockBuilder block, Word word, Operation operation, int size)
    {
        bool isFirst = operation is Operation.FcmltZero or Operation.FcmleZero;
        Operation comparison = operation switch
        {
            Operation.FcmeqZero => Operation.Fcmeq,
            Operation.FcmgtZero or Operation.FcmltZero => Operation.Fcmgt,
            Operation.FcmgeZero or Operation.FcmleZero => Operation.Fcmge,
            _ => Operation.Undefined,
        };
        if (comparison == Operation.Undefined)
            return false;
        Handler handler = size == 3 ? Each<DoublePrecision>(comparison) : Each<SinglePrecision>(comparison);
        VectorTranslation.WithZero(block, word, handler, size, isFirst);
        return true;
    }

    private static bool TryTranslateScalar(BlockBuilder block, Word word, Operation operation, int size)
    {
        bool isDouble = size == 3;
        switch (operation)
        {
            case Operation.Fmadd:
            case Operation.Fmsub:
            case Operation.Fnmadd:
            case Operation.Fnmsub:
                ref Instruction sum = ref VectorTranslation.Emit(
                    block, word, isDouble
                    ? &FloatHandlers.MultiplyAdd<DoublePrecision> : &FloatHandlers.MultiplyAdd<SinglePrecision>, size);
                sum.Ra = (byte)word.Ra;
                // FMSUB and FNMADD negate the product, FNMADD and FNMSUB the addend.
                sum.Immediate = (word.Bit(15) != word.Bit(21) ? 1 : 0) | (word.Bit(21) ? 2 : 0);
                return true;
            case Operation.Fcmp:
            case Operation.FcmpWithZero:
                ref Instruction compare = ref VectorTranslation.Emit(
                    block, word, isDouble
                    ? &FloatHandlers.Compare<DoublePrecision> : &FloatHandlers.Compare<SinglePrecision>, size);
                compare.Ra = (byte)word.Bits(4, 1);
                if (operation == Operation.FcmpWithZero)
                    compare.Rm = VectorSlot.Zero;
                return true;
            case Operation.Fccmp:
                ref Instruction conditional = ref VectorTranslation.Emit(
                    block, word,
                    isDouble ? Conditions.Choose<FloatConditionalCompare<DoublePrecision>>(word.Bits(12, 4))
                    : Conditions.Choose<FloatConditionalCompare<SinglePrecision>>(word.Bits(12, 4)),
                    size);
                conditional.Ra = (byte)word.Bits(4, 1);
                conditional.Immediate = (long)word.Bits(0, 4) << 28;
                return true;
            case Operation.Fcsel:
                VectorTranslation.Emit(
                    block, word,
                    isDouble ? Conditions.Choose<FloatSelect<DoublePrecision>>(word.Bits(12, 4))
                    : Conditions.Choose<FloatSelect<SinglePrecision>>(word.Bits(12, 4)),
                    size);
                return true;
            case Operation.FmovRegister:
                VectorTranslation.WithZero(
                    block, word, VectorHandlerTable.Whole<Vectors.Or>(3, isUnsigned: true), size, isFirst: false);
                return true;
            case Operation.FmovImmediate:
                var packed = (uint)word.Bits(13, 8);
                VectorTranslation.Emit(block, word, &VectorCopyHandlers.MoveImmediate, size).Immediate =
                    isDouble ? (long)VectorImmediate.Double(packed) : VectorImmediate.Single(packed);
                return true;
            case Operation.FmovToGeneral:
                // A double and the top half of a register go to 64 bits, a single to 32.
                ref Instruction to = ref VectorTranslation.Emit(
                    block, word, word.Sf ? &VectorCopyHandlers.MoveDoubleword : &VectorCopyHandlers.MoveWord, size);
                to.Rd = Slot.Destination(word.Rd);
                to.Ra = (byte)word.Bits(23, 1);
                return true;
            case Operation.FmovFromGeneral:
                ref Instruction from = ref VectorTranslation.Emit(
                    block, word, word.Bit(23) ? &VectorCopyHandlers.InsertGeneral<ulong> : &VectorCopyHandlers.FromGeneral, size);
                from.Ra = 1;
                return true;
            default:
                return false;
        }
    }
}
