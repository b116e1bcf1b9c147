using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>vCPUs and the scheduler (gunyah-abi.md 4.7 and 4.8).</summary>
internal static class VcpuCalls
{
    private const ulong KeepEntry = 1;
    private const ulong KeepContext = 2;
    private const ulong LastVcpu = 1;
    private const ulong ImplementationDefinedYield = 1UL << 31;
    private const ulong YieldHint = 0xFFFF;
    private const ulong YieldToThread = 1;

    public static HypercallResult Configure(in HypercallFrame frame) =>
        frame.FirstAs<Vcpu>().Configure((VcpuOptions)frame.Arguments.X1);

    public static HypercallResult PowerOn(in HypercallFrame frame)
    {
        HypercallArguments a = frame.Arguments;
        var start = new VcpuStart((a.X3 & KeepEntry) == 0 ? a.X1 : null, (a.X3 & KeepContext) == 0 ? a.X2 : null);
        return frame.FirstAs<Vcpu>().PowerOn(frame.Caller, start);
    }

    public static HypercallResult PowerOff(in HypercallFrame frame)
    {
        Vcpu vcpu = frame.FirstAs<Vcpu>();
        return vcpu == frame.Caller ? vcpu.PowerOffSelf((frame.Arguments.X1 & LastVcpu) != 0) : GunyahError.ArgumentInvalid;
    }

    public static HypercallResult Kill(in HypercallFrame frame) => frame.FirstAs<Vcpu>().Kill();

    /// <summary>A yield ends no turn here: the program returns to the scheduler by itself.</summary>
    public static HypercallResult Yield(in HypercallFrame frame)
    {
        ulong control = frame.Arguments.X0;
        if ((control & ImplementationDefinedYield) != 0 || (control & YieldHint) > YieldToThread)
            return GunyahError.ArgumentInvalid;
        if ((control & YieldHint) != YieldToThread)
            return GunyahError.Ok;

        GunyahError error = frame.Caller.Space.Resolve(
            new(frame.Arguments.X1), ObjectType.Thread, ThreadRights.YieldTo, CapabilityLookup.Active, out Vcpu? target);
        target?.Release();
        return error;
    }

    public static HypercallResult SetAffinity(in HypercallFrame frame)
    {
        var cpu = (ushort)frame.Arguments.X1;
        if (cpu is >= VcpuLimits.MaxVcpus and not VcpuLimits.NoCpu)
            return GunyahError.ArgumentInvalid;
        uint rights = cpu == VcpuLimits.NoCpu ? ThreadRights.Affinity | ThreadRights.Disable : ThreadRights.Affinity;
        GunyahError error = frame.Caller.Space.Resolve(
            new(frame.Arguments.X0), ObjectType.Thread, rights, CapabilityLookup.AnyState, out Vcpu? vcpu);
        if (vcpu is null)
            return error;
        error = vcpu.SetAffinity(cpu);
        vcpu.Release();
        return error;
    }

    public static HypercallResult SetPriority(in HypercallFrame frame) =>
        frame.FirstAs<Vcpu>().SetPriority((uint)frame.Arguments.X1);

    public static HypercallResult SetTimeslice(in HypercallFrame frame) =>
        frame.FirstAs<Vcpu>().SetTimeslice(frame.Arguments.X1);

    public static HypercallResult BindVirq(in HypercallFrame frame)
    {
        HypercallArguments a = frame.Arguments;
        return IsVirqType(a.X3)
            ? frame.FirstAs<Vcpu>().BindVirq(frame.SecondAs<Vic>(), (uint)a.X2, (VcpuVirqType)a.X3)
            : GunyahError.ArgumentInvalid;
    }

    public static HypercallResult UnbindVirq(in HypercallFrame frame)
    {
        if (!IsVirqType(frame.Arguments.X1))
            return GunyahError.ArgumentInvalid;
        frame.FirstAs<Vcpu>().UnbindVirq((VcpuVirqType)frame.Arguments.X1);
        return GunyahError.Ok;
    }

    public static HypercallResult WriteRegister(in HypercallFrame frame)
    {
        HypercallArguments a = frame.Arguments;
        return frame.FirstAs<Vcpu>().WriteRegister((VcpuRegisterSet)a.X1, (uint)a.X2, a.X3);
    }

    /// <summary>
    /// The resume words of X1 to X3 matter only after a report of an emulated device access, which needs an AArch64 vCPU;
    /// every state that a program in C# can be in defines none.
    /// </summary>
    public static HypercallResult Run(in HypercallFrame frame)
    {
        GunyahError error = frame.FirstAs<Vcpu>().RunInside(frame.Caller, out VcpuRunResult result);
        return Answer(error, result);
    }

    public static HypercallResult RunCheck(in HypercallFrame frame)
    {
        GunyahError error = frame.FirstAs<Vcpu>().CheckRun(out VcpuRunResult result);
        return Answer(error, result);
    }

    private static HypercallResult Answer(GunyahError error, in VcpuRunResult result) =>
        new((uint)error, (ulong)result.State, result.Data0, result.Data1, result.Data2);

    private static bool IsVirqType(ulong type) => type is (ulong)VcpuVirqType.Halt or (ulong)VcpuVirqType.RunWakeup;
}
