using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;

namespace Gunyah.Guest.Tests.Fakes;

/// <summary>A message queue by the rules of gunyah-abi.md 4.3, with interrupts into one or two fake vCPUs.</summary>
internal sealed class FakeQueue(int depth, int maxSize = 240)
{
    private readonly byte[][] _ring = Enumerable.Range(0, depth).Select(_ => new byte[maxSize]).ToArray();
    private readonly int[] _sizes = new int[depth];
    private int _head;

    public int Count { get; private set; }

    public int Depth => depth;

    public Action? NotEmpty { get; set; }

    public Action? NotFull { get; set; }

    /// <summary>The push flag of each message sent, kept only where a test asks for it.</summary>
    public List<bool>? Pushes { get; set; }

    public int Refusals { get; private set; }

    /// <summary>True for a receiver whose copy fails and a hypervisor that answers OK to it (gunyah-abi.md Q7).</summary>
    public bool HidesFailedCopies { get; set; }

    public SendResult Send(ReadOnlySpan<byte> message, bool push)
    {
        if (Count == depth)
        {
            Refusals++;
            return new(GunyahError.MessageQueueFull, false);
        }
        if (message.IsEmpty || message.Length > maxSize)
            return new(GunyahError.ArgumentSize, true);

        int slot = (_head + Count) % depth;
        message.CopyTo(_ring[slot]);
        _sizes[slot] = message.Length;
        Count++;
        Pushes?.Add(push);
        if (push || Count == 1)
            NotEmpty?.Invoke();
        return new(GunyahError.Ok, Count < depth);
    }

    public ReceiveResult Receive(Span<byte> buffer)
    {
        if (Count == 0)
            return new(GunyahError.MessageQueueEmpty, 0, false);
        if (HidesFailedCopies)
            return new(GunyahError.Ok, 0, true);
        int size = _sizes[_head];
        if (size > buffer.Length)
            return new(GunyahError.ArgumentSize, 0, true);

        _ring[_head].AsSpan(0, size).CopyTo(buffer);
        _head = (_head + 1) % depth;
        Count--;
        if (Count == depth - 1)
            NotFull?.Invoke();
        return new(GunyahError.Ok, size, Count > 0);
    }

    public byte[] Take()
    {
        var buffer = new byte[maxSize];
        ReceiveResult result = Receive(buffer);
        Assert.Equal(GunyahError.Ok, result.Error);
        return buffer[..result.Size];
    }

    public void Put(params ReadOnlySpan<byte> message) => Assert.Equal(GunyahError.Ok, Send(message, false).Error);
}
