using Gunyah.Abi;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.HardwareInterrupts;

/// <summary>
/// A shared interrupt of the board, for whoever may forward it to a VM (gunyah-abi.md 4.5.3). It is a level: while it is up, each
/// end of the virtual interrupt brings the next.
/// </summary>
internal sealed class HardwareInterrupt : HypervisorObject, IVirqPoll
{
    /// <summary>What the object is charged for.</summary>
    public const ulong Footprint = 256;

    private readonly Lock _gate = new();
    private readonly VirqSource _source;
    private IHardwareLine? _line;
    private bool _isRaised;

    public HardwareInterrupt(HypervisorContext context, IObjectHeap heap, uint number)
        : base(context, ObjectType.HardwareInterrupt, heap, Footprint)
    {
        Number = number;
        _source = new VirqSource(this, InterruptTrigger.Level, isHardware: true);
    }

    /// <summary>Its number on the board.</summary>
    public uint Number { get; }

    public bool IsBound => _source.IsBound;

    /// <summary>Says what drives it; before the machine runs.</summary>
    /// <returns>False if something does already.</returns>
    public bool TryWire(IHardwareLine line) => Interlocked.CompareExchange(ref _line, line, null) is null;

    /// <summary>hwirq_bind_virq: the number is looked at before the source.</summary>
    public GunyahError Bind(Vic vic, uint virq)
    {
        if (virq is < InterruptIds.FirstSpi or > InterruptIds.LastSpi)
            return GunyahError.ArgumentInvalid;
        GunyahError error;
        WakeUp placed;
        WakeUp raised = default;
        lock (_gate)
        {
            error = _source.Bind(vic, virq, out placed);
            if (error == GunyahError.Ok)
            {
                // What an earlier controller was told is gone with it.
                _isRaised = false;
                raised = Follow();
            }
        }

        placed.Deliver();
        raised.Deliver();
        return error;
    }

    /// <summary>hwirq_unbind_virq.</summary>
    public GunyahError Unbind()
    {
        lock (_gate)
        {
            if (!_source.IsBound)
                return Context.FollowsReference(Deviations.UnboundHardwareInterrupt) ? GunyahError.VirqNotBound : GunyahError.Ok;
            _source.Unbind();
            return GunyahError.Ok;
        }
    }

    /// <summary>Looks at the level again. Of calls at the same moment the last sees the last change.</summary>
    public void Update()
    {
        WakeUp wakeUp;
        lock (_gate)
            wakeUp = Follow();
        wakeUp.Deliver();
    }

    bool IVirqPoll.IsStillAsserted(VirqSource source) => _line is { IsAsserted: true };

    private protected override GunyahError OnActivate() => GunyahError.Ok;

    private protected override void OnDeactivate() => _source.Unbind();

    private WakeUp Follow()
    {
        bool level = _line is { IsAsserted: true };
        if (level == _isRaised)
            return default;
        _isRaised = level;
        if (level)
            return _source.AssertLevel();
        _source.Clear();
        return default;
    }
}
