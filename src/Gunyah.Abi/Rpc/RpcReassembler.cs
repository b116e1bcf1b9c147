namespace Gunyah.Abi.Rpc;

/// <summary>The two ends of an RPC link.</summary>
internal enum RpcRole
{
    /// <summary>The Resource Manager: receives requests (gunyah-rm.md 1.4).</summary>
    Server,

    /// <summary>
    /// A VM: receives replies and notifications (gunyah-rm.md 1.8, as the upstream Linux client does).
    /// </summary>
    Client,
}

/// <summary>
/// Puts the fragments that arrive on one link together. No input throws; memory is one buffer of at most
/// <see cref="RpcLimits.MaxPayload"/> bytes, which grows to the largest message announced so far and is then reused. There
/// is no time-out, as in the protocol. Not safe for concurrent use.
/// </summary>
internal sealed class RpcReassembler
{
    private readonly RpcRole _role;
    private readonly Predicate<RpcHeader>? _expectsReply;
    private byte[] _buffer = new byte[RpcLimits.ContentSize];
    private int _length;
    private RpcHeader _pending;
    private int _remaining;

    /// <summary>Starts with nothing pending.</summary>
    /// <param name="role">Which end this is; the two refuse bad input differently.</param>
    /// <param name="expectsReply">
    /// For a client: whether some call waits for the reply with this sequence number and message id. A reply that nobody waits
    /// for is dropped before it can disturb a message that is being put together. Null lets every reply through.
    /// </param>
    public RpcReassembler(RpcRole role, Predicate<RpcHeader>? expectsReply = null)
    {
        _role = role;
        _expectsReply = expectsReply;
    }

    /// <summary>The payload of the message just completed. Valid until the next <see cref="Accept"/>.</summary>
    public ReadOnlySpan<byte> Payload => _remaining == 0 ? _buffer.AsSpan(0, _length) : default;

    /// <summary>The first header of the message being put together, or null.</summary>
    public RpcHeader? Pending => _remaining > 0 ? _pending : null;

    /// <summary>The size of the buffer in bytes; never more than <see cref="RpcLimits.MaxPayload"/>.</summary>
    public int BufferSize => _buffer.Length;

    /// <summary>Takes one queue message.</summary>
    /// <param name="frame">Any bytes.</param>
    public RpcArrival Accept(ReadOnlySpan<byte> frame)
    {
        RpcFault fault = RpcHeader.TryRead(frame, out RpcHeader header);
        bool unreadable = fault is not (RpcFault.None or RpcFault.TooManyFragments);
        if (unreadable)
            return new RpcArrival(RpcArrivalKind.Dropped, header, fault);
        ReadOnlySpan<byte> content = frame[RpcHeader.Size..];
        return _role == RpcRole.Server ? AcceptAsServer(header, fault, content) : AcceptAsClient(header, fault, content);
    }

    /// <summary>Forgets a message that is being put together, as when the link is reset.</summary>
    public void Clear() => (_remaining, _length) = (0, 0);

    private RpcArrival AcceptAsServer(RpcHeader header, RpcFault fault, ReadOnlySpan<byte> content)
    {
        if (fault != RpcFault.None)
            return Drop(header, fault);
        if (header.Type == RpcMessageType.Continuation)
        {
            if (_remaining == 0)
                return Drop(header, RpcFault.NothingToContinue);
            // The message stays: the continuations that do belong to it may still come.
            return Continues(header) && header.Sequence == _pending.Sequence
                ? Append(content)
                : Drop(header, RpcFault.ContinuationMismatch);
        }

        RpcHeader? abandoned = Pending;
        RpcArrival arrival = Start(header, content) with { Abandoned = abandoned };
        return arrival.Kind == RpcArrivalKind.Complete ? Deliver(arrival) : arrival;
    }

    private RpcArrival AcceptAsClient(RpcHeader header, RpcFault fault, ReadOnlySpan<byte> content)
    {
        switch (header.Type)
        {
            case RpcMessageType.Request:
                return Drop(header, RpcFault.UnexpectedType);
            case RpcMessageType.Continuation when _remaining == 0:
                return Drop(header, RpcFault.NothingToContinue);
            case RpcMessageType.Continuation:
                // The sequence number is not compared: the upstream client looks at the id and the count only.
                return Continues(header) ? Append(content) : Abandon(header, RpcFault.ContinuationMismatch);
            case RpcMessageType.Reply when _expectsReply is not null && !_expectsReply(header):
                return Drop(header, RpcFault.UnexpectedReply);
            default:
                if (fault != RpcFault.None)
                    return Abandon(header, fault);
                RpcHeader? abandoned = Pending;
                return Start(header, content) with { Abandoned = abandoned };
        }
    }

    private bool Continues(RpcHeader header) =>
        header.MessageId == _pending.MessageId && header.AdditionalFragments == _pending.AdditionalFragments;

    private RpcArrival Start(RpcHeader header, ReadOnlySpan<byte> content)
    {
        int capacity = (header.AdditionalFragments + 1) * RpcLimits.ContentSize;
        if (_buffer.Length < capacity)
            _buffer = new byte[capacity];
        content.CopyTo(_buffer);
        _length = content.Length;
        _pending = header;
        _remaining = header.AdditionalFragments;
        return new RpcArrival(_remaining == 0 ? RpcArrivalKind.Complete : RpcArrivalKind.Stored, header);
    }

    private RpcArrival Append(ReadOnlySpan<byte> content)
    {
        // It fits: each fragment has at most ContentSize bytes, and no more come than were announced.
        content.CopyTo(_buffer.AsSpan(_length));
        _length += content.Length;
        _remaining--;
        if (_remaining > 0)
            return new RpcArrival(RpcArrivalKind.Stored, _pending);
        return Deliver(new RpcArrival(RpcArrivalKind.Complete, _pending));
    }

    /// <summary>The server puts replies and notifications together like everything else, and then has no use for them.</summary>
    private RpcArrival Deliver(RpcArrival complete)
    {
        if (_role == RpcRole.Client || complete.Header.Type == RpcMessageType.Request)
            return complete;
        return complete with { Kind = RpcArrivalKind.Dropped, Fault = RpcFault.UnexpectedType };
    }

    private RpcArrival Abandon(RpcHeader header, RpcFault fault)
    {
        RpcHeader? abandoned = Pending;
        Clear();
        return new RpcArrival(RpcArrivalKind.Dropped, header, fault, abandoned);
    }

    private static RpcArrival Drop(RpcHeader header, RpcFault fault) => new(RpcArrivalKind.Dropped, header, fault);
}
