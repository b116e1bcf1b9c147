using Gunyah.Guest.Kernel;
using Gunyah.Guest.Mailboxes;

namespace Gunyah.Machine.Programs;

/// <summary>
/// One end of an exchange: sends its stream and checks the other's at the same time, with nothing allocated per message. Each
/// direction carries the agreed number of messages, whatever happened to the other one; behind them an end may send its verdict.
/// </summary>
internal sealed class ExchangeEndpoint
{
    private readonly GuestContext _context;
    private readonly ExchangeStream _outgoing;
    private readonly ExchangeStream _incoming;
    private readonly ulong _messages;
    private readonly TimeSpan _patience;
    private readonly AsyncEvent _allReceived;
    private readonly AsyncEvent _verdictReceived;
    private readonly byte[] _buffer;
    private MailboxChannel? _channel;
    private ulong _received;
    private ulong _seen;
    private ExchangeFault _receiveFault;

    /// <summary>Makes an end; nothing happens before a channel was bound to <see cref="Client"/>.</summary>
    /// <param name="context">The guest.</param>
    /// <param name="outgoing">What to send; the other stream is its reverse.</param>
    /// <param name="messages">How many messages go in each direction.</param>
    /// <param name="patience">How long the other end may take to send or take a message.</param>
    public ExchangeEndpoint(GuestContext context, ExchangeStream outgoing, ulong messages, TimeSpan patience)
    {
        (_context, _outgoing, _messages, _patience) = (context, outgoing, messages, patience);
        _incoming = outgoing.Reverse;
        _buffer = new byte[outgoing.Size];
        _allReceived = new(context, autoReset: false);
        _verdictReceived = new(context, autoReset: false);
        if (messages == 0)
            _allReceived.Set();
        Client = new MailboxClient { RxCallback = Receive, TxTimeout = patience };
    }

    /// <summary>The user of the channel that this end is to have.</summary>
    public MailboxClient Client { get; }

    /// <summary>What the other end said, once <see cref="ReceiveVerdictAsync"/> has seen it.</summary>
    public ExchangeVerdict? PeerVerdict { get; private set; }

    /// <summary>Exchanges all messages.</summary>
    /// <param name="channel">The channel that was bound to <see cref="Client"/>.</param>
    /// <param name="progress">Called after each quarter of the messages that were sent, or null.</param>
    /// <returns>The verdict on what was received; a failure to send is in it too.</returns>
    public async Task<ExchangeVerdict> RunAsync(MailboxChannel channel, Action<ulong>? progress = null)
    {
        _channel = channel;
        Task<ExchangeFault> sending = SendAllAsync(channel, progress);
        ExchangeFault receiving = await ReceiveAllAsync();
        ExchangeFault sent = await sending;
        ExchangeFault fault = _receiveFault != ExchangeFault.None ? _receiveFault : receiving != ExchangeFault.None
            ? receiving : sent;
        return new(fault, _received);
    }

    /// <summary>Sends a verdict behind the messages.</summary>
    public async Task<bool> SendVerdictAsync(ExchangeVerdict verdict)
    {
        Memory<byte> message = _buffer.AsMemory(0, ExchangeVerdict.MessageSize(_outgoing.Size));
        verdict.Write(message.Span);
        return _channel is { } channel && (await channel.SendAsync(message, push: true)).IsSent;
    }

    /// <summary>Waits for the other end's verdict.</summary>
    /// <returns>False where none came in time.</returns>
    public async Task<bool> ReceiveVerdictAsync() =>
        await _verdictReceived.WaitAsync(_context.Timers.After(_patience)) == WaitResult.Done && PeerVerdict is not null;

    /// <summary>Gives up: whatever is waited for ends now, as a failure.</summary>
    public void Abort()
    {
        _channel?.Free();
        _allReceived.Set();
        _verdictReceived.Set();
    }

    private async Task<ExchangeFault> SendAllAsync(MailboxChannel channel, Action<ulong>? progress)
    {
        ulong quarter = Math.Max(1, _messages / 4);
        ulong report = quarter;
        for (ulong sequence = 0; sequence < _messages; sequence++)
        {
            _outgoing.Fill(sequence, _buffer);
            MailboxResult result = await channel.SendAsync(_buffer);
            if (!result.IsSent)
                return result.Status == MailboxStatus.TimedOut ? ExchangeFault.Missing : ExchangeFault.Transport;
            if (progress is not null && sequence + 1 == report)
            {
                progress(report);
                report += quarter;
            }
        }

        return ExchangeFault.None;
    }

    private async Task<ExchangeFault> ReceiveAllAsync()
    {
        // The end is waited for, not each message; as long as some came since the last look, the other end is alive.
        while (await _allReceived.WaitAsync(_context.Timers.After(_patience)) != WaitResult.Done)
        {
            if (_received == _seen)
                return ExchangeFault.Missing;
            _seen = _received;
        }

        return _received == _messages ? ExchangeFault.None : ExchangeFault.Missing;
    }

    private void Receive(MailboxChannel channel, ReadOnlySpan<byte> message)
    {
        if (_received == _messages)
        {
            if (ExchangeVerdict.TryRead(message, out ExchangeVerdict verdict))
                PeerVerdict ??= verdict;
            _verdictReceived.Set();
            return;
        }

        if (_receiveFault == ExchangeFault.None)
            _receiveFault = _incoming.Check(_received, message);
        _received++;
        if (_received == _messages)
            _allReceived.Set();
    }
}
