using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;
using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.Interpreting;

namespace Gunyah.Aarch64.Compiling;

/// <summary>The frame of a region: entries, blocks, counting, and the ways out, which are common and stand at the end.</summary>
internal sealed unsafe partial class RegionWriter
{
    private readonly Label _resume;
    private readonly Label _branch;
    private readonly Label _jump;
    private readonly Label _interpret;
    private readonly Label _leave;
    private readonly Dictionary<PlannedBlock, Label> _starts = [];
    private readonly Dictionary<PlannedBlock, Label> _bodies = [];

    /// <summary>Writes all of it.</summary>
    public void Write()
    {
        FindLiveFlags();
        ChooseKept();
        foreach (PlannedBlock block in _plan.Blocks)
        {
            _starts[block] = _il.DefineLabel();
            _bodies[block] = _il.DefineLabel();
        }

        WriteEntries();
        PlannedBlock? previous = null;
        foreach (PlannedBlock block in _plan.Blocks)
        {
            bool follows = previous is not null && previous.Next == block;
            bool inherits = follows && block.Predecessors == 1 && !block.IsCheckpoint;
            if (!inherits)
            {
                if (follows)
                    NoteFlags();
                ForgetRegisters();
                _flags = FlagSource.Unknown;
            }

            WriteBlock(block);
            previous = block;
            // What is not behind it in the order of addresses is come to by a branch.
            if (block.Next is { } next && IndexOf(next) != IndexOf(block) + 1)
            {
                NoteFlags();
                _il.Emit(OpCodes.Br, _starts[next]);
            }
        }

        WriteExits();
    }

    private int IndexOf(PlannedBlock block) => _plan.Blocks.IndexOf(block);

    private void WriteEntries()
    {
        var labels = new Label[_plan.Entries.Count];
        StateField(OffsetOf(&_fields->Left));
        _il.Emit(OpCodes.Ldind_I8);
        _il.Emit(OpCodes.Stloc, _left);
        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Stloc, _flagNumber);
        LoadKept();
        if (labels.Length > 1)
        {
            for (int i = 0; i < labels.Length; i++)
                labels[i] = _il.DefineLabel();
            _il.Emit(OpCodes.Ldarg_1);
            _il.Emit(OpCodes.Ldc_I4, (int)Marshal.OffsetOf<Instruction>(nameof(Instruction.Rd)));
            _il.Emit(OpCodes.Add);
            _il.Emit(OpCodes.Ldind_U1);
            _il.Emit(OpCodes.Switch, labels);
        }

        for (int i = 0; i < labels.Length; i++)
        {
            PlannedBlock entry = _plan.Entries[i];
            if (labels.Length > 1)
                _il.MarkLabel(labels[i]);
            _il.Emit(OpCodes.Ldloc, _left);
            _il.Emit(OpCodes.Ldc_I8, (long)entry.Need);
            _il.Emit(OpCodes.Blt, _interpret);
            StateField(OffsetOf(&_fields->BlockPc));
            _il.Emit(OpCodes.Ldind_I8);
            Constant((ulong)(entry.Start - _plan.Base) * sizeof(uint));
            _il.Emit(OpCodes.Sub);
            _il.Emit(OpCodes.Stloc, _base);
            if (entry.Start != _plan.Base)
            {
                StateField(OffsetOf(&_fields->BlockPc));
                _il.Emit(OpCodes.Ldloc, _base);
                _il.Emit(OpCodes.Stind_I8);
            }

            _il.Emit(OpCodes.Br, _bodies[entry]);
        }
    }

    private void WriteBlock(PlannedBlock block)
    {
        _block = block;
        _il.MarkLabel(_starts[block]);
        if (block.IsCheckpoint)
        {
            // Too little is left: the region is left, and the interpreter comes to where the budget ends.
            _il.Emit(OpCodes.Ldloc, _left);
            _il.Emit(OpCodes.Ldc_I8, (long)block.Need);
            _il.Emit(OpCodes.Blt, Stub(BranchTo(block.Start), _branch));
        }

        _il.MarkLabel(_bodies[block]);
        if (block.Count > 0)
        {
            _il.Emit(OpCodes.Ldloc, _left);
            _il.Emit(OpCodes.Ldc_I8, (long)block.Count);
            _il.Emit(OpCodes.Sub);
            _il.Emit(OpCodes.Stloc, _left);
        }

        for (int i = 0; i < block.Words.Count; i++)
        {
            _word = block.Words[i];
            _behind = block.Count - 1 - i;
            switch (_word.Way)
            {
                case WordWay.Compiled:
                    WriteWord();
                    break;
                case WordWay.Called:
                    WriteCall();
                    break;
                default:
                    _il.Emit(OpCodes.Br, ResumeHere());
                    break;
            }
        }

        // A block whose successor is not in the region.
        if (block.FallsThrough && block.Next is null)
            _il.Emit(OpCodes.Br, Stub(BranchTo(block.End), _branch));
    }

    private void WriteWord()
    {
        switch (_word.Operation)
        {
            case <= Operation.ThreeSource:
                WriteInteger();
                break;
            case <= Operation.TestBranch:
                WriteBranch();
                break;
            case <= Operation.StorePairPreIndex:
                WriteAccess();
                break;
            default:
                WriteSystem();
                break;
        }
    }

    /// <summary>Calls the interpreter's handlers of a word; one that does not go on behind it leaves the region.</summary>
    private void WriteCall()
    {
        FlagsToState();
        StoreKept();
        // Addresses and counts are taken from the region's base.
        int distance = _word.Index - _plan.Base;
        Instruction* slots = _region.Allocate<Instruction>(_word.Slots.Length);
        for (int i = 0; i < _word.Slots.Length; i++)
        {
            slots[i] = _word.Slots[i];
            slots[i].Offset = distance * sizeof(uint);
        }

        StateField(OffsetOf(&_fields->Left));
        PushLeftBehind();
        _il.Emit(OpCodes.Stind_I8);
        StateField(OffsetOf(&_fields->BlockCount));
        _il.Emit(OpCodes.Ldc_I4, distance + 1);
        _il.Emit(OpCodes.Stind_I4);
        for (int i = 0; i < _word.Slots.Length; i++)
        {
            _il.Emit(OpCodes.Ldarg_0);
            Constant((ulong)(slots + i));
            Constant((ulong)slots[i].Handler);
            _il.EmitCalli(OpCodes.Calli, CallingConventions.Standard, typeof(nint), [typeof(nint), typeof(nint)], null);
            _il.Emit(OpCodes.Dup);
            _il.Emit(OpCodes.Stloc, _exit);
            Constant((ulong)(slots + i + 1));
            _il.Emit(OpCodes.Bne_Un, _leave);
        }

        LoadKept();
        ForgetRegisters();
    }

    /// <summary>Pushes what is left behind the present word.</summary>
    private void PushLeftBehind()
    {
        _il.Emit(OpCodes.Ldloc, _left);
        if (_behind == 0)
            return;
        _il.Emit(OpCodes.Ldc_I8, (long)_behind);
        _il.Emit(OpCodes.Add);
    }

    /// <summary>A way out at the present word, to where the interpreter does it and what is behind it.</summary>
    private Label ResumeHere()
    {
        Resumption* at = _region.Allocate<Resumption>();
        DecodedBlock owner = _word.Owner;
        *at = new()
        {
            Slot = (Instruction*)_word.Slot,
            Offset = (_word.Index - _plan.Base) * sizeof(uint),
            BlockOffset = (owner.Start - _plan.Base) * sizeof(uint),
            BlockCount = owner.Count,
            Rest = owner.Count - (_word.Index - owner.Start),
            Back = _behind + 1,
        };
        return Stub((nint)at, _resume);
    }

    /// <summary>A branch instruction of the region's own, at its base, to a word of the page or outside.</summary>
    private nint BranchTo(int index)
    {
        Instruction* branch = _region.Allocate<Instruction>();
        *branch = new() { Handler = &BranchHandlers.Branch, Extra = (index - _plan.Base) * sizeof(uint) };
        return (nint)branch;
    }

    /// <summary>A way to the end of the region, with what the common code there needs.</summary>
    private Label Stub(nint exit, Label to)
    {
        Label label = _il.DefineLabel();
        _stubs.Add((label, _flags, exit, to));
        return label;
    }

    private void WriteExits()
    {
        foreach ((Label at, FlagSource flags, nint exit, Label to) in _stubs)
        {
            _il.MarkLabel(at);
            _flags = flags;
            NoteFlags();
            Constant((ulong)exit);
            _il.Emit(OpCodes.Stloc, _exit);
            _il.Emit(OpCodes.Br, to);
        }

        WriteExit(_resume, nameof(Exits.Resume), _exit);
        WriteExit(_branch, nameof(Exits.Branch), _exit);
        WriteExit(_jump, nameof(Exits.Jump), _address);

        // Nothing was done: the head's block is interpreted.
        _il.MarkLabel(_interpret);
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldarg_1);
        Call(typeof(BlockHandlers), nameof(BlockHandlers.Head));
        _il.Emit(OpCodes.Ret);

        _il.MarkLabel(_leave);
        _il.Emit(OpCodes.Ldloc, _exit);
        _il.Emit(OpCodes.Ret);
    }

    private void WriteExit(Label label, string method, LocalBuilder operand)
    {
        _il.MarkLabel(label);
        StoreKept();
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldloc, operand);
        _il.Emit(OpCodes.Ldloc, _left);
        PushFlagNumber(FlagSource.Unknown);
        PushFlagOperands();
        Call(typeof(Exits), method);
        _il.Emit(OpCodes.Ret);
    }
}
