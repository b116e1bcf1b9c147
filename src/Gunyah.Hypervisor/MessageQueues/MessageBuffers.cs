using Gunyah.Abi;
using Gunyah.Hypervisor.Memory;

namespace Gunyah.Hypervisor.MessageQueues;

/// <summary>Where a message to send comes from.</summary>
internal interface IMessageSource
{
    ulong Size { get; }

    /// <summary>
    /// Copies the message; <paramref name="slot"/> has its size. On an error the slot's content does not matter.
    /// </summary>
    GunyahError CopyTo(Span<byte> slot);
}

/// <summary>Where a received message goes.</summary>
internal interface IMessageTarget
{
    ulong Size { get; }

    /// <summary>Takes the message, which fits.</summary>
    GunyahError Take(ReadOnlySpan<byte> message);
}

/// <summary>A message in host memory.</summary>
internal readonly ref struct HostMessage(ReadOnlySpan<byte> message) : IMessageSource
{
    private readonly ReadOnlySpan<byte> _message = message;

    public ulong Size => (ulong)_message.Length;

    public GunyahError CopyTo(Span<byte> slot)
    {
        _message.CopyTo(slot);
        return GunyahError.Ok;
    }
}

/// <summary>A buffer in host memory.</summary>
internal readonly ref struct HostBuffer(Span<byte> buffer) : IMessageTarget
{
    private readonly Span<byte> _buffer = buffer;

    public ulong Size => (ulong)_buffer.Length;

    public GunyahError Take(ReadOnlySpan<byte> message)
    {
        message.CopyTo(_buffer);
        return GunyahError.Ok;
    }
}

/// <summary>A message in the caller's memory, at a virtual address.</summary>
internal readonly struct GuestMessage(GuestMemory memory, ulong address, ulong size) : IMessageSource
{
    public ulong Size => size;

    public GunyahError CopyTo(Span<byte> slot) => memory.ReadVirtual(address, slot);
}

/// <summary>A buffer in the caller's memory, at a virtual address.</summary>
internal readonly struct GuestBuffer(GuestMemory memory, ulong address, ulong size) : IMessageTarget
{
    public ulong Size => size;

    /// <summary>Only the message needs addresses: a buffer that wraps behind it is fine (gunyah-abi.md 4.3.4).</summary>
    public GunyahError Take(ReadOnlySpan<byte> message) => memory.WriteVirtual(address, message);
}
