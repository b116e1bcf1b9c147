using Gunyah.Abi;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>A vCPU that is being set up, as the interrupt controller that it is to have knows it.</summary>
internal interface IVicUser
{
    /// <summary>vic_attach_vcpu.</summary>
    GunyahError Attach(Vic vic, uint index);
}
