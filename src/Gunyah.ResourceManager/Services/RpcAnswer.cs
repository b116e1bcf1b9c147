using Gunyah.Abi.Rpc;

namespace Gunyah.ResourceManager.Services;

/// <summary>What a service answers to a request: an error, or success with data.</summary>
internal readonly struct RpcAnswer
{
    private RpcAnswer(RmError error, byte[]? payload)
    {
        Error = error;
        Payload = payload ?? new byte[RmReply.ErrorSize];
        RmReply.Write(Payload, error);
    }

    public RmError Error { get; }

    /// <summary>The reply's payload: the error word and the data.</summary>
    public byte[] Payload { get; }

    public static implicit operator RpcAnswer(RmError error) => new(error, payload: null);

    /// <summary>Success with data.</summary>
    public static RpcAnswer With<T>(in T data)
        where T : struct, IRpcPayload<T>
    {
        var payload = new byte[RmReply.ErrorSize + data.EncodedLength];
        RmReply.Write(payload, data);
        return new(RmError.Ok, payload);
    }
}
