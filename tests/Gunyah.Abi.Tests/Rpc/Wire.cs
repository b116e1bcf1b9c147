using Gunyah.Abi.Rpc;

namespace Gunyah.Abi.Tests.Rpc;

/// <summary>Bytes as the reference writes them, and whole messages in and out of fragments.</summary>
internal static class Wire
{
    /// <summary>Hexadecimal digits with any white space.</summary>
    public static byte[] Bytes(string hex) => Convert.FromHexString(string.Concat(hex.Where(c => !char.IsWhiteSpace(c))));

    public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes);

    /// <summary>All fragments of a message, in order.</summary>
    public static List<byte[]> Fragments(RpcMessageType type, ushort sequence, RmMessageId id, ReadOnlySpan<byte> payload)
    {
        var fragmenter = new RpcFragmenter(type, sequence, id, payload);
        var frames = new List<byte[]>();
        Span<byte> frame = stackalloc byte[RpcLimits.FragmentSize];
        for (int i = 0; i < fragmenter.Count; i++)
            frames.Add(frame[..fragmenter.Write(i, frame)].ToArray());
        return frames;
    }

    /// <summary>A message that fits one fragment.</summary>
    public static byte[] Message<T>(RpcMessageType type, ushort sequence, RmMessageId id, T payload)
        where T : struct, IRpcPayload<T> => Assert.Single(Fragments(type, sequence, id, payload.ToBytes()));

    /// <summary>A reply that fits one fragment.</summary>
    public static byte[] Reply<T>(ushort sequence, RmMessageId id, T data)
        where T : struct, IRpcPayload<T>
    {
        byte[] payload = new byte[RmReply.ErrorSize + data.EncodedLength];
        Assert.Equal(payload.Length, RmReply.Write(payload, data));
        return Assert.Single(Fragments(RpcMessageType.Reply, sequence, id, payload));
    }

    /// <summary>Bytes that differ from their neighbours, so that a misplaced fragment shows.</summary>
    public static byte[] Pattern(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7 + i / 232))];

    public static byte[] Copy(byte[] bytes, Action<byte[]> change)
    {
        byte[] copy = [.. bytes];
        change(copy);
        return copy;
    }
}
