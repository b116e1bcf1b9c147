using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.State;
using Gunyah.Aarch64.Vectors;
using Table = Gunyah.Aarch64.Interpreting.VectorHandlerTable;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Advanced SIMD of integers, with two or three registers whose lanes have one width.</summary>
internal static unsafe class VectorTranslation
{
    /// <summary>Translates an instruction that computes in vector registers.</summary>
    /// <returns>False if it is none.</returns>
    public static bool TryTranslate(BlockBuilder block, Word word, Operation operation)
    {
        int size = word.Bits(22, 2);
        Handler handler = Whole(operation, size);
        if (handler == null)
            handler = Each(operation, size);
        if (handler == null)
            handler = Pairwise(operation, size);
        if (handler != null)
        {
            Emit(block, word, handler, size);
            return true;
        }

        return TryTranslateTwo(block, word, operation, size)
            || VectorWidthTranslation.TryTranslate(block, word, operation, size)
            || VectorShiftTranslation.TryTranslate(block, word, operation)
            || VectorCopyTranslation.TryTranslate(block, word, operation, size);
    }

    /// <summary>
    /// Emits a handler with its registers and the width of its result; of an instruction with one element of a register,
    /// behind what puts that into every lane.
    /// </summary>
    public static ref Instruction Emit(BlockBuilder block, Word word, Handler handler, int size)
    {
        block.CheckFloatingPoint();
        int m = word.Rm;
        if (IsByElement(word))
        {
            EmitElement(block, word, size);
            m = VectorSlot.Element;
        }

        ref Instruction i = ref block.Emit(handler);
        i.Rd = (byte)word.Rd;
        i.Rn = (byte)word.Rn;
        i.Rm = (byte)m;
        i.Extra = WidthOf(word, size);
        return ref i;
    }

    /// <summary>The bytes of a result: one lane of the scalar forms, or a register or half of one.</summary>
    public static int WidthOf(Word word, int size) => word.Bit(28) ? 1 << size : word.Q ? 16 : 8;

    /// <summary>True for the forms with one element of a register.</summary>
    public static bool IsByElement(Word word) =>
        word.Bits(24, 4) == 15 && !word.Bit(10) && !word.Bit(31) && word.Bits(28, 3) != 1;

    private static void EmitElement(BlockBuilder block, Word word, int size)
    {
        // H, L, M from the top are the index, as far as it goes; M is a part of the register's number where it does not.
        int h = word.Bits(11, 1);
        int l = word.Bits(21, 1);
        int m = word.Bits(20, 1);
        ref Instruction i = ref block.Emit(Table.Broadcast(size));
        i.Rd = VectorSlot.Element;
        i.Rn = (byte)(size == 1 ? word.Bits(16, 4) : word.Rm);
        i.Ra = (byte)(size switch { 1 => h << 2 | l << 1 | m, 2 => h << 1 | l, _ => h });
        i.Extra = VectorRegisters.Width;
    }

    private static Handler Whole(Operation operation, int size) => operation switch
    {
        Operation.SimdAdd => Table.Whole<Add>(size, isUnsigned: true),
        Operation.SimdSub => Table.Whole<Subtract>(size, isUnsigned: true),
        Operation.SimdMul => Table.Whole<Multiply>(size, isUnsigned: true),
        Operation.SimdMla => Table.Whole<MultiplyAdd>(size, isUnsigned: true),
        Operation.SimdMls => Table.Whole<MultiplySubtract>(size, isUnsigned: true),
        Operation.SimdShadd => Table.Whole<HalvingAdd>(size, isUnsigned: false),
        Operation.SimdUhadd => Table.Whole<HalvingAdd>(size, isUnsigned: true),
        Operation.SimdSrhadd => Table.Whole<RoundingHalvingAdd>(size, isUnsigned: false),
        Operation.SimdUrhadd => Table.Whole<RoundingHalvingAdd>(size, isUnsigned: true),
        Operation.SimdShsub => Table.Whole<HalvingSubtract>(size, isUnsigned: false),
        Operation.SimdUhsub => Table.Whole<HalvingSubtract>(size, isUnsigned: true),
        Operation.SimdSmax => Table.Whole<Max>(size, isUnsigned: false),
        Operation.SimdUmax => Table.Whole<Max>(size, isUnsigned: true),
        Operation.SimdSmin => Table.Whole<Min>(size, isUnsigned: false),
        Operation.SimdUmin => Table.Whole<Min>(size, isUnsigned: true),
        Operation.SimdSabd => Table.Whole<AbsoluteDifference>(size, isUnsigned: false),
        Operation.SimdUabd => Table.Whole<AbsoluteDifference>(size, isUnsigned: true),
        Operation.SimdSaba => Table.Whole<AbsoluteDifferenceAdd>(size, isUnsigned: false),
        Operation.SimdUaba => Table.Whole<AbsoluteDifferenceAdd>(size, isUnsigned: true),
        Operation.SimdCmeq => Table.Whole<CompareEqual>(size, isUnsigned: true),
        Operation.SimdCmgt => Table.Whole<CompareGreater>(size, isUnsigned: false),
        Operation.SimdCmhi => Table.Whole<CompareGreater>(size, isUnsigned: true),
        Operation.SimdCmge => Table.Whole<CompareGreaterOrEqual>(size, isUnsigned: false),
        Operation.SimdCmhs => Table.Whole<CompareGreaterOrEqual>(size, isUnsigned: true),
        Operation.SimdCmtst => Table.Whole<CompareTest>(size, isUnsigned: true),
        Operation.SimdAnd => Table.Whole<And>(3, isUnsigned: true),
        Operation.SimdBic => Table.Whole<AndNot>(3, isUnsigned: true),
        Operation.SimdOrr => Table.Whole<Or>(3, isUnsigned: true),
        Operation.SimdOrn => Table.Whole<OrNot>(3, isUnsigned: true),
        Operation.SimdEor => Table.Whole<ExclusiveOr>(3, isUnsigned: true),
        Operation.SimdNot => Table.Whole<Not>(3, isUnsigned: true),
        Operation.SimdBsl => Table.Whole<SelectByDestination>(3, isUnsigned: true),
        Operation.SimdBit => Table.Whole<InsertIfTrue>(3, isUnsigned: true),
        Operation.SimdBif => Table.Whole<InsertIfFalse>(3, isUnsigned: true),
        Operation.SimdAbs => Table.Whole<Absolute>(size, isUnsigned: false),
        _ => null,
    };

    private static Handler Each(Operation operation, int size) => operation switch
    {
        Operation.SimdSqadd => Table.Each<SaturatingAdd>(size, isUnsigned: false),
        Operation.SimdUqadd => Table.Each<SaturatingAdd>(size, isUnsigned: true),
        Operation.SimdSqsub => Table.Each<SaturatingSubtract>(size, isUnsigned: false),
        Operation.SimdUqsub => Table.Each<SaturatingSubtract>(size, isUnsigned: true),
        Operation.SimdSuqadd => Table.Each<SaturatingAddUnsigned>(size, isUnsigned: false),
        Operation.SimdUsqadd => Table.Each<SaturatingAddSigned>(size, isUnsigned: true),
        Operation.SimdSqabs => Table.Each<SaturatingAbsolute>(size, isUnsigned: false),
        Operation.SimdSqneg => Table.Each<SaturatingNegate>(size, isUnsigned: false),
        Operation.SimdSqdmulh => Table.Each<DoublingMultiplyHigh>(size, isUnsigned: false),
        Operation.SimdSqrdmulh => Table.Each<RoundingDoublingMultiplyHigh>(size, isUnsigned: false),
        Operation.SimdPmul => Table.Each<PolynomialMultiply>(size, isUnsigned: true),
        Operation.SimdSshl => Table.Each<ShiftByRegister>(size, isUnsigned: false),
        Operation.SimdUshl => Table.Each<ShiftByRegister>(size, isUnsigned: true),
        Operation.SimdSrshl => Table.Each<RoundingShiftByRegister>(size, isUnsigned: false),
        Operation.SimdUrshl => Table.Each<RoundingShiftByRegister>(size, isUnsigned: true),
        Operation.SimdSqshl => Table.Each<SaturatingShiftByRegister>(size, isUnsigned: false),
        Operation.SimdUqshl => Table.Each<SaturatingShiftByRegister>(size, isUnsigned: true),
        Operation.SimdSqrshl => Table.Each<SaturatingRoundingShiftByRegister>(size, isUnsigned: false),
        Operation.SimdUqrshl => Table.Each<SaturatingRoundingShiftByRegister>(size, isUnsigned: true),
        Operation.SimdCls => Table.Each<CountLeadingSigns>(size, isUnsigned: false),
        Operation.SimdClz => Table.Each<CountLeadingZeros>(size, isUnsigned: true),
        Operation.SimdCnt => Table.Each<CountOnes>(0, isUnsigned: true),
        Operation.SimdRbit => Table.Each<ReverseBits>(0, isUnsigned: true),
        Operation.SimdUrecpe => Table.Each<ReciprocalEstimate>(2, isUnsigned: true),
        Operation.SimdUrsqrte => Table.Each<ReciprocalRootEstimate>(2, isUnsigned: true),
        _ => null,
    };

    private static Handler Pairwise(Operation operation, int size) => operation switch
    {
        Operation.SimdAddp => Table.Pairwise<Add>(size, isUnsigned: true),
        Operation.SimdSmaxp => Table.Pairwise<Max>(size, isUnsigned: false),
        Operation.SimdUmaxp => Table.Pairwise<Max>(size, isUnsigned: true),
        Operation.SimdSminp => Table.Pairwise<Min>(size, isUnsigned: false),
        Operation.SimdUminp => Table.Pairwise<Min>(size, isUnsigned: true),
        Operation.SimdUzp1 => Table.UnzipEven(size),
        Operation.SimdUzp2 => Table.UnzipOdd(size),
        _ => null,
    };

    private static bool TryTranslateTwo(BlockBuilder block, Word word, Operation operation, int size)
    {
        switch (operation)
        {
            case Operation.SimdCmeqZero:
                WithZero(block, word, Table.Whole<CompareEqual>(size, isUnsigned: true), size, isFirst: false);
                return true;
            case Operation.SimdCmgtZero:
                WithZero(block, word, Table.Whole<CompareGreater>(size, isUnsigned: false), size, isFirst: false);
                return true;
            case Operation.SimdCmgeZero:
                WithZero(block, word, Table.Whole<CompareGreaterOrEqual>(size, isUnsigned: false), size, isFirst: false);
                return true;
            case Operation.SimdCmltZero:
                WithZero(block, word, Table.Whole<CompareGreater>(size, isUnsigned: false), size, isFirst: true);
                return true;
            case Operation.SimdCmleZero:
                WithZero(block, word, Table.Whole<CompareGreaterOrEqual>(size, isUnsigned: false), size, isFirst: true);
                return true;
            case Operation.SimdNeg:
                WithZero(block, word, Table.Whole<Subtract>(size, isUnsigned: true), size, isFirst: true);
                return true;
            case Operation.SimdRev16:
                Emit(block, word, Table.Reverse(size), size).Ra = 1;
                return true;
            case Operation.SimdRev32:
                Emit(block, word, Table.Reverse(size), size).Ra = (byte)((4 >> size) - 1);
                return true;
            case Operation.SimdRev64:
                Emit(block, word, Table.Reverse(size), size).Ra = (byte)((8 >> size) - 1);
                return true;
            case Operation.SimdAddpScalar:
                Emit(block, word, &VectorHandlers.Across<Add, ulong>, size).Rm = VectorRegisters.Width;
                return true;
            case Operation.SimdAddv:
                Across(block, word, Table.Across<Add>(size, isUnsigned: true), size);
                return true;
            case Operation.SimdSmaxv:
                Across(block, word, Table.Across<Max>(size, isUnsigned: false), size);
                return true;
            case Operation.SimdUmaxv:
                Across(block, word, Table.Across<Max>(size, isUnsigned: true), size);
                return true;
            case Operation.SimdSminv:
                Across(block, word, Table.Across<Min>(size, isUnsigned: false), size);
                return true;
            case Operation.SimdUminv:
                Across(block, word, Table.Across<Min>(size, isUnsigned: true), size);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Emits a handler whose second source is zero, or whose first is and the other the second.</summary>
    public static void WithZero(BlockBuilder block, Word word, Handler handler, int size, bool isFirst)
    {
        ref Instruction i = ref Emit(block, word, handler, size);
        i.Rm = isFirst ? i.Rn : (byte)VectorSlot.Zero;
        if (isFirst)
            i.Rn = VectorSlot.Zero;
    }

    private static void Across(BlockBuilder block, Word word, Handler handler, int size)
    {
        ref Instruction i = ref Emit(block, word, handler, size);
        i.Rm = (byte)(word.Q ? 16 : 8);
        i.Extra = 1 << size;
    }
}
