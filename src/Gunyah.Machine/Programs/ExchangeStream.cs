using System.Buffers.Binary;
using Gunyah.Abi.Hypercalls;
using Gunyah.Machine.Scheduling;

namespace Gunyah.Machine.Programs;

/// <summary>Why a received message is not the one that was due.</summary>
internal enum ExchangeFault
{
    /// <summary>It is the one that was due.</summary>
    None,

    /// <summary>Its length is not the stream's message size.</summary>
    Size,

    /// <summary>It carries another sequence number: a message was lost, duplicated or overtaken.</summary>
    Sequence,

    /// <summary>The sequence number is right and the bytes behind it are not.</summary>
    Content,

    /// <summary>It did not come in time.</summary>
    Missing,

    /// <summary>The queue refused to carry it.</summary>
    Transport,
}

/// <summary>
/// One direction of an exchange: message <em>n</em> is the low bytes of <em>n</em> (little-endian, eight or as many as fit)
/// followed by bytes that depend on the stream's seed and <em>n</em>. Both ends make the same bytes, so a receiver checks by
/// making them again; nothing is stored or allocated.
/// </summary>
/// <param name="Seed">Tells the streams of a run apart, so that a message on the wrong queue is noticed.</param>
/// <param name="Size">The size of every message in bytes: 1 to <see cref="MessageQueueLimits.MaxMessageSize"/>.</param>
internal readonly record struct ExchangeStream(ulong Seed, int Size)
{
    private const int SequenceBytes = sizeof(ulong);

    /// <summary>The stream in the other direction of the same exchange.</summary>
    public ExchangeStream Reverse => this with { Seed = ~Seed };

    /// <summary>Makes a message.</summary>
    /// <param name="sequence">Its number in the stream, from 0.</param>
    /// <param name="message">Takes it; exactly <see cref="Size"/> bytes.</param>
    public void Fill(ulong sequence, Span<byte> message)
    {
        Span<byte> head = stackalloc byte[SequenceBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(head, sequence);
        int headSize = Math.Min(SequenceBytes, Size);
        head[..headSize].CopyTo(message);

        ulong state = BodyState(sequence);
        Span<byte> body = message[headSize..Size];
        for (; body.Length >= sizeof(ulong); body = body[sizeof(ulong)..])
            BinaryPrimitives.WriteUInt64LittleEndian(body, Xoshiro256.SplitMix64(ref state));
        if (!body.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(head, Xoshiro256.SplitMix64(ref state));
            head[..body.Length].CopyTo(body);
        }
    }

    /// <summary>Compares a received message with the one that is due.</summary>
    /// <param name="sequence">The number that is due.</param>
    /// <param name="message">What was received.</param>
    public ExchangeFault Check(ulong sequence, ReadOnlySpan<byte> message)
    {
        if (message.Length != Size)
            return ExchangeFault.Size;

        Span<byte> head = stackalloc byte[SequenceBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(head, sequence);
        int headSize = Math.Min(SequenceBytes, Size);
        if (!message[..headSize].SequenceEqual(head[..headSize]))
            return ExchangeFault.Sequence;

        ulong state = BodyState(sequence);
        ReadOnlySpan<byte> body = message[headSize..];
        for (; body.Length >= sizeof(ulong); body = body[sizeof(ulong)..])
        {
            if (BinaryPrimitives.ReadUInt64LittleEndian(body) != Xoshiro256.SplitMix64(ref state))
                return ExchangeFault.Content;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(head, Xoshiro256.SplitMix64(ref state));
        return body.SequenceEqual(head[..body.Length]) ? ExchangeFault.None : ExchangeFault.Content;
    }

    private ulong BodyState(ulong sequence)
    {
        ulong state = Seed ^ sequence;
        return Xoshiro256.SplitMix64(ref state) + sequence;
    }
}
