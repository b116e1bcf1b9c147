using System.Buffers.Binary;

namespace Devicetree.Flattened;

/// <summary>A growing buffer of big-endian numbers, below 2 GiB.</summary>
internal sealed class BigEndianWriter
{
    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    public void WriteU32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Append(sizeof(uint)), value);

    public void WriteU64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Append(sizeof(ulong)), value);

    public void Write(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Append(bytes.Length));

    public void WriteZeros(long count) => Append(count).Clear();

    /// <summary>Adds zeros up to the next multiple of <paramref name="boundary"/>, a power of two.</summary>
    public void PadTo(int boundary) => WriteZeros(-Length & (boundary - 1));

    /// <summary>Overwrites words that were left open.</summary>
    public void PatchU32(int offset, params ReadOnlySpan<uint> words)
    {
        foreach (uint word in words)
        {
            BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(offset, sizeof(uint)), word);
            offset += sizeof(uint);
        }
    }

    public byte[] ToArray() => _bytes.AsSpan(0, Length).ToArray();

    private Span<byte> Append(long count)
    {
        long needed = Length + count;
        if (needed > Array.MaxLength)
            throw new InvalidOperationException("The devicetree does not fit into a blob of 2 GiB.");
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _bytes.Length)));
        Span<byte> added = _bytes.AsSpan(Length, (int)count);
        Length = (int)needed;
        return added;
    }
}
