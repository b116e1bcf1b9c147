using Gunyah.Abi;

namespace Gunyah.Hypervisor.Threads;

/// <summary>A thread that is being set up, as the power group that it is to be in knows it.</summary>
internal interface IGroupUser
{
    /// <summary>vpm_group_attach_vcpu.</summary>
    GunyahError Attach(IPowerGroup group, uint index);
}
