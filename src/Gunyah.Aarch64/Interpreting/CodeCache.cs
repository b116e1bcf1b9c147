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

    private readonly CoreState* _state;
    private readonly Instruction* _arena;
    private readonly Dictionary<ulong, CodePage> _pages = [];
    private readonly CodeGenerations _generations;

    // Number 0 means "no block".
    private uint _used = 1;

    /// <summary>Makes an empty cache.</summary>
    public CodeCache(CoreState* state, CodeGenerations generations)
    {
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

    /// <summary>Keeps a block that was written where <see cref="Reserve"/> said.</summary>
    public void Keep(CodePage page, ulong offset, int count)
    {
        page.Heads[offset >> 2] = _used;
        _used += (uint)count;
    }

    /// <summary>Forgets everything. The fetch TLB must go first: it has the pages' addresses.</summary>
    public void ForgetAll()
    {
        foreach (CodePage page in _pages.Values)
            page.Dispose();
        _pages.Clear();
        _used = 1;
        _state->LinkFrom = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ForgetAll();
        NativeMemory.AlignedFree(_arena);
    }

    /// <summary>Blocks that others are linked to stay in the arena, but whoever comes to one looks again.</summary>
    private void Forget(CodePage page)
    {
        for (int i = 0; i < CodePage.Count; i++)
        {
            if (page.Heads[i] == 0)
                continue;
            _arena[page.Heads[i]].Handler = &BlockHandlers.Stale;
            page.Heads[i] = 0;
        }

        _state->LinkFrom = 0;
    }
}
