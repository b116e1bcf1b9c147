namespace Gunyah.Virtio.Queues;

/// <summary>The memory of a VM as its devices reach it, by guest-physical address.</summary>
public interface IDmaMemory
{
    /// <summary>Reads.</summary>
    /// <param name="address">A guest-physical address.</param>
    /// <param name="destination">Takes the bytes.</param>
    /// <returns>False where part of the range is not readable.</returns>
    bool TryRead(ulong address, Span<byte> destination);

    /// <summary>Writes.</summary>
    /// <param name="address">A guest-physical address.</param>
    /// <param name="source">The bytes.</param>
    /// <returns>False, with nothing written, where part of the range is not writable.</returns>
    bool TryWrite(ulong address, ReadOnlySpan<byte> source);
}
