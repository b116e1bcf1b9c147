using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.AddressSpaces;
using Gunyah.Hypervisor.CapabilitySpaces;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Partitions;
using Gunyah.Hypervisor.VpmGroups;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>
/// A vCPU: a thread of a VM (gunyah-abi.md 4.7 and 4.8). The machine runs it through <see cref="Run"/>; the program
/// on it uses it as <see cref="IVcpu"/>.
/// </summary>
public sealed partial class Vcpu : HypervisorObject, IVirqPoll
{
    /// <summary>What the object is charged for.</summary>
    internal const ulong Footprint = 16 * 1024;

    /// <summary>The affinity until somebody sets one.</summary>
    private const int AnyCpu = -1;
    private const ulong DefaultTimeslice = 5_000_000;
    private const ulong DocumentedShortestTimeslice = 1_000_000;
    private const uint DocumentedHighestPriority = 63;

    private readonly VcpuRoom _room;
    private VcpuOptions _options;
    private CapabilitySpace? _space;
    private AddressSpace? _addressSpace;
    private Vic? _vic;
    private int _vicIndex;
    private VpmGroup? _group;
    private int _groupIndex;
    private VcpuInterface? _local;
    private VcpuInterrupts? _interrupts;
    private VcpuHardware? _hardware;

    private volatile int _affinity = AnyCpu;

    internal Vcpu(HypervisorContext context, Partition partition, VcpuRoom room)
        : base(context, ObjectType.Thread, partition, Footprint)
    {
        _room = room;
        Memory = new GuestMemory(room.Physical);
        Timers = new VcpuTimers(this, room.Platform, room.Counter);
        HaltSource = new VirqSource(this, alwaysEdge: true);
        WakeupSource = new VirqSource(this);
    }

    /// <summary>The VMID of the VM; 0 while no address space is attached.</summary>
    public ushort Vmid => _addressSpace?.Vmid ?? 0;

    /// <summary>The index in the VM: that at its interrupt controller.</summary>
    public int Index => _vicIndex;

    /// <summary>The priority, 0 to 63; 32 unless it was set.</summary>
    public uint Priority { get; private set; } = VcpuLimits.DefaultPriority;

    /// <summary>The time slice in nanoseconds; 5 ms unless it was set.</summary>
    public ulong Timeslice { get; private set; } = DefaultTimeslice;

    internal GuestMemory Memory { get; }

    internal VcpuTimers Timers { get; }

    /// <summary>Raised when the vCPU faults or ends its VM.</summary>
    internal VirqSource HaltSource { get; }

    /// <summary>Raised when somebody should run a proxy-scheduled vCPU again.</summary>
    internal VirqSource WakeupSource { get; }

    internal VpmGroup? Group => _group;

    internal int GroupIndex => _groupIndex;

    /// <summary>The capability space in which the vCPU's calls look up their capabilities.</summary>
    internal CapabilitySpace Space => _space ?? throw new InvalidOperationException("a vCPU that runs has a capability space");

    internal AddressSpace? AddressSpace => _addressSpace;

    internal CapabilitySpace? AttachedSpace => _space;

    /// <summary>The controller and this vCPU's part of it, for the register-level front.</summary>
    internal Vic Vic => _vic ?? throw new InvalidOperationException("a vCPU that runs has an interrupt controller");

    internal VcpuInterface Local => _local ?? throw new InvalidOperationException("a vCPU that runs has an interrupt controller");

    internal GunyahError Configure(VcpuOptions options)
    {
        using Lock.Scope scope = EnterConfiguration();
        if (State != ObjectState.Init)
            return GunyahError.ObjectState;
        _options = options;
        return GunyahError.Ok;
    }

    internal GunyahError Attach(CapabilitySpace space)
    {
        CapabilitySpace? replaced;
        using (EnterConfiguration())
        {
            if (State != ObjectState.Init)
                return GunyahError.ObjectState;
            space.Acquire();
            (replaced, _space) = (_space, space);
        }

        replaced?.Release();
        return GunyahError.Ok;
    }

    internal GunyahError Attach(AddressSpace space)
    {
        AddressSpace? replaced;
        using (EnterConfiguration())
        {
            if (State != ObjectState.Init)
                return GunyahError.ObjectState;
            if (_addressSpace == space)
                return GunyahError.Ok;
            if (!space.TryAttach(this))
                return GunyahError.NoMemory;
            space.Acquire();
            (replaced, _addressSpace) = (_addressSpace, space);
        }

        replaced?.Detach(this);
        replaced?.Release();
        return GunyahError.Ok;
    }

    internal GunyahError Attach(Vic vic, uint index)
    {
        Vic? replaced;
        using (EnterConfiguration())
        {
            if (State != ObjectState.Init)
                return GunyahError.ObjectState;
            if (index >= vic.MaxVcpus)
                return GunyahError.ArgumentInvalid;
            vic.Acquire();
            (replaced, _vic) = (_vic, vic);
            _vicIndex = (int)index;
        }

        replaced?.Release();
        return GunyahError.Ok;
    }

    internal GunyahError Attach(VpmGroup group, uint index)
    {
        VpmGroup? replaced;
        using (EnterConfiguration())
        {
            if (State != ObjectState.Init)
                return GunyahError.ObjectState;
            if (index >= VcpuLimits.MaxVcpus)
                return GunyahError.ArgumentInvalid;
            group.Acquire();
            (replaced, _group) = (_group, group);
            _groupIndex = (int)index;
        }

        replaced?.Release();
        return GunyahError.Ok;
    }

    internal GunyahError SetPriority(uint priority)
    {
        bool reference = Context.FollowsReference(Deviations.PriorityDenied);
        if (priority > (reference ? VcpuLimits.HighestPriority : DocumentedHighestPriority))
            return reference ? GunyahError.Denied : GunyahError.ArgumentInvalid;
        using Lock.Scope scope = EnterConfiguration();
        if (State != ObjectState.Init)
            return GunyahError.ObjectState;
        Priority = priority;
        return GunyahError.Ok;
    }

    internal GunyahError SetTimeslice(ulong nanoseconds)
    {
        using Lock.Scope scope = EnterConfiguration();
        if (State != ObjectState.Init)
            return GunyahError.ObjectState;
        ulong shortest = Context.FollowsReference(Deviations.ShortTimeslices)
            ? VcpuLimits.ShortestTimeslice : DocumentedShortestTimeslice;
        if (nanoseconds < shortest || nanoseconds > VcpuLimits.LongestTimeslice)
            return GunyahError.ArgumentInvalid;
        Timeslice = nanoseconds;
        return GunyahError.Ok;
    }

    /// <summary>vcpu_set_affinity: a CPU, or <see cref="VcpuLimits.NoCpu"/> to run on none.</summary>
    internal GunyahError SetAffinity(ushort cpu)
    {
        using (EnterConfiguration())
        {
            if (State is not (ObjectState.Init or ObjectState.Active))
                return GunyahError.ObjectState;
            if (State == ObjectState.Active && _options.HasFlag(VcpuOptions.Pinned))
                return GunyahError.Denied;
            _affinity = cpu;
        }

        // It may have waited for a CPU; if it has nothing to do it will say so.
        if (cpu != VcpuLimits.NoCpu && IsOn)
            NotifyRunnable();
        return GunyahError.Ok;
    }

    bool IVirqPoll.IsStillAsserted(VirqSource source) => true;

    /// <summary>The requirements in the order of gunyah-abi.md 3.5; what was taken before a failure is given back.</summary>
    private protected override GunyahError OnActivate()
    {
        if (_space is null || _addressSpace is null)
            return GunyahError.ObjectConfig;
        if (_vic is null)
            return GunyahError.ArgumentInvalid;
        if (_vic.TryAttach(this, _vicIndex) is not { } local)
            return GunyahError.Busy;

        GunyahError error = JoinGroup(_addressSpace);
        if (error != GunyahError.Ok)
        {
            _vic.Detach(local);
            return error;
        }

        _local = local;
        _interrupts = new VcpuInterrupts(_vic, local);
        _hardware = new VcpuHardware(this, _room, _vic, local);
        Timers.PlaceSources(_vic, local);
        ConnectDevices(_addressSpace, _vic);
        Memory.Attach(_addressSpace.Table);
        _isProxy = _options.HasFlag(VcpuOptions.VcpuRunScheduled);
        return GunyahError.Ok;
    }

    private protected override void OnDeactivate()
    {
        Timers.Reset();
        _group?.Leave(this, _groupIndex);
        HaltSource.Unbind();
        WakeupSource.Unbind();
        Vic.Detach(Local);
    }

    private protected override void OnDestroy()
    {
        _addressSpace?.Detach(this);
        _addressSpace?.Release();
        _space?.Release();
        _vic?.Release();
        _group?.Release();
    }

    /// <summary>The machine's devices in this VM interrupt it through this controller, if through none yet.</summary>
    private void ConnectDevices(AddressSpace addressSpace, Vic vic)
    {
        if (_room.Devices.Connect(addressSpace.Vmid, vic) is { } failed && Context.Events.Wants(EventKind.Note))
        {
            Context.Emit(this, EventKind.Note, default,
                $"a device cannot interrupt VM {addressSpace.Vmid} by interrupt {failed.Line.Intid}: {failed.Error}");
        }
    }

    private GunyahError JoinGroup(AddressSpace addressSpace)
    {
        if (_group is not null && !_group.TryJoin(this, _groupIndex))
            return GunyahError.Denied;

        // The place of the HLOS VM comes last: it stays with the address space, and nothing that fails may have taken it.
        bool pinnedNowhere = _options.HasFlag(VcpuOptions.Pinned) && _affinity is AnyCpu or VcpuLimits.NoCpu;
        if (!pinnedNowhere && (!_options.HasFlag(VcpuOptions.HlosVm) || addressSpace.TryTakeHlos()))
            return GunyahError.Ok;

        _group?.Leave(this, _groupIndex);
        return GunyahError.ObjectConfig;
    }
}
