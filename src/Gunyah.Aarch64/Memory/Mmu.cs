using Gunyah.Aarch64.State;
using Gunyah.Abi;
using Gunyah.Abi.Memory;

namespace Gunyah.Aarch64.Memory;

/// <summary>How an access that the TLB does not know went on.</summary>
internal enum Outcome
{
    /// <summary>Guest RAM.</summary>
    Memory,

    /// <summary>No memory is mapped there by the hypervisor: a device, perhaps.</summary>
    Device,

    /// <summary>Stage 1 faults.</summary>
    Fault,

    /// <summary>The hypervisor's mapping does not have the access.</summary>
    Denied,
}

/// <summary>The answer to such an access.</summary>
/// <param name="Outcome">How it went on.</param>
/// <param name="Host">For memory: the host address.</param>
/// <param name="Intermediate">The intermediate physical address, unless stage 1 faults.</param>
/// <param name="Walk">How stage 1 answered; for <see cref="Outcome.Fault"/> with its fault.</param>
internal readonly record struct Found(Outcome Outcome, nint Host, ulong Intermediate, Walk Walk);

/// <summary>
/// The MMU of a core: walks the tables where the TLB does not know, fills it, and forgets what TLBI names. Entries of global
/// pages lie
/// among those of the ASID that used them, so what names an address is forgotten for every ASID; the architecture allows more
/// to be forgotten than was asked.
/// </summary>
internal sealed unsafe class Mmu : IDisposable
{
    private const int LowTables = 8;
    private const int AsidShift = 48;

    /// <summary>SCTLR_EL1.A.</summary>
    public const ulong ChecksAlignment = 1ul << 1;

    private const ulong AsidFromHigh = 1ul << 22;
    private const ulong SixteenBitAsids = 1ul << 36;

    private readonly CoreState* _state;
    private readonly Walker _walker;
    private readonly TlbTables _high = new();
    private readonly TlbTables[] _lows = new TlbTables[LowTables];
    private TlbTables _low;
    private long _time;

    /// <summary>Makes the MMU of a core.</summary>
    public Mmu(CoreState* state)
    {
        _state = state;
        StageTwo = new();
        _walker = new(state, StageTwo);
        for (int i = 0; i < LowTables; i++)
            _lows[i] = new();
        _low = _lows[0];
    }

    /// <summary>The hypervisor's half.</summary>
    public StageTwo StageTwo { get; }

    /// <summary>True for an address whose page the TLB must not know; null where it may know all.</summary>
    public Func<ulong, bool>? Forbids { get; init; }

    /// <summary>
    /// Chooses the tables for the exception level, PAN and ASID that hold now. Whatever changes one of them says so.
    /// </summary>
    public void Select()
    {
        ulong tcr = CoreState.Sys(_state, Register.Tcr);
        ulong asid = CoreState.Sys(_state, (tcr & AsidFromHigh) != 0 ? Register.Ttbr1 : Register.Ttbr0) >> AsidShift;
        if ((tcr & SixteenBitAsids) == 0)
            asid &= 0xFF;
        if (_low.Asid != asid)
            _low = TablesOf(asid);
        View view = _state->El == 0 ? View.User : _state->Pan != 0 ? View.Kernel : View.KernelWithUser;
        _state->DataLow = _low.Data(view);
        _state->DataHigh = _high.Data(view);
        _state->UserLow = _low.Data(View.User);
        _state->UserHigh = _high.Data(View.User);
        _state->FetchLow = _low.Fetch(view);
        _state->FetchHigh = _high.Fetch(view);
    }

    /// <summary>Forgets everything, what the hypervisor answered included.</summary>
    public void DropAll()
    {
        StageTwo.Drop();
        InvalidateAll();
    }

    /// <summary>Forgets all of stage 1.</summary>
    public void InvalidateAll()
    {
        _high.Clear();
        foreach (TlbTables low in _lows)
            low.Clear();
    }

    /// <summary>Forgets an ASID.</summary>
    public void InvalidateAsid(ulong asid)
    {
        foreach (TlbTables low in _lows)
        {
            if (low.Asid == asid)
                low.Clear();
        }
    }

    /// <summary>Forgets an address, in every ASID.</summary>
    public void InvalidateAddress(ulong address)
    {
        if ((address >> 55 & 1) != 0)
        {
            _high.Invalidate(address);
            return;
        }

        foreach (TlbTables low in _lows)
            low.Invalidate(address);
    }

    /// <summary>Forgets where decoded code is.</summary>
    public void InvalidateFetches()
    {
        _high.ClearFetches();
        foreach (TlbTables low in _lows)
            low.ClearFetches();
    }

    /// <summary>Translates, without a trace in the TLB.</summary>
    public Walk Translate(ulong address) => _walker.Translate(address);

    /// <summary>True if an access is allowed to somebody.</summary>
    /// <param name="walk">A translation without fault.</param>
    /// <param name="access">Read, write or execute.</param>
    /// <param name="view">Who asks.</param>
    public static bool Allows(in Walk walk, MemoryAccess access, View view)
    {
        PageAccess needed = (access, view) switch
        {
            (MemoryAccess.Read, View.User) => PageAccess.UserRead,
            (MemoryAccess.Write, View.User) => PageAccess.UserWrite,
            (MemoryAccess.Execute, View.User) => PageAccess.UserExecute,
            (MemoryAccess.Read, _) => PageAccess.KernelRead,
            (MemoryAccess.Write, _) => PageAccess.KernelWrite,
            _ => PageAccess.KernelExecute,
        };
        bool keptAway = view == View.Kernel && access != MemoryAccess.Execute && (walk.Access & PageAccess.UserRead) != 0;
        // With the MMU off there are no tables that could say who a page is for.
        return (walk.Access & needed) == needed && !(keptAway && walk.Access != WalkedFlat);
    }

    /// <summary>Looks where a data access leads, and remembers it where it is memory.</summary>
    /// <param name="address">The virtual address; what is accessed lies in its page.</param>
    /// <param name="access">Read or write.</param>
    /// <param name="asUser">True for LDTR and its like.</param>
    public Found Find(ulong address, MemoryAccess access, bool asUser)
    {
        View view = asUser || _state->El == 0 ? View.User : _state->Pan != 0 ? View.Kernel : View.KernelWithUser;
        Walk walk = _walker.Translate(address);
        if (walk.Fault != StageOneFault.None)
            return new(Outcome.Fault, 0, 0, walk);
        if (!Allows(walk, access, view))
            return new(Outcome.Fault, 0, 0, walk with { Fault = StageOneFault.Permission });
        GunyahError error = StageTwo.Find(walk.Address, access, view == View.User, out nint host);
        if (error != GunyahError.Ok)
            return new(error == GunyahError.Denied ? Outcome.Denied : Outcome.Device, 0, walk.Address, walk);

        Remember(address, walk, view, host, access);
        return new(Outcome.Memory, host + (nint)(address & (Tlb.PageSize - 1)), walk.Address, walk);
    }

    /// <summary>Looks where a fetch leads.</summary>
    public Found FindCode(ulong address)
    {
        View view = _state->El == 0 ? View.User : View.Kernel;
        Walk walk = _walker.Translate(address);
        if (walk.Fault != StageOneFault.None)
            return new(Outcome.Fault, 0, 0, walk);
        if (!Allows(walk, MemoryAccess.Execute, view))
            return new(Outcome.Fault, 0, 0, walk with { Fault = StageOneFault.Permission });
        GunyahError error = StageTwo.Find(walk.Address, MemoryAccess.Execute, view == View.User, out nint host);
        return error switch
        {
            GunyahError.Ok => new(Outcome.Memory, host, walk.Address, walk),
            GunyahError.Denied => new(Outcome.Denied, 0, walk.Address, walk),
            _ => new(Outcome.Device, 0, walk.Address, walk),
        };
    }

    /// <summary>Remembers where the decoded code of a page is.</summary>
    public void RememberCode(ulong address, in Walk walk, nint heads)
    {
        TlbTables tables = Half(address);
        if (walk.Level < 3)
            tables.NoteLarge(address, walk.Level);
        FetchEntry* entry = TlbTables.FetchEntryOf(tables.Fetch(_state->El == 0 ? View.User : View.Kernel), address);
        entry->Tag = address & ~(ulong)(Tlb.PageSize - 1);
        entry->Heads = heads;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _high.Dispose();
        foreach (TlbTables low in _lows)
            low.Dispose();
    }

    private const PageAccess WalkedFlat = PageAccess.KernelRead | PageAccess.KernelWrite | PageAccess.KernelExecute
        | PageAccess.UserRead | PageAccess.UserWrite | PageAccess.UserExecute;

    private void Remember(ulong address, in Walk walk, View view, nint host, MemoryAccess access)
    {
        // Where alignment is checked, every access is looked at.
        if (Forbids?.Invoke(address) == true || (CoreState.Sys(_state, Register.Sctlr) & ChecksAlignment) != 0)
            return;
        TlbTables tables = Half(address);
        if (walk.Level < 3)
            tables.NoteLarge(address, walk.Level);
        TlbEntry* entry = Tlb.Entry(tables.Data(view), address);
        ulong tag = address & ~(ulong)(Tlb.PageSize - 1);
        nint addend = host - (nint)tag;
        if (entry->Addend != addend || entry->ReadTag != tag)
        {
            entry->ReadTag = entry->WriteTag = TlbEntry.NoTag;
            entry->Addend = addend;
            entry->Intermediate = walk.Address & ~(ulong)(Tlb.PageSize - 1);
        }

        // What may be written may be read; the other way round it must be asked.
        if (Allows(walk, MemoryAccess.Read, view))
            entry->ReadTag = tag;
        if (access == MemoryAccess.Write)
            entry->WriteTag = tag;
    }

    private TlbTables Half(ulong address) => (address >> 55 & 1) != 0 ? _high : _low;

    private TlbTables TablesOf(ulong asid)
    {
        TlbTables oldest = _lows[0];
        foreach (TlbTables low in _lows)
        {
            if (low.Asid == asid)
            {
                low.LastUsed = ++_time;
                return low;
            }

            if (low.LastUsed < oldest.LastUsed)
                oldest = low;
        }

        oldest.Clear();
        oldest.Asid = asid;
        oldest.LastUsed = ++_time;
        return oldest;
    }
}
