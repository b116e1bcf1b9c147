using Gunyah.Aarch64.Exceptions;
using Gunyah.Aarch64.Interpreting;
using Gunyah.Aarch64.Memory;
using Gunyah.Aarch64.State;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Aarch64;

/// <summary>The engine of one vCPU that runs arm64 code.</summary>
internal sealed unsafe class Aarch64Engine(Cluster cluster) : IVcpuEngine, IStageOne, IDisposable
{
    /// <summary>
    /// After so many instructions the core looks at its interrupt line, whatever it does: some microseconds.
    /// </summary>
    private const long Quantum = 4096;

    private const uint IrqMask = 0x80;
    private const uint FiqMask = 0x40;

    private readonly Core _core = new(cluster);
    private bool _hasRun;

    /// <inheritdoc/>
    public VcpuExit Run(IVcpu vcpu, int budget)
    {
        _core.Vcpu = vcpu;
        _core.Mmu.StageTwo.Vcpu = vcpu;
        _core.Mmu.StageTwo.Pages = vcpu.Pages;
        TakeRegisters(ref vcpu.Registers);
        vcpu.Pages.Enter();
        _core.Inbox.Enter(_core.Mmu);
        cluster.Debugger?.Enter(_core);
        try
        {
            VcpuExit exit = RunUntilExit(vcpu, _core.Executed + InstructionClock.InstructionsIn(budget, _core.Executed));
            return exit with { Steps = _core.Clock.EndRun(_core.Executed) };
        }
        finally
        {
            cluster.Debugger?.Leave(_core);
            _core.Inbox.Leave();
            GiveRegisters(ref vcpu.Registers);
            _core.Mmu.StageTwo.Pages = null;
        }
    }

    /// <inheritdoc/>
    public void Complete(DeviceAnswer answer, ulong value) => _core.Reply = new(answer, value);

    /// <inheritdoc/>
    public StageOneFault Translate(ulong address, MemoryAccess access, out ulong intermediate)
    {
        Walk walk = _core.Mmu.Translate(address);
        intermediate = walk.Address;
        View view = _core.State->Pan != 0 ? View.Kernel : View.KernelWithUser;
        return walk.Fault == StageOneFault.None && !Mmu.Allows(walk, access, view) ? StageOneFault.Permission : walk.Fault;
    }

    /// <inheritdoc/>
    public void Dispose() => _core.Dispose();

    private VcpuExit RunUntilExit(IVcpu vcpu, long end)
    {
        CoreState* state = _core.State;
        if (!_hasRun)
            Join(vcpu);
        if (_core.Reply is not null)
        {
            // The access that waits for this runs again before anything else of the guest: no interrupt comes between, and no
            // stop that the debugger has let pass. Memory may have changed hands, so what was found is dropped first.
            _core.ComeToSafePoint();
            _core.PassesStopAt = state->Pc;
            StopReason again = _core.Run(1);
            _core.Reply = null;
            _core.PassesStopAt = Core.NoAddress;
            if (ExitOf(again, vcpu) is { } exit)
                return exit;
        }

        IDebugger? debugger = cluster.Debugger;
        Onward onward = Onward.Run;
        while (true)
        {
            _core.ComeToSafePoint();
            _core.Clock.BringUp(vcpu, _core.Executed);
            if (vcpu.IsHalted)
                return new(VcpuExitKind.Halted, 0);
            if (debugger?.WantsStop == true)
                onward = Stand(vcpu, debugger, DebugReason.Interrupted, 0);
            if (onward == Onward.End)
                return new(VcpuExitKind.BudgetUsed, 0);
            // A step is one of the program that is looked at, not of a handler that comes between.
            if (onward != Onward.Step)
                TakeInterrupt(state, vcpu.Hardware.Line);
            long left = end - _core.Executed;
            if (left <= 0)
                return new(VcpuExitKind.BudgetUsed, 0);
            bool isOne = onward == Onward.Step || _core.PassesStopAt != Core.NoAddress;
            StopReason reason = _core.Run(isOne ? 1 : Math.Min(left, Quantum));
            if (debugger is not null)
                onward = AfterRun(vcpu, debugger, reason, onward);
            if (ExitOf(reason, vcpu) is { } exit)
                return exit;
        }
    }

    /// <summary>What a debugger makes of a stop.</summary>
    private Onward AfterRun(IVcpu vcpu, IDebugger debugger, StopReason reason, Onward before)
    {
        _core.PassesStopAt = Core.NoAddress;
        if (reason == StopReason.Debug)
            return Stand(vcpu, debugger, _core.StoppedFor.Reason, _core.StoppedFor.Address);
        return before == Onward.Step ? Stand(vcpu, debugger, DebugReason.Stepped, 0) : Onward.Run;
    }

    /// <summary>Stands before the debugger, outside of every slice, and lets what stopped it pass afterwards.</summary>
    private Onward Stand(IVcpu vcpu, IDebugger debugger, DebugReason reason, ulong address)
    {
        vcpu.Pages.Leave();
        _core.Inbox.Leave();
        // Tables are read through the vCPU then.
        _core.Mmu.StageTwo.Pages = null;
        Onward onward = debugger.Stand(_core, reason, address);
        _core.Mmu.StageTwo.Pages = vcpu.Pages;
        vcpu.Pages.Enter();
        _core.Inbox.Enter(_core.Mmu);
        _core.ComeToSafePoint();
        _core.PassesStopAt = _core.State->Pc;
        return onward;
    }

    /// <summary>What a stop asks of the hypervisor; null where the core goes on by itself.</summary>
    private VcpuExit? ExitOf(StopReason reason, IVcpu vcpu)
    {
        switch (reason)
        {
            case StopReason.Hypercall:
                return new(VcpuExitKind.Hypercall, 0, _core.Immediate);
            case StopReason.Device:
                return new(VcpuExitKind.DeviceAccess, 0, Access: _core.Access);
            case StopReason.WaitForInterrupt:
                // An interrupt that is masked ends the wait too.
                return vcpu.Hardware.Line == InterruptLine.None ? new(VcpuExitKind.WaitForInterrupt, 0) : null;
            case StopReason.WaitForEvent:
                return new(VcpuExitKind.WaitForEvent, 0);
            default:
                return null;
        }
    }

    private void TakeInterrupt(CoreState* state, InterruptLine line)
    {
        VectorOffset? vector = line switch
        {
            InterruptLine.Irq when (state->Daif & IrqMask) == 0 => VectorOffset.Irq,
            InterruptLine.Fiq when (state->Daif & FiqMask) == 0 => VectorOffset.Fiq,
            _ => null,
        };
        if (vector is { } offset)
            ExceptionLevel.Take(state, _core.Mmu, state->Pc, offset);
    }

    private void Join(IVcpu vcpu)
    {
        _hasRun = true;
        vcpu.Hardware.TryRead(SystemRegister.Mpidr, out ulong affinity);
        _core.Affinity = affinity;
        cluster.Add(_core);
    }

    private void TakeRegisters(ref GuestRegisters registers)
    {
        CoreState* state = _core.State;
        for (int i = 0; i < GeneralRegisters.Count; i++)
            state->X[i] = registers.X[i];
        state->Pc = registers.Pc;
        bool usesEl1 = state->El != 0 && state->SpSel != 0;
        state->SpEl0 = registers.SpEl0;
        state->SpEl1 = registers.SpEl1;
        state->X[Slot.Sp] = usesEl1 ? registers.SpEl1 : registers.SpEl0;
    }

    private void GiveRegisters(ref GuestRegisters registers)
    {
        CoreState* state = _core.State;
        for (int i = 0; i < GeneralRegisters.Count; i++)
            registers.X[i] = state->X[i];
        registers.Pc = state->Pc;
        bool usesEl1 = state->El != 0 && state->SpSel != 0;
        registers.SpEl0 = usesEl1 ? state->SpEl0 : state->X[Slot.Sp];
        registers.SpEl1 = usesEl1 ? state->X[Slot.Sp] : state->SpEl1;
    }
}
