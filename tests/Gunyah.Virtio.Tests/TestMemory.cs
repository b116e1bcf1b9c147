using Gunyah.Virtio.Queues;

namespace Gunyah.Virtio.Tests;

/// <summary>A VM's memory: bytes from an address on.</summary>
internal sealed class TestMemory : IDmaMemory
{
    public const ulong Base = 0x4000_0000;

    public byte[] Bytes { get; } = new byte[1 << 20];

    public bool TryRead(ulong address, Span<byte> destination)
    {
        if (!IsThere(address, destination.Length))
            return false;
        Bytes.AsSpan((int)(address - Base), destination.Length).CopyTo(destination);
        return true;
    }

    public bool TryWrite(ulong address, ReadOnlySpan<byte> source)
    {
        if (!IsThere(address, source.Length))
            return false;
        source.CopyTo(Bytes.AsSpan((int)(address - Base)));
        return true;
    }

    public Span<byte> At(ulong address, int size) => Bytes.AsSpan((int)(address - Base), size);

    private bool IsThere(ulong address, int size) =>
        address >= Base && address - Base <= (ulong)Bytes.Length && (ulong)size <= (ulong)Bytes.Length - (address - Base);
}
