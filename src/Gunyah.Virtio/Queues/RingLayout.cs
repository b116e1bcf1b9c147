namespace Gunyah.Virtio.Queues;

/// <summary>The layout of a split virtqueue in memory (VIRTIO 1.2, 2.7). All fields are little-endian.</summary>
internal static class RingLayout
{
    /// <summary>The largest queue of any device here; the standard allows 32768.</summary>
    public const int MaxQueueSize = 1024;

    /// <summary>A descriptor: address (8 bytes), length (4), flags (2), next (2).</summary>
    public const int DescriptorSize = 16;
    public const int LengthOffset = 8;
    public const int FlagsOffset = 12;
    public const int NextOffset = 14;

    /// <summary>Flags of a descriptor.</summary>
    public const ushort FlagNext = 1;
    public const ushort FlagWrite = 2;
    public const ushort FlagIndirect = 4;

    /// <summary>Both rings begin with flags (2 bytes) and index (2 bytes); then their elements come.</summary>
    public const int RingFlags = 0;
    public const int RingIndex = 2;
    public const int RingElements = 4;

    /// <summary>An element of the available ring: the number of a descriptor.</summary>
    public const int AvailableElement = 2;

    /// <summary>An element of the used ring: the number of a descriptor (4 bytes) and the bytes written (4).</summary>
    public const int UsedElement = 8;

    /// <summary>In the available ring's flags: the driver wants no interrupts.</summary>
    public const ushort AvailableNoInterrupt = 1;

    /// <summary>What the three areas must be aligned to (2.7).</summary>
    public const ulong DescriptorAlignment = 16;
    public const ulong AvailableAlignment = 2;
    public const ulong UsedAlignment = 4;

    /// <summary>The event index behind the elements of the available ring, and that behind those of the used ring.</summary>
    public static int UsedEvent(int size) => RingElements + (AvailableElement * size);

    /// <inheritdoc cref="UsedEvent"/>
    public static int AvailableEvent(int size) => RingElements + (UsedElement * size);
}
