using System.Runtime.InteropServices;
using Gunyah.Aarch64.Memory;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// The decoded blocks of one page of guest memory, by their first instruction. A block never leaves its page, so a branch
/// within a page
/// may be linked to its target for good: wherever the page is mapped, both are.
/// </summary>
/// <param name="page">The page's intermediate physical address.</param>
internal sealed unsafe class CodePage(ulong page) : IDisposable
{
    /// <summary>How many instructions a page has.</summary>
    public const int Count = Tlb.PageSize / 4;

    private uint* _heads = (uint*)NativeMemory.AllocZeroed(Count, sizeof(uint));

    /// <summary>The page's intermediate physical address.</summary>
    public ulong Page => page;

    /// <summary>Its blocks: where each begins in the arena, in instructions; 0 for none.</summary>
    public uint* Heads => _heads;

    /// <summary>Host code of some of its blocks.</summary>
    public List<ICompiledCode> Compiled { get; } = [];

    /// <summary>The generation of the page's code when its blocks were decoded.</summary>
    public uint Generation { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_heads);
        _heads = null;
    }
}
