using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Loads and stores of vector registers: one, or a pair.</summary>
internal static unsafe class VectorMemoryTranslation
{
    /// <summary>Translates a load or store.</summary>
    /// <returns>False if it is none.</returns>
    public static bool TryTranslate(BlockBuilder block, Word word, Operation operation)
    {
        // Of one register the size has three bits, of which the highest is apart.
        int size = word.Bit(23) ? 4 : word.Bits(30, 2);
        int pairSize = word.Bits(30, 2) + 2;
        long scaled = (long)word.Bits(10, 12) << size;
        long unscaled = word.Signed(12, 9);
        long pair = (long)word.Signed(15, 7) << pairSize;
        switch (operation)
        {
            case Operation.LoadVectorUnsigned:
                Emit(block, word, Load<BaseOffset>(size), scaled);
                return true;
            case Operation.StoreVectorUnsigned:
                Emit(block, word, Store<BaseOffset>(size), scaled);
                return true;
            case Operation.LoadVectorUnscaled:
                Emit(block, word, Load<BaseOffset>(size), unscaled);
                return true;
            case Operation.StoreVectorUnscaled:
                Emit(block, word, Store<BaseOffset>(size), unscaled);
                return true;
            case Operation.LoadVectorPreIndex:
                Emit(block, word, Load<PreIndex>(size), unscaled);
                return true;
            case Operation.StoreVectorPreIndex:
                Emit(block, word, Store<PreIndex>(size), unscaled);
                return true;
            case Operation.LoadVectorPostIndex:
                Emit(block, word, Load<PostIndex>(size), unscaled);
                return true;
            case Operation.StoreVectorPostIndex:
                Emit(block, word, Store<PostIndex>(size), unscaled);
                return true;
            case Operation.LoadVectorRegister:
                EmitRegister(block, word, size, word.Bits(13, 3) switch
                {
                    2 => Load<RegisterOffset<ExtendedUnsignedWord>>(size),
                    6 => Load<RegisterOffset<ExtendedSignedWord>>(size),
                    _ => Load<RegisterOffset<ShiftedLeft>>(size),
                });
                return true;
            case Operation.StoreVectorRegister:
                EmitRegister(block, word, size, word.Bits(13, 3) switch
                {
                    2 => Store<RegisterOffset<ExtendedUnsignedWord>>(size),
                    6 => Store<RegisterOffset<ExtendedSignedWord>>(size),
                    _ => Store<RegisterOffset<ShiftedLeft>>(size),
                });
                return true;
            case Operation.LoadVectorLiteral:
                Emit(block, word, Load<LiteralOffset>(pairSize), (long)word.Signed(5, 19) << 2);
                return true;
            case Operation.LoadVectorPairOffset:
                Emit(block, word, LoadPair<BaseOffset>(pairSize), pair);
                return true;
            case Operation.StoreVectorPairOffset:
                Emit(block, word, StorePair<BaseOffset>(pairSize), pair);
                return true;
            case Operation.LoadVectorPairPreIndex:
                Emit(block, word, LoadPair<PreIndex>(pairSize), pair);
                return true;
            case Operation.StoreVectorPairPreIndex:
                Emit(block, word, StorePair<PreIndex>(pairSize), pair);
                return true;
            case Operation.LoadVectorPairPostIndex:
                Emit(block, word, LoadPair<PostIndex>(pairSize), pair);
                return true;
            case Operation.StoreVectorPairPostIndex:
                Emit(block, word, StorePair<PostIndex>(pairSize), pair);
                return true;
            default:
                return VectorStructureTranslation.TryTranslate(block, word, operation);
        }
    }

    private static ref Instruction Emit(BlockBuilder block, Word word, Handler handler, long offset)
    {
        block.CheckFloatingPoint();
        ref Instruction i = ref block.Emit(handler);
        i.Rd = (byte)word.Rt;
        i.Rn = Slot.OrSp(word.Rn);
        i.Ra = (byte)word.Rt2;
        i.Immediate = offset;
        return ref i;
    }

    private static void EmitRegister(BlockBuilder block, Word word, int size, Handler handler)
    {
        ref Instruction i = ref Emit(block, word, handler, 0);
        i.Rm = Slot.Source(word.Rm);
        i.Extra = word.Bit(12) ? size : 0;
    }

    private static Handler Load<TAddressing>(int size)
        where TAddressing : struct, IAddressing => size switch
        {
            0 => &VectorMemoryHandlers.Load<byte, TAddressing>,
            1 => &VectorMemoryHandlers.Load<ushort, TAddressing>,
            2 => &VectorMemoryHandlers.Load<uint, TAddressing>,
            3 => &VectorMemoryHandlers.Load<ulong, TAddressing>,
            _ => &VectorMemoryHandlers.Load<UInt128, TAddressing>,
        };

    private static Handler Store<TAddressing>(int size)
        where TAddressing : struct, IAddressing => size switch
        {
            0 => &VectorMemoryHandlers.Store<byte, TAddressing>,
            1 => &VectorMemoryHandlers.Store<ushort, TAddressing>,
            2 => &VectorMemoryHandlers.Store<uint, TAddressing>,
            3 => &VectorMemoryHandlers.Store<ulong, TAddressing>,
            _ => &VectorMemoryHandlers.Store<UInt128, TAddressing>,
        };

    private static Handler LoadPair<TAddressing>(int size)
        where TAddressing : struct, IAddressing => size switch
        {
            2 => &VectorMemoryHandlers.LoadPair<uint, TAddressing>,
            3 => &VectorMemoryHandlers.LoadPair<ulong, TAddressing>,
            _ => &VectorMemoryHandlers.LoadPair<UInt128, TAddressing>,
        };

    private static Handler StorePair<TAddressing>(int size)
        where TAddressing : struct, IAddressing => size switch
        {
            2 => &VectorMemoryHandlers.StorePair<uint, TAddressing>,
            3 => &VectorMemoryHandlers.StorePair<ulong, TAddressing>,
            _ => &VectorMemoryHandlers.StorePair<UInt128, TAddressing>,
        };
}
