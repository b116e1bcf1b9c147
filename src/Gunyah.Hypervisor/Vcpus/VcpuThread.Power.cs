using System.Diagnostics;
using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Threads;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>Power: on, off, suspended, faulted, killed (gunyah-abi.md 4.7.2 and 4.9).</summary>
public sealed partial class VcpuThread
{
    /// <summary>
    /// The scheduler lock: power, who runs the vCPU, affinity. It may be taken with an object's lock held; under it only the
    /// interrupt controller's lock is taken.
    /// </summary>
    private readonly Lock _gate = new();
    private VcpuPower _power;
    private VcpuStart? _start;
    private VcpuSuspend? _suspend;
    private SystemResetRequest? _reset;
    private bool _isResetTold;

    /// <summary>
    /// A vCPU that is on keeps itself alive, so that losing its last capability does not pull it from under its program.
    /// </summary>
    private bool _holdsItself;

    /// <summary>The vCPU has stopped and something of it may still be in use; until that is over it counts as running.</summary>
    private bool _isStopping;

    /// <summary>The halt interrupt is still to come.</summary>
    private bool _haltIsDue;
    private IPowerGroup? _group;
    private int _groupIndex;

    internal bool IsOn
    {
        get
        {
            lock (_gate)
                return _power == VcpuPower.On;
        }
    }

    internal bool IsSuspended
    {
        get
        {
            lock (_gate)
                return _suspend is not null && Vic.IsWaiting(Local);
        }
    }

    /// <summary>Killed or exited: never runs a program again.</summary>
    internal bool IsDead
    {
        get
        {
            lock (_gate)
                return _power is VcpuPower.Killed or VcpuPower.Exited;
        }
    }

    IPowerGroup? IGroupMember.Group => _group;

    bool IGroupMember.IsOn => IsOn;

    bool IGroupMember.IsSuspended => IsSuspended;

    int IGroupMember.IndexOfAffinity(ulong affinity) => Vic.Affinities.IndexOfMpidr(affinity);

    /// <summary>The group with a reference that the thread keeps.</summary>
    /// <returns>The group before, for the caller to release.</returns>
    internal IPowerGroup? Attach(IPowerGroup group, int index)
    {
        IPowerGroup? replaced = _group;
        (_group, _groupIndex) = (group, index);
        return replaced;
    }

    /// <summary>Takes the place in the group, where there is one.</summary>
    /// <returns>False if another member has it.</returns>
    internal bool TryJoinGroup() => _group?.TryJoin(this, _groupIndex) ?? true;

    /// <summary>Frees the place in the group.</summary>
    internal void LeaveGroup() => _group?.Leave(this, _groupIndex);

    /// <summary>Gives the group up, at the end of the vCPU.</summary>
    internal void ReleaseGroup() => _group?.Release();

    /// <summary>vcpu_poweron, PSCI CPU_ON, and the machine's start of the root vCPU.</summary>
    internal GunyahError PowerOn(IEventActor? caller, in VcpuStart start)
    {
        lock (_gate)
        {
            if (_power is VcpuPower.Killed or VcpuPower.Exited)
                return GunyahError.Failure;
            if (_power != VcpuPower.Off)
                return GunyahError.Busy;
            if (!_holdsItself)
            {
                _owner.Acquire();
                _holdsItself = true;
            }

            _power = VcpuPower.On;
            _start = start;
            _suspend = null;
            _group?.CountOn();
        }

        EmitPower(caller, on: true, start.Entry ?? 0, start.Context ?? 0);
        NotifyRunnable();
        return GunyahError.Ok;
    }

    /// <summary>vcpu_poweroff of the caller by itself, and PSCI CPU_OFF, which is never the last.</summary>
    internal GunyahError PowerOffSelf(bool last) => Stop(last ? VcpuStop.LastOff : VcpuStop.Off);

    /// <summary>vcpu_kill.</summary>
    internal GunyahError Kill()
    {
        if (Stop(VcpuStop.Kill) != GunyahError.Ok)
            return _context.FollowsReference(Deviations.RepeatedKillSucceeds) ? GunyahError.Ok : GunyahError.ObjectState;
        if (_isProxy)
            NotifyRunnable();
        return GunyahError.Ok;
    }

    /// <summary>
    /// Of two members that end their VM at once one does, and the other is killed by it like any; in the original they kill each
    /// other, and nobody is left to report a reset.
    /// </summary>
    void IGroupMember.StopSystem(SystemResetRequest? reset)
    {
        IPowerGroup group = _group ?? throw new InvalidOperationException("a thread without a group has no PSCI");
        if (!group.TryBeginEnd(this))
        {
            Kill();
            return;
        }

        if (!IsDead)
        {
            lock (_gate)
                (_reset, _isResetTold) = (reset, false);
            KillOthers(group);
            Stop(VcpuStop.ForcedOff);
        }

        group.CompleteEnd();
    }

    bool IGroupMember.TryAcquire() => _owner.TryAcquire();

    void IGroupMember.Release() => _owner.Release();

    GunyahError IGroupMember.PowerOn(IEventActor? caller, in VcpuStart start) => PowerOn(caller, start);

    GunyahError IGroupMember.PowerOffSelf(bool last) => PowerOffSelf(last);

    GunyahError IGroupMember.Kill() => Kill();

    bool IGroupMember.TrySuspend(in VcpuSuspend suspend)
    {
        if (Vic.CanDeliver(Local))
            return false;
        lock (_gate)
            _suspend = suspend;
        return true;
    }

    /// <summary>vcpu_register_write: only while the vCPU is off.</summary>
    internal GunyahError WriteRegister(VcpuRegisterSet set, uint index, ulong value)
    {
        lock (_gate)
        {
            if (_power is VcpuPower.Killed or VcpuPower.Exited)
                return GunyahError.ObjectState;
            if (_power != VcpuPower.Off || _isRunning)
                return GunyahError.Busy;
            return _core.Write(set, index, value);
        }
    }

    /// <summary>Applies what a power-on or a wake-up from a suspend asks for.</summary>
    private void ApplyStart()
    {
        lock (_gate)
        {
            if (_power != VcpuPower.On)
                return;
            _suspend = ResumeFrom(_suspend);
            if (_start is not { } start)
                return;
            _start = null;
            _access = null;
            _port.IsHalted = false;
            _core.Reset(start);
        }
    }

    /// <summary>A suspend is over. Call with the scheduler lock held.</summary>
    private VcpuSuspend? ResumeFrom(VcpuSuspend? suspend)
    {
        if (suspend is { Restart: { } restart })
            _start = restart;
        return null;
    }

    private void KillOthers(IPowerGroup group)
    {
        for (int index = 0; index < VcpuLimits.MaxVcpus; index++)
        {
            if (group.Member(index) is not { } other || other == this || !other.TryAcquire())
                continue;
            other.Kill();
            other.Release();
        }
    }

    /// <summary>The program did what no guest may do: the vCPU stops, the machine goes on.</summary>
    private void Fault(string reason)
    {
        if (_context.Events.Wants(EventKind.VcpuFault))
            _context.Emit(this, EventKind.VcpuFault, new((ulong)_owner.Id), reason);
        Stop(VcpuStop.Fault);
    }

    /// <summary>
    /// Stops the vCPU. Killed, one that is running now leaves the hypervisor at the end of its turn and a proxy-scheduled one
    /// inside somebody's vcpu_run; any other is gone at once.
    /// </summary>
    /// <returns>DENIED where its group does not let it go off; OBJECT_STATE, with nothing done, if it is dead.</returns>
    private GunyahError Stop(VcpuStop reason)
    {
        bool stopped;
        lock (_gate)
        {
            if (_power is VcpuPower.Killed or VcpuPower.Exited)
                return GunyahError.ObjectState;
            stopped = _power == VcpuPower.On;
            if (!TryCountOff(reason))
                return GunyahError.Denied;
            _power = reason switch
            {
                VcpuStop.Fault => VcpuPower.Faulted,
                VcpuStop.Kill => _isRunning || _isProxy ? VcpuPower.Killed : VcpuPower.Exited,
                _ => VcpuPower.Off,
            };
            _port.IsHalted = true;
            _access = null;
            _start = null;
            _suspend = null;
        }

        if (stopped)
        {
            Timers.Reset();
            Vic.Reset(Local);
            EmitPower(this, on: false, 0, 0);
            lock (_gate)
            {
                _isStopping = true;
                _haltIsDue = reason is VcpuStop.ForcedOff or VcpuStop.Fault;
            }
        }

        SettleStop();
        return GunyahError.Ok;
    }

    /// <summary>
    /// Takes the vCPU out of its group's count of those that are on; one that faulted stays in it until it is killed. Call with
    /// the scheduler lock held.
    /// </summary>
    /// <returns>False if it asks to go off and may not.</returns>
    private bool TryCountOff(VcpuStop reason)
    {
        switch (reason)
        {
            case VcpuStop.Off or VcpuStop.LastOff:
                bool last = reason == VcpuStop.LastOff;
                return _group is null ? last : _power != VcpuPower.On || _group.TryCountOff(last);
            case not VcpuStop.Fault when _power is VcpuPower.On or VcpuPower.Faulted:
                _group?.CountOff();
                break;
        }

        return true;
    }

    /// <summary>
    /// The end of a stop: gives up what the vCPU holds of itself, then asserts the halt interrupt, which tells of the forced
    /// end of a VM and of a fault, not of a vCPU that goes off by itself or is killed (gunyah-abi.md 4.7.3). Not inside the
    /// vCPU's own turn, whose end does it: whoever hears the interrupt asks for the state at once and may go on to tear the VM
    /// down, so nothing of the vCPU may be in use any more.
    /// </summary>
    private void SettleStop()
    {
        ReleaseItself();
        lock (_gate)
        {
            if (_isRunning)
                return;
            _isStopping = false;
            if (!_haltIsDue)
                return;
            _haltIsDue = false;
        }

        HaltSource.AssertEdge().Deliver();
    }

    /// <summary>Once the vCPU is neither on nor being run, it lives only as long as others need it.</summary>
    private void ReleaseItself()
    {
        lock (_gate)
        {
            if (!_holdsItself || _isRunning || _power == VcpuPower.On)
                return;
            _holdsItself = false;
        }

        _owner.Release();
    }

    private void EmitPower(IEventActor? caller, bool on, ulong entry, ulong context)
    {
        if (_context.Events.Wants(EventKind.VcpuPower))
            _context.Emit(caller, EventKind.VcpuPower, new((ulong)_owner.Id, on ? 1UL : 0, entry, context));
    }

    [Conditional("DEBUG")]
    private void AssertInvariants()
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "the scheduler lock guards the power state");
        Debug.Assert(_power != VcpuPower.On || _holdsItself, "a vCPU that is on keeps itself alive");
        Debug.Assert(_start is null || _power == VcpuPower.On, "only a vCPU that is on has a place to start from");
    }
}
