using System.Diagnostics.CodeAnalysis;
using Gunyah.Abi;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Threads;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>
/// The thread of a vCPU: when it runs, in turns that the machine's scheduler gives or inside another vCPU's vcpu_run, and its
/// power (gunyah-abi.md 4.7 to 4.9). In a turn it runs the core from exit to exit.
/// </summary>
public sealed partial class VcpuThread : IGroupMember, IInterruptTarget, IVirqPoll
{
    private const ulong DefaultTimeslice = 5_000_000;

    private readonly HypervisorObject _owner;
    private readonly HypervisorContext _context;
    private readonly VcpuRoom _room;
    private readonly VcpuPort _port;
    private readonly VcpuCore _core;
    private Vic? _vic;
    private VcpuInterface? _local;

    /// <summary>An access that whoever runs the vCPU is to end; guarded by the scheduler lock.</summary>
    private DeviceAccess? _access;
    private bool _isRunning;
    private bool _isProxy;

    internal VcpuThread(HypervisorObject owner, VcpuRoom room, VcpuPort port, VcpuCore core)
    {
        (_owner, _context, _room, _port, _core) = (owner, owner.Context, room, port, core);
        Timers = new VcpuTimers(this, room.Platform, room.Counter);
        HaltSource = new VirqSource(this, InterruptTrigger.EdgeRising);
        WakeupSource = new VirqSource(this);
    }

    /// <summary>The VMID of the VM; 0 while no address space is attached.</summary>
    public ushort Vmid => _port.Vmid;

    /// <summary>The index in the VM: that at its interrupt controller.</summary>
    public int Index => _port.Index;

    /// <summary>The priority, 0 to 63; 32 unless it was set.</summary>
    public uint Priority { get; internal set; } = VcpuLimits.DefaultPriority;

    /// <summary>The time slice in nanoseconds; 5 ms unless it was set.</summary>
    public ulong Timeslice { get; internal set; } = DefaultTimeslice;

    internal VcpuOptions Options { get; set; }

    /// <summary>A CPU, <see cref="Turn.AnyCpu"/> until one is set, or <see cref="VcpuLimits.NoCpu"/>.</summary>
    internal int Affinity
    {
        get => _port.Turn.Cpu;
        set => _port.Turn.Cpu = value;
    }

    internal VcpuTimers Timers { get; }

    /// <summary>Raised when the vCPU faults or ends its VM.</summary>
    internal VirqSource HaltSource { get; }

    /// <summary>Raised when somebody should run a proxy-scheduled vCPU again.</summary>
    internal VirqSource WakeupSource { get; }

    internal Vic Vic => _vic ?? throw new InvalidOperationException("a vCPU that runs has an interrupt controller");

    internal VcpuInterface Local => _local ?? throw new InvalidOperationException("a vCPU that runs has an interrupt controller");

    /// <summary>
    /// Lets the vCPU run. The machine calls this for one vCPU at a time from one thread at a time. A vCPU that has nothing to
    /// do, or that only runs inside another's vcpu_run, answers at once; so a call too many does no harm.
    /// </summary>
    /// <param name="budget">How many steps its engine may take, at least 1.</param>
    public VcpuTurn Run(int budget)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, 1);
        lock (_gate)
        {
            if (_power != VcpuPower.On)
                return VcpuTurn.Off;
            if (_isProxy || _isRunning || !IsReady)
                return VcpuTurn.Blocked;
            _isRunning = true;
        }

        _port.Turn.Begin(budget);
        VcpuStep step = TakeTurn(budget, DeviceAnswer.NotThere, 0);
        _port.Turn.End();
        VcpuTurn turn;
        lock (_gate)
        {
            EndTurn(step);
            turn = _power != VcpuPower.On ? VcpuTurn.Off : IsReady ? VcpuTurn.Runnable : VcpuTurn.Blocked;
        }

        SettleStop();
        return turn;
    }

    /// <summary>
    /// The machine's answer to <see cref="IPlatform.SetTimer"/>. One that comes before the time has come, or for a deadline
    /// that was replaced, is ignored.
    /// </summary>
    public void TimerExpired() => Timers.Expire();

    /// <summary>The vCPU is active: it has an interrupt controller to wait at.</summary>
    internal void Open(Vic vic, VcpuInterface local)
    {
        (_vic, _local) = (vic, local);
        Timers.PlaceSources(vic, local);
        _isProxy = Options.HasFlag(VcpuOptions.VcpuRunScheduled);
    }

    /// <summary>Gives up what <see cref="Open"/> took, and the interrupts that were bound.</summary>
    internal void Close()
    {
        Timers.Reset();
        HaltSource.Unbind();
        WakeupSource.Unbind();
        Vic.Detach(Local);
    }

    /// <summary>vcpu_run (gunyah-abi.md 4.8).</summary>
    internal GunyahError RunInside(ICaller caller, in VcpuResumeData resume, out VcpuRunResult result)
    {
        result = default;
        Turn outer = caller.Turn;
        Turn own = _port.Turn;
        bool takesTurn;
        lock (_gate)
        {
            if (!_isProxy || _isRunning || caller == _port || !outer.MayNest)
                return GunyahError.Busy;
            takesTurn = _power == VcpuPower.Killed || (_power == VcpuPower.On && IsReady);
            if (takesTurn && (Options & VcpuOptions.Pinned) != 0 && outer.Cpu != Turn.AnyCpu && outer.Cpu != own.Cpu)
                return GunyahError.Denied;
            _isRunning = true;
        }

        own.BeginInside(outer);
        VcpuStep step = takesTurn ? TakeTurn(own.Grant(), DeviceAnswer.Done, resume.Data0) : VcpuStep.Yield;
        own.End();
        lock (_gate)
        {
            EndTurn(step);
            result = Describe(consumeReset: true);
        }

        SettleStop();
        return GunyahError.Ok;
    }

    /// <summary>vcpu_run_check (gunyah-abi.md 4.8).</summary>
    internal GunyahError CheckRun(out VcpuRunResult result)
    {
        lock (_gate)
        {
            result = _isRunning || _isStopping ? default : Describe(consumeReset: false);
            if (result.State is VcpuRunState.Ready or VcpuRunState.Blocked)
                return GunyahError.Busy;
            return GunyahError.Ok;
        }
    }

    /// <summary>vcpu_bind_virq. From the first wake-up binding on the vCPU only runs inside vcpu_run.</summary>
    internal GunyahError BindVirq(Vic vic, uint number, VcpuVirqType type)
    {
        GunyahError error = type == VcpuVirqType.Halt
            ? HaltSource.Bind(vic, number, out WakeUp wakeUp) : BindWakeup(vic, number, out wakeUp);
        wakeUp.Deliver();
        return error;
    }

    private GunyahError BindWakeup(Vic vic, uint number, out WakeUp wakeUp)
    {
        wakeUp = default;
        lock (_gate)
        {
            if (_isRunning)
                return GunyahError.Busy;
            GunyahError error = WakeupSource.Bind(vic, number, out wakeUp);
            if (error == GunyahError.Ok)
                _isProxy = true;
            return error;
        }
    }

    /// <summary>vcpu_unbind_virq.</summary>
    internal void UnbindVirq(VcpuVirqType type)
    {
        if (type == VcpuVirqType.Halt)
        {
            HaltSource.Unbind();
            return;
        }

        bool freed;
        lock (_gate)
        {
            // One step with what follows, or a binding made in between would be one of a vCPU that nobody proxies.
            WakeupSource.Unbind();
            if (_context.FollowsReference(Deviations.UnbindKeepsProxy))
                return;
            freed = _isProxy && !Options.HasFlag(VcpuOptions.VcpuRunScheduled);
            _isProxy &= !freed;
        }

        if (freed && IsOn)
            NotifyRunnable();
    }

    /// <summary>It may have waited for a CPU; if it has nothing to do it will say so.</summary>
    internal void NotifyAffinity()
    {
        if (Affinity != VcpuLimits.NoCpu && IsOn)
            NotifyRunnable();
    }

    /// <summary>
    /// The interrupt controller's call when the vCPU's wait is over: tells whoever runs this vCPU, the scheduler or the VM that
    /// proxies it.
    /// </summary>
    /// <returns>Whom the wake-up interrupt of a proxied one wakes.</returns>
    WakeUp IInterruptTarget.OnWoken() => OnWoken();

    bool IVirqPoll.IsStillAsserted(VirqSource source) => true;

    /// <summary>True if the vCPU, being on, has something to do. Call with the scheduler lock held.</summary>
    private bool IsReady => Affinity != VcpuLimits.NoCpu && !Vic.IsWaiting(Local);

    private bool IsAboutToSuspend
    {
        get
        {
            lock (_gate)
                return _suspend is not null;
        }
    }

    private WakeUp OnWoken()
    {
        bool proxy;
        lock (_gate)
        {
            proxy = _isProxy;
            if (proxy && _isRunning)
                return default;
        }

        if (proxy)
            return WakeupSource.AssertEdge();
        _room.Platform.MakeRunnable(this);
        return default;
    }

    /// <summary>Tells whoever runs this vCPU that there is something to do.</summary>
    private void NotifyRunnable() => OnWoken().Deliver();

    /// <summary>A turn; an access that the last one ended with is over, in the way that is given.</summary>
    private VcpuStep TakeTurn(int budget, DeviceAnswer answer, ulong value)
    {
        ApplyStart();
        bool ends;
        lock (_gate)
        {
            ends = _access is not null;
            _access = null;
        }

        VcpuStep step = RunCore(budget, ends, answer, value);
        _port.Pages.Leave();
        return step;
    }

    /// <summary>
    /// The vCPU does not run any more; it waits if it asked to and nothing has come up. Call with the scheduler lock held, and
    /// look at the outcome before letting go of it: whoever wakes the vCPU takes the lock too, so no wake-up is missed.
    /// </summary>
    private void EndTurn(VcpuStep step)
    {
        _isRunning = false;
        if (_power == VcpuPower.Killed)
            _power = VcpuPower.Exited;
        bool asksToWait = step == VcpuStep.WaitForInterrupt || _suspend is not null;
        if (_power == VcpuPower.On && _start is null && asksToWait && !Vic.TryWait(Local))
            _suspend = ResumeFrom(_suspend);
        AssertInvariants();
    }

    /// <summary>
    /// Starts the core, if it has no engine yet, and runs it. This is the boundary between the hypervisor and whatever a guest
    /// is made of: an exception here is the guest's own failure and must not reach the host.
    /// </summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types",
        Justification = "A guest's failure, whatever its type, ends the guest and nothing else.")]
    private VcpuStep RunCore(int budget, bool endsAccess, DeviceAnswer answer, ulong value)
    {
        try
        {
            if (_port.IsHalted)
                return VcpuStep.Yield;
            if (_core.Start(_port.Memory, _port.AttachedAddressSpace!) is { } reason)
            {
                Fault(reason);
                return VcpuStep.Yield;
            }

            if (endsAccess)
                _core.Complete(answer, value);
            return RunUntilTurnEnds(budget);
        }
        catch (Exception e)
        {
            Fault($"{e.GetType().Name}: {e.Message}");
        }

        return VcpuStep.Yield;
    }

    /// <summary>Runs the core from exit to exit; what an exit asks for is part of the turn.</summary>
    private VcpuStep RunUntilTurnEnds(int budget)
    {
        while (budget > 0)
        {
            VcpuExit exit = _core.Run(_port, budget);
            _port.Pages.Leave(); // What follows may wait for whoever waits for this vCPU's slice.
            budget -= Math.Max(exit.Steps, 1);
            switch (exit.Kind)
            {
                case VcpuExitKind.Hypercall:
                    _port.Hypercall(exit.Immediate, ref _core.Registers);
                    if (_port.IsHalted || IsAboutToSuspend)
                        return VcpuStep.Yield;
                    break;
                case VcpuExitKind.DeviceAccess:
                    if (!TryEndAccess(exit.Access))
                        return VcpuStep.Yield;
                    break;
                case VcpuExitKind.WaitForInterrupt:
                    return VcpuStep.WaitForInterrupt;
                case VcpuExitKind.Fault:
                    Fault(exit.Reason ?? "the engine cannot go on");
                    return VcpuStep.Yield;
                default:
                    return VcpuStep.Yield;
            }
        }

        return VcpuStep.Yield;
    }

    /// <summary>
    /// Lets the hypervisor's devices end an access, or whoever runs a proxy-scheduled vCPU: that is one at an address of which
    /// the hypervisor knows nothing.
    /// </summary>
    /// <returns>False if the turn ends with the access.</returns>
    private bool TryEndAccess(in DeviceAccess access)
    {
        DeviceAnswer answer = _port.Hardware.Access(access, out ulong value);
        lock (_gate)
        {
            if (answer == DeviceAnswer.NotThere && _isProxy && _power == VcpuPower.On)
            {
                _access = access;
                return false;
            }
        }

        _core.Complete(answer, value);
        return true;
    }

    /// <summary>The run state as vcpu_run answers it. Call with the scheduler lock held.</summary>
    private VcpuRunResult Describe(bool consumeReset)
    {
        switch (_power)
        {
            case VcpuPower.Exited:
                return new(VcpuRunState.PoweredOff, 1, 0, 0);
            case VcpuPower.Killed:
                return new(VcpuRunState.Blocked, 0, 0, 0);
            case VcpuPower.On when _access is { } access:
                return access.IsWrite
                    ? new(VcpuRunState.VmmioWrite, access.Address, (ulong)access.Size, access.Value)
                    : new(VcpuRunState.VmmioRead, access.Address, (ulong)access.Size, 0);
            case VcpuPower.On when IsReady:
                return new(VcpuRunState.Ready, 0, 0, 0);
        }

        if (_reset is { } reset && !(consumeReset && _isResetTold))
        {
            // vcpu_run_check goes on seeing it: who answers for the VM may look after who runs it did.
            _isResetTold |= consumeReset && !_context.FollowsReference(Deviations.ResetReportSticks);
            return new(VcpuRunState.PsciSystemReset, reset.Type, reset.Cookie, 0);
        }

        return _power switch
        {
            VcpuPower.Off => new(VcpuRunState.PoweredOff, 0, 0, 0),
            VcpuPower.Faulted => new(VcpuRunState.Fault, 0, 0, 0),
            _ when Affinity == VcpuLimits.NoCpu => new(VcpuRunState.Blocked, 0, 0, 0),
            _ => ExpectsWakeup(),
        };
    }

    private VcpuRunResult ExpectsWakeup()
    {
        VcpuWakeupCause cause = _suspend is null ? VcpuWakeupCause.WaitForInterrupt : VcpuWakeupCause.CpuSuspend;
        bool told = _context.FollowsReference(Deviations.WakeupCauseReported);
        return new(VcpuRunState.ExpectsWakeup, _suspend?.PowerState ?? 0, told ? (ulong)cause : 0, 0);
    }
}
