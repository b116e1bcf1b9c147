using Gunyah.Abi;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.VpmGroups;

/// <summary>A vCPU, as its VPM group and PSCI know it.</summary>
internal interface IGroupMember
{
    /// <summary>The group; null for a vCPU without PSCI.</summary>
    VpmGroup? Group { get; }

    bool IsOn { get; }

    bool IsSuspended { get; }

    /// <summary>vpm_group_attach_vcpu.</summary>
    GunyahError Attach(VpmGroup group, uint index);

    /// <summary>Keeps the member alive, unless it is on its way out.</summary>
    bool TryAcquire();

    /// <summary>Ends what <see cref="TryAcquire"/> began.</summary>
    void Release();

    /// <summary>CPU_ON, of another member or of itself.</summary>
    GunyahError PowerOn(IEventActor? caller, in VcpuStart start);

    /// <summary>CPU_OFF, of itself.</summary>
    GunyahError PowerOffSelf(bool last);

    /// <summary>CPU_SUSPEND, of itself: it waits from the end of its turn on, unless an interrupt is pending.</summary>
    bool TrySuspend(in VcpuSuspend suspend);

    /// <summary>SYSTEM_OFF and, with a request, SYSTEM_RESET: ends every member.</summary>
    void StopSystem(VpmGroup group, SystemResetRequest? reset);

    /// <summary>Ends a member on behalf of another.</summary>
    GunyahError Kill();
}
