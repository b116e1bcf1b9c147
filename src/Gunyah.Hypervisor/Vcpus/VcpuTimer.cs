using Gunyah.Hypervisor.Interrupts;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>
/// One timer of a vCPU's generic timer: its registers, and a level that follows them. What changes it holds the lock of
/// <see cref="VcpuTimers"/>; the poll, which comes with the controller's lock held, takes none.
/// </summary>
internal sealed class VcpuTimer : IVirqPoll
{
    /// <summary>No time: nothing is due.</summary>
    public const ulong Never = ulong.MaxValue;

    private const ulong EnableBit = 1;
    private const ulong MaskBit = 2;
    private const ulong StatusBit = 4;

    private readonly CounterScale _counter;
    private ulong _control;
    private ulong _compare;

    /// <summary>The level is up, and stays up until the registers change.</summary>
    private volatile bool _holds;

    public VcpuTimer(CounterScale counter)
    {
        _counter = counter;
        Source = new VirqSource(this);
    }

    public VirqSource Source { get; }

    /// <summary>When the level is still to rise.</summary>
    public ulong Due { get; private set; } = Never;

    /// <summary>The timer turns itself off when it rings, as a handler would.</summary>
    private bool RingsOnce { get; set; }

    /// <summary>CNTx_CTL_EL0.</summary>
    public ulong Control(ulong now)
    {
        bool met = (_control & EnableBit) != 0 && _counter.CountAt(now) >= _compare;
        return _control | (met ? StatusBit : 0);
    }

    /// <summary>CNTx_CVAL_EL0.</summary>
    public ulong Compare => _compare;

    /// <summary>CNTx_TVAL_EL0: how far the counter has to go, in 32 bits.</summary>
    public ulong Left(ulong now) => (uint)(_compare - _counter.CountAt(now));

    public void SetControl(ulong control) => Set(control & (EnableBit | MaskBit), _compare);

    public void SetCompare(ulong compare) => Set(_control, compare);

    public void SetLeft(ulong left, ulong now) => Set(_control, _counter.CountAt(now) + (ulong)(int)left);

    /// <summary>Enables the timer for one deadline, in nanoseconds.</summary>
    public void SetOnce(ulong deadline)
    {
        Set(EnableBit, _counter.CountAt(deadline));
        RingsOnce = true;
        Due = deadline;
    }

    public void Disable() => Set(0, _compare);

    /// <summary>Raises the level, if its time has come.</summary>
    /// <returns>Whom that wakes.</returns>
    public WakeUp Ring(ulong now)
    {
        if (Due == Never || Due > now)
            return default;
        Due = Never;
        if (RingsOnce)
            _control = 0;
        _holds = !RingsOnce;
        return Source.AssertLevel();
    }

    bool IVirqPoll.IsStillAsserted(VirqSource source) => _holds;

    /// <summary>New registers: the old level falls, and the new one is due where they ask for one.</summary>
    private void Set(ulong control, ulong compare)
    {
        (_control, _compare, RingsOnce) = (control, compare, false);
        Due = control == EnableBit ? _counter.TimeOf(compare) : Never;
        _holds = false;
        Source.Clear();
    }
}
