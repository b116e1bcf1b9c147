using System.Threading.Channels;

namespace Gunyah.Benchmarks.SideBySide.Peers;

/// <summary>
/// A bounded channel of eight messages. The message is copied in and out, as a queue between two who do not trust each other must
/// do, through buffers that are there before: nothing is allocated.
/// </summary>
internal sealed class ChannelPair
{
    private const int Depth = 8;

    private readonly Channel<byte[]> _channel = Channel.CreateBounded<byte[]>(Depth);
    private readonly byte[][] _slots;
    private readonly byte[] _message;
    private readonly byte[] _buffer;
    private int _next;

    public ChannelPair(int size)
    {
        _slots = [.. Enumerable.Range(0, Depth).Select(_ => new byte[size])];
        _message = new byte[size];
        _buffer = new byte[size];
    }

    public void Exchange(int count)
    {
        for (int i = 0; i < count; i++)
            ExchangeOne();
    }

    private void ExchangeOne()
    {
        byte[] slot = _slots[_next++ % Depth];
        _message.AsSpan().CopyTo(slot);
        if (!_channel.Writer.TryWrite(slot) || !_channel.Reader.TryRead(out byte[]? received))
            throw new InvalidOperationException("a message does not pass through the channel");
        received.AsSpan().CopyTo(_buffer);
    }
}
