using System.Numerics;
using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.State;
using Table = Gunyah.Aarch64.Interpreting.VectorHandlerTable;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Advanced SIMD that moves lanes: copies, immediates, permutations and tables.</summary>
internal static unsafe class VectorCopyTranslation
{
    /// <summary>Translates a move of lanes.</summary>
    /// <returns>False if it is none.</returns>
    public static bool TryTranslate(BlockBuilder block, Word word, Operation operation, int size)
    {
        switch (operation)
        {
            case Operation.SimdTrn1:
            case Operation.SimdTrn2:
                VectorTranslation.Emit(block, word, Table.Transpose(size), size).Ra = (byte)word.Bits(14, 1);
                return true;
            case Operation.SimdZip1:
            case Operation.SimdZip2:
                ref Instruction zip = ref VectorTranslation.Emit(block, word, Table.Zip(size), size);
                zip.Immediate = word.Bit(14) ? zip.Extra / 2 : 0;
                return true;
            case Operation.SimdExt:
                VectorTranslation.Emit(block, word, &VectorHandlers.Extract, size).Ra = (byte)word.Bits(11, 4);
                return true;
            case Operation.SimdTbl:
            case Operation.SimdTbx:
                ref Instruction table = ref VectorTranslation.Emit(block, word, &VectorHandlers.Table, size);
                table.Ra = (byte)(word.Bits(13, 2) + 1);
                table.Immediate = word.Bits(12, 1);
                return true;
            case Operation.SimdMovi:
                VectorTranslation.Emit(block, word, &VectorCopyHandlers.MoveImmediate, 3).Immediate =
                    (long)VectorImmediate.Expand(word);
                return true;
            case Operation.SimdOrrImmediate:
                VectorTranslation.Emit(block, word, &VectorCopyHandlers.OrImmediate, 3).Immediate =
                    (long)VectorImmediate.Expand(word);
                return true;
            case Operation.SimdBicImmediate:
                VectorTranslation.Emit(block, word, &VectorCopyHandlers.ClearImmediate, 3).Immediate =
                    (long)VectorImmediate.Expand(word);
                return true;
            default:
                return TryTranslateElement(block, word, operation);
        }
    }

    private static bool TryTranslateElement(BlockBuilder block, Word word, Operation operation)
    {
        int field = word.Bits(16, 5);
        int size = BitOperations.TrailingZeroCount(field);
        var lane = (byte)(field >> (size + 1));
        switch (operation)
        {
            case Operation.SimdDupElement:
            case Operation.SimdDupScalar:
                VectorTranslation.Emit(block, word, Table.Broadcast(size), size).Ra = lane;
                return true;
            case Operation.SimdDupGeneral:
                VectorTranslation.Emit(block, word, Table.BroadcastGeneral(size), size);
                return true;
            case Operation.SimdInsGeneral:
                VectorTranslation.Emit(block, word, Table.InsertGeneral(size), size).Ra = lane;
                return true;
            case Operation.SimdInsElement:
                ref Instruction insert = ref VectorTranslation.Emit(block, word, Table.InsertElement(size), size);
                insert.Ra = lane;
                insert.Immediate = word.Bits(11, 4) >> size;
                return true;
            case Operation.SimdUmov:
                ref Instruction move = ref VectorTranslation.Emit(block, word, MoveUnsigned(size), size);
                move.Rd = Slot.Destination(word.Rd);
                move.Ra = lane;
                return true;
            case Operation.SimdSmov:
                ref Instruction signed = ref VectorTranslation.Emit(block, word, MoveSigned(size), size);
                signed.Rd = Slot.Destination(word.Rd);
                signed.Ra = lane;
                signed.Immediate = word.Q ? -1 : uint.MaxValue;
                return true;
            default:
                return false;
        }
    }

    private static Handler MoveUnsigned(int size) => size switch
    {
        0 => &VectorCopyHandlers.MoveByte,
        1 => &VectorCopyHandlers.MoveHalfword,
        2 => &VectorCopyHandlers.MoveWord,
        _ => &VectorCopyHandlers.MoveDoubleword,
    };

    private static Handler MoveSigned(int size) => size switch
    {
        0 => &VectorCopyHandlers.MoveSignedByte,
        1 => &VectorCopyHandlers.MoveSignedHalfword,
        _ => &VectorCopyHandlers.MoveSignedWord,
    };
}
