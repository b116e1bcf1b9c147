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
        int size = word.Bits(30, 2);
        switch (operation)
        {
            case Operation.LoadImmediateUnsigned:
                ref Instruction load = ref block.Emit(size == 3 ? &MemoryHandlers.Load64 : &MemoryHandlers.Load32);
                load.Rd = Slot.Destination(word.Rt);
                load.Rn = Slot.OrSp(word.Rn);
                load.Immediate = (long)word.Bits(10, 12) << size;
                return true;
            case Operation.StoreImmediateUnsigned:
                ref Instruction store = ref block.Emit(size switch
                {
                    3 => &MemoryHandlers.Store64,
                    2 => &MemoryHandlers.Store32,
                    1 => &MemoryHandlers.Store16,
                    _ => &MemoryHandlers.Store8,
                });
                store.Rd = Slot.Source(word.Rt);
                store.Rn = Slot.OrSp(word.Rn);
                store.Immediate = (long)word.Bits(10, 12) << size;
                return true;
            default:
                return false;
        }
    }
}
