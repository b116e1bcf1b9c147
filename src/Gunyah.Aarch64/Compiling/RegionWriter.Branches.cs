using System.Reflection.Emit;
using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.Interpreting;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Compiling;

/// <summary>Branches, hints, and what is read of the system.</summary>
internal sealed unsafe partial class RegionWriter
{
    private void WriteBranch()
    {
        switch (_word.Operation)
        {
            case Operation.Branch:
                Go();
                break;
            case Operation.BranchWithLink:
                PushAddress(_word.Index + 1, 0);
                Pop(30);
                Go();
                break;
            case Operation.BranchConditional when Word.Bits(0, 4) >= 14:
                Go();
                break;
            case Operation.BranchConditional:
                PushCondition(Word.Bits(0, 4));
                _il.Emit(OpCodes.Brtrue, TakenLabel());
                break;
            case Operation.CompareBranch:
                Push(Word.Rt);
                Narrow();
                _il.Emit(Word.Bit(24) ? OpCodes.Brtrue : OpCodes.Brfalse, TakenLabel());
                break;
            case Operation.TestBranch:
                Push(Word.Rt);
                Constant(1ul << (Word.Bits(19, 5) | (Word.Bit(31) ? 32 : 0)));
                _il.Emit(OpCodes.And);
                _il.Emit(Word.Bit(24) ? OpCodes.Brtrue : OpCodes.Brfalse, TakenLabel());
                break;
            default:
                Push(Word.Rn);
                _il.Emit(OpCodes.Stloc, _address);
                if (_word.Operation == Operation.BranchLinkRegister)
                {
                    PushAddress(_word.Index + 1, 0);
                    Pop(30);
                }

                NoteFlags();
                _il.Emit(OpCodes.Br, _jump);
                break;
        }
    }

    private void Go() => _il.Emit(OpCodes.Br, TakenLabel());

    /// <summary>Where the present branch goes if it is taken.</summary>
    private Label TakenLabel()
    {
        if (_block.Taken is not { } taken)
        {
            int distance = _word.Operation switch
            {
                Operation.Branch or Operation.BranchWithLink => Word.Signed(0, 26),
                Operation.TestBranch => Word.Signed(5, 14),
                _ => Word.Signed(5, 19),
            };
            return Stub(BranchTo(_word.Index + distance), _branch);
        }

        if (taken.NeedsFlags)
            NoteFlags();
        return _starts[taken];
    }

    private void WriteSystem()
    {
        switch (_word.Operation)
        {
            case Operation.DataMemoryBarrier:
                Call(typeof(Thread), nameof(Thread.MemoryBarrier));
                break;
            case Operation.MoveFromSystem:
                ReadSystem(SystemTranslation.ReadingOf(Word));
                break;
            case Operation.MoveToPstate:
                ResumeUnlessKernel();
                StateField(OffsetOf(&_fields->Daif));
                _il.Emit(OpCodes.Dup);
                _il.Emit(OpCodes.Ldind_U4);
                _il.Emit(OpCodes.Ldc_I4, Word.Bits(8, 4) << 6);
                _il.Emit(OpCodes.Or);
                _il.Emit(OpCodes.Stind_I4);
                break;
        }
    }

    private void ReadSystem(Reading reading)
    {
        int offset;
        if (reading == Reading.SpEl0)
        {
            ResumeUnlessKernel();
            // With the other stack pointer selected it is in its place among the registers.
            StateField(OffsetOf(&_fields->SpSel));
            _il.Emit(OpCodes.Ldind_U4);
            _il.Emit(OpCodes.Brfalse, ResumeHere());
            offset = OffsetOf(&_fields->SpEl0);
        }
        else
        {
            if (reading == Reading.Kernels)
                ResumeUnlessKernel();
            offset = OffsetOf(&_fields->System[(int)SystemRegisterTable.Find((ushort)Word.Bits(5, 16))!.Stored]);
        }

        StateField(offset);
        _il.Emit(OpCodes.Ldind_I8);
        Pop(Word.Rt);
    }

    private void ResumeUnlessKernel()
    {
        StateField(OffsetOf(&_fields->El));
        _il.Emit(OpCodes.Ldind_U4);
        _il.Emit(OpCodes.Brfalse, ResumeHere());
    }
}
