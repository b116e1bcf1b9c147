using Gunyah.Abi.Rpc;
using Gunyah.Guest.Kernel;
using Gunyah.Guest.Mailboxes;

namespace Gunyah.Guest.Rpc;

/// <summary>Takes one notification. Called from the interrupt handler: it must be short and copy what it keeps.</summary>
public delegate void RpcNotificationHandler(RmMessageId id, ReadOnlySpan<byte> payload);

/// <summary>
/// A VM's end of its link to the Resource Manager: several calls at a time, told apart by sequence number, and notifications
/// for whoever subscribed (gunyah-rm.md 1 and 9.3). Every call has a time limit; the sequence number of a call that
/// gave up stays taken until the late reply has come, so that no other call can receive it.
/// </summary>
public sealed class ResourceManagerClient
{
    /// <summary>The time limit of a call that brings no deadline of its own.</summary>
    public static readonly TimeSpan DefaultTimeLimit = TimeSpan.FromSeconds(30);

    private readonly GuestContext _context;
    private readonly MailboxChannel _channel;
    private readonly AsyncMutex _sendLock;
    private readonly RpcReassembler _reassembler;
    private readonly Dictionary<ushort, PendingCall> _pending = [];
    private readonly byte[] _frame = new byte[RpcLimits.FragmentSize];
    private RpcNotificationHandler[] _subscribers = [];
    private ushort _nextSequence;

    private ResourceManagerClient(GuestContext context, MailboxChannel channel, TimeSpan timeLimit)
    {
        (_context, _channel, TimeLimit) = (context, channel, timeLimit);
        _sendLock = new(context);
        _reassembler = new(RpcRole.Client, Expects);
    }

    /// <summary>The time limit of calls that bring no deadline of their own.</summary>
    public TimeSpan TimeLimit { get; }

    /// <summary>Frames that belonged to nothing: wrong version, unknown reply, stray continuation.</summary>
    public ulong Dropped { get; private set; }

    /// <summary>The calls whose reply has not come, those that gave up included.</summary>
    public int Outstanding => _pending.Count;

    /// <summary>Opens the link: takes a mailbox channel that has no client yet.</summary>
    /// <param name="context">The guest.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="timeLimit">
    /// How long a call without a deadline may take; <see cref="DefaultTimeLimit"/> by default, without end for
    /// <see cref="Timeout.InfiniteTimeSpan"/>.
    /// </param>
    /// <returns>Null where the channel cannot be bound.</returns>
    public static ResourceManagerClient? Open(GuestContext context, MailboxChannel channel, TimeSpan? timeLimit = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(channel);
        var client = new ResourceManagerClient(context, channel, timeLimit ?? DefaultTimeLimit);
        return channel.Bind(new() { RxCallback = (_, frame) => client.Receive(frame) }) ? client : null;
    }

    /// <summary>Closes the link; calls that wait end with <see cref="RpcStatus.Closed"/>.</summary>
    public void Close()
    {
        _channel.Free();
        _reassembler.Clear();
        foreach (PendingCall call in _pending.Values)
            call.End(new(RpcStatus.Closed));
        _pending.Clear();
    }

    /// <summary>Calls the Resource Manager and waits for its reply.</summary>
    /// <param name="id">The message.</param>
    /// <param name="payload">Its payload, at most <see cref="RpcLimits.ClientMaxPayload"/> bytes; must not change
    /// meanwhile.</param>
    /// <param name="deadline">When to give up; <see cref="TimeLimit"/> from now by default.</param>
    /// <param name="cancellation">Gives up.</param>
    public async ValueTask<RpcReply> CallAsync(
        RmMessageId id, ReadOnlyMemory<byte> payload, Deadline deadline = default, CancellationToken cancellation = default)
    {
        if (payload.Length > RpcLimits.ClientMaxPayload)
            return new(RpcStatus.TooLarge);
        if (deadline.IsNever)
            deadline = _context.Timers.After(TimeLimit);

        WaitResult locked = await _sendLock.LockAsync(deadline, cancellation);
        if (locked != WaitResult.Done)
            return new(StatusOf(locked));
        PendingCall? call;
        try
        {
            call = Reserve(id);
            if (call is null)
                return new(RpcStatus.NoSequence);
            RpcStatus sent = await SendAsync(call, payload, deadline, cancellation);
            if (sent != RpcStatus.Replied)
            {
                // An incomplete request is never answered: the server drops it when the next one begins.
                Forget(call);
                return new(sent);
            }
        }
        finally
        {
            _sendLock.Release();
        }

        WaitResult answered = await call.Answered.WaitAsync(deadline, cancellation);
        return answered == WaitResult.Done ? call.Reply : new(StatusOf(answered));
    }

    /// <summary>
    /// As <see cref="CallAsync(RmMessageId, ReadOnlyMemory{byte}, Deadline, CancellationToken)"/>, with a typed request.
    /// </summary>
    public ValueTask<RpcReply> CallAsync<TRequest>(
        RmMessageId id, TRequest request, Deadline deadline = default, CancellationToken cancellation = default)
        where TRequest : struct, IRpcPayload<TRequest> => CallAsync(id, request.ToBytes(), deadline, cancellation);

    /// <summary>
    /// As <see cref="CallAsync(RmMessageId, ReadOnlyMemory{byte}, Deadline, CancellationToken)"/>, with typed request and reply.
    /// </summary>
    public async ValueTask<RpcReply<TReply>> CallAsync<TRequest, TReply>(
        RmMessageId id, TRequest request, Deadline deadline = default, CancellationToken cancellation = default)
        where TRequest : struct, IRpcPayload<TRequest>
        where TReply : struct, IRpcPayload<TReply> =>
            (await CallAsync(id, request.ToBytes(), deadline, cancellation)).As<TReply>();

    /// <summary>Hears every notification from now on.</summary>
    /// <returns>Ends the subscription when disposed of.</returns>
    public IDisposable Subscribe(RpcNotificationHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _subscribers = [.. _subscribers, handler];
        return new Subscription(this, handler);
    }

    /// <summary>Hears the notifications of one kind from now on; malformed ones are ignored, as Linux does.</summary>
    /// <returns>Ends the subscription when disposed of.</returns>
    public IDisposable Subscribe<T>(RmMessageId id, Action<T> handler)
        where T : struct, IRpcPayload<T> => Subscribe((received, payload) =>
        {
            if (received == id && RpcPayload.TryRead(payload, out T value) == RmError.Ok)
                handler(value);
        });

    private static RpcStatus StatusOf(WaitResult result) =>
        result == WaitResult.TimedOut ? RpcStatus.TimedOut : RpcStatus.Cancelled;

    private async ValueTask<RpcStatus> SendAsync(
        PendingCall call, ReadOnlyMemory<byte> payload, Deadline deadline, CancellationToken cancellation)
    {
        int count = RpcFragmenter.CountFor(payload.Length);
        for (int i = 0; i < count; i++)
        {
            int size = new RpcFragmenter(RpcMessageType.Request, call.Sequence, call.Id, payload.Span).Write(i, _frame);
            bool last = i == count - 1;
            MailboxResult result = await _channel.SendAsync(_frame.AsMemory(0, size), push: last, deadline, cancellation);
            if (!result.IsSent)
            {
                return result.Status switch
                {
                    MailboxStatus.TimedOut => RpcStatus.TimedOut,
                    MailboxStatus.Cancelled => RpcStatus.Cancelled,
                    MailboxStatus.Closed => RpcStatus.Closed,
                    _ => RpcStatus.Refused,
                };
            }
        }
        return RpcStatus.Replied;
    }

    /// <summary>Takes the next free sequence number, cyclically.</summary>
    private PendingCall? Reserve(RmMessageId id)
    {
        if (_pending.Count > ushort.MaxValue)
            return null;
        while (_pending.ContainsKey(_nextSequence))
            _nextSequence++;
        var call = new PendingCall(_context, _nextSequence++, id);
        _pending.Add(call.Sequence, call);
        return call;
    }

    private void Forget(PendingCall call) => _pending.Remove(call.Sequence);

    private bool Expects(RpcHeader header) =>
        _pending.TryGetValue(header.Sequence, out PendingCall? call) && call.Id == header.MessageId;

    private void Receive(ReadOnlySpan<byte> frame)
    {
        RpcArrival arrival = _reassembler.Accept(frame);
        if (arrival.Abandoned is { Type: RpcMessageType.Reply } abandoned)
            Answer(abandoned.Sequence, new(RpcStatus.Aborted));
        if (arrival.Kind == RpcArrivalKind.Dropped)
            Dropped++;
        if (arrival.Kind != RpcArrivalKind.Complete)
            return;

        if (arrival.Header.Type == RpcMessageType.Reply)
        {
            bool whole = RmReply.TryRead(_reassembler.Payload, out RmError error, out ReadOnlySpan<byte> data);
            Answer(arrival.Header.Sequence, whole ? new(RpcStatus.Replied, error, data.ToArray()) : new(RpcStatus.Malformed));
        }
        else
        {
            // The array is never changed in place: a handler may subscribe or unsubscribe.
            foreach (RpcNotificationHandler subscriber in _subscribers)
                subscriber(arrival.Header.MessageId, _reassembler.Payload);
        }
    }

    private void Answer(ushort sequence, RpcReply reply)
    {
        if (_pending.Remove(sequence, out PendingCall? call))
            call.End(reply);
    }

    /// <summary>A call whose reply has not come. Stays in the table when its caller has given up.</summary>
    private sealed class PendingCall(GuestContext context, ushort sequence, RmMessageId id)
    {
        public ushort Sequence => sequence;

        public RmMessageId Id => id;

        public AsyncEvent Answered { get; } = new(context, autoReset: false);

        public RpcReply Reply { get; private set; }

        public void End(RpcReply reply)
        {
            Reply = reply;
            Answered.Set();
        }
    }

    private sealed class Subscription(ResourceManagerClient client, RpcNotificationHandler handler) : IDisposable
    {
        public void Dispose()
        {
            int index = Array.IndexOf(client._subscribers, handler);
            if (index >= 0)
                client._subscribers = [.. client._subscribers[..index], .. client._subscribers[(index + 1)..]];
        }
    }
}
