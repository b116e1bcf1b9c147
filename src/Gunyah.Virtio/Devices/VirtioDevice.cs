using System.Collections.Immutable;
using Gunyah.Virtio.Queues;

namespace Gunyah.Virtio.Devices;

/// <summary>What one kind of device does, whatever transport leads to it. The transport calls it with its lock held.</summary>
public abstract class VirtioDevice
{
    private Action? _wake;

    private protected VirtioDevice(uint id, ImmutableArray<ushort> queueSizes) => (Id, QueueSizes) = (id, queueSizes);

    /// <summary>Its number in the list of devices (VIRTIO 1.2, 5).</summary>
    public uint Id { get; }

    /// <summary>The features of its kind that it offers, one bit each; 0 to 23 and 50 to 127 belong to a kind (2.2).</summary>
    internal abstract ulong Features { get; }

    /// <summary>How many buffers fit into each of its queues at most: powers of two.</summary>
    internal ImmutableArray<ushort> QueueSizes { get; }

    /// <summary>Its configuration, as a driver reads it at the moment; what is behind it reads as zero.</summary>
    internal abstract ReadOnlySpan<byte> Configuration { get; }

    /// <summary>A driver writes to the configuration. Nothing happens where that means nothing.</summary>
    internal virtual void WriteConfiguration(int offset, ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>
    /// Whether it would do something with a buffer of a queue now. It wakes the transport when that becomes true.
    /// </summary>
    internal virtual bool Wants(int queue) => true;

    /// <summary>Does what a buffer asks for.</summary>
    /// <param name="queue">The number of its queue.</param>
    /// <param name="chain">The buffer.</param>
    /// <returns>How many bytes of the writable part were written, from its start.</returns>
    internal abstract uint Process(int queue, DescriptorChain chain);

    /// <summary>The driver agreed on these features.</summary>
    internal virtual void Negotiated(ulong features)
    {
    }

    /// <summary>As after power-on.</summary>
    internal virtual void Reset()
    {
    }

    /// <summary>Sets who is to be told that there is something to do without a driver having asked for it.</summary>
    internal void WakeBy(Action wake) => _wake = wake;

    /// <summary>Tells so; without a lock of the device held.</summary>
    private protected void Wake() => _wake?.Invoke();
}
