using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Data processing of general registers, one operand an immediate.</summary>
internal static unsafe class IntegerTranslation
{
    /// <summary>Translates an instruction that computes in general registers.</summary>
    /// <returns>False if it is none.</returns>
    public static bool TryTranslate(BlockBuilder block, Word word, Operation operation)
    {
        switch (operation)
        {
            case Operation.Adr:
                Adr(block, &IntegerHandlers.Adr, word, 0);
                return true;
            case Operation.Adrp:
                Adr(block, &IntegerHandlers.Adrp, word, 12);
                return true;
            case Operation.AddImmediate:
                AddImmediate(block, word);
                return true;
            case Operation.LogicalImmediate:
                LogicalImmediate(block, word);
                return true;
            case Operation.MoveWide:
                MoveWide(block, word);
                return true;
            case Operation.Bitfield:
                Bitfield(block, word);
                return true;
            case Operation.Extract:
                Extract(block, word);
                return true;
            default:
                return RegisterTranslation.TryTranslate(block, word, operation);
        }
    }

    private static void Adr(BlockBuilder block, Handler handler, Word word, int shift)
    {
        ref Instruction i = ref block.Emit(handler);
        i.Rd = Slot.Destination(word.Rd);
        i.Immediate = ((long)word.Signed(5, 19) << 2 | (long)word.Bits(29, 2)) << shift;
    }

    private static void AddImmediate(BlockBuilder block, Word word)
    {
        long immediate = (long)word.Bits(10, 12) << (word.Bit(22) ? 12 : 0);
        bool isDifference = word.Bit(30);
        if (word.Bit(29))
        {
            ref Instruction sets = ref block.Emit(ComputationHandlers.Choose<ImmediateOperand>(
                ComputationHandlers.Sum(word), discards: word.Rd == 31));
            sets.Rd = Slot.Destination(word.Rd);
            sets.Rn = Slot.OrSp(word.Rn);
            sets.Immediate = immediate;
            block.NoteComputation(ComputationHandlers.Sum(word), isImmediate: true);
            return;
        }

        // A difference without flags is the sum with the negative.
        ref Instruction i = ref block.Emit(word.Sf
            ? &IntegerHandlers.Compute<Add64, ImmediateOperand>
            : &IntegerHandlers.Compute<Add32, ImmediateOperand>);
        i.Rd = Slot.OrSp(word.Rd);
        i.Rn = Slot.OrSp(word.Rn);
        i.Immediate = isDifference ? -immediate : immediate;
    }

    private static void LogicalImmediate(BlockBuilder block, Word word)
    {
        Bitmask.TryDecode(word, out ulong mask);
        Computation computation = ComputationHandlers.Logical(word);
        bool setsFlags = computation is Computation.Ands64 or Computation.Ands32;
        bool isMove = word.Rn == 31 && computation is Computation.Orr64 or Computation.Orr32;
        ref Instruction i = ref block.Emit(isMove
            ? &IntegerHandlers.Constant
            : ComputationHandlers.Choose<ImmediateOperand>(computation, discards: setsFlags && word.Rd == 31));
        i.Rd = setsFlags ? Slot.Destination(word.Rd) : Slot.OrSp(word.Rd);
        i.Rn = Slot.Source(word.Rn);
        i.Immediate = (long)mask;
        block.NoteComputation(computation, isImmediate: true);
    }

    private static void MoveWide(BlockBuilder block, Word word)
    {
        int shift = word.Bits(21, 2) * 16;
        ulong value = (ulong)word.Bits(5, 16) << shift;
        int opcode = word.Bits(29, 2);
        if (opcode == 0)
            value = word.Sf ? ~value : ~(uint)value;
        ref Instruction i = ref block.Emit(
            opcode != 3 ? &IntegerHandlers.Constant : word.Sf ? &IntegerHandlers.Keep64 : &IntegerHandlers.Keep32);
        i.Rd = Slot.Destination(word.Rd);
        i.Rn = Slot.Source(word.Rd);
        i.Immediate = (long)value;
        i.Extra = shift;
    }

    private static void Bitfield(BlockBuilder block, Word word)
    {
        int width = word.Sf ? 64 : 32;
        int immr = word.Bits(16, 6);
        int imms = word.Bits(10, 6);
        bool movesRight = imms >= immr;
        // How many bits there are, and where they come to.
        ulong field = ~0ul >> (63 - (movesRight ? imms - immr : imms));
        int left = width - immr;
        switch (word.Bits(29, 2))
        {
            case 0:
                ref Instruction signed = ref Emit(block, word.Sf ? &BitHandlers.SignedField64 : &BitHandlers.SignedField32, word);
                signed.Ra = (byte)(63 - imms);
                signed.Extra = 63 - imms + (movesRight ? immr : -left);
                return;
            case 1:
                ref Instruction insert = ref Emit(block, word.Sf ? &BitHandlers.InsertField64 : &BitHandlers.InsertField32, word);
                insert.Rm = Slot.Source(word.Rd);
                insert.Immediate = (long)(movesRight ? field : field << left);
                insert.Extra = immr;
                return;
            default:
                ref Instruction i = ref Emit(block, movesRight ? &BitHandlers.ExtractField : &BitHandlers.PlaceField, word);
                i.Immediate = (long)field;
                i.Extra = movesRight ? immr : left;
                return;
        }
    }

    private static void Extract(BlockBuilder block, Word word)
    {
        int lowest = word.Bits(10, 6);
        ref Instruction i = ref Emit(
            block, !word.Sf ? &BitHandlers.Extract32 : lowest == 0 ? &IntegerHandlers.Move64 : &BitHandlers.Extract64, word);
        i.Rm = Slot.Source(word.Rm);
        i.Extra = lowest;
    }

    private static ref Instruction Emit(BlockBuilder block, Handler handler, Word word)
    {
        ref Instruction i = ref block.Emit(handler);
        i.Rd = Slot.Destination(word.Rd);
        i.Rn = Slot.Source(word.Rn);
        return ref i;
    }
}
