using System.Runtime.InteropServices;

namespace Gunyah.Aarch64.Memory;

/// <summary>Who looks at memory: each has tables of its own, so that a hit says that the access is allowed.</summary>
internal enum View
{
    /// <summary>EL0.</summary>
    User,

    /// <summary>EL1, with PAN.</summary>
    Kernel,

    /// <summary>EL1 where it may reach what EL0 may.</summary>
    KernelWithUser,
}

/// <summary>The TLB tables of one half of the address space: of the upper, or of the lower for one ASID.</summary>
internal sealed unsafe class TlbTables : IDisposable
{
    private const int Views = 3;
    private const int DataBytes = Tlb.Size * 32;
    private const int FetchBytes = Tlb.Size * 16;
    private const int LargeShift = 21;
    private const int LargeBits = 512;

    /// <summary>A fill whose every word is an impossible tag.</summary>
    private const byte Invalid = 0x01;

    private readonly nint _memory;
    private readonly ulong[] _large = new ulong[LargeBits / 64];
    private bool _hasHuge;

    /// <summary>Makes empty tables.</summary>
    public TlbTables()
    {
        _memory = (nint)NativeMemory.AlignedAlloc(Views * (DataBytes + FetchBytes), 64);
        Clear();
    }

    /// <summary>The ASID, for tables of the lower half.</summary>
    public ulong Asid { get; set; } = ulong.MaxValue;

    /// <summary>When it was last chosen; the oldest tables are used again first.</summary>
    public long LastUsed { get; set; }

    /// <summary>A table of <see cref="TlbEntry"/>.</summary>
    public nint Data(View view) => _memory + (int)view * DataBytes;

    /// <summary>A table of <see cref="FetchEntry"/>; PAN is nothing to fetches.</summary>
    public nint Fetch(View view) => _memory + Views * DataBytes + (view == View.User ? 0 : FetchBytes);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        NativeMemory.Fill((void*)_memory, Views * (DataBytes + FetchBytes), Invalid);
        Array.Clear(_large);
        _hasHuge = false;
    }

    /// <summary>Forgets what was decoded, but keeps the pages of data.</summary>
    public void ClearFetches() => NativeMemory.Fill((void*)(_memory + Views * DataBytes), Views * FetchBytes, Invalid);

    /// <summary>Notes that a page that is remembered is a part of a larger one.</summary>
    /// <param name="address">An address in it.</param>
    /// <param name="level">The level of its entry: 1 or 2.</param>
    public void NoteLarge(ulong address, int level)
    {
        _hasHuge |= level < 2;
        ulong index = address >> LargeShift & LargeBits - 1;
        _large[index >> 6] |= 1ul << (int)(index & 63);
    }

    /// <summary>Forgets a page, and all of the larger one that it may be a part of.</summary>
    public void Invalidate(ulong address)
    {
        ulong index = address >> LargeShift & LargeBits - 1;
        if (_hasHuge || (_large[index >> 6] >> (int)(index & 63) & 1) != 0)
        {
            Clear();
            return;
        }

        for (View view = View.User; view <= View.KernelWithUser; view++)
        {
            TlbEntry* entry = Tlb.Entry(Data(view), address);
            entry->ReadTag = entry->WriteTag = TlbEntry.NoTag;
        }

        for (View view = View.User; view <= View.Kernel; view++)
            FetchEntryOf(Fetch(view), address)->Tag = TlbEntry.NoTag;
    }

    /// <summary>The entry of a fetch table where an address would be.</summary>
    public static FetchEntry* FetchEntryOf(nint table, ulong address) =>
        (FetchEntry*)table + (address >> Tlb.PageShift & Tlb.Size - 1);

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.AlignedFree((void*)_memory);
}
