namespace Gunyah.Hypervisor.Objects;

/// <summary>What happened to one message queue so far.</summary>
/// <param name="ObjectId">The queue's object number.</param>
/// <param name="Depth">How many messages fit; 0 until it is configured.</param>
/// <param name="MaxMessageSize">The largest message in bytes.</param>
/// <param name="Count">Messages in it now.</param>
/// <param name="Sent">Messages accepted.</param>
/// <param name="Received">Messages taken out; what a flush dropped is neither here nor in <paramref name="Count"/>.</param>
/// <param name="Full">Sends that filled the queue or were refused because it was full: a sender that waits for room is never
/// refused.</param>
internal readonly record struct MessageQueueStatistics(
    int ObjectId, int Depth, int MaxMessageSize, int Count, ulong Sent, ulong Received, ulong Full);

/// <summary>An object that counts messages, as inspection knows it.</summary>
internal interface ICountsMessages
{
    MessageQueueStatistics Statistics { get; }
}
