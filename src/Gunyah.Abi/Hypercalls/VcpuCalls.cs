using System.Collections.Immutable;
using Gunyah.Abi.Vcpus;
using static Gunyah.Abi.GunyahError;
using static Gunyah.Abi.Hypercalls.CapabilityLookup;
using static Gunyah.Abi.Hypercalls.HypercallInputs;

namespace Gunyah.Abi.Hypercalls;

/// <summary>vCPUs and the scheduler (gunyah-abi.md 4.7 and 4.8).</summary>
public static class VcpuCalls
{
    private const ulong VcpuOptionBits = 0x8000_0000_0000_033F;

    private static readonly HypercallRows _rows = new();

#pragma warning disable CS1591 // Each row says what it is; a second text here could only disagree.
    public static HypercallRow Create { get; } = _rows.AddCreation(0x05, "partition_create_thread");

    public static HypercallRow Configure { get; } = _rows.Add(
        0x34, "vcpu_configure", [Setup("vcpu", ObjectType.Thread), Bits("options", VcpuOptionBits, ArgumentInvalid),
        Zero], [], ArgumentInvalid, ObjectState);

    public static HypercallRow PowerOn { get; } = _rows.Add(
        0x38, "vcpu_poweron", [Cap("vcpu", ThreadRights.Power), Address("entry"), Word("context"),
        Bits("flags", 3, ArgumentInvalid)], [], ArgumentInvalid, Busy, Failure);

    public static HypercallRow PowerOff { get; } = _rows.Add(
        0x39, "vcpu_poweroff", [Cap("vcpu", ThreadRights.Power),
        Bits("flags", 1, ArgumentInvalid)], [], ArgumentInvalid, Denied);

    public static HypercallRow Kill { get; } = _rows.Add(
        0x3A, "vcpu_kill", [Cap("vcpu", ThreadRights.Lifecycle), Zero], [], ObjectState);

    public static HypercallRow Yield { get; } = _rows.Add(
        0x3B, "scheduler_yield", [Word32("control"), CapByCall("argument"), Zero], [], ArgumentInvalid);

    public static HypercallRow SetAffinity { get; } = _rows.Add(
        0x3D, "vcpu_set_affinity", [CapByCall("vcpu"), Word("cpu_index", ushort.MaxValue), Ones], [],
        ArgumentInvalid, Denied, ObjectState);

    public static HypercallRow SetPriority { get; } = _rows.Add(
        0x46, "vcpu_set_priority", [Cap("vcpu", ThreadRights.Priority, AnyState),
        Word32("priority")], [], Denied, ArgumentInvalid, ObjectState);

    public static HypercallRow SetTimeslice { get; } = _rows.Add(
        0x47, "vcpu_set_timeslice", [Cap("vcpu", ThreadRights.Timeslice, AnyState),
        Word("nanoseconds")], [], ArgumentInvalid, ObjectState);

    public static HypercallRow BindVirq { get; } = _rows.Add(
        0x5C, "vcpu_bind_virq",
        [Cap("vcpu", ThreadRights.BindVirq), Cap("vic", VicRights.BindSource, order: 1),
        Word32("virq"), Word32("type"), Zero], [], VirqBound, Busy, ArgumentInvalid);

    public static HypercallRow UnbindVirq { get; } = _rows.Add(
        0x5D, "vcpu_unbind_virq", [Cap("vcpu", ThreadRights.BindVirq), Word32("type"), Zero],
        [], ArgumentInvalid);

    public static HypercallRow RegisterWrite { get; } = _rows.Add(
        0x64, "vcpu_register_write", [Cap("vcpu", ThreadRights.WriteContext, AnyState),
        Word32("register_set"), Word32("register_index"), Word("value"), Zero], [], ArgumentInvalid, Busy, ObjectState);

    public static HypercallRow Run { get; } = _rows.Add(
        0x65, "vcpu_run",
        [Cap("vcpu", ThreadRights.Affinity | ThreadRights.YieldTo), Word("resume_data0"),
        Word("resume_data1"), Word("resume_data2"), Zero], ["state", "state_data0", "state_data1", "state_data2"],
        ArgumentInvalid, Busy, Denied, Retry);

    public static HypercallRow RunCheck { get; } = _rows.Add(
        0x68, "vcpu_run_check", [Cap("vcpu", ThreadRights.BindVirq | ThreadRights.State), Zero],
        ["state", "state_data0", "state_data1", "state_data2"], ArgumentInvalid, Busy);
#pragma warning restore CS1591

    internal static ImmutableArray<HypercallRow> Rows => _rows.All;
}

public static partial class HypervisorCalls
{
    /// <summary>vcpu_configure.</summary>
    public static GunyahError VcpuConfigure(this IHypervisorPort port, CapId vcpu, VcpuOptions options) =>
        port.Call(VcpuCalls.Configure, new(vcpu.Value, (ulong)options)).Error;

    /// <summary>vcpu_poweron at an entry point with a context word in X0.</summary>
    public static GunyahError VcpuPoweron(this IHypervisorPort port, CapId vcpu, ulong entry, ulong context) =>
        port.Call(VcpuCalls.PowerOn, new(vcpu.Value, entry, context)).Error;

    /// <summary>vcpu_poweroff of the caller itself.</summary>
    /// <param name="port">The caller.</param>
    /// <param name="self">The caller's own vCPU.</param>
    /// <param name="last">True to say that it is the last running vCPU of its VM.</param>
    public static GunyahError VcpuPoweroff(this IHypervisorPort port, CapId self, bool last) =>
        port.Call(VcpuCalls.PowerOff, new(self.Value, last ? 1UL : 0)).Error;

    /// <summary>vcpu_kill.</summary>
    public static GunyahError VcpuKill(this IHypervisorPort port, CapId vcpu) =>
        port.Call(VcpuCalls.Kill, new(vcpu.Value)).Error;

    /// <summary>scheduler_yield, without a target.</summary>
    public static GunyahError SchedulerYield(this IHypervisorPort port) => port.Call(VcpuCalls.Yield, default).Error;

    /// <summary>vcpu_set_affinity: a physical CPU, or 0xFFFF for none.</summary>
    public static GunyahError VcpuSetAffinity(this IHypervisorPort port, CapId vcpu, ushort cpu) =>
        port.Call(VcpuCalls.SetAffinity, new(vcpu.Value, cpu, Ones)).Error;

    /// <summary>vcpu_set_priority: 0 to 62.</summary>
    public static GunyahError VcpuSetPriority(this IHypervisorPort port, CapId vcpu, uint priority) =>
        port.Call(VcpuCalls.SetPriority, new(vcpu.Value, priority)).Error;

    /// <summary>vcpu_set_timeslice: 100,000 to 100,000,000 ns.</summary>
    public static GunyahError VcpuSetTimeslice(this IHypervisorPort port, CapId vcpu, ulong nanoseconds) =>
        port.Call(VcpuCalls.SetTimeslice, new(vcpu.Value, nanoseconds)).Error;

    /// <summary>vcpu_bind_virq.</summary>
    public static GunyahError VcpuBindVirq(this IHypervisorPort port, CapId vcpu, CapId vic, uint virq, VcpuVirqType type) =>
        port.Call(VcpuCalls.BindVirq, new(vcpu.Value, vic.Value, virq, (ulong)type)).Error;

    /// <summary>vcpu_unbind_virq.</summary>
    public static GunyahError VcpuUnbindVirq(this IHypervisorPort port, CapId vcpu, VcpuVirqType type) =>
        port.Call(VcpuCalls.UnbindVirq, new(vcpu.Value, (ulong)type)).Error;

    /// <summary>vcpu_register_write: a register of a vCPU that is powered off.</summary>
    public static GunyahError VcpuRegisterWrite(this IHypervisorPort port, CapId vcpu, VcpuRegisterSet set, uint index,
        ulong value) =>
        port.Call(VcpuCalls.RegisterWrite, new(vcpu.Value, (ulong)set, index, value)).Error;

    /// <summary>vcpu_run: runs a proxy-scheduled vCPU until it blocks or its turn ends.</summary>
    public static GunyahError VcpuRun(this IHypervisorPort port, CapId vcpu, in VcpuResumeData resume,
        out VcpuRunResult result) =>
        RunResult(port.Call(VcpuCalls.Run, new(vcpu.Value, resume.Data0, resume.Data1, resume.Data2)), out result);

    /// <summary>vcpu_run_check: the state of a vCPU that is not running.</summary>
    public static GunyahError VcpuRunCheck(this IHypervisorPort port, CapId vcpu, out VcpuRunResult result) =>
        RunResult(port.Call(VcpuCalls.RunCheck, new(vcpu.Value)), out result);

    private static GunyahError RunResult(in HypercallResult r, out VcpuRunResult result)
    {
        result = new((VcpuRunState)(uint)r.X1, r.X2, r.X3, r.X4);
        return r.Error;
    }
}
