using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Threads;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>Who calls, as calls and objects know it.</summary>
internal interface ICaller : IEventActor
{
    /// <summary>Where its capabilities are looked up.</summary>
    ICapabilityTable Capabilities { get; }

    /// <summary>Its memory.</summary>
    GuestMemory Memory { get; }

    /// <summary>The turn in which it calls.</summary>
    Turn Turn { get; }

    /// <summary>Its power, which it may manage together with others.</summary>
    IGroupMember Power { get; }

    /// <summary>True once it was stopped: it is not heard any more, and never sees a result.</summary>
    bool IsHalted { get; }
}
