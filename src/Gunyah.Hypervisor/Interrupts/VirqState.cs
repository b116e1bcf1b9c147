namespace Gunyah.Hypervisor.Interrupts;

/// <summary>One interrupt of a controller: shared, or private to a vCPU (gunyah-abi.md 4.2.3).</summary>
internal struct VirqState
{
    /// <summary>The route of an interrupt whose affinity names no vCPU.</summary>
    public const int NoRoute = -1;

    public VirqSource? Source;
    public bool Enabled;
    public bool IsEdge;
    public bool LevelSource;
    public bool LevelSoftware;
    public bool LevelMessage;

    /// <summary>
    /// Asserted since the last acknowledge. For an edge-triggered interrupt that is what makes it pending; for a
    /// level-triggered one it answers the next poll in the object's place.
    /// </summary>
    public bool Edge;
    public bool Active;
    public bool Group1;
    public byte Priority;
    public sbyte Route;

    /// <summary>True from the acknowledge of an interrupt that a line of the board raised to its end.</summary>
    public bool Forwarded;

    /// <summary>Who acknowledged it; of meaning only while it is active.</summary>
    public ActiveInterrupt Taken;

    public readonly bool IsPending => IsEdge ? Edge : LevelSoftware || LevelMessage || LevelSource;

    public readonly bool CanBeTaken => Enabled && !Active && IsPending;

    /// <summary>Sets the trigger. What was written to a level goes when it is one no more.</summary>
    public void Configure(bool edge)
    {
        if (IsEdge && !edge)
            LevelSoftware = LevelMessage = false;
        IsEdge = edge;
    }

    /// <summary>Asks the source, where that is due, whether its level still holds (gunyah-abi.md 4.2.4, rules 4 and 5).</summary>
    public void Poll()
    {
        if (!IsEdge && LevelSource && !Edge)
            LevelSource = Source is { } source && source.Owner.IsStillAsserted(source);
    }
}

/// <summary>How an interrupt was acknowledged. Nobody acknowledged one that is active by ISACTIVER.</summary>
/// <param name="Place">The index of the vCPU plus one; 0 for nobody.</param>
/// <param name="GroupPriority">The bits of its priority that count for preemption.</param>
/// <param name="Group1">The group that it was in.</param>
/// <param name="IsDropped">Its priority was dropped and it waits for its deactivation.</param>
internal readonly record struct ActiveInterrupt(byte Place, byte GroupPriority, bool Group1, bool IsDropped)
{
    public bool IsBy(VcpuInterface local) => Place == local.Index + 1;
}
