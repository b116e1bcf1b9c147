namespace Gunyah.Abi.Hypercalls;

/// <summary>What a message queue can be configured for (gunyah-abi.md 4.3.1).</summary>
public static class MessageQueueLimits
{
    /// <summary>The most messages that a queue holds; the fewest are 1.</summary>
    public const int MaxDepth = 255;

    /// <summary>The size of the largest message in bytes; the smallest has 1.</summary>
    public const int MaxMessageSize = 1023;
}
