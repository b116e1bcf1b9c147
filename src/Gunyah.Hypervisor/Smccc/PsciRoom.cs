using Gunyah.Abi;
using Gunyah.Abi.Smccc;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Threads;

namespace Gunyah.Hypervisor.Smccc;

/// <summary>PSCI 1.1, for vCPUs that are in a VPM group (gunyah-abi.md 4.9).</summary>
internal sealed class PsciRoom : IRoom, ISmcccService
{
    private const uint SupportedVersion = 0x1_0001;
    private const ulong PowerDown = 1UL << 30;
    private const ulong SystemResetType = 1UL << 63;
    private const ulong SystemReset2Calling64 = 1UL << 62;

    /// <summary>Level 1, the cores' deepest state: power down.</summary>
    private const ulong DeepestCoreState = PowerDown;
    private const long Success = 0;
    private const long NotSupported = -1;
    private const long InvalidParameters = -2;
    private const long Denied = -3;
    private const long AlreadyOn = -4;
    private const long InternalFailure = -6;
    private const long On = 0;
    private const long Off = 1;

    /// <summary>CPU_SUSPEND takes power states in the extended format, and only they are platform-coordinated.</summary>
    private const long ExtendedStateFormat = 2;

    /// <summary>Functions with a form for 64-bit arguments.</summary>
    private static ReadOnlySpan<uint> WithCalling64 =>
        [PsciFunctions.CpuSuspend, PsciFunctions.CpuOn, PsciFunctions.AffinityInfo, PsciFunctions.CpuDefaultSuspend,
        PsciFunctions.SystemReset2];

    private static ReadOnlySpan<uint> Calling32Only =>
        [PsciFunctions.Version, PsciFunctions.CpuOff, PsciFunctions.SystemOff, PsciFunctions.SystemReset, PsciFunctions.Features,
        PsciFunctions.SetSuspendMode];

    /// <inheritdoc/>
    public void Declare(CallBook calls) => calls.Serve(this);

    /// <inheritdoc/>
    public bool TryCall(ICaller caller, uint function, ref GeneralRegisters x)
    {
        IGroupMember? member = caller.Power is { Group: not null } found ? found : null;
        if (function == PsciFunctions.Features)
        {
            SmcccRoute.Answer32(ref x, (uint)Features(member, (uint)x[1]));
            return true;
        }

        if (member is null || !Exists(function))
            return false;

        bool calling64 = (function & PsciFunctions.Calling64) != 0;
        ulong width = calling64 ? ulong.MaxValue : uint.MaxValue;
        long result = Call(caller, member, function, x[1] & width, x[2] & width, x[3] & width);
        if (caller.IsHalted)
            return true;
        if (calling64)
            x[0] = (ulong)result;
        else
            SmcccRoute.Answer32(ref x, (uint)result);
        return true;
    }

    private static long Call(IEventActor caller, IGroupMember member, uint function, ulong a1, ulong a2, ulong a3)
    {
        switch (function & ~PsciFunctions.Calling64)
        {
            case PsciFunctions.Version:
                return SupportedVersion;
            case PsciFunctions.CpuSuspend:
                return Suspend(member, (uint)a1, a2, a3);
            case PsciFunctions.CpuDefaultSuspend:
                return Suspend(member, DeepestCoreState, a1, a2);
            case PsciFunctions.CpuOff:
                return member.PowerOffSelf(last: false) == GunyahError.Denied ? Denied : Success;
            case PsciFunctions.CpuOn:
                return TurnOn(caller, member, a1, a2, a3);
            case PsciFunctions.AffinityInfo:
                return AffinityInfo(member, a1, a2);
            case PsciFunctions.SystemOff:
                member.StopSystem(null);
                return Success;
            case PsciFunctions.SystemReset:
                member.StopSystem(new(SystemResetType, 0));
                return Success;
            case PsciFunctions.SystemReset2:
                ulong calling = (function & PsciFunctions.Calling64) != 0 ? SystemReset2Calling64 : 0;
                member.StopSystem(new((uint)a1 | calling, a2));
                return Success;
            default:
                // PSCI_SET_SUSPEND_MODE: only platform-coordinated mode exists.
                return a1 == 0 ? Success : InvalidParameters;
        }
    }

    private static long Suspend(IGroupMember member, ulong powerState, ulong entry, ulong context)
    {
        VcpuStart? restart = (powerState & PowerDown) != 0 ? new VcpuStart(entry, context) : null;
        member.TrySuspend(new(powerState, restart));
        return Success;
    }

    private static long TurnOn(IEventActor caller, IGroupMember member, ulong affinity, ulong entry, ulong context)
    {
        if (!TryFindIndex(member, affinity, out int index))
            return InvalidParameters;
        if (member.Group!.Member(index) is not { } target || !target.TryAcquire())
            return InternalFailure;
        GunyahError error = target.PowerOn(caller, new(entry, context));
        target.Release();
        return error switch
        {
            GunyahError.Ok => Success,
            GunyahError.Busy => AlreadyOn,
            _ => InternalFailure,
        };
    }

    private static long AffinityInfo(IGroupMember member, ulong affinity, ulong level)
    {
        if (level != 0 || !TryFindIndex(member, affinity, out int index) || member.Group!.Member(index) is not { } target)
            return InvalidParameters;
        return target.IsOn ? On : Off;
    }

    private static bool TryFindIndex(IGroupMember member, ulong affinity, out int index)
    {
        index = member.IndexOfAffinity(affinity);
        return index is >= 0 and < VcpuLimits.MaxVcpus;
    }

    private static long Features(IGroupMember? member, uint function)
    {
        if (function == SmcccFunctions.Version)
            return Success;
        if (member is null || !Exists(function))
            return NotSupported;
        return (function & ~PsciFunctions.Calling64) == PsciFunctions.CpuSuspend ? ExtendedStateFormat : Success;
    }

    private static bool Exists(uint function) =>
        Calling32Only.Contains(function) || WithCalling64.Contains(function & ~PsciFunctions.Calling64);
}
