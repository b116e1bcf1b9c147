using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Gunyah.Aarch64.Memory;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// Everything that one core has decoded: an arena of instructions, and the pages they are of. When the arena is full, all of
/// it is
/// forgotten.
/// </summary>
internal sealed unsafe class CodeCache : IDisposable
{
    /// <summary>How many instructions fit: 16 MiB, of which the host commits what is used.</summary>
    private const uint Capacity = 1 << 19;

    /// <summary>How much longer a block that begins in the middle of others waits.</summary>
    private const long AccidentalFactor = 16;

    /// <summary>In <c>Rn</c> of a head that counts.</summary>
    private const byte IsCounting = 1;

    private readonly CoreState* _state;
    private readonly Instruction* _arena;
    private readonly Dictionary<ulong, CodePage> _pages = [];
    private readonly CodeGenerations _generations;
    private readonly ICodeCompiler? _compiler;
    private readonly ConcurrentQueue<ICompiledCode> _finished = new();
    private readonly List<ICompiledCode> _dead = [];
    private bool _isFull;

    // Number 0 means "no block".
    private uint _used = 1;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="state">The core.</param>
    /// <param name="generations">How pages of code change.</param>
    /// <param name="compiler">Who compiles what runs often; null for nobody.</param>
    public CodeCache(CoreState* state, CodeGenerations generations, ICodeCompiler? compiler = null)
    {
        _compiler = compiler;
        _state = state;
        _generations = generations;
        _arena = (Instruction*)NativeMemory.AlignedAlloc((nuint)(Capacity * sizeof(Instruction)), 64);
        state->Code = (nint)_arena;
    }

    /// <summary>The page of code at an intermediate physical address, with its stale blocks gone.</summary>
    public CodePage PageAt(ulong address)
    {
        ulong first = address & ~(ulong)(Tlb.PageSize - 1);
        uint generation = _generations.Watch(first);
        if (!_pages.TryGetValue(first, out CodePage? page))
            _pages.Add(first, page = new(first) { Generation = generation });
        if (page.Generation != generation)
        {
            Forget(page);
            page.Generation = generation;
        }

        return page;
    }

    /// <summary>
    /// Room for a block of up to so many instructions; all that was decoded may be forgotten first.
    /// </summary>
    /// <param name="count">How many instructions of the arena.</param>
    /// <param name="forgot">True if everything was forgotten: pages that were looked up before are not there any more.</param>
    public Instruction* Reserve(int count, out bool forgot)
    {
        forgot = _used + count > Capacity;
        if (forgot)
            ForgetAll();
        return _arena + _used;
    }

    /// <summary>Keeps a block that was written where <see cref="Reserve"/> said; its head is written here.</summary>
    /// <param name="page">Its page.</param>
    /// <param name="offset">Where it begins there, in bytes.</param>
    /// <param name="count">How many instructions of the arena.</param>
    /// <param name="words">How many instructions of the guest.</param>
    /// <param name="isAccidental">True if it begins where a run happened to end: it counts for less.</param>
    public void Keep(CodePage page, ulong offset, int count, int words, bool isAccidental)
    {
        Instruction* head = At(_used);
        *head = new() { Handler = &BlockHandlers.Head, Extra = words, Immediate = (long)(page.Page + offset) };
        if (_compiler is { } compiler)
        {
            head->Handler = &BlockHandlers.CountingHead;
            head->Word = (uint)Math.Clamp(compiler.Threshold * (isAccidental ? AccidentalFactor : 1), 1, int.MaxValue);
            head->Rn = IsCounting;
        }

        page.Heads[offset >> 2] = _used;
        _used += (uint)count;
    }

    /// <summary>An instruction of the arena, by its number.</summary>
    public Instruction* At(uint number) => _arena + number;

    /// <summary>
    /// How often a block has run as far as that is known: one that is offered, or compiled, does not count any more.
    /// </summary>
    public int RunsOf(Instruction* head) =>
        head->Rn == IsCounting ? Math.Max(1, _compiler!.Threshold) - (int)head->Word : -1;

    /// <summary>Offers the block of a head whose count is over to the compiler.</summary>
    public void Offer(Instruction* head)
    {
        var address = (ulong)head->Immediate;
        CodePage page = _pages[address & ~(ulong)(Tlb.PageSize - 1)];
        if (!_compiler!.TryTake(this, page, (int)(address >> 2) & CodePage.Count - 1))
            head->Word = (uint)Math.Max(1, _compiler.Threshold);
    }

    /// <summary>A block is with the compiler, or never will be.</summary>
    public void StopCounting(CodePage page, int start)
    {
        Instruction* head = At(page.Heads[start]);
        if (head->Rn != IsCounting)
            return;
        head->Rn = 0;
        head->Handler = &BlockHandlers.Head;
    }

    /// <summary>
    /// Takes code that is finished; from any thread. It is used from the core's next <see cref="Install()"/> on.
    /// </summary>
    public void Finish(ICompiledCode compiled)
    {
        _finished.Enqueue(compiled);
        Volatile.Write(ref _isFull, true);
    }

    /// <summary>Uses what was finished, if its page still holds what it was made of. No handler may be running.</summary>
    public void Install()
    {
        if (!Volatile.Read(ref _isFull))
            return;
        Volatile.Write(ref _isFull, false);
        while (_finished.TryDequeue(out ICompiledCode? compiled))
            Install(compiled);
    }

    /// <summary>Frees compiled code that was forgotten. No handler may be running.</summary>
    public void Sweep()
    {
        foreach (ICompiledCode each in _dead)
            each.Dispose();
        _dead.Clear();
    }

    /// <summary>Uses compiled code from now on, if its page still holds what it was made of.</summary>
    public void Install(ICompiledCode compiled)
    {
        CodePage page = compiled.Page;
        if (!_pages.TryGetValue(page.Page, out CodePage? known) || known != page || page.Generation != compiled.Generation)
        {
            compiled.Dispose();
            return;
        }

        page.Compiled.Add(compiled);
        for (int i = 0; i < compiled.Entries.Count; i++)
        {
            Instruction* head = At(page.Heads[compiled.Entries[i]]);
            head->Rd = (byte)i;
            head->Handler = compiled.Code;
        }
    }

    /// <summary>Forgets everything. The fetch TLB must go first: it has the pages' addresses.</summary>
    public void ForgetAll()
    {
        foreach (CodePage page in _pages.Values)
        {
            Bury(page);
            page.Dispose();
        }

        _pages.Clear();
        _used = 1;
        _state->LinkFrom = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ForgetAll();
        Sweep();
        while (_finished.TryDequeue(out ICompiledCode? compiled))
            compiled.Dispose();
        NativeMemory.AlignedFree(_arena);
    }

    /// <summary>Blocks that others are linked to stay in the arena, but whoever comes to one looks again.</summary>
    private void Forget(CodePage page)
    {
        Bury(page);
        for (int i = 0; i < CodePage.Count; i++)
        {
            if (page.Heads[i] == 0)
                continue;
            _arena[page.Heads[i]].Handler = &BlockHandlers.Stale;
            page.Heads[i] = 0;
        }

        _state->LinkFrom = 0;
    }

    /// <summary>The code of a page may be what runs at this moment, so it is freed later.</summary>
    private void Bury(CodePage page)
    {
        _dead.AddRange(page.Compiled);
        page.Compiled.Clear();
    }
}
