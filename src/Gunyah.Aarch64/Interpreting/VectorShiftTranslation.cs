using System.Numerics;
using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.Vectors;
using Table = Gunyah.Aarch64.Interpreting.VectorHandlerTable;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Advanced SIMD with an immediate shift: the highest bit of its field is the width of the lanes.</summary>
internal static unsafe class VectorShiftTranslation
{
    /// <summary>Translates a shift by an immediate.</summary>
    /// <returns>False if it is none.</returns>
    public static bool TryTranslate(BlockBuilder block, Word word, Operation operation)
    {
        int field = word.Bits(16, 7);
        int size = BitOperations.Log2((uint)field | 1) - 3;
        int left = field - (8 << size);
        int right = (16 << size) - field;
        bool isUnsigned = word.U;
        switch (operation)
        {
            case Operation.SimdSshr:
            case Operation.SimdUshr:
                if (isUnsigned && right == 8 << size)
                    VectorTranslation.Emit(block, word, Table.Each<ShiftRight>(size, isUnsigned), size).Ra = (byte)right;
                else
                    VectorTranslation.Emit(block, word, Table.ShiftRight(size, isUnsigned), size).Ra =
                        (byte)Math.Min(right, (8 << size) - 1);
                return true;
            case Operation.SimdSsra:
            case Operation.SimdUsra:
                VectorTranslation.Emit(block, word, Table.Each<ShiftRightAdd>(size, isUnsigned), size).Ra = (byte)right;
                return true;
            case Operation.SimdSrshr:
            case Operation.SimdUrshr:
                VectorTranslation.Emit(block, word, Table.Each<RoundingShiftRight>(size, isUnsigned), size).Ra = (byte)right;
                return true;
            case Operation.SimdSrsra:
            case Operation.SimdUrsra:
                VectorTranslation.Emit(block, word, Table.Each<RoundingShiftRightAdd>(size, isUnsigned), size).Ra = (byte)right;
                return true;
            case Operation.SimdSri:
                VectorTranslation.Emit(block, word, Table.Each<ShiftRightInsert>(size, isUnsigned: true), size).Ra = (byte)right;
                return true;
            case Operation.SimdSli:
                VectorTranslation.Emit(block, word, Table.Each<ShiftLeftInsert>(size, isUnsigned: true), size).Ra = (byte)left;
                return true;
            case Operation.SimdShl:
                VectorTranslation.Emit(block, word, Table.ShiftLeft(size), size).Ra = (byte)left;
                return true;
            case Operation.SimdSqshlImmediate:
            case Operation.SimdUqshlImmediate:
                VectorTranslation.Emit(block, word, Table.Each<SaturatingShiftLeft>(size, isUnsigned), size).Ra = (byte)left;
                return true;
            case Operation.SimdSqshlu:
                VectorTranslation.Emit(block, word, Table.Each<SaturatingShiftLeftUnsigned>(size, isUnsigned: true), size).Ra =
                    (byte)left;
                return true;
            case Operation.SimdSshll:
            case Operation.SimdUshll:
                VectorWidthTranslation.Emit(block, word, Table.ShiftLong(size, isUnsigned), size).Ra = (byte)left;
                return true;
            case Operation.SimdShrn:
            case Operation.SimdRshrn:
                VectorWidthTranslation.EmitShift(
                    block, word, Table.Narrow(size), size, right, operation == Operation.SimdRshrn);
                return true;
            case Operation.SimdSqshrn:
            case Operation.SimdSqrshrn:
                VectorWidthTranslation.EmitShift(
                    block, word, Table.NarrowToSigned(size), size, right, operation == Operation.SimdSqrshrn);
                return true;
            case Operation.SimdUqshrn:
            case Operation.SimdUqrshrn:
                VectorWidthTranslation.EmitShift(
                    block, word, Table.NarrowToUnsigned(size, isUnsigned: true), size, right,
                    operation == Operation.SimdUqrshrn);
                return true;
            case Operation.SimdSqshrun:
            case Operation.SimdSqrshrun:
                VectorWidthTranslation.EmitShift(
                    block, word, Table.NarrowToUnsigned(size, isUnsigned: false), size, right,
                    operation == Operation.SimdSqrshrun);
                return true;
            default:
                return false;
        }
    }
}
