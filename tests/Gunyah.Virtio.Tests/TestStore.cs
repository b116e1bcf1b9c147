using Gunyah.Virtio.Devices;

namespace Gunyah.Virtio.Tests;

/// <summary>A disk in memory.</summary>
internal sealed class TestStore(int sectors, bool isReadOnly = false) : IBlockStore
{
    public byte[] Bytes { get; } = new byte[sectors * BlockDevice.SectorSize];

    public ulong Size => (ulong)Bytes.Length;

    public bool IsReadOnly => isReadOnly;

    public bool Fails { get; set; }

    public int Flushes { get; private set; }

    public bool TryRead(ulong offset, Span<byte> destination)
    {
        Bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);
        return !Fails;
    }

    public bool TryWrite(ulong offset, ReadOnlySpan<byte> source)
    {
        if (Fails)
            return false;
        source.CopyTo(Bytes.AsSpan((int)offset));
        return true;
    }

    public bool TryFlush()
    {
        Flushes++;
        return !Fails;
    }
}
