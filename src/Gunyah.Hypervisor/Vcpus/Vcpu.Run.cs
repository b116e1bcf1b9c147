using System.Diagnostics.CodeAnalysis;
using Gunyah.Abi;
using Gunyah.Abi.Images;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.VpmGroups;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>Turns: those that the machine's scheduler gives, and those inside another vCPU's vcpu_run.</summary>
public sealed partial class Vcpu
{
    /// <summary>How deep vcpu_run may nest. Each level is a stack frame of the host (docs/decisions/0203).</summary>
    private const int DeepestNesting = 8;

    private const int InstructionSize = 4;

    /// <summary>What a caller outside any turn, a test for instance, may spend on nested runs.</summary>
    private const int DefaultBudget = 64;

    private readonly TurnBudget _ownBudget = new();
    private TurnBudget? _budget;
    private int _depth;
    private IVcpuEngine? _engine;

    /// <summary>An access that whoever runs the vCPU is to end; guarded by the scheduler lock.</summary>
    private DeviceAccess? _access;
    private bool _isRunning;
    private bool _isProxy;

    /// <summary>
    /// Lets the vCPU run. The machine calls this for one vCPU at a time from one thread at a time. A vCPU that has nothing to
    /// do, or that only runs inside another's vcpu_run, answers at once; so a call too many does no harm.
    /// </summary>
    /// <param name="budget">How many steps its program may take, at least 1.</param>
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

        _ownBudget.Refill(budget);
        _budget = _ownBudget;
        VcpuStep step = TakeTurn(budget, DeviceAnswer.NotThere, 0);
        _budget = null;
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

    /// <summary>vcpu_run (gunyah-abi.md 4.8).</summary>
    internal GunyahError RunInside(Vcpu caller, in VcpuResumeData resume, out VcpuRunResult result)
    {
        result = default;
        bool takesTurn;
        lock (_gate)
        {
            if (!_isProxy || _isRunning || caller == this || caller._depth >= DeepestNesting)
                return GunyahError.Busy;
            takesTurn = _power == VcpuPower.Killed || (_power == VcpuPower.On && IsReady);
            if (takesTurn && (_options & VcpuOptions.Pinned) != 0 && caller._affinity != AnyCpu && caller._affinity != _affinity)
                return GunyahError.Denied;
            _isRunning = true;
        }

        _budget = caller._budget ?? caller.RefillOutsideTurn();
        _depth = caller._depth + 1;
        VcpuStep step = takesTurn ? TakeTurn(_budget.Grant(), DeviceAnswer.Done, resume.Data0) : VcpuStep.Yield;
        _depth = 0;
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
        if (type == VcpuVirqType.Halt)
            return HaltSource.Bind(vic, number);
        lock (_gate)
        {
            if (_isRunning)
                return GunyahError.Busy;
            GunyahError error = WakeupSource.Bind(vic, number);
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
            if (Context.FollowsReference(Deviations.UnbindKeepsProxy))
                return;
            freed = _isProxy && !_options.HasFlag(VcpuOptions.VcpuRunScheduled);
            _isProxy &= !freed;
        }

        if (freed && IsOn)
            NotifyRunnable();
    }

    /// <summary>
    /// The interrupt controller's call when the vCPU's wait is over: tells whoever runs this vCPU, the scheduler or the VM that
    /// proxies it.
    /// </summary>
    /// <returns>Whom the wake-up interrupt of a proxied one wakes.</returns>
    internal WakeUp OnWoken()
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

    /// <summary>True if the vCPU, being on, has something to do. Call with the scheduler lock held.</summary>
    private bool IsReady => _affinity != VcpuLimits.NoCpu && !Vic.IsWaiting(Local);

    private TurnBudget RefillOutsideTurn()
    {
        _ownBudget.Refill(DefaultBudget);
        return _ownBudget;
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

        VcpuStep step = RunEngine(budget, ends, answer, value);
        Memory.Pages.Leave();
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
            _engine = null;
            _access = null;
            _isHalted = false;
            _registers.Pc = start.Entry ?? _registers.Pc;
            _registers.X[0] = start.Context ?? _registers.X[0];
        }
    }

    /// <summary>
    /// Makes the engine, if there is none yet, and runs it. This is the boundary between the hypervisor and whatever a guest
    /// is made of: an exception here is the guest's own failure and must not reach the host.
    /// </summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types",
        Justification = "A guest's failure, whatever its type, ends the guest and nothing else.")]
    private VcpuStep RunEngine(int budget, bool endsAccess, DeviceAnswer answer, ulong value)
    {
        try
        {
            if (_isHalted || !TryStartEngine(out IVcpuEngine? engine))
                return VcpuStep.Yield;
            if (endsAccess)
                engine.Complete(answer, value);
            return RunUntilTurnEnds(engine, budget);
        }
        catch (Exception e)
        {
            Fault($"{e.GetType().Name}: {e.Message}");
        }

        return VcpuStep.Yield;
    }

    /// <summary>Runs the engine from exit to exit; what an exit asks for is part of the turn.</summary>
    private VcpuStep RunUntilTurnEnds(IVcpuEngine engine, int budget)
    {
        while (budget > 0)
        {
            VcpuExit exit = engine.Run(this, budget);
            Memory.Pages.Leave(); // What follows may wait for whoever waits for this vCPU's slice.
            budget -= Math.Max(exit.Steps, 1);
            switch (exit.Kind)
            {
                case VcpuExitKind.Hypercall:
                    _room.Registers.Trap(this, exit.Immediate, ref _registers);
                    if (_isHalted || IsAboutToSuspend)
                        return VcpuStep.Yield;
                    break;
                case VcpuExitKind.DeviceAccess:
                    if (!TryEndAccess(engine, exit.Access))
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

    private bool IsAboutToSuspend
    {
        get
        {
            lock (_gate)
                return _suspend is not null;
        }
    }

    /// <summary>
    /// Lets the hypervisor's devices end an access, or whoever runs a proxy-scheduled vCPU: that is one at an address of which
    /// the hypervisor knows nothing.
    /// </summary>
    /// <returns>False if the turn ends with the access.</returns>
    private bool TryEndAccess(IVcpuEngine engine, in DeviceAccess access)
    {
        DeviceAnswer answer = Hardware.Access(access, out ulong value);
        lock (_gate)
        {
            if (answer == DeviceAnswer.NotThere && _isProxy && _power == VcpuPower.On)
            {
                _access = access;
                return false;
            }
        }

        engine.Complete(answer, value);
        return true;
    }

    /// <summary>
    /// The VM's first image decides what executes it; a vCPU then starts wherever there is executable memory.
    /// </summary>
    private bool TryStartEngine([NotNullWhen(true)] out IVcpuEngine? engine)
    {
        engine = _engine;
        if (engine is not null)
            return true;

        ulong entry = _registers.Pc;
        Span<byte> bytes = stackalloc byte[GuestImage.HeaderSize];
        if (Memory.Read(entry, bytes, MemoryAccess.Execute) != GunyahError.Ok)
        {
            // Code may end before a header would.
            bytes = bytes[..InstructionSize];
            if (Memory.Read(entry, bytes, MemoryAccess.Execute) != GunyahError.Ok)
            {
                Fault($"no executable memory at 0x{entry:x}");
                return false;
            }
        }

        IVmEngine? vm = _addressSpace!.Engine ?? _room.Engines.Choose(bytes);
        engine = vm?.Start(bytes);
        if (engine is not null && _addressSpace.Decide(vm!) is { } decided && decided != vm)
            engine = decided.Start(bytes);
        if (engine is null)
            Fault($"no known image at 0x{entry:x}");
        _engine = engine;
        Memory.StageOne = engine as IStageOne;
        return engine is not null;
    }

    /// <summary>A suspend is over. Call with the scheduler lock held.</summary>
    private VcpuSuspend? ResumeFrom(VcpuSuspend? suspend)
    {
        if (suspend is { Restart: { } restart })
            _start = restart;
        return null;
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
            _isResetTold |= consumeReset && !Context.FollowsReference(Deviations.ResetReportSticks);
            return new(VcpuRunState.PsciSystemReset, reset.Type, reset.Cookie, 0);
        }

        return _power switch
        {
            VcpuPower.Off => new(VcpuRunState.PoweredOff, 0, 0, 0),
            VcpuPower.Faulted => new(VcpuRunState.Fault, 0, 0, 0),
            _ when _affinity == VcpuLimits.NoCpu => new(VcpuRunState.Blocked, 0, 0, 0),
            _ => ExpectsWakeup(),
        };
    }

    private VcpuRunResult ExpectsWakeup()
    {
        VcpuWakeupCause cause = _suspend is null ? VcpuWakeupCause.WaitForInterrupt : VcpuWakeupCause.CpuSuspend;
        bool told = Context.FollowsReference(Deviations.WakeupCauseReported);
        return new(VcpuRunState.ExpectsWakeup, _suspend?.PowerState ?? 0, told ? (ulong)cause : 0, 0);
    }
}
