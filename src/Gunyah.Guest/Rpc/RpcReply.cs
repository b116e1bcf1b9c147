using Gunyah.Abi.Rpc;

namespace Gunyah.Guest.Rpc;

/// <summary>What became of a call.</summary>
public enum RpcStatus
{
    /// <summary>The Resource Manager replied; its error word says what.</summary>
    Replied,

    /// <summary>The request is larger than a client may send. Nothing was sent.</summary>
    TooLarge,

    /// <summary>Every sequence number waits for a reply. Nothing was sent.</summary>
    NoSequence,

    /// <summary>The deadline came first. The request may have been carried out.</summary>
    TimedOut,

    /// <summary>The caller's token was cancelled first. The request may have been carried out.</summary>
    Cancelled,

    /// <summary>The link is closed.</summary>
    Closed,

    /// <summary>The transport refused a fragment.</summary>
    Refused,

    /// <summary>The reply was cut off by another message.</summary>
    Aborted,

    /// <summary>The reply has no error word, or data that are not of the expected form.</summary>
    Malformed,
}

/// <summary>The outcome of a call.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Error">The Resource Manager's error word; meaningful for <see cref="RpcStatus.Replied"/> only.</param>
/// <param name="Data">What followed the error word.</param>
public readonly record struct RpcReply(RpcStatus Status, RmError Error = RmError.Ok, ReadOnlyMemory<byte> Data = default)
{
    /// <summary>True if the Resource Manager carried the request out.</summary>
    public bool IsOk => Status == RpcStatus.Replied && Error == RmError.Ok;

    /// <summary>Reads the data as a payload.</summary>
    public RpcReply<T> As<T>()
        where T : struct, IRpcPayload<T>
    {
        if (!IsOk)
            return new(Status, Error, default);
        return RpcPayload.TryRead(Data.Span, out T value) == RmError.Ok
            ? new(Status, Error, value) : new(RpcStatus.Malformed, Error, default);
    }

    /// <inheritdoc/>
    public override string ToString() => Status == RpcStatus.Replied ? Error.ToString() : Status.ToString();
}

/// <summary>The outcome of a call with data of a known form.</summary>
/// <typeparam name="T">The data.</typeparam>
/// <param name="Status">What became of it.</param>
/// <param name="Error">The Resource Manager's error word; meaningful for <see cref="RpcStatus.Replied"/> only.</param>
/// <param name="Value">The data; meaningful if <see cref="IsOk"/>.</param>
public readonly record struct RpcReply<T>(RpcStatus Status, RmError Error, T Value)
    where T : struct, IRpcPayload<T>
{
    /// <summary>True if the Resource Manager carried the request out and <see cref="Value"/> is its answer.</summary>
    public bool IsOk => Status == RpcStatus.Replied && Error == RmError.Ok;

    /// <summary>The outcome without the data.</summary>
    public RpcReply WithoutData => new(Status, Error);
}
