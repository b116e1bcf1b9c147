using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Data processing of general registers alone.</summary>
internal static unsafe class RegisterTranslation
{
    /// <summary>Translates an instruction that computes in general registers.</summary>
    /// <returns>False if it is none.</returns>
    public static bool TryTranslate(BlockBuilder block, Word word, Operation operation)
    {
        switch (operation)
        {
            case Operation.LogicalShifted:
                LogicalShifted(block, word);
                return true;
            case Operation.AddShifted:
                Handler sum = ComputationHandlers.ChooseShifted(
                    ComputationHandlers.Sum(word), word, discards: word.Bit(29) && word.Rd == 31);
                Emit(block, sum, word).Extra = word.Bits(10, 6);
                if (word.Bits(10, 6) == 0)
                    block.NoteComputation(ComputationHandlers.Sum(word), isImmediate: false);
                return true;
            case Operation.AddExtended:
                AddExtended(block, word);
                return true;
            case Operation.AddCarry:
                Emit(block, CarryHandler(word), word);
                return true;
            case Operation.ConditionalCompare:
                ConditionalCompare(block, word);
                return true;
            case Operation.ConditionalSelect:
                ConditionalSelect(block, word);
                return true;
            case Operation.TwoSource:
                Emit(block, TwoSourceHandler(word), word);
                return true;
            case Operation.OneSource:
                Emit(block, OneSourceHandler(word), word);
                return true;
            case Operation.ThreeSource:
                Emit(block, ThreeSourceHandler(word), word).Ra = Slot.Source(word.Ra);
                return true;
            default:
                return false;
        }
    }

    private static void LogicalShifted(BlockBuilder block, Word word)
    {
        Computation computation = ComputationHandlers.Logical(word);
        bool discards = word.Bits(29, 2) == 3 && word.Rd == 31;
        bool isInverted = word.Bit(21);
        bool isMove = word.Bits(29, 2) == 1 && !isInverted && word.Rn == 31 && word.Bits(10, 6) == 0;
        Handler handler = isMove
            ? word.Sf ? &IntegerHandlers.Move64 : &IntegerHandlers.Move32
            : isInverted
                ? ComputationHandlers.ChooseInverted(computation, word, discards)
                : ComputationHandlers.ChooseShifted(computation, word, discards);
        Emit(block, handler, word).Extra = word.Bits(10, 6);
        if (!isInverted && word.Bits(10, 6) == 0)
            block.NoteComputation(computation, isImmediate: false);
    }

    private static void AddExtended(BlockBuilder block, Word word)
    {
        bool setsFlags = word.Bit(29);
        ref Instruction i = ref Emit(
            block,
            ComputationHandlers.ChooseExtended(ComputationHandlers.Sum(word), word, discards: setsFlags && word.Rd == 31),
            word);
        i.Rd = setsFlags ? Slot.Destination(word.Rd) : Slot.OrSp(word.Rd);
        i.Rn = Slot.OrSp(word.Rn);
        i.Ra = (byte)word.Bits(13, 3);
        i.Extra = word.Bits(10, 3);
    }

    private static Handler CarryHandler(Word word) => (word.Bits(29, 2), word.Sf) switch
    {
        (0, true) => &IntegerHandlers.Compute<Adc64, RegisterOperand>,
        (0, false) => &IntegerHandlers.Compute<Adc32, RegisterOperand>,
        (1, true) => &IntegerHandlers.Compute<Adcs64, RegisterOperand>,
        (1, false) => &IntegerHandlers.Compute<Adcs32, RegisterOperand>,
        // A difference adds the complement.
        (2, true) => &IntegerHandlers.Compute<Adc64, Inverted<RegisterOperand>>,
        (2, false) => &IntegerHandlers.Compute<Adc32, Inverted<RegisterOperand>>,
        (_, true) => &IntegerHandlers.Compute<Adcs64, Inverted<RegisterOperand>>,
        _ => &IntegerHandlers.Compute<Adcs32, Inverted<RegisterOperand>>,
    };

    private static void ConditionalCompare(BlockBuilder block, Word word)
    {
        int condition = word.Bits(12, 4);
        bool isDifference = word.Bit(30);
        Handler handler = (isDifference, word.Sf, word.Bit(11)) switch
        {
            (false, true, true) => Conditions.Choose<CompareHandlers<Adds64, ImmediateOperand>>(condition),
            (false, true, false) => Conditions.Choose<CompareHandlers<Adds64, RegisterOperand>>(condition),
            (false, false, true) => Conditions.Choose<CompareHandlers<Adds32, ImmediateOperand>>(condition),
            (false, false, false) => Conditions.Choose<CompareHandlers<Adds32, RegisterOperand>>(condition),
            (true, true, true) => Conditions.Choose<CompareHandlers<Subs64, ImmediateOperand>>(condition),
            (true, true, false) => Conditions.Choose<CompareHandlers<Subs64, RegisterOperand>>(condition),
            (true, false, true) => Conditions.Choose<CompareHandlers<Subs32, ImmediateOperand>>(condition),
            (true, false, false) => Conditions.Choose<CompareHandlers<Subs32, RegisterOperand>>(condition),
        };
        ref Instruction i = ref block.Emit(handler);
        i.Rn = Slot.Source(word.Rn);
        i.Rm = Slot.Source(word.Rm);
        i.Immediate = word.Bits(16, 5);
        i.Extra = word.Bits(0, 4) << 28;
    }

    private static void ConditionalSelect(BlockBuilder block, Word word)
    {
        int condition = word.Bits(12, 4);
        Handler handler = (word.Bit(30), word.Bit(10), word.Sf) switch
        {
            (false, false, true) => Conditions.Choose<SelectHandlers<Csel64>>(condition),
            (false, false, false) => Conditions.Choose<SelectHandlers<Csel32>>(condition),
            (false, true, true) => Conditions.Choose<SelectHandlers<Csinc64>>(condition),
            (false, true, false) => Conditions.Choose<SelectHandlers<Csinc32>>(condition),
            (true, false, true) => Conditions.Choose<SelectHandlers<Csinv64>>(condition),
            (true, false, false) => Conditions.Choose<SelectHandlers<Csinv32>>(condition),
            (true, true, true) => Conditions.Choose<SelectHandlers<Csneg64>>(condition),
            (true, true, false) => Conditions.Choose<SelectHandlers<Csneg32>>(condition),
        };
        Emit(block, handler, word);
    }

    private static Handler TwoSourceHandler(Word word) => (word.Bits(10, 6), word.Sf) switch
    {
        (0b000010, true) => &IntegerHandlers.Compute<Udiv64, RegisterOperand>,
        (0b000010, false) => &IntegerHandlers.Compute<Udiv32, RegisterOperand>,
        (0b000011, true) => &IntegerHandlers.Compute<Sdiv64, RegisterOperand>,
        (0b000011, false) => &IntegerHandlers.Compute<Sdiv32, RegisterOperand>,
        (0b001000, true) => &IntegerHandlers.Compute<Lsl64, RegisterOperand>,
        (0b001000, false) => &IntegerHandlers.Compute<Lsl32, RegisterOperand>,
        (0b001001, true) => &IntegerHandlers.Compute<Lsr64, RegisterOperand>,
        (0b001001, false) => &IntegerHandlers.Compute<Lsr32, RegisterOperand>,
        (0b001010, true) => &IntegerHandlers.Compute<Asr64, RegisterOperand>,
        (0b001010, false) => &IntegerHandlers.Compute<Asr32, RegisterOperand>,
        (0b001011, true) => &IntegerHandlers.Compute<Ror64, RegisterOperand>,
        (0b001011, false) => &IntegerHandlers.Compute<Ror32, RegisterOperand>,
        (0b010000, _) => &IntegerHandlers.Compute<Crc32B, RegisterOperand>,
        (0b010001, _) => &IntegerHandlers.Compute<Crc32H, RegisterOperand>,
        (0b010010, _) => &IntegerHandlers.Compute<Crc32W, RegisterOperand>,
        (0b010011, _) => &IntegerHandlers.Compute<Crc32X, RegisterOperand>,
        (0b010100, _) => &IntegerHandlers.Compute<Crc32CB, RegisterOperand>,
        (0b010101, _) => &IntegerHandlers.Compute<Crc32CH, RegisterOperand>,
        (0b010110, _) => &IntegerHandlers.Compute<Crc32CW, RegisterOperand>,
        _ => &IntegerHandlers.Compute<Crc32CX, RegisterOperand>,
    };

    private static Handler OneSourceHandler(Word word) => (word.Bits(10, 6), word.Sf) switch
    {
        (0, true) => &BitHandlers.ReverseBits64,
        (0, false) => &BitHandlers.ReverseBits32,
        (1, true) => &BitHandlers.ReverseHalfWords64,
        (1, false) => &BitHandlers.ReverseHalfWords32,
        (2, true) => &BitHandlers.ReverseWords,
        (2, false) => &BitHandlers.Reverse32,
        (3, _) => &BitHandlers.Reverse64,
        (4, true) => &BitHandlers.LeadingZeros64,
        (4, false) => &BitHandlers.LeadingZeros32,
        (_, true) => &BitHandlers.LeadingSigns64,
        _ => &BitHandlers.LeadingSigns32,
    };

    private static Handler ThreeSourceHandler(Word word) => (word.Bits(21, 3), word.Bit(15), word.Sf) switch
    {
        (0, false, true) => word.Ra == 31 ? &MultiplyHandlers.Multiply64 : &MultiplyHandlers.Add64,
        (0, false, false) => word.Ra == 31 ? &MultiplyHandlers.Multiply32 : &MultiplyHandlers.Add32,
        (0, true, true) => &MultiplyHandlers.Subtract64,
        (0, true, false) => &MultiplyHandlers.Subtract32,
        (1, false, _) => &MultiplyHandlers.AddSignedLong,
        (1, true, _) => &MultiplyHandlers.SubtractSignedLong,
        (2, _, _) => &MultiplyHandlers.SignedHigh,
        (5, false, _) => &MultiplyHandlers.AddUnsignedLong,
        (5, true, _) => &MultiplyHandlers.SubtractUnsignedLong,
        _ => &MultiplyHandlers.UnsignedHigh,
    };

    private static ref Instruction Emit(BlockBuilder block, Handler handler, Word word)
    {
        ref Instruction i = ref block.Emit(handler);
        i.Rd = Slot.Destination(word.Rd);
        i.Rn = Slot.Source(word.Rn);
        i.Rm = Slot.Source(word.Rm);
        return ref i;
    }
}
