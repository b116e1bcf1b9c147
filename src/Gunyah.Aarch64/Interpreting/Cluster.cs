namespace Gunyah.Aarch64.Interpreting;

/// <summary>What the cores of a VM share.</summary>
internal sealed class Cluster
{
    private readonly Lock _gate = new();
    private readonly Lock _pairGate = new();
    private Core[] _cores = [];

    /// <summary>The generations of decoded code.</summary>
    public CodeGenerations Generations { get; } = new();

    /// <summary>Whoever debugs the VM; null for nobody.</summary>
    public IDebugger? Debugger { get; init; }

    /// <summary>Who compiles what runs often; null for nobody: all of it is interpreted.</summary>
    public ICodeCompiler? Compiler { get; init; }

    /// <summary>The cores that have run, by affinity.</summary>
    public IReadOnlyList<Core> Cores => Volatile.Read(ref _cores);

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

    /// <summary>
    /// Exchanges two doublewords if they are what is expected, as if at once: the VM's cores take turns. One that stores to
    /// either in between by itself loses nothing.
    /// </summary>
    /// <param name="host">Where they are, aligned to 16.</param>
    /// <param name="expected">The two that are expected; takes the two that were there.</param>
    /// <param name="low">What the first one becomes.</param>
    /// <param name="high">What the second one becomes.</param>
    /// <returns>True if they were, and are exchanged.</returns>
    public unsafe bool CompareExchangePair(ulong* host, ref (ulong Low, ulong High) expected, ulong low, ulong high)
    {
        (ulong Low, ulong High) wanted = expected;
        lock (_pairGate)
        {
            expected = (Volatile.Read(ref host[0]), Volatile.Read(ref host[1]));
            if (expected != wanted)
                return false;
            expected.Low = Interlocked.CompareExchange(ref host[0], low, wanted.Low);
            if (expected.Low != wanted.Low)
                return false;
            expected.High = Interlocked.CompareExchange(ref host[1], high, wanted.High);
            if (expected.High == wanted.High)
                return true;
            Interlocked.CompareExchange(ref host[0], wanted.Low, low);
            return false;
        }
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
