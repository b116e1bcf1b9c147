using System.Runtime.CompilerServices;
using Gunyah.Abi;
using Gunyah.Abi.Memory;

namespace Gunyah.Hypervisor.Memory;

/// <summary>
/// Memory as one vCPU's kernel sees it: through the address space, with the MMU off. Takes no lock and allocates nothing.
/// <para>
/// An access stores that it is under way, then loads the table. A change stores the table, then loads whether an access is
/// under way (<see cref="WaitUntilIdle"/>). One of them sees the other: the access the new table, or the change the access.
/// That takes a full fence on each side. Accesses are many and changes are few, so the change has both: its
/// <see cref="FenceAll"/> is one on every thread.
/// </para>
/// </summary>
internal sealed partial class GuestMemory(PhysicalMemory physical)
{
    private StageTwoTable? _table;
    private MemoryWindow _lastRead;
    private MemoryWindow _lastWritten;

    /// <summary>
    /// Odd while an access uses a table; see <see cref="WaitUntilIdle"/>. Only the vCPU's own thread changes it.
    /// </summary>
    private uint _accesses;

    /// <summary>
    /// Orders the publication of a table before whether accesses are under way, and on every other thread the beginning of an
    /// access before its look at the table. Once for all memories that a change concerns.
    /// </summary>
    public static void FenceAll() => Interlocked.MemoryBarrierProcessWide();

    /// <summary>The host addresses that the engine keeps.</summary>
    public GuestPages Pages { get; } = new(physical);

    public void Attach(StageTwoTable table)
    {
        _table = table;
        Pages.Attach(table);
    }

    /// <summary>Reads, if the whole range is mapped with the access needed.</summary>
    public GunyahError Read(ulong address, Span<byte> destination, MemoryAccess needed)
    {
        uint underWay = _accesses + 1;
        Volatile.Write(ref _accesses, underWay); // Its fence is FenceAll.
        try
        {
            AddressTree<StageTwoEntry>? entries = _table?.Entries;
            if (!_lastRead.TryFind(entries, address, destination.Length, needed, out Span<byte> source))
                return ReadWhole(entries, address, destination, needed);
            source.CopyTo(destination);
            return GunyahError.Ok;
        }
        finally
        {
            Volatile.Write(ref _accesses, underWay + 1);
        }
    }

    /// <summary>Writes, if the whole range is mapped writable; otherwise writes nothing.</summary>
    public GunyahError Write(ulong address, ReadOnlySpan<byte> source)
    {
        uint underWay = _accesses + 1;
        Volatile.Write(ref _accesses, underWay); // Its fence is FenceAll.
        try
        {
            AddressTree<StageTwoEntry>? entries = _table?.Entries;
            if (!_lastWritten.TryFind(entries, address, source.Length, MemoryAccess.Write, out Span<byte> destination))
                return WriteWhole(entries, address, source);
            source.CopyTo(destination);
            return GunyahError.Ok;
        }
        finally
        {
            Volatile.Write(ref _accesses, underWay + 1);
        }
    }

    /// <summary>
    /// Returns when no access is under way that began before <see cref="FenceAll"/>; one that begins later sees the new table.
    /// Whoever changed a table calls both, so that no access through the old one is still to come when the change is answered
    /// for.
    /// </summary>
    public void WaitUntilIdle()
    {
        uint seen = Volatile.Read(ref _accesses);
        var spin = default(SpinWait);
        while (seen % 2 != 0 && Volatile.Read(ref _accesses) == seen)
            spin.SpinOnce(sleep1Threshold: -1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private GunyahError ReadWhole(
        AddressTree<StageTwoEntry>? entries, ulong address, Span<byte> destination, MemoryAccess needed)
    {
        GunyahError error = StageTwoTable.Check(
            entries, address, (ulong)destination.Length, needed, out AddressTree<StageTwoEntry>? entry);
        if (error == GunyahError.Ok)
            error = CopyFrom(entries, entry, address, destination);
        if (error == GunyahError.Ok && entry is not null)
            _lastRead.Move(entries, in entry.Value, address, physical);
        return error;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private GunyahError WriteWhole(AddressTree<StageTwoEntry>? entries, ulong address, ReadOnlySpan<byte> source)
    {
        GunyahError error = StageTwoTable.Check(
            entries, address, (ulong)source.Length, MemoryAccess.Write, out AddressTree<StageTwoEntry>? entry);
        if (error == GunyahError.Ok)
            error = CopyTo(entries, entry, address, source);
        if (error == GunyahError.Ok && entry is not null)
            _lastWritten.Move(entries, in entry.Value, address, physical);
        return error;
    }

    private static int Next(in StageTwoEntry entry, ulong address, int wanted, out ulong physicalAddress)
    {
        ulong within = address - entry.Guest.Base;
        physicalAddress = entry.Physical + within;
        return (int)Math.Min((ulong)wanted, entry.Guest.Size - within);
    }
}
