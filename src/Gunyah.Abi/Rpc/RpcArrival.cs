namespace Gunyah.Abi.Rpc;

/// <summary>
/// What is wrong with a fragment, or what ended a message before it was complete (gunyah-rm.md 1.4 and 1.8).
/// </summary>
internal enum RpcFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Fewer than 8 bytes.</summary>
    TooShort,

    /// <summary>More than 240 bytes.</summary>
    TooLong,

    /// <summary>Byte 0 is not 0x21: another API version or another header length.</summary>
    UnknownVersion,

    /// <summary>
    /// More than 62 additional fragments are announced. A client fails the call that such a reply would answer.
    /// </summary>
    TooManyFragments,

    /// <summary>The type does not go in this direction: a request to a client, a reply or notification to the server.</summary>
    UnexpectedType,

    /// <summary>A reply that no outstanding call waits for.</summary>
    UnexpectedReply,

    /// <summary>A continuation while no message is being put together.</summary>
    NothingToContinue,

    /// <summary>A continuation that belongs to another message than the one being put together.</summary>
    ContinuationMismatch,

    /// <summary>Another message began before all fragments had come.</summary>
    Superseded,
}

/// <summary>What became of a fragment.</summary>
internal enum RpcArrivalKind
{
    /// <summary>It was refused; <see cref="RpcArrival.Fault"/> says why.</summary>
    Dropped,

    /// <summary>It was kept; more must come.</summary>
    Stored,

    /// <summary>With it a message is complete; <see cref="RpcReassembler.Payload"/> has the content.</summary>
    Complete,
}

/// <summary>The result of giving one queue message to an <see cref="RpcReassembler"/>.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Header">
/// The header of the message it belongs to; of the fragment itself when it was dropped; <c>default</c> when it has none.
/// </param>
/// <param name="Fault">Why it was dropped.</param>
/// <param name="Abandoned">
/// The first header of a message that was being put together and, because of this fragment, never will be. A client fails
/// the call that waits for such a reply with an I/O error; the server has nobody to tell.
/// </param>
internal readonly record struct RpcArrival(
    RpcArrivalKind Kind, RpcHeader Header, RpcFault Fault = RpcFault.None, RpcHeader? Abandoned = null);
