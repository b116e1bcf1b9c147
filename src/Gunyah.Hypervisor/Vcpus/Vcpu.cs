using Gunyah.Abi;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.AddressSpaces;
using Gunyah.Hypervisor.CapabilitySpaces;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Threads;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>
/// A vCPU, the object (gunyah-abi.md 4.7 and 4.8): what it is configured with before it is activated, and the three that do its
/// work then. The thread runs the core, and the engine in the core reaches the hypervisor through the port.
/// </summary>
internal sealed class Vcpu : HypervisorObject, ICapabilitySpaceUser, IAddressSpaceUser, IVicUser, IGroupUser
{
    /// <summary>What the object is charged for.</summary>
    public const ulong Footprint = 16 * 1024;

    private const ulong DocumentedShortestTimeslice = 1_000_000;
    private const uint DocumentedHighestPriority = 63;

    private readonly VcpuRoom _room;

    public Vcpu(HypervisorContext context, IObjectHeap heap, VcpuRoom room)
        : base(context, ObjectType.Thread, heap, Footprint)
    {
        _room = room;
        var core = new VcpuCore(room.Engines);
        Port = new(context, room, core);
        Thread = new(this, room, Port, core);
        Port.Power = Thread;
    }

    public VcpuThread Thread { get; }

    public VcpuPort Port { get; }

    CapabilitySpace? ICapabilitySpaceUser.Space => Port.AttachedSpace;

    GuestMemory IAddressSpaceUser.Memory => Port.Memory;

    public GunyahError Configure(VcpuOptions options)
    {
        using Lock.Scope scope = EnterConfiguration();
        if (State != ObjectState.Init)
            return GunyahError.ObjectState;
        Thread.Options = options;
        return GunyahError.Ok;
    }

    /// <inheritdoc/>
    public GunyahError Attach(CapabilitySpace space)
    {
        CapabilitySpace? replaced;
        using (EnterConfiguration())
        {
            if (State != ObjectState.Init)
                return GunyahError.ObjectState;
            space.Acquire();
            replaced = Port.Attach(space);
        }

        replaced?.Release();
        return GunyahError.Ok;
    }

    /// <inheritdoc/>
    public GunyahError Attach(AddressSpace space)
    {
        AddressSpace? replaced;
        using (EnterConfiguration())
        {
            if (State != ObjectState.Init)
                return GunyahError.ObjectState;
            if (Port.AttachedAddressSpace == space)
                return GunyahError.Ok;
            if (!space.TryAttach(this))
                return GunyahError.NoMemory;
            space.Acquire();
            replaced = Port.Attach(space);
        }

        replaced?.Detach(this);
        replaced?.Release();
        return GunyahError.Ok;
    }

    /// <inheritdoc/>
    public GunyahError Attach(Vic vic, uint index)
    {
        Vic? replaced;
        using (EnterConfiguration())
        {
            if (State != ObjectState.Init)
                return GunyahError.ObjectState;
            if (index >= vic.MaxVcpus)
                return GunyahError.ArgumentInvalid;
            vic.Acquire();
            replaced = Port.Attach(vic, (int)index);
        }

        replaced?.Release();
        return GunyahError.Ok;
    }

    /// <inheritdoc/>
    public GunyahError Attach(IPowerGroup group, uint index)
    {
        IPowerGroup? replaced;
        using (EnterConfiguration())
        {
            if (State != ObjectState.Init)
                return GunyahError.ObjectState;
            if (index >= VcpuLimits.MaxVcpus)
                return GunyahError.ArgumentInvalid;
            group.Acquire();
            replaced = Thread.Attach(group, (int)index);
        }

        replaced?.Release();
        return GunyahError.Ok;
    }

    public GunyahError SetPriority(uint priority)
    {
        bool reference = Context.FollowsReference(Deviations.PriorityDenied);
        if (priority > (reference ? VcpuLimits.HighestPriority : DocumentedHighestPriority))
            return reference ? GunyahError.Denied : GunyahError.ArgumentInvalid;
        using Lock.Scope scope = EnterConfiguration();
        if (State != ObjectState.Init)
            return GunyahError.ObjectState;
        Thread.Priority = priority;
        return GunyahError.Ok;
    }

    public GunyahError SetTimeslice(ulong nanoseconds)
    {
        using Lock.Scope scope = EnterConfiguration();
        if (State != ObjectState.Init)
            return GunyahError.ObjectState;
        ulong shortest = Context.FollowsReference(Deviations.ShortTimeslices)
            ? VcpuLimits.ShortestTimeslice : DocumentedShortestTimeslice;
        if (nanoseconds < shortest || nanoseconds > VcpuLimits.LongestTimeslice)
            return GunyahError.ArgumentInvalid;
        Thread.Timeslice = nanoseconds;
        return GunyahError.Ok;
    }

    /// <summary>vcpu_set_affinity: a CPU, or <see cref="VcpuLimits.NoCpu"/> to run on none.</summary>
    public GunyahError SetAffinity(ushort cpu)
    {
        using (EnterConfiguration())
        {
            if (State is not (ObjectState.Init or ObjectState.Active))
                return GunyahError.ObjectState;
            if (State == ObjectState.Active && Thread.Options.HasFlag(VcpuOptions.Pinned))
                return GunyahError.Denied;
            Thread.Affinity = cpu;
        }

        Thread.NotifyAffinity();
        return GunyahError.Ok;
    }

    /// <summary>The requirements in the order of gunyah-abi.md 3.5; what was taken before a failure is given back.</summary>
    private protected override GunyahError OnActivate()
    {
        if (Port.AttachedSpace is null || Port.AttachedAddressSpace is not { } addressSpace)
            return GunyahError.ObjectConfig;
        if (Port.AttachedVic is not { } vic)
            return GunyahError.ArgumentInvalid;
        if (vic.TryAttach(Thread, Port.Index) is not { } local)
            return GunyahError.Busy;

        GunyahError error = JoinGroup(addressSpace);
        if (error != GunyahError.Ok)
        {
            vic.Detach(local);
            return error;
        }

        Port.Open(addressSpace.Table, vic, local, Thread.Timers);
        Thread.Open(vic, local);
        return GunyahError.Ok;
    }

    private protected override void OnDeactivate()
    {
        Thread.LeaveGroup();
        Thread.Close();
    }

    private protected override void OnDestroy()
    {
        Port.AttachedAddressSpace?.Detach(this);
        Port.AttachedAddressSpace?.Release();
        Port.AttachedSpace?.Release();
        Port.AttachedVic?.Release();
        Thread.ReleaseGroup();
    }

    private GunyahError JoinGroup(AddressSpace addressSpace)
    {
        if (!Thread.TryJoinGroup())
            return GunyahError.Denied;

        // The place of the HLOS VM comes last: it stays with the address space, and nothing that fails may have taken it.
        bool pinnedNowhere = Thread.Options.HasFlag(VcpuOptions.Pinned) && Thread.Affinity is Turn.AnyCpu or VcpuLimits.NoCpu;
        if (!pinnedNowhere && (!Thread.Options.HasFlag(VcpuOptions.HlosVm) || addressSpace.TryTakeHlos()))
            return GunyahError.Ok;

        Thread.LeaveGroup();
        return GunyahError.ObjectConfig;
    }
}
