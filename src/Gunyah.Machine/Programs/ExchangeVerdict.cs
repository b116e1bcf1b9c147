using System.Buffers.Binary;

namespace Gunyah.Machine.Programs;

/// <summary>What one end of an exchange has to say about what it received.</summary>
/// <param name="Fault">What was wrong with the first message that was wrong, or None.</param>
/// <param name="Received">How many messages came in all; what a small message cannot hold is zero.</param>
internal readonly record struct ExchangeVerdict(ExchangeFault Fault, ulong Received)
{
    private const int LargestSize = 1 + sizeof(ulong);

    /// <summary>
    /// The size of the verdict's message for a queue whose messages have this size: cut off where it does not fit.
    /// </summary>
    public static int MessageSize(int size) => Math.Min(size, LargestSize);

    /// <summary>Makes the message.</summary>
    /// <param name="message">Takes it: <see cref="MessageSize"/> bytes.</param>
    public void Write(Span<byte> message)
    {
        Span<byte> whole = stackalloc byte[LargestSize];
        whole[0] = (byte)Fault;
        BinaryPrimitives.WriteUInt64LittleEndian(whole[1..], Received);
        whole[..message.Length].CopyTo(message);
    }

    /// <summary>Reads the message.</summary>
    /// <returns>False where this is no verdict.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out ExchangeVerdict verdict)
    {
        verdict = default;
        if (message.IsEmpty || message.Length > LargestSize || message[0] > (byte)ExchangeFault.Transport)
            return false;

        Span<byte> whole = stackalloc byte[LargestSize];
        whole.Clear();
        message.CopyTo(whole);
        verdict = new((ExchangeFault)whole[0], BinaryPrimitives.ReadUInt64LittleEndian(whole[1..]));
        return true;
    }
}
