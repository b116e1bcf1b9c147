using Gunyah.Abi;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Threads;

namespace Gunyah.Hypervisor.VpmGroups;

/// <summary>The vCPUs that manage their power together through PSCI (gunyah-abi.md 4.9).</summary>
internal sealed class VpmGroup : HypervisorObject, IPowerGroup, IVirqPoll
{
    /// <summary>What the object is charged for.</summary>
    public const ulong Footprint = 512;

    private const ulong NoAggregation = 1;
    private const uint Running = 1;
    private const uint AllSuspended = 2;

    private readonly IGroupMember?[] _members = new IGroupMember?[VcpuLimits.MaxVcpus];
    private int _online;
    private IGroupMember? _ending;

    public VpmGroup(HypervisorContext context, IObjectHeap heap)
        : base(context, ObjectType.VpmGroup, heap, Footprint) => Source = new VirqSource(this);

    /// <summary>Can be bound; nothing raises it, as in the reference.</summary>
    public VirqSource Source { get; }

    /// <summary>True if its members' power is counted, so that the last one may not just go off.</summary>
    public bool Aggregates { get; private set; } = true;

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

    /// <inheritdoc/>
    public bool TryJoin(IGroupMember vcpu, int index) => Interlocked.CompareExchange(ref _members[index], vcpu, null) is null;

    /// <inheritdoc/>
    public void Leave(IGroupMember vcpu, int index) => Interlocked.CompareExchange(ref _members[index], null, vcpu);

    /// <inheritdoc/>
    public IGroupMember? Member(int index) => (uint)index < (uint)_members.Length ? Volatile.Read(ref _members[index]) : null;

    /// <inheritdoc/>
    public void CountOn() => Interlocked.Increment(ref _online);

    /// <inheritdoc/>
    public void CountOff() => Interlocked.Decrement(ref _online);

    /// <summary>
    /// Counts a member that asks to go off, if that is allowed: one that aggregates lets its last member go off only as the
    /// last, and no other as that. Looking and counting are one step, or two members that ask at once would both find another
    /// that stays.
    /// </summary>
    public bool TryCountOff(bool last)
    {
        int online = Volatile.Read(ref _online);
        while (!Aggregates || last == (online == 1))
        {
            int before = Interlocked.CompareExchange(ref _online, online - 1, online);
            if (before == online)
                return true;
            online = before;
        }

        return false;
    }

    /// <inheritdoc/>
    public bool TryBeginEnd(IGroupMember member) => Interlocked.CompareExchange(ref _ending, member, null) is null;

    /// <inheritdoc/>
    public void CompleteEnd() => Volatile.Write(ref _ending, null);

    void IPowerGroup.Acquire() => Acquire();

    void IPowerGroup.Release() => Release();

    bool IVirqPoll.IsStillAsserted(VirqSource source) => true;

    private protected override GunyahError OnActivate() => GunyahError.Ok;

    private protected override void OnDeactivate() => Source.Unbind();
}
