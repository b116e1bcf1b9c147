using System.Diagnostics.CodeAnalysis;
using System.Reflection.Emit;
using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.Interpreting;

namespace Gunyah.Aarch64.Compiling;

/// <summary>Where the flags are, at a place in the code.</summary>
/// <param name="Number">What they are made of, as <see cref="LateFlags"/> has it; null where only the code knows.</param>
internal readonly record struct FlagSource(int? Number)
{
    /// <summary>In the state.</summary>
    public static FlagSource InState => new((int)FlagKind.InState);

    /// <summary>Of the kind that the local says.</summary>
    public static FlagSource Unknown => new(null);
}

/// <summary>The flags: operands are kept in locals until somebody looks, and most of the time nobody does.</summary>
internal sealed unsafe partial class RegionWriter
{
    private readonly LocalBuilder _flagNumber;
    private readonly LocalBuilder _first;
    private readonly LocalBuilder _second;
    private readonly LocalBuilder _third;
    private FlagSource _flags;

    [return: DynamicallyAccessedMembers(CompiledWords.Methods)]
    private static Type ConditionOf(int condition) => condition switch
    {
        0 => typeof(Equal),
        1 => typeof(NotEqual),
        2 => typeof(CarrySet),
        3 => typeof(CarryClear),
        4 => typeof(Minus),
        5 => typeof(Plus),
        6 => typeof(Overflow),
        7 => typeof(NoOverflow),
        8 => typeof(Higher),
        9 => typeof(LowerOrSame),
        10 => typeof(GreaterOrEqual),
        11 => typeof(Less),
        12 => typeof(Greater),
        _ => typeof(LessOrEqual),
    };

    private static bool HoldsIn(int condition, uint nzcv)
    {
        bool n = (nzcv >> 31 & 1) != 0;
        bool z = (nzcv >> 30 & 1) != 0;
        bool c = (nzcv >> 29 & 1) != 0;
        bool v = (nzcv >> 28 & 1) != 0;
        bool holds = (condition >> 1) switch
        {
            0 => z,
            1 => c,
            2 => n,
            3 => v,
            4 => c && !z,
            5 => n == v,
            6 => n == v && !z,
            _ => true,
        };
        return holds != ((condition & 1) != 0 && condition < 14);
    }

    private FlagKind Kind(FlagKind of32) => Word.Sf ? of32 + 1 : of32;

    private static bool Is64(FlagKind kind) =>
        kind is FlagKind.Adds64 or FlagKind.Subs64 or FlagKind.Logical64 or FlagKind.Adcs64;

    /// <summary>Puts the flags into the state.</summary>
    private void FlagsToState()
    {
        if (_flags == FlagSource.InState)
            return;
        _il.Emit(OpCodes.Ldarg_0);
        PushFlagNumber(_flags);
        PushFlagOperands();
        Call(typeof(LateFlags), nameof(LateFlags.Store));
        _flags = FlagSource.InState;
    }

    private void PushFlagNumber(FlagSource flags)
    {
        if (flags.Number is { } number)
            _il.Emit(OpCodes.Ldc_I4, number);
        else
            _il.Emit(OpCodes.Ldloc, _flagNumber);
    }

    private void PushFlagOperands()
    {
        _il.Emit(OpCodes.Ldloc, _first);
        _il.Emit(OpCodes.Ldloc, _second);
        _il.Emit(OpCodes.Ldloc, _third);
    }

    /// <summary>
    /// Before a way to code that may be come to from elsewhere: what the flags are made of is known there by the local.
    /// </summary>
    private void NoteFlags()
    {
        if (_flags.Number is not { } number)
            return;
        _il.Emit(OpCodes.Ldc_I4, number);
        _il.Emit(OpCodes.Stloc, _flagNumber);
    }

    /// <summary>True if somebody may look at the flags that the present word sets.</summary>
    private bool AreFlagsSeen()
    {
        for (int i = _block.Words.IndexOf(_word) + 1; i < _block.Words.Count; i++)
        {
            PlannedWord next = _block.Words[i];
            if (FlagUse.Reads(next.Operation, next.Word) || IsSeenAt(next))
                return true;
            if (FlagUse.Sets(next.Operation, next.Word))
                return false;
        }

        return AreFlagsSeenBehind(_block);
    }

    /// <summary>Whether the interpreter may go on at a word, or behind it, by another way than the next word.</summary>
    private static bool IsSeenAt(in PlannedWord word) =>
        word.Way != WordWay.Compiled || (!FlagUse.OnlyComputes(word.Operation)
            && word.Operation is not (>= Operation.Branch and <= Operation.TestBranch)
            && word.Operation is not (Operation.Hint or Operation.Prefetch or Operation.DataMemoryBarrier));

    private static bool AreFlagsSeenBehind(PlannedBlock block)
    {
        bool leavesByBranch = block.Target is not null || !block.FallsThrough;
        return (leavesByBranch && block.Taken is not { NeedsFlags: false })
            || (block.FallsThrough && block.Next is not { NeedsFlags: false });
    }

    /// <summary>Finds out at the start of which blocks the flags may be looked at.</summary>
    private void FindLiveFlags()
    {
        bool isChanged = true;
        while (isChanged)
        {
            isChanged = false;
            for (int i = _plan.Blocks.Count - 1; i >= 0; i--)
            {
                PlannedBlock block = _plan.Blocks[i];
                bool needs = NeedsFlags(block);
                isChanged |= needs != block.NeedsFlags;
                block.NeedsFlags = needs;
            }
        }

        static bool NeedsFlags(PlannedBlock block)
        {
            // At a checkpoint the region may be left.
            if (block.IsCheckpoint)
                return true;
            foreach (PlannedWord word in block.Words)
            {
                if (FlagUse.Reads(word.Operation, word.Word) || IsSeenAt(word))
                    return true;
                if (FlagUse.Sets(word.Operation, word.Word))
                    return false;
            }

            return AreFlagsSeenBehind(block);
        }
    }

    /// <summary>Pushes the carry, 0 or 1, of 64 bits.</summary>
    private void PushCarry()
    {
        switch (_flags.Number)
        {
            case (int)FlagKind.Subs32 or (int)FlagKind.Subs64:
                _il.Emit(OpCodes.Ldloc, _first);
                _il.Emit(OpCodes.Ldloc, _second);
                _il.Emit(OpCodes.Clt_Un);
                Not();
                _il.Emit(OpCodes.Conv_U8);
                break;
            case (int)FlagKind.Adds64:
                PushSum();
                _il.Emit(OpCodes.Ldloc, _first);
                _il.Emit(OpCodes.Clt_Un);
                _il.Emit(OpCodes.Conv_U8);
                break;
            case (int)FlagKind.Adcs64:
                PushSum();
                _il.Emit(OpCodes.Ldloc, _first);
                _il.Emit(OpCodes.Clt_Un);
                PushSum();
                _il.Emit(OpCodes.Ldloc, _third);
                _il.Emit(OpCodes.Add);
                _il.Emit(OpCodes.Ldloc, _third);
                _il.Emit(OpCodes.Clt_Un);
                _il.Emit(OpCodes.Or);
                _il.Emit(OpCodes.Conv_U8);
                break;
            case (int)FlagKind.Logical32 or (int)FlagKind.Logical64:
                Constant(0);
                break;
            default:
                FlagsToState();
                StateField(OffsetOf(&_fields->C));
                _il.Emit(OpCodes.Ldind_U4);
                _il.Emit(OpCodes.Conv_U8);
                break;
        }
    }

    private void PushSum()
    {
        _il.Emit(OpCodes.Ldloc, _first);
        _il.Emit(OpCodes.Ldloc, _second);
        _il.Emit(OpCodes.Add);
    }

    private void Not()
    {
        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Ceq);
    }

    /// <summary>Pushes 1 if a condition holds, else 0.</summary>
    private void PushCondition(int condition)
    {
        if (condition >= 14)
        {
            _il.Emit(OpCodes.Ldc_I4_1);
            return;
        }

        if (_flags.Number is { } number && (number & LateFlags.IsConditional) != 0
            && TryPush(LateFlags.KindOf(number), condition))
        {
            _il.Emit(OpCodes.Ldloc, _third);
            _il.Emit(OpCodes.Conv_I4);
            if (!HoldsIn(condition, LateFlags.OtherwiseOf(number)))
            {
                _il.Emit(OpCodes.And);
                return;
            }

            Not();
            _il.Emit(OpCodes.Or);
            return;
        }

        if (_flags.Number is { } plain && (plain & LateFlags.IsConditional) == 0 && TryPush((FlagKind)plain, condition))
            return;
        FlagsToState();
        _il.Emit(OpCodes.Ldarg_0);
        Call(ConditionOf(condition), nameof(ICondition.Holds));
    }

    /// <summary>Pushes whether a condition holds of operands, where that is simple.</summary>
    private bool TryPush(FlagKind kind, int condition)
    {
        switch (kind)
        {
            case FlagKind.Subs32 or FlagKind.Subs64 when condition is not (6 or 7):
                PushDifference(kind, condition);
                break;
            case FlagKind.Logical32 or FlagKind.Logical64 when condition is 0 or 1 or 4 or 5 or 10 or 11:
                // V is clear.
                PushOfResult(kind, condition switch { 10 => 5, 11 => 4, _ => condition }, () => _il.Emit(OpCodes.Ldloc, _first));
                return true;
            case FlagKind.Adds32 or FlagKind.Adds64 when condition is 0 or 1 or 4 or 5:
                PushOfResult(kind, condition, PushSum);
                return true;
            case FlagKind.Adds64 or FlagKind.Adcs64 when condition is 2 or 3 && _flags.Number == (int)kind:
                PushCarry();
                _il.Emit(OpCodes.Conv_I4);
                break;
            default:
                return false;
        }

        if ((condition & 1) != 0)
            Not();
        return true;
    }

    /// <summary>EQ, NE, MI and PL of a result.</summary>
    private void PushOfResult(FlagKind kind, int condition, Action push)
    {
        push();
        if (!Is64(kind))
        {
            _il.Emit(OpCodes.Conv_I4);
            _il.Emit(OpCodes.Ldc_I4_0);
        }
        else
        {
            Constant(0);
        }

        _il.Emit(condition < 2 ? OpCodes.Ceq : OpCodes.Clt);
        if ((condition & 1) != 0)
            Not();
    }

    /// <summary>The condition without its lowest bit, of two operands that were compared.</summary>
    private void PushDifference(FlagKind kind, int condition)
    {
        bool isSigned = condition >= 10;
        bool isSwapped = (condition >> 1) is 4 or 6;
        if ((condition >> 1) == 2)
        {
            // MI is the sign of the difference, whatever overflows.
            _il.Emit(OpCodes.Ldloc, _first);
            _il.Emit(OpCodes.Ldloc, _second);
            _il.Emit(OpCodes.Sub);
            if (Is64(kind))
            {
                Constant(0);
            }
            else
            {
                _il.Emit(OpCodes.Conv_I4);
                _il.Emit(OpCodes.Ldc_I4_0);
            }

            _il.Emit(OpCodes.Clt);
            return;
        }

        PushOperand(isSwapped ? _second : _first);
        PushOperand(isSwapped ? _first : _second);
        switch (condition >> 1)
        {
            case 0:
                _il.Emit(OpCodes.Ceq);
                break;
            case 1:
                _il.Emit(OpCodes.Clt_Un);
                Not();
                break;
            case 4:
                _il.Emit(OpCodes.Clt_Un);
                break;
            case 5:
                _il.Emit(OpCodes.Clt);
                Not();
                break;
            default:
                _il.Emit(OpCodes.Clt);
                break;
        }

        void PushOperand(LocalBuilder operand)
        {
            _il.Emit(OpCodes.Ldloc, operand);
            // An equal pair of 32 bits is one of 64, as nothing is above; so is the unsigned order.
            if (!Is64(kind) && isSigned)
                _il.Emit(OpCodes.Conv_I4);
        }
    }
}
