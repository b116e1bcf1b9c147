using Gunyah.Virtio.Queues;

namespace Gunyah.Virtio.Devices;

/// <summary>A console of one port (VIRTIO 1.2, 5.3), with a register for output before there are queues.</summary>
/// <param name="output">Takes each byte that the driver sends, in order. Must not come back.</param>
public sealed class ConsoleDevice(Action<byte> output) : VirtioDevice(ConsoleId, [QueueSize, QueueSize])
{
    /// <summary>How many bytes of the host wait at most.</summary>
    internal const int HostBuffer = 64 * 1024;

    private const uint ConsoleId = 3;
    private const ushort QueueSize = 64;
    private const int ReceiveQueue = 0;
    private const ulong FeatureEmergencyWrite = 1 << 2;
    private const int ConfigurationSize = 12;
    private const int EmergencyWriteOffset = 8;
    private const int PieceSize = 4096;

    /// <summary>The most that one buffer may send; a longer one is cut.</summary>
    private const ulong MaxOutput = 1 << 20;

    private readonly Lock _gate = new();
    private readonly Queue<byte> _waiting = new();
    private readonly byte[] _piece = new byte[PieceSize];
    private readonly byte[] _configuration = new byte[ConfigurationSize];

    /// <summary>Input of the host; from any thread.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>How many it took; the rest must come again later.</returns>
    public int Receive(ReadOnlySpan<byte> bytes)
    {
        int taken;
        lock (_gate)
        {
            taken = Math.Min(bytes.Length, HostBuffer - _waiting.Count);
            foreach (byte value in bytes[..taken])
                _waiting.Enqueue(value);
        }

        if (taken > 0)
            Wake();
        return taken;
    }

    internal override ulong Features => FeatureEmergencyWrite;

    internal override ReadOnlySpan<byte> Configuration => _configuration;

    internal override void WriteConfiguration(int offset, ReadOnlySpan<byte> bytes)
    {
        if (offset == EmergencyWriteOffset && !bytes.IsEmpty)
            output(bytes[0]);
    }

    internal override bool Wants(int queue)
    {
        if (queue != ReceiveQueue)
            return true;
        lock (_gate)
            return _waiting.Count > 0;
    }

    internal override uint Process(int queue, DescriptorChain chain)
    {
        if (queue == ReceiveQueue)
            return Give(chain);
        ulong size = Math.Min(chain.ReadableSize, MaxOutput);
        for (ulong done = 0; done < size;)
        {
            Span<byte> piece = _piece.AsSpan(0, (int)Math.Min(size - done, PieceSize));
            if (!chain.TryRead(done, piece))
                break;
            foreach (byte value in piece)
                output(value);
            done += (ulong)piece.Length;
        }

        return 0;
    }

    /// <summary>What cannot be written into the driver's buffer is lost, as on a line.</summary>
    private uint Give(DescriptorChain chain)
    {
        int count = 0;
        lock (_gate)
        {
            int room = (int)Math.Min(chain.WritableSize, PieceSize);
            while (count < room && _waiting.TryDequeue(out byte value))
                _piece[count++] = value;
        }

        return chain.TryWrite(0, _piece.AsSpan(0, count)) ? (uint)count : 0;
    }
}
