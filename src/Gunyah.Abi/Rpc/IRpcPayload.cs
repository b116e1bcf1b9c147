namespace Gunyah.Abi.Rpc;

/// <summary>
/// The content of one kind of message: of a request, of a notification, or of a reply after its error word
/// (see <see cref="RmReply"/>).
/// </summary>
/// <typeparam name="TSelf">The payload itself.</typeparam>
public interface IRpcPayload<TSelf>
    where TSelf : struct, IRpcPayload<TSelf>
{
    /// <summary>The size on the wire in bytes.</summary>
    int EncodedLength { get; }

    /// <summary>Reads a payload.</summary>
    /// <param name="payload">All bytes after the header; any bytes.</param>
    /// <param name="value">The payload, or <c>default</c> when it is refused.</param>
    /// <returns><see cref="RmError.Ok"/>, or the error that the Resource Manager answers to such a request.</returns>
    static abstract RmError TryRead(ReadOnlySpan<byte> payload, out TSelf value);

    /// <summary>Writes <see cref="EncodedLength"/> bytes.</summary>
    /// <param name="writer">Where to.</param>
    void Write(ref RpcWriter writer);
}

/// <summary>An element of a list on the wire, of fixed size.</summary>
/// <typeparam name="TSelf">The element itself.</typeparam>
public interface IRpcEntry<TSelf> : IEquatable<TSelf>
    where TSelf : struct, IRpcEntry<TSelf>
{
    /// <summary>The size on the wire in bytes, a multiple of 4.</summary>
    static abstract int EntrySize { get; }

    /// <summary>Reads one element; <see cref="EntrySize"/> bytes are there.</summary>
    /// <param name="reader">Where from.</param>
    static abstract TSelf Read(ref RpcReader reader);

    /// <summary>Writes <see cref="EntrySize"/> bytes.</summary>
    /// <param name="writer">Where to.</param>
    void Write(ref RpcWriter writer);
}

/// <summary>What can be done with every payload.</summary>
public static class RpcPayloadExtensions
{
    /// <summary>Writes the payload and returns its length in bytes.</summary>
    /// <param name="payload">What to write.</param>
    /// <param name="destination">At least <see cref="IRpcPayload{TSelf}.EncodedLength"/> bytes.</param>
    /// <exception cref="ArgumentException">The destination is too small, or a list is too long for its count field.</exception>
    public static int WriteTo<T>(this T payload, Span<byte> destination)
        where T : struct, IRpcPayload<T>
    {
        var writer = new RpcWriter(destination);
        payload.Write(ref writer);
        return writer.Length;
    }

    /// <summary>The payload as a new array.</summary>
    /// <param name="payload">What to write.</param>
    /// <exception cref="ArgumentException">A list is too long for its count field.</exception>
    public static byte[] ToBytes<T>(this T payload)
        where T : struct, IRpcPayload<T>
    {
        byte[] bytes = new byte[payload.EncodedLength];
        payload.WriteTo(bytes);
        return bytes;
    }
}
