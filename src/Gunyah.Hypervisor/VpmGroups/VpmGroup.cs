using Gunyah.Abi;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Partitions;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.VpmGroups;

/// <summary>The vCPUs that manage their power together through PSCI (gunyah-abi.md 4.9).</summary>
internal sealed class VpmGroup : HypervisorObject, IVirqPoll
{
    /// <summary>What the object is charged for.</summary>
    public const ulong Footprint = 512;

    private const ulong NoAggregation = 1;
    private const uint Running = 1;
    private const uint AllSuspended = 2;

    private readonly Vcpu?[] _members = new Vcpu?[VcpuLimits.MaxVcpus];
    private int _online;

    public VpmGroup(HypervisorContext context, Partition partition)
        : base(context, ObjectType.VpmGroup, partition, Footprint) => Source = new VirqSource(this);

    /// <summary>Can be bound; nothing raises it, as in the reference.</summary>
    public VirqSource Source { get; }

    /// <summary>True if its members' power is counted, so that the last one may not just go off.</summary>
    public bool Aggregates { get; private set; } = true;

    /// <summary>Members that are powered on.</summary>
    public int Online => Volatile.Read(ref _online);

    /// <summary>vpm_group_get_state.</summary>
    public uint PowerState
    {
        get
        {
            bool anySuspended = false;
            for (int index = 0; index < _members.Length; index++)
            {
                if (Member(index) is not { IsOn: true } vcpu)
                    continue;
                if (!vcpu.IsSuspended)
                    return Running;
                anySuspended = true;
            }

            return anySuspended ? AllSuspended : Running;
        }
    }

    public GunyahError Configure(ulong flags)
    {
        using Lock.Scope scope = EnterConfiguration();
        if (State != ObjectState.Init)
            return GunyahError.ObjectState;
        Aggregates = (flags & NoAggregation) == 0;
        return GunyahError.Ok;
    }

    public bool TryJoin(Vcpu vcpu, int index) => Interlocked.CompareExchange(ref _members[index], vcpu, null) is null;

    public void Leave(Vcpu vcpu, int index) => Interlocked.CompareExchange(ref _members[index], null, vcpu);

    /// <summary>The member of an index, or null. May be on its way out: take a reference before acting on it.</summary>
    public Vcpu? Member(int index) => (uint)index < (uint)_members.Length ? Volatile.Read(ref _members[index]) : null;

    public void CountOnline(int change) => Interlocked.Add(ref _online, change);

    bool IVirqPoll.IsStillAsserted(VirqSource source) => true;

    private protected override GunyahError OnActivate() => GunyahError.Ok;

    private protected override void OnDeactivate() => Source.Unbind();
}
