using Gunyah.Abi;

namespace Gunyah.Hypervisor.CapabilitySpaces;

/// <summary>A thread, as the capability space that it calls from knows it.</summary>
internal interface ICapabilitySpaceUser
{
    /// <summary>The space; null while none is attached.</summary>
    CapabilitySpace? Space { get; }

    /// <summary>cspace_attach_thread.</summary>
    GunyahError Attach(CapabilitySpace space);
}
