using System.Buffers.Binary;

namespace Devicetree.Schema.Caching;

/// <summary>
/// Reads what <see cref="CacheBuffer"/> wrote. The file's checksum has been compared before, so that nothing is out of place.
/// </summary>
/// <param name="bytes">A section.</param>
/// <param name="start">Where to begin.</param>
internal ref struct CacheCursor(ReadOnlySpan<byte> bytes, int start)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; } = start;

    public byte Next() => _bytes[Position++];

    public ReadOnlySpan<byte> Next(int count)
    {
        ReadOnlySpan<byte> part = _bytes.Slice(Position, count);
        Position += count;
        return part;
    }

    public ulong Number()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = Next();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
    }

    public int Count() => checked((int)Number());

    public long Signed()
    {
        ulong value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public double Real() => BinaryPrimitives.ReadDoubleLittleEndian(Next(sizeof(double)));

    public Int128 Wide() => BinaryPrimitives.ReadInt128LittleEndian(Next(16));
}
