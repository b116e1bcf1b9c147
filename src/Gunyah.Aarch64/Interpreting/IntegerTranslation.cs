using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Data processing of general registers.</summary>
internal static unsafe class IntegerTranslation
{
    /// <summary>Translates an instruction that computes in general registers.</summary>
    /// <returns>False if it is none.</returns>
    public static bool TryTranslate(BlockBuilder block, Word word, Operation operation)
    {
        switch (operation)
        {
            case Operation.AddImmediate:
                ref Instruction add = ref block.Emit(word.Sf ? &IntegerHandlers.AddImmediate64 : &IntegerHandlers.AddImmediate32);
                add.Rd = Slot.OrSp(word.Rd);
                add.Rn = Slot.OrSp(word.Rn);
                add.Immediate = (long)word.Bits(10, 12) << (word.Bit(22) ? 12 : 0);
                return true;
            case Operation.Adr:
                ref Instruction adr = ref block.Emit(&IntegerHandlers.Adr);
                adr.Rd = Slot.Destination(word.Rd);
                adr.Immediate = (long)word.Signed(5, 19) << 2 | (long)word.Bits(29, 2);
                return true;
            case Operation.Adrp:
                ref Instruction adrp = ref block.Emit(&IntegerHandlers.Adrp);
                adrp.Rd = Slot.Destination(word.Rd);
                adrp.Immediate = ((long)word.Signed(5, 19) << 2 | (long)word.Bits(29, 2)) << 12;
                return true;
            default:
                return false;
        }
    }
}
