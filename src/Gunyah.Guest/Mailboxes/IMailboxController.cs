using Gunyah.Abi;

namespace Gunyah.Guest.Mailboxes;

/// <summary>What a controller did with a message.</summary>
public enum TransmitState
{
    /// <summary>Taken; the next message may follow at once.</summary>
    Done,

    /// <summary>Taken; the next message must wait for <see cref="MailboxChannel.TransmitReady"/>.</summary>
    DoneAndFull,

    /// <summary>Not taken for want of room; to be offered again after <see cref="MailboxChannel.TransmitReady"/>.</summary>
    Full,

    /// <summary>Not taken and never will be.</summary>
    Refused,
}

/// <summary>
/// The transport behind one or more channels, as a driver implements it. It calls
/// <see cref="MailboxChannel.TransmitReady"/> and <see cref="MailboxChannel.ReceivedData"/> from its interrupt handlers.
/// </summary>
public interface IMailboxController
{
    /// <summary>The channels; their number and order never change.</summary>
    IReadOnlyList<MailboxChannel> Channels { get; }

    /// <summary>Makes a channel ready for its new client: requests interrupts, lets earlier messages arrive.</summary>
    /// <returns>False, with nothing changed, where that is not possible.</returns>
    bool Startup(MailboxChannel channel);

    /// <summary>Undoes <see cref="Startup"/>.</summary>
    void Shutdown(MailboxChannel channel);

    /// <summary>Offers one message to the transport. Never waits.</summary>
    /// <param name="channel">One of <see cref="Channels"/>.</param>
    /// <param name="message">The message.</param>
    /// <param name="push">True to interrupt the receiver whatever its threshold.</param>
    /// <param name="error">The reason for <see cref="TransmitState.Refused"/>, otherwise <see cref="GunyahError.Ok"/>.</param>
    TransmitState SendData(MailboxChannel channel, ReadOnlySpan<byte> message, bool push, out GunyahError error);
}
