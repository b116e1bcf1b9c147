using Gunyah.Abi;
using Gunyah.Abi.Memory;

namespace Gunyah.Hypervisor.Memory;

/// <summary>
/// Memory as one vCPU's kernel sees it: through the address space, with the MMU off. Takes no lock and allocates nothing.
/// <para>
/// An access stores that it is under way, then loads the table. A change stores the table, then loads whether an access is
/// under way (<see cref="WaitUntilIdle"/>). Each has a full fence between the two, so one of them sees the other: the access
/// the new table, or the change the access.
/// </para>
/// </summary>
internal sealed class GuestMemory(PhysicalMemory physical)
{
    private StageTwoTable? _table;

    /// <summary>
    /// Odd while an access uses a table; see <see cref="WaitUntilIdle"/>. Only the vCPU's own thread changes it.
    /// </summary>
    private uint _accesses;

    public void Attach(StageTwoTable table) => _table = table;

    /// <summary>Reads, if the whole range is mapped with the access needed.</summary>
    public GunyahError Read(ulong address, Span<byte> destination, MemoryAccess needed)
    {
        Interlocked.Increment(ref _accesses); // The fence, too.
        try
        {
            AddressTree<StageTwoEntry>? entries = _table?.Entries;
            GunyahError error = StageTwoTable.Check(
                entries, address, (ulong)destination.Length, needed, out AddressTree<StageTwoEntry>? entry);
            for (; entry is not null && error == GunyahError.Ok; entry = AddressTree<StageTwoEntry>.Find(entries, address))
            {
                int length = Next(in entry.Value, address, destination.Length, out ulong from);
                if (!physical.TryRead(from, destination[..length]))
                    return GunyahError.AddressInvalid;
                destination = destination[length..];
                if (destination.IsEmpty)
                    break;
                address += (ulong)length;
            }

            return error;
        }
        finally
        {
            Volatile.Write(ref _accesses, _accesses + 1);
        }
    }

    /// <summary>Writes, if the whole range is mapped writable; otherwise writes nothing.</summary>
    public GunyahError Write(ulong address, ReadOnlySpan<byte> source)
    {
        Interlocked.Increment(ref _accesses); // The fence, too.
        try
        {
            AddressTree<StageTwoEntry>? entries = _table?.Entries;
            GunyahError error = StageTwoTable.Check(
                entries, address, (ulong)source.Length, MemoryAccess.Write, out AddressTree<StageTwoEntry>? entry);
            for (; entry is not null && error == GunyahError.Ok; entry = AddressTree<StageTwoEntry>.Find(entries, address))
            {
                int length = Next(in entry.Value, address, source.Length, out ulong to);
                if (!physical.TryWrite(to, source[..length]))
                    return GunyahError.AddressInvalid;
                source = source[length..];
                if (source.IsEmpty)
                    break;
                address += (ulong)length;
            }

            return error;
        }
        finally
        {
            Volatile.Write(ref _accesses, _accesses + 1);
        }
    }

    /// <summary>
    /// Returns when no access is under way that began before this call; one that begins later sees the new table. Whoever
    /// changed a table calls it, so that no access through the old one is still to come when the change is answered for.
    /// </summary>
    public void WaitUntilIdle()
    {
        Interlocked.MemoryBarrier(); // The table was published with a release only.
        uint seen = Volatile.Read(ref _accesses);
        var spin = default(SpinWait);
        while (seen % 2 != 0 && Volatile.Read(ref _accesses) == seen)
            spin.SpinOnce(sleep1Threshold: -1);
    }

    private static int Next(in StageTwoEntry entry, ulong address, int wanted, out ulong physicalAddress)
    {
        ulong within = address - entry.Guest.Base;
        physicalAddress = entry.Physical + within;
        return (int)Math.Min((ulong)wanted, entry.Guest.Size - within);
    }
}
