using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Ordered, exclusive and atomic accesses.</summary>
internal static unsafe class AtomicTranslation
{
    /// <summary>Translates such an access.</summary>
    /// <returns>False if it is none.</returns>
    public static bool TryTranslate(BlockBuilder block, Word word, Operation operation)
    {
        Handler handler = operation switch
        {
            Operation.CompareAndSwapPair =>
                word.Q ? &AtomicHandlers.CompareAndSwapDoublewords : &AtomicHandlers.CompareAndSwapWords,
            Operation.LoadExclusivePair => word.Q ? &ExclusiveHandlers.LoadDoublewords : &ExclusiveHandlers.LoadWords,
            Operation.StoreExclusivePair => word.Q ? &ExclusiveHandlers.StoreDoublewords : &ExclusiveHandlers.StoreWords,
            _ => word.Bits(30, 2) switch
            {
                0 => HandlerOf<UnsignedByte>(word, operation),
                1 => HandlerOf<UnsignedHalfword>(word, operation),
                2 => HandlerOf<UnsignedWord>(word, operation),
                _ => HandlerOf<Doubleword>(word, operation),
            },
        };
        if (handler == null)
            return false;
        ref Instruction i = ref MemoryTranslation.Access(block, handler, word);
        SetRegisters(ref i, word, operation);
        return true;
    }

    private static void SetRegisters(ref Instruction i, Word word, Operation operation)
    {
        switch (operation)
        {
            case Operation.LoadAcquire or Operation.LoadExclusive or Operation.LoadExclusivePair:
                i.Rd = Slot.Destination(word.Rt);
                i.Ra = Slot.Destination(word.Rt2);
                return;
            case Operation.StoreRelease or Operation.StoreExclusive or Operation.StoreExclusivePair:
                i.Rd = Slot.Source(word.Rt);
                i.Ra = Slot.Source(word.Rt2);
                i.Rm = Slot.Destination(word.Rs);
                return;
            case Operation.CompareAndSwap:
                i.Rd = Slot.Source(word.Rt);
                i.Rm = Slot.Source(word.Rs);
                i.Ra = Slot.Destination(word.Rs);
                return;
            case Operation.CompareAndSwapPair:
                // Both pairs begin at an even register, so only the second of a pair may be XZR.
                i.Rd = Slot.Source(word.Rt);
                i.Rm = Slot.Source(word.Rs);
                i.Ra = Slot.Destination(word.Rs + 1);
                return;
            default:
                i.Rd = Slot.Destination(word.Rt);
                i.Rm = Slot.Source(word.Rs);
                return;
        }
    }

    /// <summary>The handler of an operation that has one for each size; null for any other.</summary>
    private static Handler HandlerOf<TDatum>(Word word, Operation operation)
        where TDatum : struct, IExchanged => operation switch
        {
            Operation.LoadAcquire => &OrderedHandlers.LoadAcquire<TDatum>,
            Operation.StoreRelease => &OrderedHandlers.StoreRelease<TDatum>,
            Operation.LoadExclusive => &ExclusiveHandlers.Load<TDatum>,
            Operation.StoreExclusive => &ExclusiveHandlers.Store<TDatum>,
            Operation.CompareAndSwap => &AtomicHandlers.CompareAndSwap<TDatum>,
            Operation.Swap => &AtomicHandlers.Swap<TDatum>,
            Operation.Atomic => word.Bits(12, 3) switch
            {
                0 => &AtomicHandlers.Update<TDatum, LdAdd>,
                1 => &AtomicHandlers.Update<TDatum, LdClr>,
                2 => &AtomicHandlers.Update<TDatum, LdEor>,
                3 => &AtomicHandlers.Update<TDatum, LdSet>,
                4 => &AtomicHandlers.Update<TDatum, LdSmax>,
                5 => &AtomicHandlers.Update<TDatum, LdSmin>,
                6 => &AtomicHandlers.Update<TDatum, LdUmax>,
                _ => &AtomicHandlers.Update<TDatum, LdUmin>,
            },
            _ => null,
        };
}
