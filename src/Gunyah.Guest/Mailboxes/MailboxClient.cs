namespace Gunyah.Guest.Mailboxes;

/// <summary>Takes one received message. Called from the interrupt handler: it must be short and copy what it keeps.</summary>
public delegate void MailboxRxCallback(MailboxChannel channel, ReadOnlySpan<byte> message);

/// <summary>Says that the channel can send again after it was full. Called from the interrupt handler.</summary>
public delegate void MailboxTxDone(MailboxChannel channel);

/// <summary>The user of a channel, with the words of the Linux mailbox framework.</summary>
public sealed class MailboxClient
{
    /// <summary>rx_callback: takes received messages; without it they are taken from the transport and dropped.</summary>
    public MailboxRxCallback? RxCallback { get; init; }

    /// <summary>tx_done: called whenever the transport has room again.</summary>
    public MailboxTxDone? TxDone { get; init; }

    /// <summary>tx_block: true if a send waits for room, false if it answers <see cref="MailboxStatus.Full"/> at once.</summary>
    public bool TxBlock { get; init; } = true;

    /// <summary>tx_tout: bounds the waiting of sends that bring no deadline of their own; without end by default.</summary>
    public TimeSpan TxTimeout { get; init; } = Timeout.InfiniteTimeSpan;
}
