using Gunyah.Abi.Vcpus;

namespace Gunyah.Abi.Hypercalls;

public static partial class HypervisorCalls
{
    /// <summary>vcpu_configure.</summary>
    public static GunyahError VcpuConfigure(this IHypervisorPort port, CapId vcpu, VcpuOptions options) =>
        port.Call(Hypercall.VcpuConfigure, new(vcpu.Value, (ulong)options)).Error;

    /// <summary>vcpu_poweron at an entry point with a context word in X0.</summary>
    public static GunyahError VcpuPoweron(this IHypervisorPort port, CapId vcpu, ulong entry, ulong context) =>
        port.Call(Hypercall.VcpuPoweron, new(vcpu.Value, entry, context)).Error;

    /// <summary>vcpu_poweroff of the caller itself.</summary>
    /// <param name="port">The caller.</param>
    /// <param name="self">The caller's own vCPU.</param>
    /// <param name="last">True to say that it is the last running vCPU of its VM.</param>
    public static GunyahError VcpuPoweroff(this IHypervisorPort port, CapId self, bool last) =>
        port.Call(Hypercall.VcpuPoweroff, new(self.Value, last ? 1UL : 0)).Error;

    /// <summary>vcpu_kill.</summary>
    public static GunyahError VcpuKill(this IHypervisorPort port, CapId vcpu) =>
        port.Call(Hypercall.VcpuKill, new(vcpu.Value)).Error;

    /// <summary>scheduler_yield, without a target.</summary>
    public static GunyahError SchedulerYield(this IHypervisorPort port) => port.Call(Hypercall.SchedulerYield, default).Error;

    /// <summary>vcpu_set_affinity: a physical CPU, or 0xFFFF for none.</summary>
    public static GunyahError VcpuSetAffinity(this IHypervisorPort port, CapId vcpu, ushort cpu) =>
        port.Call(Hypercall.VcpuSetAffinity, new(vcpu.Value, cpu, Ones)).Error;

    /// <summary>vcpu_set_priority: 0 to 62.</summary>
    public static GunyahError VcpuSetPriority(this IHypervisorPort port, CapId vcpu, uint priority) =>
        port.Call(Hypercall.VcpuSetPriority, new(vcpu.Value, priority)).Error;

    /// <summary>vcpu_set_timeslice: 100,000 to 100,000,000 ns.</summary>
    public static GunyahError VcpuSetTimeslice(this IHypervisorPort port, CapId vcpu, ulong nanoseconds) =>
        port.Call(Hypercall.VcpuSetTimeslice, new(vcpu.Value, nanoseconds)).Error;

    /// <summary>vcpu_bind_virq.</summary>
    public static GunyahError VcpuBindVirq(this IHypervisorPort port, CapId vcpu, CapId vic, uint virq, VcpuVirqType type) =>
        port.Call(Hypercall.VcpuBindVirq, new(vcpu.Value, vic.Value, virq, (ulong)type)).Error;

    /// <summary>vcpu_unbind_virq.</summary>
    public static GunyahError VcpuUnbindVirq(this IHypervisorPort port, CapId vcpu, VcpuVirqType type) =>
        port.Call(Hypercall.VcpuUnbindVirq, new(vcpu.Value, (ulong)type)).Error;

    /// <summary>vcpu_register_write: a register of a vCPU that is powered off.</summary>
    public static GunyahError VcpuRegisterWrite(this IHypervisorPort port, CapId vcpu, VcpuRegisterSet set, uint index,
        ulong value) =>
        port.Call(Hypercall.VcpuRegisterWrite, new(vcpu.Value, (ulong)set, index, value)).Error;

    /// <summary>vcpu_run: runs a proxy-scheduled vCPU until it blocks or its turn ends.</summary>
    public static GunyahError VcpuRun(this IHypervisorPort port, CapId vcpu, in VcpuResumeData resume,
        out VcpuRunResult result) =>
        RunResult(port.Call(Hypercall.VcpuRun, new(vcpu.Value, resume.Data0, resume.Data1, resume.Data2)), out result);

    /// <summary>vcpu_run_check: the state of a vCPU that is not running.</summary>
    public static GunyahError VcpuRunCheck(this IHypervisorPort port, CapId vcpu, out VcpuRunResult result) =>
        RunResult(port.Call(Hypercall.VcpuRunCheck, new(vcpu.Value)), out result);

    private static GunyahError RunResult(in HypercallResult r, out VcpuRunResult result)
    {
        result = new((VcpuRunState)(uint)r.X1, r.X2, r.X3, r.X4);
        return r.Error;
    }
}
