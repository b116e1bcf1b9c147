using System.Buffers.Binary;

namespace Gunyah.Abi.Rpc;

/// <summary>The type of an RPC fragment (gunyah-rm.md 1.2).</summary>
internal enum RpcMessageType : byte
{
    /// <summary>A further fragment of the message that came before.</summary>
    Continuation = 0,

    /// <summary>The first fragment of a request, from a client to the Resource Manager.</summary>
    Request = 1,

    /// <summary>The first fragment of a reply.</summary>
    Reply = 2,

    /// <summary>The first fragment of a notification, from the Resource Manager to a client.</summary>
    Notification = 3,
}

/// <summary>
/// The eight bytes in front of every RPC fragment (gunyah-rm.md 1.2): byte 0 is 0x21 (version 1, two words of
/// header), byte 1 is type and number of additional fragments, then the sequence number and the message id.
/// </summary>
/// <param name="Type">The type; <see cref="RpcMessageType.Continuation"/> in all fragments but the first.</param>
/// <param name="AdditionalFragments">
/// The number of fragments after the first, 0 to 62; the same in all fragments of a message.
/// </param>
/// <param name="Sequence">Chosen by the client for a request, copied into its reply; meaningless in a notification.</param>
/// <param name="MessageId">What the message says.</param>
internal readonly record struct RpcHeader(RpcMessageType Type, byte AdditionalFragments, ushort Sequence, RmMessageId MessageId)
{
    /// <summary>The size of the header in bytes.</summary>
    public const int Size = 8;

    /// <summary>API version 1 in bits 3:0, header length of two words in bits 7:4.</summary>
    private const byte VersionAndWords = 0x21;

    private const int TypeBits = 2;

    /// <summary>Reads the header of a fragment.</summary>
    /// <param name="frame">One queue message; any bytes.</param>
    /// <param name="header">The header; also set when only the number of fragments is out of range.</param>
    /// <returns><see cref="RpcFault.None"/>, or why this is no fragment of the protocol.</returns>
    public static RpcFault TryRead(ReadOnlySpan<byte> frame, out RpcHeader header)
    {
        header = default;
        if (frame.Length < Size)
            return RpcFault.TooShort;
        if (frame.Length > RpcLimits.FragmentSize)
            return RpcFault.TooLong;
        if (frame[0] != VersionAndWords)
            return RpcFault.UnknownVersion;
        header = new RpcHeader(
            (RpcMessageType)(frame[1] & ((1 << TypeBits) - 1)),
            (byte)(frame[1] >> TypeBits),
            BinaryPrimitives.ReadUInt16LittleEndian(frame[2..]),
            (RmMessageId)BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]));
        return header.AdditionalFragments > RpcLimits.MaxAdditionalFragments ? RpcFault.TooManyFragments : RpcFault.None;
    }

    /// <summary>Writes the eight bytes.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        destination[0] = VersionAndWords;
        destination[1] = (byte)((byte)Type | (AdditionalFragments << TypeBits));
        BinaryPrimitives.WriteUInt16LittleEndian(destination[2..], Sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], (uint)MessageId);
    }
}
