using Gunyah.Abi.Events;

namespace Gunyah.ResourceManager.Tests.Harness;

/// <summary>Keeps all events of some kinds.</summary>
internal sealed class EventRecorder(params EventKind[] kinds) : IEventReader
{
    public List<GunyahEvent> Events { get; } = [];

    public ulong Wanted { get; } = kinds.Aggregate(0UL, (wanted, kind) => wanted | EventStream.Bit(kind));

    public void Read(in GunyahEvent e) => Events.Add(e);

    public byte[] Devicetree(string name, DevicetreeStage stage) =>
        Events.Single(e => e.Kind == EventKind.Devicetree && e.Text == name && e.Values.B == (ulong)stage).Data.ToArray();
}
