using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Devicetree.Flattened;

/// <summary>A growing buffer of big-endian numbers, below 2 GiB.</summary>
internal sealed class BigEndianWriter(int capacity = 4096)
{
    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void WriteU32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Append(sizeof(uint)), value);

    public void WriteU64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Append(sizeof(ulong)), value);

    public void Write(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Append(bytes.Length));

    /// <summary>Adds a name and the NUL after it.</summary>
    public void WriteName(ReadOnlySpan<char> name)
    {
        Span<byte> bytes = Append(name.Length + 1L);
        Encoding.ASCII.GetBytes(name, bytes);
        bytes[^1] = 0;
    }

    public void WriteZeros(long count) => Append(count).Clear();

    /// <summary>Adds zeros up to the next multiple of <paramref name="boundary"/>, a power of two.</summary>
    public void PadTo(int boundary)
    {
        int missing = -Length & (boundary - 1);
        if (missing > 0)
            Append(missing).Clear();
    }

    /// <summary>Adds so many bytes, which the caller fills.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Append(long count)
    {
        long needed = Length + count;
        if (needed > _bytes.Length)
            Grow(needed);
        Span<byte> added = _bytes.AsSpan(Length, (int)count);
        Length = (int)needed;
        return added;
    }

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

    private void Grow(long needed)
    {
        if (needed > Array.MaxLength)
            throw new InvalidOperationException("The devicetree does not fit into a blob of 2 GiB.");
        Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _bytes.Length)));
    }
}
