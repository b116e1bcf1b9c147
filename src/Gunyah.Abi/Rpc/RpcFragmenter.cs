namespace Gunyah.Abi.Rpc;

/// <summary>
/// Cuts one message into fragments (gunyah-rm.md 1.3). It has no state of its own: any fragment can be written at
/// any time, so that a sender which met a full queue goes on with the same fragment later.
/// </summary>
internal readonly ref struct RpcFragmenter
{
    private readonly RpcHeader _first;
    private readonly ReadOnlySpan<byte> _payload;

    /// <summary>Prepares a message.</summary>
    /// <param name="type">Request, reply or notification.</param>
    /// <param name="sequence">The sequence number of all fragments.</param>
    /// <param name="messageId">The message id of all fragments.</param>
    /// <param name="payload">
    /// The content, at most <see cref="RpcLimits.MaxPayload"/> bytes; empty is one fragment without content.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The payload is too large, or the type is none that starts a message.
    /// </exception>
    public RpcFragmenter(RpcMessageType type, ushort sequence, RmMessageId messageId, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, RpcLimits.MaxPayload);
        if (type is not (RpcMessageType.Request or RpcMessageType.Reply or RpcMessageType.Notification))
            throw new ArgumentOutOfRangeException(nameof(type), type, "a message starts as request, reply or notification");
        _first = new RpcHeader(type, (byte)(CountFor(payload.Length) - 1), sequence, messageId);
        _payload = payload;
    }

    /// <summary>The number of fragments, 1 to 63.</summary>
    public int Count => _first.AdditionalFragments + 1;

    /// <summary>The number of fragments that a payload of this many bytes takes; at least 1.</summary>
    /// <param name="payloadLength">The payload's length in bytes, 0 to <see cref="RpcLimits.MaxPayload"/>.</param>
    public static int CountFor(int payloadLength) =>
        Math.Max(1, (payloadLength + RpcLimits.ContentSize - 1) / RpcLimits.ContentSize);

    /// <summary>Writes one fragment.</summary>
    /// <param name="index">Which, 0 to <see cref="Count"/> - 1.</param>
    /// <param name="frame">At least <see cref="RpcLimits.FragmentSize"/> bytes.</param>
    /// <returns>The size of the fragment, 8 to 240 bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such fragment.</exception>
    public int Write(int index, Span<byte> frame)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        RpcHeader header = index == 0 ? _first : _first with { Type = RpcMessageType.Continuation };
        ReadOnlySpan<byte> content = _payload[(index * RpcLimits.ContentSize)..];
        if (content.Length > RpcLimits.ContentSize)
            content = content[..RpcLimits.ContentSize];
        header.Write(frame);
        content.CopyTo(frame[RpcHeader.Size..]);
        return RpcHeader.Size + content.Length;
    }
}
