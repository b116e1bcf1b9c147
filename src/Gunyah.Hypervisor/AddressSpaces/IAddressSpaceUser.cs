using Gunyah.Abi;
using Gunyah.Hypervisor.Memory;

namespace Gunyah.Hypervisor.AddressSpaces;

/// <summary>A thread, as the address space that it runs in knows it.</summary>
internal interface IAddressSpaceUser
{
    /// <summary>Its accesses through the space.</summary>
    GuestMemory Memory { get; }

    /// <summary>addrspace_attach_thread.</summary>
    GunyahError Attach(AddressSpace space);
}
