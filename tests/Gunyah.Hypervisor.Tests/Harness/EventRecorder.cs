using Gunyah.Abi.Events;

namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>Keeps the events of some kinds.</summary>
internal sealed class EventRecorder(params EventKind[] kinds) : IEventReader
{
    public List<GunyahEvent> Events { get; } = [];

    public ulong Wanted { get; } = kinds.Aggregate(0UL, (bits, kind) => bits | EventStream.Bit(kind));

    public void Read(in GunyahEvent e) => Events.Add(e);
}
