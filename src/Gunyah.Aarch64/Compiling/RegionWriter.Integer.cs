using System.Buffers.Binary;
using System.Numerics;
using System.Reflection.Emit;
using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.Interpreting;

namespace Gunyah.Aarch64.Compiling;

/// <summary>Data processing of general registers.</summary>
internal sealed unsafe partial class RegionWriter
{
    private void WriteInteger()
    {
        switch (_word.Operation)
        {
            case Operation.Adr:
                PushAddress(_word.Index, (long)Word.Signed(5, 19) << 2 | (long)Word.Bits(29, 2));
                Pop(Word.Rd);
                break;
            case Operation.Adrp:
                PushAddress(_word.Index, 0);
                Constant(~0xFFFul);
                _il.Emit(OpCodes.And);
                Constant((ulong)(((long)Word.Signed(5, 19) << 2 | (long)Word.Bits(29, 2)) << 12));
                _il.Emit(OpCodes.Add);
                Pop(Word.Rd);
                break;
            case Operation.AddImmediate:
                ulong immediate = (ulong)Word.Bits(10, 12) << (Word.Bit(22) ? 12 : 0);
                bool isAligned = _isSpAligned && Word.Rn == 31 && immediate % StackAlignment == 0;
                Sum(() => PushOrSp(Word.Rn), () => Constant(immediate), mayBeSp: !Word.Bit(29));
                _isSpAligned |= isAligned;
                break;
            case Operation.AddShifted:
                Sum(() => Push(Word.Rn), PushShifted, mayBeSp: false);
                break;
            case Operation.AddExtended:
                Sum(() => PushOrSp(Word.Rn), PushExtended, mayBeSp: !Word.Bit(29));
                break;
            case Operation.AddCarry:
                SumWithCarry();
                break;
            case Operation.LogicalImmediate:
                Bitmask.TryDecode(Word, out ulong mask);
                Logical(() => Constant(mask), isImmediate: true);
                break;
            case Operation.LogicalShifted:
                Logical(PushLogicalOperand, isImmediate: false);
                break;
            case Operation.MoveWide:
                MoveWide();
                break;
            case Operation.Bitfield:
                Bitfield();
                break;
            case Operation.Extract:
                Extract();
                break;
            case Operation.ConditionalCompare:
                ConditionalCompare();
                break;
            case Operation.ConditionalSelect:
                ConditionalSelect();
                break;
            case Operation.TwoSource:
                _il.Emit(OpCodes.Ldarg_0);
                Push(Word.Rn);
                Push(Word.Rm);
                Call(CompiledWords.TwoSource(Word), nameof(IComputation.Of));
                Pop(Word.Rd);
                break;
            case Operation.OneSource:
                Type operand = Word.Sf ? typeof(ulong) : typeof(uint);
                Push(Word.Rn);
                Narrow();
                if (CompiledWords.IsReverse(Word))
                    Call(typeof(BinaryPrimitives), nameof(BinaryPrimitives.ReverseEndianness), operand);
                else
                    Call(typeof(BitOperations), nameof(BitOperations.LeadingZeroCount), operand);
                _il.Emit(OpCodes.Conv_U8);
                Pop(Word.Rd);
                break;
            default:
                ThreeSource();
                break;
        }
    }

    /// <summary>Pushes the address of a word of the page, and a distance more.</summary>
    private void PushAddress(int index, long distance)
    {
        _il.Emit(OpCodes.Ldloc, _base);
        Constant((ulong)((index - _plan.Base) * sizeof(uint) + distance));
        _il.Emit(OpCodes.Add);
    }

    /// <summary>ADD, SUB, and with flags.</summary>
    private void Sum(Action pushFirst, Action pushSecond, bool mayBeSp)
    {
        bool isDifference = Word.Bit(30);
        if (Word.Bit(29) && AreFlagsSeen())
        {
            pushFirst();
            Cut();
            pushSecond();
            Cut();
            _il.Emit(OpCodes.Stloc, _second);
            _il.Emit(OpCodes.Stloc, _first);
            _flags = new((int)Kind(isDifference ? FlagKind.Subs32 : FlagKind.Adds32));
            if (Word.Rd == 31)
                return;
            _il.Emit(OpCodes.Ldloc, _first);
            Narrow();
            _il.Emit(OpCodes.Ldloc, _second);
            Narrow();
        }
        else
        {
            if (!mayBeSp && Word.Rd == 31)
                return;
            pushFirst();
            Narrow();
            pushSecond();
            Narrow();
        }

        _il.Emit(isDifference ? OpCodes.Sub : OpCodes.Add);
        Widen();
        if (mayBeSp)
            PopOrSp(Word.Rd);
        else
            Pop(Word.Rd);
    }

    /// <summary>Cuts off what a number of 32 bits has above.</summary>
    private void Cut()
    {
        Narrow();
        Widen();
    }

    private void SumWithCarry()
    {
        bool seen = Word.Bit(29) && AreFlagsSeen();
        PushCarry();
        _il.Emit(OpCodes.Stloc, _value);
        Push(Word.Rn);
        Cut();
        Push(Word.Rm);
        if (Word.Bit(30))
            _il.Emit(OpCodes.Not);
        Cut();
        if (seen)
        {
            _il.Emit(OpCodes.Stloc, _second);
            _il.Emit(OpCodes.Stloc, _first);
            _il.Emit(OpCodes.Ldloc, _value);
            _il.Emit(OpCodes.Stloc, _third);
            _flags = new((int)Kind(FlagKind.Adcs32));
            PushSum();
        }
        else
        {
            _il.Emit(OpCodes.Add);
        }

        _il.Emit(OpCodes.Ldloc, _value);
        _il.Emit(OpCodes.Add);
        Cut();
        Pop(Word.Rd);
    }

    private void PushShifted()
    {
        Push(Word.Rm);
        int amount = Word.Bits(10, 6);
        if (amount == 0)
            return;
        Narrow();
        _il.Emit(OpCodes.Ldc_I4, amount);
        switch (Word.Bits(22, 2))
        {
            case 0:
                _il.Emit(OpCodes.Shl);
                break;
            case 1:
                _il.Emit(OpCodes.Shr_Un);
                break;
            case 2:
                _il.Emit(OpCodes.Shr);
                break;
            default:
                Call(
                    typeof(BitOperations), nameof(BitOperations.RotateRight),
                    Word.Sf ? typeof(ulong) : typeof(uint), typeof(int));
                break;
        }

        Widen();
    }

    private void PushLogicalOperand()
    {
        PushShifted();
        if (Word.Bit(21))
            _il.Emit(OpCodes.Not);
    }

    private void PushExtended()
    {
        Push(Word.Rm);
        PushExtension(Word.Bits(13, 3), Word.Bits(10, 3));
    }

    /// <summary>Extends what is pushed, as the field option says, and shifts it.</summary>
    private void PushExtension(int option, int amount)
    {
        OpCode? conversion = (option & 3) switch
        {
            0 => option < 4 ? OpCodes.Conv_U1 : OpCodes.Conv_I1,
            1 => option < 4 ? OpCodes.Conv_U2 : OpCodes.Conv_I2,
            2 => option < 4 ? OpCodes.Conv_U4 : OpCodes.Conv_I4,
            _ => null,
        };
        if (conversion is { } narrow)
        {
            _il.Emit(narrow);
            _il.Emit(option < 4 ? OpCodes.Conv_U8 : OpCodes.Conv_I8);
        }

        if (amount == 0)
            return;
        _il.Emit(OpCodes.Ldc_I4, amount);
        _il.Emit(OpCodes.Shl);
    }

    private void Logical(Action pushSecond, bool isImmediate)
    {
        int opcode = Word.Bits(29, 2);
        bool seen = opcode == 3 && AreFlagsSeen();
        bool mayBeSp = isImmediate && opcode != 3;
        if (!seen && !mayBeSp && Word.Rd == 31)
            return;
        // ORR with the zero register moves.
        if (opcode == 1 && Word.Rn == 31)
        {
            pushSecond();
        }
        else
        {
            Push(Word.Rn);
            pushSecond();
            _il.Emit(opcode switch { 1 => OpCodes.Or, 2 => OpCodes.Xor, _ => OpCodes.And });
        }

        Cut();
        if (seen)
        {
            _il.Emit(OpCodes.Dup);
            _il.Emit(OpCodes.Stloc, _first);
            _flags = new((int)Kind(FlagKind.Logical32));
        }

        if (mayBeSp)
            PopOrSp(Word.Rd);
        else
            Pop(Word.Rd);
    }

    private void MoveWide()
    {
        int shift = Word.Bits(21, 2) * 16;
        ulong value = (ulong)Word.Bits(5, 16) << shift;
        switch (Word.Bits(29, 2))
        {
            case 0:
                Constant(Word.Sf ? ~value : ~(uint)value);
                break;
            case 2:
                Constant(value);
                break;
            default:
                Push(Word.Rd);
                Cut();
                Constant(~(0xFFFFul << shift));
                _il.Emit(OpCodes.And);
                Constant(value);
                _il.Emit(OpCodes.Or);
                break;
        }

        Pop(Word.Rd);
    }

    private void Bitfield()
    {
        int width = Word.Sf ? 64 : 32;
        int immr = Word.Bits(16, 6);
        int imms = Word.Bits(10, 6);
        bool movesRight = imms >= immr;
        ulong field = ~0ul >> (63 - (movesRight ? imms - immr : imms));
        int left = width - immr;
        switch (Word.Bits(29, 2))
        {
            case 0:
                Push(Word.Rn);
                Shift(63 - imms, OpCodes.Shl);
                Shift(63 - imms + (movesRight ? immr : -left), OpCodes.Shr);
                Cut();
                break;
            case 1:
                ulong mask = movesRight ? field : field << left;
                Push(Word.Rd);
                Cut();
                Constant(~mask);
                _il.Emit(OpCodes.And);
                Push(Word.Rn);
                if (movesRight)
                    Shift(immr, OpCodes.Shr_Un);
                else
                    Shift(left, OpCodes.Shl);
                Constant(mask);
                _il.Emit(OpCodes.And);
                _il.Emit(OpCodes.Or);
                break;
            default:
                Push(Word.Rn);
                if (movesRight)
                    Shift(immr, OpCodes.Shr_Un);
                if (field != ~0ul)
                {
                    Constant(field);
                    _il.Emit(OpCodes.And);
                }

                if (!movesRight)
                    Shift(left, OpCodes.Shl);
                break;
        }

        Pop(Word.Rd);
    }

    private void Shift(int amount, OpCode direction)
    {
        if (amount == 0)
            return;
        _il.Emit(OpCodes.Ldc_I4, amount);
        _il.Emit(direction);
    }

    private void Extract()
    {
        int lowest = Word.Bits(10, 6);
        if (!Word.Sf)
        {
            Push(Word.Rn);
            Shift(32, OpCodes.Shl);
            Push(Word.Rm);
            Cut();
            _il.Emit(OpCodes.Or);
            Shift(lowest, OpCodes.Shr_Un);
            Cut();
        }
        else
        {
            Push(Word.Rm);
            if (lowest != 0)
            {
                Shift(lowest, OpCodes.Shr_Un);
                Push(Word.Rn);
                Shift(64 - lowest, OpCodes.Shl);
                _il.Emit(OpCodes.Or);
            }
        }

        Pop(Word.Rd);
    }

    private void ConditionalCompare()
    {
        if (!AreFlagsSeen())
            return;
        PushCondition(Word.Bits(12, 4));
        _il.Emit(OpCodes.Conv_U8);
        _il.Emit(OpCodes.Stloc, _third);
        Push(Word.Rn);
        Cut();
        _il.Emit(OpCodes.Stloc, _first);
        if (Word.Bit(11))
            Constant((ulong)Word.Bits(16, 5));
        else
            Push(Word.Rm);
        Cut();
        _il.Emit(OpCodes.Stloc, _second);
        _flags = new(LateFlags.Conditional(Kind(Word.Bit(30) ? FlagKind.Subs32 : FlagKind.Adds32), Word.Bits(0, 4)));
    }

    private void ConditionalSelect()
    {
        int kind = (Word.Bit(30) ? 2 : 0) | (Word.Bit(10) ? 1 : 0);
        // A mask of all bits where the condition holds; both are computed.
        PushCondition(Word.Bits(12, 4));
        _il.Emit(OpCodes.Neg);
        _il.Emit(OpCodes.Conv_I8);
        _il.Emit(OpCodes.Stloc, _value);
        Push(Word.Rn);
        _il.Emit(OpCodes.Ldloc, _value);
        _il.Emit(OpCodes.And);
        Push(Word.Rm);
        switch (kind)
        {
            case 1:
                Constant(1);
                _il.Emit(OpCodes.Add);
                break;
            case 2:
                _il.Emit(OpCodes.Not);
                break;
            case 3:
                _il.Emit(OpCodes.Neg);
                break;
        }

        _il.Emit(OpCodes.Ldloc, _value);
        _il.Emit(OpCodes.Not);
        _il.Emit(OpCodes.And);
        _il.Emit(OpCodes.Or);
        Cut();
        Pop(Word.Rd);
    }

    private void ThreeSource()
    {
        int opcode = Word.Bits(21, 3);
        if (opcode is 2 or 6)
        {
            Push(Word.Rn);
            Push(Word.Rm);
            Call(
                typeof(MultiplyHandlers),
                opcode == 2 ? nameof(MultiplyHandlers.SignedHighOf) : nameof(MultiplyHandlers.UnsignedHighOf));
            Pop(Word.Rd);
            return;
        }

        OpCode? extends = opcode switch { 1 => OpCodes.Conv_I4, 5 => OpCodes.Conv_U4, _ => null };
        bool isPlain = Word.Ra == 31 && !Word.Bit(15);
        if (!isPlain)
            Push(Word.Ra);
        PushFactor(Word.Rn);
        PushFactor(Word.Rm);
        _il.Emit(OpCodes.Mul);
        if (!isPlain)
            _il.Emit(Word.Bit(15) ? OpCodes.Sub : OpCodes.Add);
        Cut();
        Pop(Word.Rd);

        void PushFactor(int number)
        {
            Push(number);
            if (extends is not { } narrow)
                return;
            _il.Emit(narrow);
            _il.Emit(opcode == 1 ? OpCodes.Conv_I8 : OpCodes.Conv_U8);
        }
    }
}
