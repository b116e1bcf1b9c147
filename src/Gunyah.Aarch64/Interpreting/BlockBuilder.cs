using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.Memory;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// Decodes a block: from an address to the first instruction behind which nothing is known, a branch that is always taken for
/// instance. Conditional branches stay inside.
/// </summary>
internal sealed unsafe class BlockBuilder(Core core)
{
    /// <summary>The most guest instructions of a block.</summary>
    public const int MostWords = 64;

    /// <summary>The most instructions of the arena that they become, head and end included.</summary>
    public const int MostInstructions = MostWords * 4 + 2;

    private Instruction* _next;
    private int _offset;
    private uint _word;
    private bool _checksFloatingPoint;
    private Instruction* _computing;
    private Computation _computation;
    private bool _isImmediate;

    /// <summary>True for a block that holds a place where a debugger stops: it is never compiled.</summary>
    private bool _mayStop;

    /// <summary>True once the block ends with what was emitted last.</summary>
    public bool Ends { get; set; }

    /// <summary>Decodes and keeps a block.</summary>
    /// <param name="page">Its page; another one, with the same address, if everything was forgotten to make room.</param>
    /// <param name="host">The page in the host's memory.</param>
    /// <param name="start">Where the block begins in it.</param>
    /// <returns>True if everything else was forgotten.</returns>
    public bool Build(ref CodePage page, nint host, ulong start)
    {
        Instruction* head = core.Code.Reserve(MostInstructions, out bool forgot);
        if (forgot)
        {
            core.Mmu.InvalidateFetches();
            page = core.Code.PageAt(page.Page);
        }

        _next = head + 1;
        _offset = 0;
        _computing = null;
        _checksFloatingPoint = false;
        _mayStop = false;
        Ends = false;
        int count = 0;
        while (!Ends && count < MostWords && start + (ulong)_offset < Tlb.PageSize)
        {
            _word = Volatile.Read(ref *(uint*)(host + (nint)start + _offset));
            CheckBreakpoint(start + (ulong)_offset);
            Translator.Translate(this, new(_word), Decoder.All.Find(_word));
            _offset += 4;
            count++;
        }

        if (!Ends)
            Emit(&BlockHandlers.Onward);
        core.Code.Keep(page, start, (int)(_next - head), count, core.IsAtStartOfRun);
        if (_mayStop)
            core.Code.StopCounting(page, (int)(start >> 2));
        return forgot;
    }

    /// <summary>
    /// Adds an instruction for the word that is being translated; up to three a word. It has the word and its place, and
    /// whatever the caller sets.
    /// </summary>
    public ref Instruction Emit(delegate*<CoreState*, Instruction*, Instruction*> handler)
    {
        *_next = new() { Handler = handler, Offset = _offset, Word = _word };
        return ref *_next++;
    }

    /// <summary>Ends the block behind what was emitted last, to go on with the next word.</summary>
    public void EndBehind()
    {
        *_next = new() { Handler = &BlockHandlers.Onward, Offset = _offset + 4, Word = _word };
        _next++;
        Ends = true;
    }

    /// <summary>Notes that what was emitted last computes, so that a branch behind it may become one with it.</summary>
    /// <param name="computation">The computation.</param>
    /// <param name="isImmediate">True if its second operand is an immediate, false if it is a register.</param>
    public void NoteComputation(Computation computation, bool isImmediate)
    {
        _computing = _next - 1;
        _computation = computation;
        _isImmediate = isImmediate;
    }

    /// <summary>Lets a computation do the branch behind it too, which is emitted next.</summary>
    /// <param name="condition">The branch's field cond.</param>
    public void FuseWithBranch(int condition)
    {
        if (_computing == null || _computing != _next - 1)
            return;
        Handler fused = _isImmediate
            ? FusedHandlers.Choose<ImmediateOperand>(_computation, condition)
            : FusedHandlers.Choose<RegisterOperand>(_computation, condition);
        if (fused != null)
            _computing->Handler = fused;
    }

    /// <summary>Translates a word by itself, to where it is the last one: it is a part of no pair.</summary>
    /// <param name="to">Takes the instructions.</param>
    /// <param name="word">The word.</param>
    /// <param name="offset">Its place in its block.</param>
    /// <param name="address">Its address.</param>
    /// <returns>What is behind them.</returns>
    public Instruction* TranslateAlone(Instruction* to, uint word, int offset, ulong address)
    {
        _next = to;
        _offset = offset;
        _word = word;
        _computing = null;
        _checksFloatingPoint = false;
        CheckBreakpoint(address);
        Translator.Translate(this, new(word), Decoder.All.Find(word));
        return _next;
    }

    private void CheckBreakpoint(ulong address)
    {
        if (core.Cluster.Debugger?.Stops.MayStopAt(address) != true)
            return;
        _mayStop = true;
        Emit(&DebugHandlers.Check);
    }

    /// <summary>Adds the check that an instruction of floating point needs before it, once a block.</summary>
    public void CheckFloatingPoint()
    {
        if (_checksFloatingPoint)
            return;
        _checksFloatingPoint = true;
        Emit(&SystemHandlers.CheckFloatingPoint);
    }
}
