using System.Reflection.Emit;
using System.Runtime.InteropServices;
using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.Memory;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Compiling;

/// <summary>
/// Loads and stores: what the TLB knows is done in place. At all else the region is left, and the interpreter does the
/// instruction: nothing of it has happened yet.
/// </summary>
internal sealed unsafe partial class RegionWriter
{
    /// <summary>The bit of an address that says in which half of the address space it is.</summary>
    private const int TableBit = 55;

    private const int PointerShift = 3;

    private const int StackAlignment = 16;

    /// <summary>The size of an entry of the TLB is 1 shifted by this.</summary>
    private const int EntryShift = 5;

    private void WriteAccess()
    {
        switch (_word.Operation)
        {
            case Operation.Prefetch:
                break;
            case >= Operation.LoadPairOffset:
                AccessPair();
                break;
            default:
                AccessOne();
                break;
        }
    }

    private void AccessOne()
    {
        bool isLiteral = _word.Operation == Operation.LoadLiteral;
        bool loads = _word.Operation <= Operation.LoadLiteral;
        int shift = isLiteral ? (Word.Bits(30, 2) == 1 ? 3 : 2) : Word.Bits(30, 2);
        long post = 0;
        bool writesBack = false;
        switch (_word.Operation)
        {
            case Operation.LoadLiteral:
                PushAddress(_word.Index, (long)Word.Signed(5, 19) * 4);
                break;
            case Operation.LoadUnsignedOffset or Operation.StoreUnsignedOffset:
                PushBase((long)Word.Bits(10, 12) << shift);
                break;
            case Operation.LoadRegisterOffset or Operation.StoreRegisterOffset:
                PushBase(0);
                Push(Word.Rm);
                PushExtension(Word.Bits(13, 3), Word.Bit(12) ? shift : 0);
                _il.Emit(OpCodes.Add);
                break;
            case Operation.LoadPostIndex or Operation.StorePostIndex:
                PushBase(0);
                (post, writesBack) = (Word.Signed(12, 9), true);
                break;
            default:
                PushBase(Word.Signed(12, 9));
                writesBack = _word.Operation is Operation.LoadPreIndex or Operation.StorePreIndex;
                break;
        }

        bool asUser = _word.Operation is Operation.LoadUnprivileged or Operation.StoreUnprivileged;
        FindHost(loads, asUser, 1 << shift);
        if (loads)
        {
            _il.Emit(OpCodes.Ldloc, _host);
            LoadHost(shift, isLiteral ? (Word.Bits(30, 2) == 2 ? 2 : 1) : Word.Bits(22, 2));
            Pop(Word.Rt);
        }
        else
        {
            _il.Emit(OpCodes.Ldloc, _host);
            Push(Word.Rt);
            StoreHost(shift);
        }

        if (writesBack)
            WriteBack(post, Word.Signed(12, 9));
    }

    private void AccessPair()
    {
        bool loads = _word.Operation is Operation.LoadPairOffset or Operation.LoadPairPostIndex or Operation.LoadPairPreIndex;
        int shift = Word.Sf ? 3 : 2;
        long offset = (long)Word.Signed(15, 7) << shift;
        bool isPost = _word.Operation is Operation.LoadPairPostIndex or Operation.StorePairPostIndex;
        bool isPre = _word.Operation is Operation.LoadPairPreIndex or Operation.StorePairPreIndex;
        PushBase(isPost ? 0 : offset);
        FindHost(loads, asUser: false, 2 << shift);
        if (loads)
        {
            // LDPSW has the number 1.
            int opcode = Word.Bits(30, 2) == 1 ? 2 : 1;
            // Of a register that is loaded twice the first value counts.
            _il.Emit(OpCodes.Ldloc, _host);
            LoadHost(shift, opcode);
            PushSecondHost(shift);
            LoadHost(shift, opcode);
            Pop(Word.Rt2);
            Pop(Word.Rt);
        }
        else
        {
            _il.Emit(OpCodes.Ldloc, _host);
            Push(Word.Rt);
            StoreHost(shift);
            PushSecondHost(shift);
            Push(Word.Rt2);
            StoreHost(shift);
        }

        if (isPost || isPre)
            WriteBack(isPost ? offset : 0, offset);
    }

    private void PushSecondHost(int shift)
    {
        _il.Emit(OpCodes.Ldloc, _host);
        _il.Emit(OpCodes.Ldc_I4, 1 << shift);
        _il.Emit(OpCodes.Add);
    }

    /// <summary>
    /// Pushes the base register and an offset. A stack pointer that is not aligned may fault, so it is the interpreter's.
    /// </summary>
    private void PushBase(long offset)
    {
        if (Word.Rn == 31 && !_isSpAligned)
        {
            _isSpAligned = true;
            PushSlot(Slot.Sp);
            Constant(StackAlignment - 1);
            _il.Emit(OpCodes.And);
            _il.Emit(OpCodes.Brtrue, ResumeHere());
        }

        PushOrSp(Word.Rn);
        if (offset == 0)
            return;
        Constant((ulong)offset);
        _il.Emit(OpCodes.Add);
    }

    /// <summary>Writes the base register back: the address and an offset, which is so far from what it was.</summary>
    private void WriteBack(long offset, long distance)
    {
        _il.Emit(OpCodes.Ldloc, _address);
        if (offset != 0)
        {
            Constant((ulong)offset);
            _il.Emit(OpCodes.Add);
        }

        bool isAligned = _isSpAligned && distance % StackAlignment == 0;
        PopOrSp(Word.Rn);
        _isSpAligned = isAligned;
    }

    /// <summary>Finds the host address of the virtual one that is pushed.</summary>
    private void FindHost(bool loads, bool asUser, int size)
    {
        // As Tlb.Read and its like do it. To let the compiler insert those takes it twice as long.
        _il.Emit(OpCodes.Stloc, _address);
        StateField(asUser ? OffsetOf(&_fields->UserLow) : OffsetOf(&_fields->DataLow));
        PushAddressBits(TableBit - PointerShift, 1 << PointerShift);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldind_I);
        PushAddressBits(Tlb.PageShift - EntryShift, (Tlb.Size - 1) << EntryShift);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, _entry);

        _il.Emit(OpCodes.Ldloc, _address);
        if (size > 1)
        {
            Constant((ulong)(size - 1));
            _il.Emit(OpCodes.Add);
        }

        Constant(~(ulong)(Tlb.PageSize - 1));
        _il.Emit(OpCodes.And);
        PushEntry(loads ? nameof(TlbEntry.ReadTag) : nameof(TlbEntry.WriteTag));
        _il.Emit(OpCodes.Bne_Un, ResumeHere());
        _il.Emit(OpCodes.Ldloc, _address);
        PushEntry(nameof(TlbEntry.Addend));
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, _host);
    }

    /// <summary>Pushes some bits of the address, at a place from bit 0 up.</summary>
    private void PushAddressBits(int shift, int mask)
    {
        _il.Emit(OpCodes.Ldloc, _address);
        Shift(shift, OpCodes.Shr_Un);
        Constant((ulong)mask);
        _il.Emit(OpCodes.And);
    }

    /// <summary>Pushes a field of the TLB's entry.</summary>
    private void PushEntry(string field)
    {
        _il.Emit(OpCodes.Ldloc, _entry);
        Shift((int)Marshal.OffsetOf<TlbEntry>(field), OpCodes.Add);
        _il.Emit(OpCodes.Ldind_I8);
    }

    /// <summary>Loads from the host address that is pushed.</summary>
    /// <param name="shift">The size, as the field size has it.</param>
    /// <param name="opcode">The field opc: 1 unsigned, 2 signed to 64 bits, 3 signed to 32.</param>
    private void LoadHost(int shift, int opcode)
    {
        _il.Emit((shift, opcode) switch
        {
            (0, 1) => OpCodes.Ldind_U1,
            (0, _) => OpCodes.Ldind_I1,
            (1, 1) => OpCodes.Ldind_U2,
            (1, _) => OpCodes.Ldind_I2,
            (2, 1) => OpCodes.Ldind_U4,
            (2, _) => OpCodes.Ldind_I4,
            _ => OpCodes.Ldind_I8,
        });
        if (shift < 3)
            _il.Emit(opcode == 2 ? OpCodes.Conv_I8 : OpCodes.Conv_U8);
    }

    private void StoreHost(int shift) => _il.Emit(shift switch
    {
        0 => OpCodes.Stind_I1,
        1 => OpCodes.Stind_I2,
        2 => OpCodes.Stind_I4,
        _ => OpCodes.Stind_I8,
    });
}
