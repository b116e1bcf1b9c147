using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Loads and stores of two general registers.</summary>
internal static unsafe class PairTranslation
{
    /// <summary>Translates a load or store of a pair.</summary>
    /// <returns>False if it is none.</returns>
    public static bool TryTranslate(BlockBuilder block, Word word, Operation operation)
    {
        switch (operation)
        {
            case Operation.LoadPairOffset:
                Load(block, Loads<BaseOffset>(word), word);
                return true;
            case Operation.LoadPairPostIndex:
                Load(block, Loads<PostIndex>(word), word);
                return true;
            case Operation.LoadPairPreIndex:
                Load(block, Loads<PreIndex>(word), word);
                return true;
            case Operation.StorePairOffset:
                Store(block, Stores<BaseOffset>(word), word);
                return true;
            case Operation.StorePairPostIndex:
                Store(block, Stores<PostIndex>(word), word);
                return true;
            case Operation.StorePairPreIndex:
                Store(block, Stores<PreIndex>(word), word);
                return true;
            default:
                return AtomicTranslation.TryTranslate(block, word, operation);
        }
    }

    private static void Load(BlockBuilder block, Handler handler, Word word)
    {
        ref Instruction i = ref MemoryTranslation.Access(block, handler, word);
        i.Rd = Slot.Destination(word.Rt);
        i.Ra = Slot.Destination(word.Rt2);
        i.Immediate = Offset(word);
    }

    private static void Store(BlockBuilder block, Handler handler, Word word)
    {
        ref Instruction i = ref MemoryTranslation.Access(block, handler, word);
        i.Rd = Slot.Source(word.Rt);
        i.Ra = Slot.Source(word.Rt2);
        i.Immediate = Offset(word);
    }

    private static long Offset(Word word) => (long)word.Signed(15, 7) << (word.Sf ? 3 : 2);

    /// <summary>The handler of a load by the field opc.</summary>
    private static Handler Loads<TAddressing>(Word word)
        where TAddressing : struct, IAddressing => word.Bits(30, 2) switch
        {
            0 => &PairHandlers.Load<UnsignedWord, TAddressing>,
            1 => &PairHandlers.Load<SignedWord, TAddressing>,
            _ => &PairHandlers.Load<Doubleword, TAddressing>,
        };

    /// <summary>The handler of a store by the field opc.</summary>
    private static Handler Stores<TAddressing>(Word word)
        where TAddressing : struct, IAddressing =>
        word.Sf ? &PairHandlers.Store<Doubleword, TAddressing> : &PairHandlers.Store<UnsignedWord, TAddressing>;
}
