using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Guest.Kernel;

namespace Gunyah.Guest.Mailboxes;

/// <summary>
/// The mailbox controller of one pair of message queues, with exactly one channel that is bound directly to its client: the
/// transmit interrupt means "ready to send", the receive interrupt "ready to receive" (gunyah-rm.md 9.2). Either
/// direction may be missing. Who built the queues has bound their interrupts; this driver only requests them.
/// </summary>
public sealed class MessageQueueMailbox : IMailboxController
{
    /// <summary>
    /// How many messages one receive interrupt handles before other tasks get a turn: the deepest queue there is. A sender
    /// on another CPU that never stops cannot keep the receiver in its handler for ever.
    /// </summary>
    private const int MessagesPerInterrupt = MessageQueueLimits.MaxDepth;

    private readonly GuestContext _context;
    private readonly MessageQueueEndpoint? _transmit;
    private readonly MessageQueueEndpoint? _receive;
    private readonly byte[] _buffer = new byte[MessageQueueLimits.MaxMessageSize];
    private readonly Action<object?> _drain;
    private InterruptRegistration? _transmitInterrupt;
    private InterruptRegistration? _receiveInterrupt;

    /// <summary>Makes the controller; nothing happens until a client is bound to its channel.</summary>
    /// <param name="context">The guest.</param>
    /// <param name="transmit">The queue to send on, or null.</param>
    /// <param name="receive">The queue to receive from, or null.</param>
    public MessageQueueMailbox(GuestContext context, MessageQueueEndpoint? transmit, MessageQueueEndpoint? receive)
    {
        ArgumentNullException.ThrowIfNull(context);
        (_context, _transmit, _receive) = (context, transmit, receive);
        _drain = _ => Drain();
        Channel = new(context, this);
        Channels = [Channel];
    }

    /// <summary>The only channel.</summary>
    public MailboxChannel Channel { get; }

    /// <inheritdoc/>
    public IReadOnlyList<MailboxChannel> Channels { get; }

    /// <summary>Why receiving stopped last, if not because the queue was empty; <see cref="GunyahError.Ok"/> otherwise.</summary>
    public GunyahError ReceiveError { get; private set; }

    bool IMailboxController.Startup(MailboxChannel channel)
    {
        // Transmit before receive: the first received message may be answered at once.
        if (_transmit is { } transmit
            && !_context.Interrupts.TryRequest(transmit.Intid, transmit.Trigger, Channel.TransmitReady, out _transmitInterrupt))
            return false;
        if (_receive is { } receive
            && !_context.Interrupts.TryRequest(receive.Intid, receive.Trigger, Drain, out _receiveInterrupt))
        {
            Release();
            return false;
        }

        // Binding an interrupt raises nothing for messages that were queued before (gunyah-abi.md 4.2.1).
        if (_receive is not null)
            _context.Kernel.Enqueue(_drain, null);
        return true;
    }

    void IMailboxController.Shutdown(MailboxChannel channel) => Release();

    TransmitState IMailboxController.SendData(MailboxChannel channel, ReadOnlySpan<byte> message, bool push,
        out GunyahError error)
    {
        if (_transmit is not { } transmit)
        {
            error = GunyahError.Unimplemented;
            return TransmitState.Refused;
        }

        SendResult result = _context.Port.Send(transmit.Queue, message, push);
        error = result.Error;
        return result.Error switch
        {
            GunyahError.Ok => result.NotFull ? TransmitState.Done : TransmitState.DoneAndFull,
            GunyahError.MessageQueueFull => TransmitState.Full,
            _ => TransmitState.Refused,
        };
    }

    /// <summary>Hands messages to the client until the queue is empty.</summary>
    private void Drain()
    {
        if (_receive is not { } receive)
            return;
        for (int i = 0; i < MessagesPerInterrupt; i++)
        {
            // The client may free the channel from its callback.
            if (_receiveInterrupt is null)
                return;

            ReceiveResult result = _context.Port.Receive(receive.Queue, _buffer);
            ReceiveError = result.Error == GunyahError.MessageQueueEmpty ? GunyahError.Ok : result.Error;

            // No message is empty: a size of zero is a hypervisor that hides a failed copy (deviation "msgqueue-copy-errors").
            if (result.Error != GunyahError.Ok || result.Size == 0)
                return;
            Channel.ReceivedData(_buffer.AsSpan(0, result.Size));
            if (!result.NotEmpty)
                return;
        }
        _context.Kernel.Enqueue(_drain, null);
    }

    private void Release()
    {
        _transmitInterrupt?.Dispose();
        _receiveInterrupt?.Dispose();
        (_transmitInterrupt, _receiveInterrupt) = (null, null);
    }
}
