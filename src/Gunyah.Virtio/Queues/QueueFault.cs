namespace Gunyah.Virtio.Queues;

/// <summary>What a driver did to its queue so that the device cannot go on before it is reset.</summary>
public enum QueueFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A part of the queue is not in memory, or not writable where the device has to write.</summary>
    RingNotThere,

    /// <summary>More buffers became available than the queue has places.</summary>
    TooManyAvailable,

    /// <summary>A descriptor's number is not below the size of its table.</summary>
    BadDescriptor,

    /// <summary>A chain is longer than its queue, so it runs in a circle.</summary>
    Circle,

    /// <summary>
    /// An indirect table is empty, no whole number of descriptors, too long, inside another, or was not negotiated.
    /// </summary>
    BadIndirectTable,

    /// <summary>A part that the device reads stands behind one that it writes (VIRTIO 1.2, 2.7.4.2).</summary>
    ReadableBehindWritable,
}
