using Gunyah.Abi;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Doorbells;

/// <summary>A doorbell: 64 flags, two masks and one interrupt (gunyah-abi.md 4.4).</summary>
internal sealed class Doorbell : HypervisorObject, IVirqPoll
{
    /// <summary>What the object is charged for.</summary>
    public const ulong Footprint = 256;

    private readonly Lock _gate = new();
    private ulong _flags;
    private ulong _enableMask = ulong.MaxValue;
    private ulong _ackMask;

    public Doorbell(HypervisorContext context, IObjectHeap heap)
        : base(context, ObjectType.Doorbell, heap, Footprint) => Source = new VirqSource(this);

    public VirqSource Source { get; }

    /// <summary>
    /// doorbell_send: sets flags. Always asserts something: with only masked flags an edge-triggered interrupt still fires
    /// (gunyah-abi.md Q27).
    /// </summary>
    /// <returns>The flags before.</returns>
    public ulong Send(ulong newFlags)
    {
        ulong before;
        WakeUp wakeUp;
        lock (_gate)
        {
            before = _flags;
            SetFlags(before | newFlags);
            if ((_flags & _enableMask) != 0)
            {
                wakeUp = Source.AssertLevel();
                SetFlags(_flags & ~_ackMask);
            }
            else
            {
                wakeUp = Source.AssertEdge();
            }
        }

        wakeUp.Deliver();
        return before;
    }

    /// <summary>doorbell_receive: clears flags. The interrupt falls at its next poll.</summary>
    /// <returns>The flags before.</returns>
    public ulong Receive(ulong clearFlags)
    {
        lock (_gate)
        {
            ulong before = _flags;
            SetFlags(before & ~clearFlags);
            return before;
        }
    }

    /// <summary>doorbell_reset: as new, but still bound.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            Source.Clear();
            SetFlags(0);
            Volatile.Write(ref _enableMask, ulong.MaxValue);
            _ackMask = 0;
        }
    }

    /// <summary>doorbell_mask: which flags interrupt, and which are cleared by the interrupt itself.</summary>
    public void Mask(ulong enableMask, ulong ackMask)
    {
        WakeUp wakeUp = default;
        lock (_gate)
        {
            bool was = (_flags & _enableMask) != 0;
            bool now = (_flags & enableMask) != 0;
            Volatile.Write(ref _enableMask, enableMask);
            _ackMask = ackMask;
            if (now && !was)
                wakeUp = Source.AssertLevel();
            else if (was && !now)
                Source.Clear();
            if (now)
                SetFlags(_flags & ~ackMask);
        }

        wakeUp.Deliver();
    }

    bool IVirqPoll.IsStillAsserted(VirqSource source) => (Volatile.Read(ref _flags) & Volatile.Read(ref _enableMask)) != 0;

    private protected override GunyahError OnActivate() => GunyahError.Ok;

    private protected override void OnDeactivate() => Source.Unbind();

    private void SetFlags(ulong flags) => Volatile.Write(ref _flags, flags);
}
