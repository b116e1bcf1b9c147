using Gunyah.Abi;
using Gunyah.Abi.Memory;

namespace Gunyah.Hypervisor.Memory;

/// <summary>
/// The host addresses that one vCPU's engine keeps, and their recall.
/// <para>
/// A slice that begins stores that addresses are held, then loads the generation. A change stores the table and the
/// generation, then loads what is held (<see cref="WaitForRecall"/>). One of them sees the other: the slice the new generation,
/// and drops what it kept, or the change the slice, and waits for it. The full fence on each side is the change's
/// <see cref="GuestMemory.FenceAll"/>. Inside a slice something is held all the time, and releasing stores are enough.
/// </para>
/// </summary>
internal sealed class GuestPages(PhysicalMemory physical) : IGuestPages
{
    private const ulong None = 0;

    private StageTwoTable? _table;

    /// <summary>
    /// The generation whose recalls this vCPU has answered; <see cref="None"/> outside slices. Only its own thread changes it.
    /// </summary>
    private ulong _held;

    /// <inheritdoc/>
    public ref readonly ulong Generation => ref Table.Generation;

    private StageTwoTable Table =>
        _table ?? throw new InvalidOperationException("a vCPU that runs has an address space");

    public void Attach(StageTwoTable table) => _table = table;

    /// <inheritdoc/>
    public ulong Enter()
    {
        if (_held == None)
            Volatile.Write(ref _held, Volatile.Read(in Generation)); // Its fence is FenceAll.
        return Poll();
    }

    /// <inheritdoc/>
    public ulong Poll()
    {
        DemandSlice();
        ulong now = Volatile.Read(in Generation);
        if (now != _held)
            Volatile.Write(ref _held, now);
        return now;
    }

    /// <inheritdoc/>
    public void Leave()
    {
        if (_held != None)
            Volatile.Write(ref _held, None);
    }

    /// <inheritdoc/>
    public GunyahError Find(ulong address, MemoryAccess access, bool isUser, out HostPage page)
    {
        DemandSlice();
        page = default;
        if (AddressTree<StageTwoEntry>.Find(Table.Entries, address) is not { } found)
            return GunyahError.AddressInvalid;
        ref readonly StageTwoEntry entry = ref found.Value;
        MemoryAccess allowed = isUser ? MapAttributes.UserAccess(entry.Attributes) : MapAttributes.KernelAccess(entry.Attributes);
        if ((allowed & access) != access)
            return GunyahError.Denied;
        ulong first = address & ~(Page.Size - 1);
        if (!physical.TryGetHostAddress(entry.Physical + (first - entry.Guest.Base), out nint host))
            return GunyahError.AddressInvalid;
        page = new(host, entry.Attributes);
        return GunyahError.Ok;
    }

    /// <summary>
    /// Returns when no address that was found before a generation is in use. Whoever began that generation calls it, after
    /// <see cref="GuestMemory.FenceAll"/>.
    /// </summary>
    public void WaitForRecall(ulong generation)
    {
        var spin = default(SpinWait);
        while (Volatile.Read(ref _held) is not None and var held && held < generation)
            spin.SpinOnce(sleep1Threshold: -1);
    }

    private void DemandSlice()
    {
        if (_held == None)
            throw new InvalidOperationException("an engine uses guest pages between Enter and Leave, and a hypercall leaves");
    }
}
