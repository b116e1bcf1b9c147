using Gunyah.Aarch64.Memory;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Which accesses a watchpoint stops.</summary>
[Flags]
internal enum WatchKind
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Stores.</summary>
    Write = 1,

    /// <summary>Loads.</summary>
    Read = 2,

    /// <summary>Both.</summary>
    Access = Write | Read,
}

/// <summary>A watched range of virtual addresses.</summary>
internal readonly record struct Watchpoint(ulong Address, ulong Length, WatchKind Kind);

/// <summary>
/// Where a debugger wants a VM's cores to stop. Changed only while no core runs; cores follow as they come to a safe point.
/// </summary>
internal sealed class DebugStops
{
    private readonly HashSet<ulong> _breakpoints = [];
    private readonly bool[] _offsets = new bool[CodePage.Count];

    /// <summary>Raised by every change: what cores decoded and remember is to be forgotten then.</summary>
    public int Version { get; private set; }

    /// <summary>The watched ranges.</summary>
    public List<Watchpoint> Watchpoints { get; } = [];

    /// <summary>True if an instruction at this place of some page may be a breakpoint.</summary>
    public bool MayStopAt(ulong offset) => _breakpoints.Count != 0 && _offsets[(offset & (Tlb.PageSize - 1)) >> 2];

    /// <summary>True for an address with a breakpoint.</summary>
    public bool StopsAt(ulong address) => _breakpoints.Contains(address);

    /// <summary>Adds or removes a breakpoint.</summary>
    public void SetBreakpoint(ulong address, bool on)
    {
        if (on)
            _breakpoints.Add(address);
        else
            _breakpoints.Remove(address);
        Array.Clear(_offsets);
        foreach (ulong each in _breakpoints)
            _offsets[(each & (Tlb.PageSize - 1)) >> 2] = true;
        Version++;
    }

    /// <summary>Adds or removes a watchpoint.</summary>
    public void SetWatchpoint(Watchpoint watchpoint, bool on)
    {
        if (on)
            Watchpoints.Add(watchpoint);
        else
            Watchpoints.Remove(watchpoint);
        Version++;
    }

    /// <summary>Code may have been changed by the debugger.</summary>
    public void Changed() => Version++;

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        _breakpoints.Clear();
        Array.Clear(_offsets);
        Watchpoints.Clear();
        Version++;
    }

    /// <summary>True if a page holds something watched: the TLB must not know it.</summary>
    public bool WatchesPageOf(ulong address)
    {
        ulong page = address & ~(ulong)(Tlb.PageSize - 1);
        foreach (Watchpoint each in Watchpoints)
        {
            if (each.Address < page + Tlb.PageSize && page < each.Address + each.Length)
                return true;
        }

        return false;
    }

    /// <summary>The watchpoint that an access hits.</summary>
    public Watchpoint? Hit(ulong address, int size, bool isWrite)
    {
        WatchKind kind = isWrite ? WatchKind.Write : WatchKind.Read;
        foreach (Watchpoint each in Watchpoints)
        {
            if ((each.Kind & kind) != 0 && each.Address < address + (ulong)size && address < each.Address + each.Length)
                return each;
        }

        return null;
    }
}
