using System.Buffers.Binary;
using Gunyah.Virtio.Queues;

namespace Gunyah.Virtio.Devices;

/// <summary>A source of random bytes (VIRTIO 1.2, 5.4).</summary>
/// <param name="random">Answers 64 random bits.</param>
public sealed class EntropyDevice(Func<ulong> random) : VirtioDevice(EntropyId, [QueueSize])
{
    /// <summary>The most bytes that one buffer gets.</summary>
    internal const int MaxBytes = 4096;

    private const uint EntropyId = 4;
    private const ushort QueueSize = 8;

    private readonly byte[] _bytes = new byte[MaxBytes];

    internal override ulong Features => 0;

    internal override ReadOnlySpan<byte> Configuration => [];

    internal override uint Process(int queue, DescriptorChain chain)
    {
        Span<byte> bytes = _bytes.AsSpan(0, (int)Math.Min(chain.WritableSize, MaxBytes));
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        for (int at = 0; at < bytes.Length; at += word.Length)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, random());
            word[..Math.Min(word.Length, bytes.Length - at)].CopyTo(bytes[at..]);
        }

        return chain.TryWrite(0, bytes) ? (uint)bytes.Length : 0;
    }
}
