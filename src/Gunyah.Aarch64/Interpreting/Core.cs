using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Gunyah.Aarch64.Exceptions;
using Gunyah.Aarch64.Memory;
using Gunyah.Aarch64.State;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// A core: its state, its MMU and its decoded code, and the loop that runs blocks. Counting is exact: whatever is decoded,
/// fused or
/// cut how, a run of so many instructions is that many.
/// </summary>
internal sealed unsafe class Core : IDisposable
{
    /// <summary>What no instruction has as its address.</summary>
    public const ulong NoAddress = 1;

    private readonly GCHandle _self;
    private readonly BlockBuilder _builder;
    private readonly Instruction* _scratch;
    private long _granted;
    private ulong _generation;
    private int _stopsVersion;

    /// <summary>Makes a core as it is after a reset: EL1, everything masked, MMU and caches off.</summary>
    /// <param name="cluster">What it shares with the VM's other cores.</param>
    public Core(Cluster cluster)
    {
        Cluster = cluster;
        State = (CoreState*)NativeMemory.AlignedAlloc((nuint)sizeof(CoreState), 64);
        NativeMemory.Clear(State, (nuint)sizeof(CoreState));
        _scratch = (Instruction*)NativeMemory.AlignedAlloc(
            (nuint)((BlockBuilder.MostInstructions + 1) * sizeof(Instruction)), 64);
        _self = GCHandle.Alloc(this, GCHandleType.Weak);
        State->Core = GCHandle.ToIntPtr(_self);
        Mmu = new(State) { Forbids = cluster.Debugger is { } debugger ? debugger.Stops.WatchesPageOf : null };
        Code = new(State, cluster.Generations, cluster.Compiler);
        _builder = new(this);
        SystemRegisterTable.Reset(State);
        State->El = 1;
        State->SpSel = 1;
        State->Daif = 0x3C0;
        State->Z = 1;
        ExceptionLevel.Changed(State, Mmu);
    }

    /// <summary>Its state.</summary>
    public CoreState* State { get; }

    /// <summary>Its MMU.</summary>
    public Mmu Mmu { get; }

    /// <summary>What it has decoded.</summary>
    public CodeCache Code { get; }

    /// <summary>What it shares with the VM's other cores.</summary>
    public Cluster Cluster { get; }

    /// <summary>The vCPU, while it is being run.</summary>
    public IVcpu Vcpu { get; set; } = null!;

    /// <summary>What other cores want its TLB to forget.</summary>
    public Inbox Inbox { get; } = new();

    /// <summary>True if other cores may still have to follow a TLBI of this one.</summary>
    public bool HasPosted { get; set; }

    /// <summary>How its instructions are steps of time.</summary>
    public InstructionClock Clock { get; } = new();

    /// <summary>MPIDR_EL1, once it has run.</summary>
    public ulong Affinity { get; set; }

    /// <summary>The immediate of the HVC that stopped it.</summary>
    public ushort Immediate { get; set; }

    /// <summary>The access to a device that stopped it.</summary>
    public DeviceAccess Access { get; set; }

    /// <summary>The answer to <see cref="Access"/>; null while there is none.</summary>
    public DeviceReply? Reply { get; set; }

    /// <summary>The value of <see cref="CodeGenerations.Epoch"/> that it has followed.</summary>
    public int CodeEpoch { get; set; }

    /// <summary>The instruction that a debugger lets pass, though it stops there; or <see cref="NoAddress"/>.</summary>
    public ulong PassesStopAt { get; set; } = NoAddress;

    /// <summary>For <see cref="StopReason.Debug"/>: why, and where.</summary>
    public (DebugReason Reason, ulong Address) StoppedFor { get; set; }

    /// <summary>The core whose state this is.</summary>
    public static Core Of(CoreState* state) => Unsafe.As<Core>(GCHandle.FromIntPtr(state->Core).Target!);

    /// <summary>How many instructions have run since the core was made, but for those of the present <see cref="Run"/>.</summary>
    public long Executed { get; private set; }

    /// <summary>
    /// Runs until so many instructions have run, or something other than a branch or an exception stops it.
    /// </summary>
    public StopReason Run(long instructions)
    {
        Code.Sweep();
        Code.Install();
        State->Left = _granted = instructions;
        StopReason reason = Loop();
        Executed += _granted - State->Left;
        _granted = State->Left = 0;
        return reason;
    }

    /// <summary>True before the first instruction of a <see cref="Run"/>.</summary>
    public bool IsAtStartOfRun => State->Left == _granted;

    /// <summary>A moment at which no address of guest memory is in use, and what others want forgotten is.</summary>
    public void ComeToSafePoint()
    {
        ulong generation = Vcpu.Pages.Poll();
        if (generation != _generation)
        {
            _generation = generation;
            Mmu.DropAll();
            Code.ForgetAll();
        }

        Inbox.Follow(Mmu);
        if (Cluster.Debugger is { } debugger && debugger.Stops.Version != _stopsVersion)
        {
            _stopsVersion = debugger.Stops.Version;
            Mmu.InvalidateAll();
            Code.ForgetAll();
        }
    }

    /// <summary>Tells the machine the time of this instruction.</summary>
    public void BringTimeUp(Instruction* i) =>
        Clock.BringUp(Vcpu, Executed + _granted - State->Left - (State->BlockCount - 1 - (i->Offset >> 2)));

    /// <summary>Reads for a debugger, while the core stands; all of it in one page, as EL1 sees it.</summary>
    public bool TryReadVirtual(ulong address, Span<byte> to)
    {
        Walk walk = Mmu.Translate(address);
        return walk.Fault == StageOneFault.None && Vcpu.TryRead(walk.Address, to);
    }

    /// <summary>Writes for a debugger, whatever stage 1 allows.</summary>
    public bool TryWriteVirtual(ulong address, ReadOnlySpan<byte> from)
    {
        Walk walk = Mmu.Translate(address);
        return walk.Fault == StageOneFault.None && Vcpu.TryWrite(walk.Address, from);
    }

    private StopReason Loop()
    {
        CoreState* state = State;
        while (state->Left > 0)
        {
            Instruction* i = state->Il == 0 ? Find(state->Pc) : null;
            if (i == null)
            {
                // An instruction that cannot be fetched is one that ran: a vector that faults is not an endless loop.
                if (state->Il != 0)
                    TakeSynchronous(state->Pc, Syndrome.IllegalState);
                state->Left--;
                continue;
            }

            if (i->Extra > state->Left)
                i = Shorten(i, (int)state->Left);
            state->Stop = StopReason.Continue;
            Execute(state, i);
            if (state->Stop != StopReason.Continue)
                return state->Stop;
        }

        return StopReason.Continue;
    }

    /// <summary>Takes an exception by an instruction.</summary>
    /// <param name="address">The instruction, or where it goes on.</param>
    /// <param name="syndrome">ESR_EL1.</param>
    /// <param name="faultAddress">FAR_EL1; null where it is left.</param>
    public void TakeSynchronous(ulong address, ulong syndrome, ulong? faultAddress = null) =>
        ExceptionLevel.Take(State, Mmu, address, VectorOffset.Synchronous, syndrome, faultAddress);

    /// <summary>
    /// What other cores changed of code is seen after this, and what was decoded of it is forgotten as it is come to.
    /// </summary>
    public void SynchronizeCode()
    {
        int epoch = Cluster.Generations.Epoch;
        if (epoch == CodeEpoch)
            return;
        CodeEpoch = epoch;
        Mmu.InvalidateFetches();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>Nobody tells a core that its vCPU is gone.</summary>
    ~Core() => Release();

    private void Release()
    {
        Code.Dispose();
        Mmu.Dispose();
        _self.Free();
        NativeMemory.AlignedFree(_scratch);
        NativeMemory.AlignedFree(State);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Execute(CoreState* state, Instruction* i)
    {
        do
        {
            i = i->Handler(state, i);
        }
        while (i != null);
    }

    /// <summary>The block at an address; null where the fetch faulted, and the exception is taken.</summary>
    private Instruction* Find(ulong pc)
    {
        CoreState* state = State;
        nint from = state->LinkFrom;
        state->LinkFrom = 0;
        FetchEntry* entry = TlbTables.FetchEntryOf((&state->FetchLow)[pc >> 55 & 1], pc);
        uint head = entry->Tag == (pc & ~0xFFCul) ? ((uint*)entry->Heads)[pc >> 2 & CodePage.Count - 1] : 0;
        Instruction* i = head != 0 ? (Instruction*)state->Code + head : Build(pc, ref from);
        if (i == null)
            return null;
        if (from != 0)
            ((Instruction*)from)->Immediate = (long)i;
        state->BlockPc = pc;
        return i;
    }

    private Instruction* Build(ulong pc, ref nint from)
    {
        if ((pc & 3) != 0)
        {
            TakeSynchronous(pc, Syndrome.PcAlignment, pc);
            return null;
        }

        // A page whose code was forgotten is not looked up before others' changes of it are followed.
        Found found = Mmu.FindCode(pc);
        if (found.Outcome != Outcome.Memory)
        {
            uint status = found.Outcome == Outcome.Fault
                ? Syndrome.Status(found.Walk.Fault, found.Walk.Level) : Syndrome.External;
            TakeSynchronous(pc, Syndrome.InstructionAbort(status, State->El == 0), pc);
            return null;
        }

        CodePage page = Code.PageAt(found.Intermediate);
        ulong offset = pc & (Tlb.PageSize - 1);
        if (page.Heads[offset >> 2] == 0)
        {
            if (_builder.Build(ref page, found.Host, offset))
                from = 0;
        }

        Mmu.RememberCode(pc, found.Walk, (nint)page.Heads);
        return (Instruction*)State->Code + page.Heads[offset >> 2];
    }

    /// <summary>
    /// A block that ends after fewer instructions, in a place of its own. The last one is translated again, as it may have been
    /// the first of a pair.
    /// </summary>
    private Instruction* Shorten(Instruction* block, int count)
    {
        Instruction* to = _scratch;
        *to++ = new() { Handler = &BlockHandlers.Head, Extra = count };
        int last = (count - 1) * 4;
        while ((++block)->Offset < last)
            *to++ = *block;
        to = _builder.TranslateAlone(to, block->Word, last, State->BlockPc + (ulong)last);
        *to = new() { Handler = &BlockHandlers.Cut, Offset = last + 4 };
        return _scratch;
    }
}

/// <summary>How an access to a device ended.</summary>
internal readonly record struct DeviceReply(DeviceAnswer Answer, ulong Value);
