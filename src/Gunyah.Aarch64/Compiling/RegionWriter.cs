using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Compiling;

/// <summary>
/// Writes the IL of a region: registers and state. A register that is <em>kept</em> is in a local throughout the region, and in
/// the state only outside; all others are written to the state at once, and read from it once a stretch of code.
/// </summary>
internal sealed unsafe partial class RegionWriter
{
    private const BindingFlags Anywhere = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Nobody's state: what the addresses of its fields are counted from.</summary>
    private static readonly CoreState* _fields =
        (CoreState*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(RegionWriter), sizeof(CoreState));

    private readonly ILGenerator _il;
    private readonly RegionPlan _plan;
    private readonly CompiledRegion _region;
    private readonly LocalBuilder?[] _registers = new LocalBuilder[Slot.Count];
    private readonly bool[] _isKnown = new bool[Slot.Count];
    private readonly bool[] _isKept = new bool[Slot.Count];
    private readonly bool[] _isWritten = new bool[Slot.Count];
    private readonly LocalBuilder _left;
    private readonly LocalBuilder _base;
    private readonly LocalBuilder _address;
    private readonly LocalBuilder _entry;
    private readonly LocalBuilder _host;
    private readonly LocalBuilder _value;
    private readonly LocalBuilder _exit;
    private readonly List<(Label At, FlagSource Flags, nint Exit, Label To)> _stubs = [];

    // What is being written.
    private PlannedBlock _block = null!;
    private PlannedWord _word;
    private int _behind;

    /// <summary>True where the stack pointer is known to be a multiple of 16.</summary>
    private bool _isSpAligned;

    /// <summary>Writes a region.</summary>
    public RegionWriter(ILGenerator il, RegionPlan plan, CompiledRegion region)
    {
        (_il, _plan, _region) = (il, plan, region);
        _left = il.DeclareLocal(typeof(long));
        _base = il.DeclareLocal(typeof(ulong));
        _address = il.DeclareLocal(typeof(ulong));
        _entry = il.DeclareLocal(typeof(nint));
        _host = il.DeclareLocal(typeof(byte*));
        _value = il.DeclareLocal(typeof(ulong));
        _exit = il.DeclareLocal(typeof(nint));
        _flagNumber = il.DeclareLocal(typeof(int));
        _first = il.DeclareLocal(typeof(ulong));
        _second = il.DeclareLocal(typeof(ulong));
        _third = il.DeclareLocal(typeof(ulong));
        _resume = il.DefineLabel();
        _branch = il.DefineLabel();
        _jump = il.DefineLabel();
        _interpret = il.DefineLabel();
        _leave = il.DefineLabel();
    }

    private Word Word => _word.Word;

    /// <summary>Where a field of the state is.</summary>
    private static int OffsetOf(void* field) => (int)((byte*)field - (byte*)_fields);

    private static int RegisterOffset(int slot) => slot * sizeof(ulong);

    private void Constant(ulong value) => _il.Emit(OpCodes.Ldc_I8, (long)value);

    private void Call(
        [DynamicallyAccessedMembers(CompiledWords.Methods)] Type type, string method, params Type[] parameters) =>
        _il.Emit(
            OpCodes.Call,
            (parameters.Length == 0 ? type.GetMethod(method, Anywhere) : type.GetMethod(method, Anywhere, parameters))
                ?? throw new MissingMethodException(type.Name, method));

    private void StateField(int offset)
    {
        _il.Emit(OpCodes.Ldarg_0);
        if (offset == 0)
            return;
        _il.Emit(OpCodes.Ldc_I4, offset);
        _il.Emit(OpCodes.Add);
    }

    /// <summary>Pushes a slot of the general registers.</summary>
    private void PushSlot(int slot)
    {
        if (slot == Slot.Zero)
        {
            Constant(0);
            return;
        }

        LocalBuilder local = _registers[slot] ??= _il.DeclareLocal(typeof(ulong));
        if (!_isKept[slot] && !_isKnown[slot])
        {
            StateField(RegisterOffset(slot));
            _il.Emit(OpCodes.Ldind_I8);
            _il.Emit(OpCodes.Dup);
            _il.Emit(OpCodes.Stloc, local);
            _isKnown[slot] = true;
            return;
        }

        _il.Emit(OpCodes.Ldloc, local);
    }

    /// <summary>Pops into a slot of the general registers.</summary>
    private void PopSlot(int slot)
    {
        if (slot is Slot.Sink or Slot.Zero)
        {
            _il.Emit(OpCodes.Pop);
            return;
        }

        if (slot == Slot.Sp)
            _isSpAligned = false;
        LocalBuilder local = _registers[slot] ??= _il.DeclareLocal(typeof(ulong));
        _il.Emit(OpCodes.Stloc, local);
        _isKnown[slot] = true;
        if (!_isKept[slot])
            StoreSlot(slot);
    }

    private void StoreSlot(int slot)
    {
        StateField(RegisterOffset(slot));
        _il.Emit(OpCodes.Ldloc, _registers[slot]!);
        _il.Emit(OpCodes.Stind_I8);
    }

    private void Push(int number) => PushSlot(Slot.Source(number));

    private void Pop(int number) => PopSlot(Slot.Destination(number));

    private void PushOrSp(int number) => PushSlot(Slot.OrSp(number));

    private void PopOrSp(int number) => PopSlot(Slot.OrSp(number));

    /// <summary>To the width of the instruction, as it computes.</summary>
    private void Narrow()
    {
        if (!Word.Sf)
            _il.Emit(OpCodes.Conv_U4);
    }

    /// <summary>Back to what a register holds.</summary>
    private void Widen()
    {
        if (!Word.Sf)
            _il.Emit(OpCodes.Conv_U8);
    }

    /// <summary>Chooses the registers that are kept: those that loops use most.</summary>
    private void ChooseKept()
    {
        const int Most = 9;
        int[] uses = new int[Slot.Count];
        foreach (PlannedBlock block in _plan.Blocks)
        {
            foreach (PlannedWord word in block.Words)
            {
                foreach ((int slot, bool isWritten) in RegisterUses.Of(word.Operation, word.Word))
                {
                    uses[slot] += block.IsInLoop ? 1 : 0;
                    _isWritten[slot] |= isWritten;
                }

                // A handler may write any.
                if (word.Way == WordWay.Called)
                    Array.Fill(_isWritten, true);
            }
        }

        foreach (int slot in Enumerable.Range(0, Slot.Count)
            .Where(slot => uses[slot] > 1 && slot is not Slot.Zero and not Slot.Sink)
            .OrderByDescending(slot => uses[slot]).Take(Most))
        {
            _isKept[slot] = true;
            _registers[slot] = _il.DeclareLocal(typeof(ulong));
        }
    }

    /// <summary>What was known of registers does not hold here.</summary>
    private void ForgetRegisters()
    {
        Array.Clear(_isKnown);
        _isSpAligned = false;
    }

    private void LoadKept()
    {
        for (int slot = 0; slot < Slot.Count; slot++)
        {
            if (!_isKept[slot])
                continue;
            StateField(RegisterOffset(slot));
            _il.Emit(OpCodes.Ldind_I8);
            _il.Emit(OpCodes.Stloc, _registers[slot]!);
        }
    }

    private void StoreKept()
    {
        for (int slot = 0; slot < Slot.Count; slot++)
        {
            if (_isKept[slot] && _isWritten[slot])
                StoreSlot(slot);
        }
    }
}
