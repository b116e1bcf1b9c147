using Gunyah.Abi;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>A vCPU, as its interrupt controller knows it.</summary>
internal interface IInterruptTarget : IEventActor
{
    /// <summary>vic_attach_vcpu.</summary>
    GunyahError Attach(Vic vic, uint index);

    /// <summary>The wait for an interrupt is over.</summary>
    /// <returns>Whom that wakes in turn, where the vCPU is proxy-scheduled.</returns>
    WakeUp OnWoken();
}
