using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Loads and stores of general registers.</summary>
internal static unsafe class MemoryTranslation
{
    /// <summary>Translates a load or store.</summary>
    /// <returns>False if it is none.</returns>
    public static bool TryTranslate(BlockBuilder block, Word word, Operation operation)
    {
        switch (operation)
        {
            case Operation.LoadUnsignedOffset:
                Load(block, Loads<BaseOffset>(word), word).Immediate = UnsignedOffset(word);
                return true;
            case Operation.LoadUnscaled:
                Load(block, Loads<BaseOffset>(word), word).Immediate = word.Signed(12, 9);
                return true;
            case Operation.LoadPostIndex:
                Load(block, Loads<PostIndex>(word), word).Immediate = word.Signed(12, 9);
                return true;
            case Operation.LoadPreIndex:
                Load(block, Loads<PreIndex>(word), word).Immediate = word.Signed(12, 9);
                return true;
            case Operation.LoadUnprivileged:
                Load(block, LoadsAsUser(word), word).Immediate = word.Signed(12, 9);
                return true;
            case Operation.LoadRegisterOffset:
                SetIndex(ref Load(block, IndexedLoads(word), word), word);
                return true;
            case Operation.LoadLiteral:
                Literal(block, word);
                return true;
            case Operation.StoreUnsignedOffset:
                Store(block, Stores<BaseOffset>(word), word).Immediate = UnsignedOffset(word);
                return true;
            case Operation.StoreUnscaled:
                Store(block, Stores<BaseOffset>(word), word).Immediate = word.Signed(12, 9);
                return true;
            case Operation.StorePostIndex:
                Store(block, Stores<PostIndex>(word), word).Immediate = word.Signed(12, 9);
                return true;
            case Operation.StorePreIndex:
                Store(block, Stores<PreIndex>(word), word).Immediate = word.Signed(12, 9);
                return true;
            case Operation.StoreUnprivileged:
                Store(block, StoresAsUser(word), word).Immediate = word.Signed(12, 9);
                return true;
            case Operation.StoreRegisterOffset:
                SetIndex(ref Store(block, IndexedStores(word), word), word);
                return true;
            case Operation.Prefetch:
                block.Emit(&SystemHandlers.Nothing);
                return true;
            default:
                return PairTranslation.TryTranslate(block, word, operation);
        }
    }

    /// <summary>Adds what must be looked at before an access whose base may be SP, and chooses the base.</summary>
    /// <param name="block">The block.</param>
    /// <param name="handler">What does the access.</param>
    /// <param name="word">The instruction.</param>
    public static ref Instruction Access(BlockBuilder block, Handler handler, Word word)
    {
        if (word.Rn == 31)
            block.Emit(&MemoryHandlers.CheckStack);
        ref Instruction i = ref block.Emit(handler);
        i.Rn = Slot.OrSp(word.Rn);
        return ref i;
    }

    private static long UnsignedOffset(Word word) => (long)word.Bits(10, 12) << word.Bits(30, 2);

    private static ref Instruction Load(BlockBuilder block, Handler handler, Word word)
    {
        ref Instruction i = ref Access(block, handler, word);
        i.Rd = Slot.Destination(word.Rt);
        return ref i;
    }

    private static ref Instruction Store(BlockBuilder block, Handler handler, Word word)
    {
        ref Instruction i = ref Access(block, handler, word);
        i.Rd = Slot.Source(word.Rt);
        return ref i;
    }

    /// <summary>The field S says whether the index counts elements.</summary>
    private static void SetIndex(ref Instruction i, Word word)
    {
        i.Rm = Slot.Source(word.Rm);
        i.Extra = word.Bit(12) ? word.Bits(30, 2) : 0;
    }

    private static void Literal(BlockBuilder block, Word word)
    {
        ref Instruction i = ref block.Emit(word.Bits(30, 2) switch
        {
            0 => &MemoryHandlers.Load<UnsignedWord, LiteralOffset>,
            1 => &MemoryHandlers.Load<Doubleword, LiteralOffset>,
            _ => &MemoryHandlers.Load<SignedWord, LiteralOffset>,
        });
        i.Rd = Slot.Destination(word.Rt);
        i.Immediate = (long)word.Signed(5, 19) * 4;
    }

    /// <summary>The handler of a load by the fields size and opc.</summary>
    private static Handler Loads<TAddressing>(Word word)
        where TAddressing : struct, IAddressing => (word.Bits(30, 2), word.Bits(22, 2)) switch
        {
            (0, 1) => &MemoryHandlers.Load<UnsignedByte, TAddressing>,
            (0, 2) => &MemoryHandlers.Load<SignedByteTo64, TAddressing>,
            (0, _) => &MemoryHandlers.Load<SignedByteTo32, TAddressing>,
            (1, 1) => &MemoryHandlers.Load<UnsignedHalfword, TAddressing>,
            (1, 2) => &MemoryHandlers.Load<SignedHalfwordTo64, TAddressing>,
            (1, _) => &MemoryHandlers.Load<SignedHalfwordTo32, TAddressing>,
            (2, 1) => &MemoryHandlers.Load<UnsignedWord, TAddressing>,
            (2, _) => &MemoryHandlers.Load<SignedWord, TAddressing>,
            _ => &MemoryHandlers.Load<Doubleword, TAddressing>,
        };

    private static Handler LoadsAsUser(Word word) => (word.Bits(30, 2), word.Bits(22, 2)) switch
    {
        (0, 1) => &MemoryHandlers.LoadAsUser<UnsignedByte>,
        (0, 2) => &MemoryHandlers.LoadAsUser<SignedByteTo64>,
        (0, _) => &MemoryHandlers.LoadAsUser<SignedByteTo32>,
        (1, 1) => &MemoryHandlers.LoadAsUser<UnsignedHalfword>,
        (1, 2) => &MemoryHandlers.LoadAsUser<SignedHalfwordTo64>,
        (1, _) => &MemoryHandlers.LoadAsUser<SignedHalfwordTo32>,
        (2, 1) => &MemoryHandlers.LoadAsUser<UnsignedWord>,
        (2, _) => &MemoryHandlers.LoadAsUser<SignedWord>,
        _ => &MemoryHandlers.LoadAsUser<Doubleword>,
    };

    /// <summary>The handler of a load by the field option.</summary>
    private static Handler IndexedLoads(Word word) => word.Bits(13, 3) switch
    {
        2 => Loads<RegisterOffset<ExtendedUnsignedWord>>(word),
        6 => Loads<RegisterOffset<ExtendedSignedWord>>(word),
        _ => Loads<RegisterOffset<ShiftedLeft>>(word),
    };

    /// <summary>The handler of a store by the field size.</summary>
    private static Handler Stores<TAddressing>(Word word)
        where TAddressing : struct, IAddressing => word.Bits(30, 2) switch
        {
            0 => &MemoryHandlers.Store<UnsignedByte, TAddressing>,
            1 => &MemoryHandlers.Store<UnsignedHalfword, TAddressing>,
            2 => &MemoryHandlers.Store<UnsignedWord, TAddressing>,
            _ => &MemoryHandlers.Store<Doubleword, TAddressing>,
        };

    private static Handler StoresAsUser(Word word) => word.Bits(30, 2) switch
    {
        0 => &MemoryHandlers.StoreAsUser<UnsignedByte>,
        1 => &MemoryHandlers.StoreAsUser<UnsignedHalfword>,
        2 => &MemoryHandlers.StoreAsUser<UnsignedWord>,
        _ => &MemoryHandlers.StoreAsUser<Doubleword>,
    };

    /// <summary>The handler of a store by the field option.</summary>
    private static Handler IndexedStores(Word word) => word.Bits(13, 3) switch
    {
        2 => Stores<RegisterOffset<ExtendedUnsignedWord>>(word),
        6 => Stores<RegisterOffset<ExtendedSignedWord>>(word),
        _ => Stores<RegisterOffset<ShiftedLeft>>(word),
    };
}
