using Gunyah.Abi;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Guest.Mailboxes;

/// <summary>One side of a message queue as this guest has it.</summary>
/// <param name="Queue">The queue, with the right to send or to receive.</param>
/// <param name="Intid">The interrupt that the Resource Manager has bound to this side.</param>
/// <param name="Trigger">The interrupt's trigger; the binding says edge rising.</param>
public readonly record struct MessageQueueEndpoint(CapId Queue, uint Intid,
    InterruptTrigger Trigger = InterruptTrigger.EdgeRising);
