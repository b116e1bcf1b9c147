using System.Collections.Immutable;
using Devicetree;
using Devicetree.Interpretation;

namespace Gunyah.Guest.Platform;

/// <summary>
/// Shared memory is described by two nodes: a device that refers to a buffer under <c>/reserved-memory</c>, or that buffer
/// alone where the VM configuration knew no device for it (gunyah-rm.md 7.4 and 7.5).
/// </summary>
internal sealed class SharedMemoryDiscovery(NodeInspector inspector)
{
    private const string BufferMark = "qcom,shared-memory";

    private readonly List<SharedMemoryNode> _devices = [];
    private readonly List<Node> _buffers = [];
    private readonly HashSet<Node> _described = [];

    /// <summary>The devices, then the buffers that no device refers to.</summary>
    public ImmutableArray<SharedMemoryNode> Found =>
        [.. _devices, .. _buffers.Where(buffer => !_described.Contains(buffer)).Select(Alone)];

    public static bool Describes(Node node) => IsDevice(node) || node.Property(BufferMark) is not null;

    public void Read(Node node)
    {
        if (!IsDevice(node))
        {
            _buffers.Add(node);
            return;
        }

        uint? label = inspector.Label(node, Compatibles.SharedMemory);
        Node? buffer = inspector.Reference(node, "memory-region");
        if (buffer is not null)
            _described.Add(buffer);
        _devices.Add(new(
            node.Path,
            label,
            buffer is null ? [] : Regions(buffer),
            buffer is null ? null : inspector.WideNumber(buffer, "qcom,rm-mem-handle"),
            inspector.Reference(node, "tx-doorbell")?.Path,
            inspector.Reference(node, "rx-doorbell")?.Path));
    }

    private static bool IsDevice(Node node) =>
        node.IsCompatible(Compatibles.SharedMemory) || node.IsCompatible(Compatibles.SharedMemoryDoorbell);

    private SharedMemoryNode Alone(Node buffer) => new(
        buffer.Path,
        inspector.Number(buffer, 0, uint.MaxValue, "qcom,label"),
        Regions(buffer),
        inspector.WideNumber(buffer, "qcom,rm-mem-handle"),
        TransmitDoorbell: null,
        ReceiveDoorbell: null);

    private ImmutableArray<AddressRegion> Regions(Node buffer)
    {
        if (AddressReader.TryGetRegions(buffer, out IReadOnlyList<AddressRegion>? regions, out string? reason))
            return [.. regions];
        inspector.Report(PlatformRules.BadReference, buffer, "reg", "reg", reason);
        return [];
    }
}
