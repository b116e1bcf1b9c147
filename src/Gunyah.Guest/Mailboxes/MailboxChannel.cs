using Gunyah.Abi;
using Gunyah.Guest.Kernel;

namespace Gunyah.Guest.Mailboxes;

/// <summary>
/// Where a controller and its client meet: keeps the messages that wait for room in order, bounds their waiting, and counts.
/// Neither sending nor receiving allocates.
/// </summary>
/// <param name="context">The guest.</param>
/// <param name="controller">The transport.</param>
public sealed class MailboxChannel(GuestContext context, IMailboxController controller)
{
    private readonly OperationList _waiting = new();
    private readonly Stack<SendOperation> _free = new();
    private MailboxClient? _client;
    private bool _full;
    private ulong _sent;
    private ulong _received;
    private ulong _fullHits;

    /// <summary>The transport.</summary>
    public IMailboxController Controller => controller;

    /// <summary>True while the channel has a client.</summary>
    public bool IsBound => _client is not null;

    /// <summary>What the channel has done.</summary>
    public MailboxCounters Counters => new(_sent, _received, _fullHits);

    /// <summary>Gives the channel to a client and starts the transport. Messages from before arrive soon after.</summary>
    /// <returns>False where it has a client already or the transport cannot start.</returns>
    public bool Bind(MailboxClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (_client is not null)
            return false;

        (_client, _full) = (client, false);
        if (controller.Startup(this))
            return true;
        _client = null;
        return false;
    }

    /// <summary>
    /// Takes the channel from its client and stops the transport. Sends that still wait end with
    /// <see cref="MailboxStatus.Closed"/>; messages that the transport took stay sent.
    /// </summary>
    public void Free()
    {
        if (_client is null)
            return;
        _client = null;
        controller.Shutdown(this);
        while (_waiting.First is SendOperation operation)
            operation.End(new(MailboxStatus.Closed));
    }

    /// <summary>
    /// Sends one message, waiting for room where the client blocks. Messages of several tasks go out in the order of the
    /// calls. Unless the result is <see cref="MailboxStatus.Sent"/> the message was not and will not be sent.
    /// </summary>
    /// <param name="message">The message; must not change until the send has ended.</param>
    /// <param name="push">True to interrupt the receiver whatever its threshold.</param>
    /// <param name="deadline">Ends the waiting; without one the client's <see cref="MailboxClient.TxTimeout"/> counts.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public ValueTask<MailboxResult> SendAsync(
        ReadOnlyMemory<byte> message, bool push = false, Deadline deadline = default, CancellationToken cancellation = default)
    {
        if (_client is null)
            return Ended(new(MailboxStatus.Closed));
        if (cancellation.IsCancellationRequested)
            return Ended(new(MailboxStatus.Cancelled));
        if (context.Timers.HasPassed(deadline))
            return Ended(new(MailboxStatus.TimedOut));

        if (!_full)
        {
            MailboxResult result = Transmit(message.Span, push);
            if (result.Status != MailboxStatus.Full)
                return Ended(result);
        }
        if (!_client.TxBlock)
            return Ended(new(MailboxStatus.Full));

        SendOperation operation = Rent();
        operation.Begin(message, push, deadline.IsNever ? context.Timers.After(_client.TxTimeout) : deadline, cancellation);
        return operation.Task;
    }

    /// <summary>
    /// For controllers (mbox_chan_txdone): the transport has room again. Sends what waits, in order, until it is full again.
    /// A call without room does no harm.
    /// </summary>
    public void TransmitReady()
    {
        _full = false;
        while (!_full && _waiting.First is SendOperation operation)
        {
            MailboxResult result = Transmit(operation.Message.Span, operation.Push);
            if (result.Status != MailboxStatus.Full)
                operation.End(result);
        }
        if (!_full)
            _client?.TxDone?.Invoke(this);
    }

    /// <summary>For controllers (mbox_chan_received_data): hands one message to the client.</summary>
    /// <param name="message">The message, valid during the call.</param>
    public void ReceivedData(ReadOnlySpan<byte> message)
    {
        _received++;
        _client?.RxCallback?.Invoke(this, message);
    }

    private MailboxResult Transmit(ReadOnlySpan<byte> message, bool push)
    {
        TransmitState state = controller.SendData(this, message, push, out GunyahError error);
        if (state is TransmitState.Done or TransmitState.DoneAndFull)
            _sent++;
        if (state is TransmitState.Full or TransmitState.DoneAndFull)
        {
            _fullHits++;
            _full = true;
        }
        return state switch
        {
            TransmitState.Full => new(MailboxStatus.Full),
            TransmitState.Refused => new(MailboxStatus.Refused, error),
            _ => new(MailboxStatus.Sent),
        };
    }

    /// <summary>An answer without waiting, through the run queue where the running step has used its credit.</summary>
    private ValueTask<MailboxResult> Ended(MailboxResult result)
    {
        if (context.Kernel.TakeCredit())
            return new(result);
        SendOperation operation = Rent();
        operation.End(result);
        return operation.Task;
    }

    private SendOperation Rent() => _free.TryPop(out SendOperation? operation) ? operation : new SendOperation(context, this);

    /// <summary>A message that waits for room.</summary>
    private sealed class SendOperation(GuestContext context, MailboxChannel channel) : KernelOperation<MailboxResult>(context)
    {
        public ReadOnlyMemory<byte> Message { get; private set; }

        public bool Push { get; private set; }

        public void Begin(ReadOnlyMemory<byte> message, bool push, Deadline deadline, CancellationToken cancellation)
        {
            (Message, Push) = (message, push);
            channel._waiting.Add(this);
            Arm(deadline, cancellation);
        }

        public void End(MailboxResult result) => Complete(result);

        internal override void Abandon(WaitResult reason) =>
            Complete(new(reason == WaitResult.TimedOut ? MailboxStatus.TimedOut : MailboxStatus.Cancelled));

        protected override void Recycle()
        {
            Message = default;
            channel._free.Push(this);
        }
    }
}
