using System.Buffers.Binary;

namespace Devicetree.Schema.Caching;

/// <summary>Bytes that grow.</summary>
internal sealed class CacheBuffer
{
    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public void Add(byte value) => Reserve(1)[0] = value;

    public void AddWord(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(sizeof(uint)), value);

    public void Add(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>A number in as few bytes as it needs, seven bits each.</summary>
    public void AddNumber(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Add((byte)(value | 0x80));
        Add((byte)value);
    }

    /// <summary>A number of either sign, short when it is near zero.</summary>
    public void AddSigned(long value) => AddNumber((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Makes the length a multiple of four.</summary>
    public void Align()
    {
        while (Length % sizeof(uint) != 0)
            Add(0);
    }

    private Span<byte> Reserve(int count)
    {
        if (count > _bytes.Length - Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        Length += count;
        return _bytes.AsSpan(Length - count, count);
    }
}
