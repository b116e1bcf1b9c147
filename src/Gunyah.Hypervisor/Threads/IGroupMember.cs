using Gunyah.Abi;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Threads;

/// <summary>The power of a thread, as its group and PSCI know it.</summary>
internal interface IGroupMember
{
    /// <summary>The group; null for a thread without PSCI.</summary>
    IPowerGroup? Group { get; }

    bool IsOn { get; }

    bool IsSuspended { get; }

    /// <summary>The index that PSCI means by an affinity, as MPIDR_EL1 has it; −1 for one that no vCPU has.</summary>
    int IndexOfAffinity(ulong affinity);

    /// <summary>Keeps the member alive, unless it is on its way out.</summary>
    bool TryAcquire();

    /// <summary>Ends what <see cref="TryAcquire"/> began.</summary>
    void Release();

    /// <summary>CPU_ON, of another member or of itself.</summary>
    GunyahError PowerOn(IEventActor? caller, in VcpuStart start);

    /// <summary>CPU_OFF, of itself.</summary>
    GunyahError PowerOffSelf(bool last);

    /// <summary>CPU_SUSPEND, of itself: it waits from the end of its turn on.</summary>
    /// <returns>False if an interrupt is pending: there is no suspend.</returns>
    bool TrySuspend(in VcpuSuspend suspend);

    /// <summary>
    /// SYSTEM_OFF and, with a request, SYSTEM_RESET and SYSTEM_RESET2, of itself: ends every member of its group, which it has.
    /// </summary>
    void StopSystem(SystemResetRequest? reset);

    /// <summary>Ends a member on behalf of another.</summary>
    GunyahError Kill();
}
