using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.Vectors;
using Table = Gunyah.Aarch64.Interpreting.VectorHandlerTable;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// Advanced SIMD that widens or narrows: the forms with 2 in their name have the narrow lanes in an upper half.
/// </summary>
internal static unsafe class VectorWidthTranslation
{
    /// <summary>Translates one whose lanes have two widths, of which <paramref name="size"/> is the narrow one.</summary>
    /// <returns>False if it is none.</returns>
    public static bool TryTranslate(BlockBuilder block, Word word, Operation operation, int size)
    {
        Handler handler = Long(operation, size);
        if (handler != null)
        {
            Emit(block, word, handler, size);
            return true;
        }

        switch (operation)
        {
            case Operation.SimdPmull when size == 3:
                Emit(block, word, &VectorWidthHandlers.PolynomialMultiply, size);
                return true;
            case Operation.SimdSqdmull:
                Emit(block, word, Table.DoublingLong(size), size);
                return true;
            case Operation.SimdSqdmlal:
                Emit(block, word, Table.DoublingLong(size), size).Ra = 1;
                return true;
            case Operation.SimdSqdmlsl:
                Emit(block, word, Table.DoublingLong(size), size).Ra = 2;
                return true;
            case Operation.SimdAddhn:
                Emit(block, word, Table.NarrowHigh(size), size);
                return true;
            case Operation.SimdSubhn:
                Emit(block, word, Table.NarrowHigh(size), size).Ra = 1;
                return true;
            case Operation.SimdRaddhn:
                Emit(block, word, Table.NarrowHigh(size), size).Ra = 2;
                return true;
            case Operation.SimdRsubhn:
                Emit(block, word, Table.NarrowHigh(size), size).Ra = 3;
                return true;
            case Operation.SimdShll:
                Emit(block, word, Table.ShiftLong(size, isUnsigned: true), size).Ra = (byte)(8 << size);
                return true;
            case Operation.SimdXtn:
                EmitShift(block, word, Table.Narrow(size), size, shift: 0);
                return true;
            case Operation.SimdSqxtn:
                EmitShift(block, word, Table.NarrowToSigned(size), size, shift: 0);
                return true;
            case Operation.SimdUqxtn:
                EmitShift(block, word, Table.NarrowToUnsigned(size, isUnsigned: true), size, shift: 0);
                return true;
            case Operation.SimdSqxtun:
                EmitShift(block, word, Table.NarrowToUnsigned(size, isUnsigned: false), size, shift: 0);
                return true;
            case Operation.SimdSaddlp:
            case Operation.SimdUaddlp:
            case Operation.SimdSadalp:
            case Operation.SimdUadalp:
                ref Instruction pairs = ref Emit(block, word, Table.PairwiseLong(size, word.U), size);
                pairs.Ra = (byte)(operation is Operation.SimdSadalp or Operation.SimdUadalp ? 1 : 0);
                pairs.Extra = (word.Q ? 8 : 4) >> size;
                return true;
            case Operation.SimdSaddlv:
            case Operation.SimdUaddlv:
                Emit(block, word, Table.AcrossLong(size, word.U), size).Extra = (word.Q ? 16 : 8) >> size;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Emits one that shifts to the right while it narrows.</summary>
    public static ref Instruction EmitShift(
        BlockBuilder block, Word word, Handler handler, int size, int shift, bool isRounding = false)
    {
        ref Instruction i = ref Emit(block, word, handler, size);
        i.Ra = (byte)shift;
        i.Rm = (byte)(isRounding ? 1 : 0);
        return ref i;
    }

    /// <summary>Emits a handler with the number of its lanes, and the half where the narrow ones are.</summary>
    public static ref Instruction Emit(BlockBuilder block, Word word, Handler handler, int size)
    {
        ref Instruction i = ref VectorTranslation.Emit(block, word, handler, size);
        bool isScalar = word.Bit(28);
        i.Extra = isScalar ? 1 : 8 >> size;
        i.Immediate = !isScalar && word.Q ? 8 : 0;
        return ref i;
    }

    private static Handler Long(Operation operation, int size) => operation switch
    {
        Operation.SimdSaddl => Table.Long<AddLong>(size, isUnsigned: false),
        Operation.SimdUaddl => Table.Long<AddLong>(size, isUnsigned: true),
        Operation.SimdSsubl => Table.Long<SubtractLong>(size, isUnsigned: false),
        Operation.SimdUsubl => Table.Long<SubtractLong>(size, isUnsigned: true),
        Operation.SimdSmull => Table.Long<MultiplyLong>(size, isUnsigned: false),
        Operation.SimdUmull => Table.Long<MultiplyLong>(size, isUnsigned: true),
        Operation.SimdSmlal => Table.Long<MultiplyAddLong>(size, isUnsigned: false),
        Operation.SimdUmlal => Table.Long<MultiplyAddLong>(size, isUnsigned: true),
        Operation.SimdSmlsl => Table.Long<MultiplySubtractLong>(size, isUnsigned: false),
        Operation.SimdUmlsl => Table.Long<MultiplySubtractLong>(size, isUnsigned: true),
        Operation.SimdSabdl => Table.Long<AbsoluteDifferenceLong>(size, isUnsigned: false),
        Operation.SimdUabdl => Table.Long<AbsoluteDifferenceLong>(size, isUnsigned: true),
        Operation.SimdSabal => Table.Long<AbsoluteDifferenceAddLong>(size, isUnsigned: false),
        Operation.SimdUabal => Table.Long<AbsoluteDifferenceAddLong>(size, isUnsigned: true),
        Operation.SimdPmull when size == 0 => Table.Long<PolynomialMultiplyLong>(size, isUnsigned: true),
        Operation.SimdSaddw => Table.Wide<AddLong>(size, isUnsigned: false),
        Operation.SimdUaddw => Table.Wide<AddLong>(size, isUnsigned: true),
        Operation.SimdSsubw => Table.Wide<SubtractLong>(size, isUnsigned: false),
        Operation.SimdUsubw => Table.Wide<SubtractLong>(size, isUnsigned: true),
        _ => null,
    };
}
