using System.Buffers.Binary;

namespace Gunyah.Abi.Rpc;

/// <summary>
/// The payload of a reply: the error word, then data. Data follows only <see cref="RmError.Ok"/>, except that the error
/// replies of VM_SET_TIME_BASE and VM_SET_FIRMWARE_MEM carry the hypervisor's error as a second word (gunyah-rm.md
/// 1.6 and 2.2).
/// </summary>
internal static class RmReply
{
    /// <summary>The size of the error word in bytes.</summary>
    public const int ErrorSize = sizeof(uint);

    /// <summary>Takes a reply apart.</summary>
    /// <param name="payload">The payload of a reply; any bytes.</param>
    /// <param name="error">The error word; any number.</param>
    /// <param name="data">What follows it.</param>
    /// <returns>False when there is not even an error word: the call has failed in a way the server never said.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out RmError error, out ReadOnlySpan<byte> data)
    {
        if (payload.Length < ErrorSize)
        {
            error = RmError.MsgInvalid;
            data = default;
            return false;
        }

        error = (RmError)BinaryPrimitives.ReadUInt32LittleEndian(payload);
        data = payload[ErrorSize..];
        return true;
    }

    /// <summary>Takes a reply apart and reads its data.</summary>
    /// <param name="payload">The payload of a reply; any bytes.</param>
    /// <param name="error">The error word; any number.</param>
    /// <param name="data">The data when the error word is <see cref="RmError.Ok"/>, otherwise <c>default</c>.</param>
    /// <returns>False when the reply is malformed: no error word, or data after an OK that is not of this type.</returns>
    public static bool TryRead<T>(ReadOnlySpan<byte> payload, out RmError error, out T data)
        where T : struct, IRpcPayload<T>
    {
        data = default;
        if (!TryRead(payload, out error, out ReadOnlySpan<byte> bytes))
            return false;
        return error != RmError.Ok || RpcPayload.TryRead(bytes, out data) == RmError.Ok;
    }

    /// <summary>Writes a reply without data and returns its length.</summary>
    /// <param name="destination">At least 4 bytes.</param>
    /// <param name="error">The error word.</param>
    public static int Write(Span<byte> destination, RmError error)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, (uint)error);
        return ErrorSize;
    }

    /// <summary>Writes an OK and its data, and returns the length of both.</summary>
    /// <param name="destination">At least 4 bytes more than the data.</param>
    /// <param name="data">The data.</param>
    public static int Write<T>(Span<byte> destination, in T data)
        where T : struct, IRpcPayload<T> => Write(destination, RmError.Ok) + data.WriteTo(destination[ErrorSize..]);

    /// <summary>Writes one of the error replies that carry the hypervisor's error as well, and returns its length, 8.</summary>
    /// <param name="destination">At least 8 bytes.</param>
    /// <param name="error">The error word; not OK.</param>
    /// <param name="hypervisorError">
    /// The second word; <see cref="GunyahError.ArgumentInvalid"/> when the hypervisor was never asked.
    /// </param>
    public static int Write(Span<byte> destination, RmError error, GunyahError hypervisorError)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination[ErrorSize..], (int)hypervisorError);
        return Write(destination, error) + sizeof(int);
    }

    /// <summary>The hypervisor's error in the data of an error reply; null when the reply carries none.</summary>
    /// <param name="data">What follows the error word.</param>
    public static GunyahError? HypervisorError(ReadOnlySpan<byte> data) =>
        data.Length == sizeof(int) ? (GunyahError)BinaryPrimitives.ReadInt32LittleEndian(data) : null;
}
