using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>Who calls, as calls and objects know it.</summary>
internal interface ICaller : IEventActor
{
    /// <summary>Where its capabilities are looked up.</summary>
    ICapabilityTable Capabilities { get; }

    /// <summary>Its memory.</summary>
    GuestMemory Memory { get; }

    /// <summary>True once it was stopped: it is not heard any more, and never sees a result.</summary>
    bool IsHalted { get; }
}
