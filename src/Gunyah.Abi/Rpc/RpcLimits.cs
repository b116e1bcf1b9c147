namespace Gunyah.Abi.Rpc;

/// <summary>The sizes of the RPC transport, in bytes but for the queue's depth (gunyah-rm.md 1.1 and 1.2).</summary>
public static class RpcLimits
{
    /// <summary>The largest fragment, which is also the message size of a Resource Manager queue.</summary>
    public const int FragmentSize = 240;

    /// <summary>How many messages a Resource Manager queue holds; other queues of VMs too where nobody says otherwise.</summary>
    public const int QueueDepth = 8;

    /// <summary>The most content that one fragment carries.</summary>
    public const int ContentSize = FragmentSize - RpcHeader.Size;

    /// <summary>The most fragments a message has besides its first.</summary>
    public const int MaxAdditionalFragments = 62;

    /// <summary>The largest payload, in either direction.</summary>
    public const int MaxPayload = (MaxAdditionalFragments + 1) * ContentSize;

    /// <summary>The largest request that a Linux-style client sends: one fragment less than the transport allows.</summary>
    public const int ClientMaxPayload = MaxAdditionalFragments * ContentSize;
}
