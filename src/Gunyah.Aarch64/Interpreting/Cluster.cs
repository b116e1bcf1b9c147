namespace Gunyah.Aarch64.Interpreting;

/// <summary>What the cores of a VM share.</summary>
internal sealed class Cluster
{
    private readonly Lock _gate = new();
    private Core[] _cores = [];

    /// <summary>The generations of decoded code.</summary>
    public CodeGenerations Generations { get; } = new();

    /// <summary>Makes a core the one of its affinity: an earlier one, of before the vCPU was powered off, is no more.</summary>
    public void Add(Core core)
    {
        lock (_gate)
            Volatile.Write(ref _cores, [.. _cores.Where(other => other.Affinity != core.Affinity), core]);
    }

    /// <summary>Asks all other cores to forget something.</summary>
    public void Post(Core from, Invalidation item)
    {
        foreach (Core core in Volatile.Read(ref _cores))
        {
            if (core != from)
                core.Inbox.Post(item);
        }

        from.HasPosted = true;
    }

    /// <summary>SEV: an event for all cores.</summary>
    public unsafe void SendEvent()
    {
        foreach (Core core in Volatile.Read(ref _cores))
            Volatile.Write(ref core.State->Event, 1);
    }

    /// <summary>Waits until every core has forgotten what this one asked for, itself following what others ask.</summary>
    public void AwaitInvalidations(Core from)
    {
        if (!from.HasPosted)
            return;
        from.HasPosted = false;
        var spin = default(SpinWait);
        foreach (Core core in Volatile.Read(ref _cores))
        {
            while (core != from && core.Inbox.MustBeAwaited)
            {
                from.ComeToSafePoint();
                spin.SpinOnce(sleep1Threshold: -1);
            }
        }
    }
}
