using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Rooms;

/// <summary>
/// The rooms that nobody else knows. A build without one of them is one without its directory and its line here: nothing else
/// names what is in it, not even a using.
/// </summary>
internal static class OptionalRooms
{
    public static IEnumerable<IRoom> Of(HypervisorContext context) =>
    [
        new MessageQueues.MessageQueueRoom(context),
        new Doorbells.DoorbellRoom(context),
        new VpmGroups.VpmGroupRoom(context),
        new Identification.IdentificationRoom(),
        new Smccc.PsciRoom(),
        new Entropy.EntropyRoom(context.Platform),
    ];
}
