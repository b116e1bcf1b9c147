using Gunyah.Abi;
using Gunyah.Abi.Memory;
using Gunyah.Hypervisor.Memory;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>
/// Memory as one vCPU's kernel sees it: through the address space, with the MMU off. Takes no lock and allocates nothing.
/// </summary>
internal sealed class VcpuMemory(PhysicalMemory physical)
{
    private StageTwoTable? _table;

    /// <summary>1 while an access uses a table; see <see cref="WaitUntilIdle"/>.</summary>
    private int _busy;

    public void Attach(AddressSpace space) => _table = space.Table;

    /// <summary>Reads, if the whole range is mapped with the access needed.</summary>
    public GunyahError Read(ulong address, Span<byte> destination, MemoryAccess needed)
    {
        Interlocked.Exchange(ref _busy, 1);
        try
        {
            ReadOnlySpan<StageTwoEntry> entries = Entries;
            GunyahError error = StageTwoTable.Check(entries, address, (ulong)destination.Length, needed);
            for (int i = StageTwoTable.IndexOf(entries, address); error == GunyahError.Ok && destination.Length > 0; i++)
            {
                int length = Next(in entries[i], address, destination.Length, out ulong from);
                if (!physical.TryRead(from, destination[..length]))
                    return GunyahError.AddressInvalid;
                destination = destination[length..];
                address += (ulong)length;
            }

            return error;
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    /// <summary>Writes, if the whole range is mapped writable; otherwise writes nothing.</summary>
    public GunyahError Write(ulong address, ReadOnlySpan<byte> source)
    {
        Interlocked.Exchange(ref _busy, 1);
        try
        {
            ReadOnlySpan<StageTwoEntry> entries = Entries;
            GunyahError error = StageTwoTable.Check(entries, address, (ulong)source.Length, MemoryAccess.Write);
            for (int i = StageTwoTable.IndexOf(entries, address); error == GunyahError.Ok && source.Length > 0; i++)
            {
                int length = Next(in entries[i], address, source.Length, out ulong to);
                if (!physical.TryWrite(to, source[..length]))
                    return GunyahError.AddressInvalid;
                source = source[length..];
                address += (ulong)length;
            }

            return error;
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    /// <summary>
    /// Returns when no access is under way that began before this call. Whoever changed a table calls it, so that no access
    /// through the old one is still to come when the change is answered for.
    /// </summary>
    public void WaitUntilIdle()
    {
        Interlocked.MemoryBarrier();
        var spin = default(SpinWait);
        while (Volatile.Read(ref _busy) != 0)
            spin.SpinOnce();
    }

    private ReadOnlySpan<StageTwoEntry> Entries => _table is null ? default : _table.Entries;

    private static int Next(in StageTwoEntry entry, ulong address, int wanted, out ulong physicalAddress)
    {
        ulong within = address - entry.Guest.Base;
        physicalAddress = entry.Physical + within;
        return (int)Math.Min((ulong)wanted, entry.Guest.Size - within);
    }
}
