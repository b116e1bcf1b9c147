using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>A thread, as its interrupt controller knows it.</summary>
internal interface IInterruptTarget : IEventActor
{
    /// <summary>The wait for an interrupt is over.</summary>
    /// <returns>Whom that wakes in turn, where the vCPU is proxy-scheduled.</returns>
    WakeUp OnWoken();
}
