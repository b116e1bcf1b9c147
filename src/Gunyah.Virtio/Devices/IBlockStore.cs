namespace Gunyah.Virtio.Devices;

/// <summary>What a block device keeps its data in. One call at a time.</summary>
public interface IBlockStore
{
    /// <summary>The size in bytes; a multiple of 512.</summary>
    ulong Size { get; }

    /// <summary>True where nothing can be written.</summary>
    bool IsReadOnly { get; }

    /// <summary>Reads a part that is there.</summary>
    /// <returns>False where the host could not.</returns>
    bool TryRead(ulong offset, Span<byte> destination);

    /// <summary>Writes a part that is there.</summary>
    /// <returns>False where the host could not.</returns>
    bool TryWrite(ulong offset, ReadOnlySpan<byte> source);

    /// <summary>Returns when all that was written would outlive the host.</summary>
    /// <returns>False where the host could not.</returns>
    bool TryFlush();
}
