using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Platform;

namespace Gunyah.ResourceManager.Links;

/// <summary>The two queues of a link as the Resource Manager holds them.</summary>
/// <param name="Transmit">Where it sends to the VM.</param>
/// <param name="Receive">Where it receives from the VM.</param>
internal readonly record struct LinkQueues(CapId Transmit, CapId Receive);

/// <summary>
/// The Resource Manager's end of one VM's link (gunyah-rm.md 1.4 to 1.7): puts requests together, sends replies and
/// notifications one message at a time, and keeps what cannot be sent yet within fixed bounds.
/// </summary>
internal sealed class RpcLink
{
    /// <summary>More notifications than this drop the oldest.</summary>
    public const int MaxPendingNotifications = 256;

    /// <summary>How many queue messages are read in one turn: as many as the queue of the primary VM holds.</summary>
    private const int MessagesPerTurn = RpcLimits.QueueDepth;

    private readonly IVcpu _vcpu;
    private readonly WorkQueue _work;
    private readonly LinkQueues _queues;
    private readonly Action<RpcLink, RpcHeader, ReadOnlyMemory<byte>> _dispatch;
    private readonly bool _dropsOlderReply;
    private readonly RpcReassembler _reassembler = new(RpcRole.Server);

    /// <summary>Takes the largest message that any queue carries, so that none can stay in the way.</summary>
    private readonly byte[] _buffer = new byte[MessageQueueLimits.MaxMessageSize];
    private readonly Queue<Message> _notifications = new();
    private Message? _inFlight;
    private Message? _pendingReply;
    private int _nextFragment;
    private bool _isReceivePosted;
    private bool _isClosed;

    /// <param name="vcpu">The Resource Manager's vCPU.</param>
    /// <param name="work">Where reading goes on, a turn at a time.</param>
    /// <param name="peer">The VM at the other end.</param>
    /// <param name="queues">The two queues.</param>
    /// <param name="profile">Decides <see cref="Deviations.OlderReplyDropped"/>.</param>
    /// <param name="dispatch">Takes each complete request; answers with <see cref="Reply"/>.</param>
    public RpcLink(
        IVcpu vcpu, WorkQueue work, ushort peer, LinkQueues queues, Profile profile,
        Action<RpcLink, RpcHeader, ReadOnlyMemory<byte>> dispatch)
    {
        _dropsOlderReply = profile == Profile.Reference;
        _vcpu = vcpu;
        _work = work;
        _queues = queues;
        _dispatch = dispatch;
        Peer = peer;
    }

    /// <summary>The VM at the other end.</summary>
    public ushort Peer { get; }

    /// <summary>How many notifications wait for room in the queue.</summary>
    public int PendingNotifications => _notifications.Count;

    /// <summary>The receive interrupt: there is something to read.</summary>
    public void OnReceive()
    {
        if (_isReceivePosted || _isClosed)
            return;
        _isReceivePosted = true;
        _work.Post(ReceiveTurn);
    }

    /// <summary>The transmit interrupt: there is room again.</summary>
    public void OnTransmit() => Pump();

    /// <summary>
    /// Sends a reply, or keeps it until it can be sent. An older one that is still kept is thrown away, if it comes to that.
    /// </summary>
    public void Reply(RpcHeader request, RmError error, byte[] payload)
    {
        if (_vcpu.Observes(EventKind.RpcReply))
        {
            _vcpu.Report(
                EventKind.RpcReply,
                new(Peer, (uint)request.MessageId, request.Sequence, (uint)error),
                RmMessages.NameOf(request.MessageId));
        }
        _pendingReply = new(RpcMessageType.Reply, request.Sequence, request.MessageId, payload);
        Pump();
    }

    /// <summary>Sends a notification, or keeps it until it can be sent. Of too many the oldest is dropped.</summary>
    public void Notify(ushort sequence, RmMessageId id, byte[] payload)
    {
        if (_vcpu.Observes(EventKind.RpcNotification))
        {
            _vcpu.Report(
                EventKind.RpcNotification, new(Peer, (uint)id, sequence, (uint)payload.Length), RmMessages.NameOf(id));
        }
        if (_notifications.Count == MaxPendingNotifications)
            _notifications.Dequeue();
        _notifications.Enqueue(new(RpcMessageType.Notification, sequence, id, payload));
        Pump();
    }

    /// <summary>Ends the link: nothing is read or sent any more.</summary>
    public void Close()
    {
        _isClosed = true;
        _notifications.Clear();
        (_inFlight, _pendingReply) = (null, null);
    }

    /// <summary>
    /// Reads until the queue is empty, but at most a turn's worth before others get theirs; and nothing while a reply waits,
    /// so that a VM which does not read is not read from either.
    /// </summary>
    private void ReceiveTurn()
    {
        _isReceivePosted = false;
        for (int i = 0; i < MessagesPerTurn && !_isClosed; i++)
        {
            if (_pendingReply is not null && !_dropsOlderReply)
                return;
            ReceiveResult received = _vcpu.Receive(_queues.Receive, _buffer);
            if (received.Error != GunyahError.Ok)
                return;
            RpcArrival arrival = _reassembler.Accept(_buffer.AsSpan(0, received.Size));
            if (arrival.Kind == RpcArrivalKind.Complete)
                Dispatch(arrival.Header);
        }
        OnReceive();
    }

    private void Dispatch(RpcHeader header)
    {
        byte[] payload = _reassembler.Payload.ToArray();
        if (_vcpu.Observes(EventKind.RpcRequest))
        {
            _vcpu.Report(
                EventKind.RpcRequest,
                new(Peer, (uint)header.MessageId, header.Sequence, (uint)payload.Length),
                RmMessages.NameOf(header.MessageId));
        }
        _dispatch(this, header, payload);
    }

    /// <summary>
    /// Sends what there is to send: the rest of the message in flight, then the reply, then notifications in order.
    /// </summary>
    private void Pump()
    {
        Span<byte> frame = stackalloc byte[RpcLimits.FragmentSize];
        while (!_isClosed && (_inFlight ??= TakeNext()) is Message message)
        {
            var fragments = new RpcFragmenter(message.Type, message.Sequence, message.Id, message.Payload);
            for (; _nextFragment < fragments.Count; _nextFragment++)
            {
                int size = fragments.Write(_nextFragment, frame);
                GunyahError error = _vcpu.Send(_queues.Transmit, frame[..size]).Error;
                if (error == GunyahError.MessageQueueFull)
                    return;
                if (error != GunyahError.Ok)
                {
                    // The queue is the Resource Manager's own: this is its error, and only this VM is to suffer from it.
                    Close();
                    return;
                }
            }
            _inFlight = null;
        }
    }

    private Message? TakeNext()
    {
        _nextFragment = 0;
        Message? reply = _pendingReply;
        if (reply is not null)
        {
            _pendingReply = null;
            // Messages that came meanwhile raise no interrupt any more.
            OnReceive();
            return reply;
        }
        return _notifications.TryDequeue(out Message? notification) ? notification : null;
    }

    private sealed record Message(RpcMessageType Type, ushort Sequence, RmMessageId Id, byte[] Payload);
}
