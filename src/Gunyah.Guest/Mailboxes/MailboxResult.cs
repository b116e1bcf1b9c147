using Gunyah.Abi;

namespace Gunyah.Guest.Mailboxes;

/// <summary>What became of a send.</summary>
public enum MailboxStatus
{
    /// <summary>The transport took the message.</summary>
    Sent,

    /// <summary>There was no room, and the client does not block. Nothing was sent.</summary>
    Full,

    /// <summary>There was no room until the deadline. Nothing was sent.</summary>
    TimedOut,

    /// <summary>The caller's token was cancelled before there was room. Nothing was sent.</summary>
    Cancelled,

    /// <summary>The channel has no client, or was freed while the message waited. Nothing was sent.</summary>
    Closed,

    /// <summary>The transport refused the message; <see cref="MailboxResult.Error"/> says why. Nothing was sent.</summary>
    Refused,
}

/// <summary>The answer to a send.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Error">The hypervisor's error where it was refused, otherwise <see cref="GunyahError.Ok"/>.</param>
public readonly record struct MailboxResult(MailboxStatus Status, GunyahError Error = GunyahError.Ok)
{
    /// <summary>True if the message is on its way.</summary>
    public bool IsSent => Status == MailboxStatus.Sent;
}

/// <summary>What a channel has done since it was made.</summary>
/// <param name="Sent">Messages that the transport took.</param>
/// <param name="Received">Messages handed to the client.</param>
/// <param name="FullHits">How often a send found the transport full or filled it.</param>
public readonly record struct MailboxCounters(ulong Sent, ulong Received, ulong FullHits);
