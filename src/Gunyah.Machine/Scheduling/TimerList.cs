namespace Gunyah.Machine.Scheduling;

/// <summary>
/// The slots whose timer is set. A machine has few vCPUs, so a list is searched; the earliest deadline is kept, since it is
/// asked for at every slice. Not synchronised.
/// </summary>
internal sealed class TimerList
{
    private readonly List<VcpuSlot> _armed = [];

    /// <summary>The earliest deadline, or <see cref="VcpuSlot.NoDeadline"/>.</summary>
    public ulong Earliest { get; private set; } = VcpuSlot.NoDeadline;

    /// <summary>Sets or replaces a timer.</summary>
    public void Set(VcpuSlot slot, ulong deadline)
    {
        Remove(slot);
        // The one deadline that means "none" lies 584 years ahead.
        slot.Deadline = Math.Min(deadline, VcpuSlot.NoDeadline - 1);
        _armed.Add(slot);
        Earliest = Math.Min(Earliest, slot.Deadline);
    }

    /// <summary>Withdraws a timer; nothing happens where none is set.</summary>
    public void Remove(VcpuSlot slot)
    {
        if (slot.Deadline == VcpuSlot.NoDeadline)
            return;

        ulong deadline = slot.Deadline;
        slot.Deadline = VcpuSlot.NoDeadline;
        _armed.Remove(slot);
        if (deadline == Earliest)
            Earliest = _armed.Count == 0 ? VcpuSlot.NoDeadline : _armed.Min(static s => s.Deadline);
    }

    /// <summary>Takes the slot with the earliest deadline that has passed; the one set first among equals.</summary>
    /// <returns>False where no deadline has passed.</returns>
    public bool TryTakeExpired(ulong now, out VcpuSlot? slot)
    {
        slot = null;
        if (Earliest > now)
            return false;

        slot = _armed.First(s => s.Deadline == Earliest);
        Remove(slot);
        return true;
    }
}
