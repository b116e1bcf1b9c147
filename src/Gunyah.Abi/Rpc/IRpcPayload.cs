namespace Gunyah.Abi.Rpc;

/// <summary>
/// Fields on the wire, declared once: reading, writing, measuring and the reference page come from the declaration.
/// </summary>
/// <typeparam name="TSelf">The record itself.</typeparam>
public interface IRpcRecord<TSelf>
    where TSelf : struct, IRpcRecord<TSelf>
{
    /// <summary>A value with every part that can be there, where <c>default</c> has not; for the reference page.</summary>
    static virtual TSelf? Longest => null;

    /// <summary>Goes over the fields in the order of the wire.</summary>
    /// <param name="wire">What is done with each.</param>
    /// <param name="value">The record; of no meaning to a reader.</param>
    /// <returns>The record as it is from then on; of no meaning when a reader has failed.</returns>
    static abstract TSelf Fields<TWire>(ref TWire wire, in TSelf value)
        where TWire : struct, IRpcWire, allows ref struct;
}

/// <summary>
/// The content of one kind of message: of a request, of a notification, or of a reply after its error word
/// (see <see cref="RmReply"/>).
/// </summary>
/// <typeparam name="TSelf">The payload itself.</typeparam>
public interface IRpcPayload<TSelf> : IRpcRecord<TSelf>
    where TSelf : struct, IRpcPayload<TSelf>
{
    /// <summary>True where bytes after the last field are ignored.</summary>
    static virtual bool MayBeLonger => false;

    /// <summary>Fewer bytes are <see cref="RmError.MsgInvalid"/> before anything is read; 0 where the fields decide.</summary>
    static virtual int MinLength => 0;
}

/// <summary>An element of a list on the wire.</summary>
/// <typeparam name="TSelf">The element itself.</typeparam>
public interface IRpcEntry<TSelf> : IRpcRecord<TSelf>, IEquatable<TSelf>
    where TSelf : struct, IRpcEntry<TSelf>;

/// <summary>What can be done with every payload.</summary>
public static class RpcPayload
{
    extension<T>(T record)
        where T : struct, IRpcRecord<T>
    {
        /// <summary>The size on the wire in bytes.</summary>
        public int EncodedLength
        {
            get
            {
                var measure = new RpcMeasure();
                T.Fields(ref measure, record);
                return measure.Length;
            }
        }
    }

    /// <summary>Reads a payload.</summary>
    /// <param name="payload">All bytes after the header; any bytes.</param>
    /// <param name="value">The payload, or <c>default</c> when it is refused.</param>
    /// <returns><see cref="RmError.Ok"/>, or the error that the Resource Manager answers to such a request.</returns>
    public static RmError TryRead<T>(ReadOnlySpan<byte> payload, out T value)
        where T : struct, IRpcPayload<T>
    {
        var reader = new RpcReader(payload);
        reader.Require(payload.Length >= T.MinLength, RmError.MsgInvalid);
        T read = T.Fields(ref reader, default);
        return T.MayBeLonger ? reader.FinishIgnoringRest(read, out value) : reader.Finish(read, out value);
    }

    /// <summary>Writes the payload and returns its length in bytes.</summary>
    /// <param name="payload">What to write.</param>
    /// <param name="destination">At least as many bytes as the payload has.</param>
    /// <exception cref="ArgumentException">The destination is too small, or a list is too long for its count field.</exception>
    public static int WriteTo<T>(this T payload, Span<byte> destination)
        where T : struct, IRpcPayload<T>
    {
        var writer = new RpcWriter(destination);
        T.Fields(ref writer, payload);
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
