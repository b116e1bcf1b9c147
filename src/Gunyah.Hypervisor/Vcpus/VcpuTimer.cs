using Gunyah.Hypervisor.Interrupts;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>
/// The virtual timer of a vCPU: a deadline that asserts a private interrupt once. The level does not stay, so an end of
/// interrupt without a new deadline leaves it quiet.
/// </summary>
internal sealed class VcpuTimer : IVirqPoll, IVirqCondition
{
    private const ulong None = ulong.MaxValue;

    private readonly Vcpu _vcpu;
    private readonly IPlatform _platform;
    private ulong _deadline = None;

    public VcpuTimer(Vcpu vcpu, IPlatform platform)
    {
        _vcpu = vcpu;
        _platform = platform;
        Source = new VirqSource(this);
    }

    public VirqSource Source { get; }

    public void Set(ulong deadline)
    {
        // The old deadline ends before its level falls: one that expired just now is withdrawn, and none expires after that.
        Interlocked.Exchange(ref _deadline, None);
        Source.Clear();
        Volatile.Write(ref _deadline, deadline);
        if (deadline > _platform.Now)
            _platform.SetTimer(_vcpu, deadline);
        else
            Expire();
    }

    public void Cancel()
    {
        if (Interlocked.Exchange(ref _deadline, None) != None)
            _platform.CancelTimer(_vcpu);
        Source.Clear();
    }

    /// <summary>The platform's call. One that comes early, late or for nothing does no harm.</summary>
    public void Expire()
    {
        ulong deadline = Volatile.Read(ref _deadline);
        if (deadline != None && deadline <= _platform.Now)
            Source.AssertLevel(this, deadline).Deliver();
    }

    /// <summary>
    /// Takes a deadline, unless it was withdrawn. The controller asks with its lock held, and a withdrawal ends with the lock
    /// taken: what is asserted was not withdrawn, and what is withdrawn is not asserted any more.
    /// </summary>
    bool IVirqCondition.TryTake(ulong deadline) => Interlocked.CompareExchange(ref _deadline, None, deadline) == deadline;

    bool IVirqPoll.IsStillAsserted(VirqSource source) => false;
}
