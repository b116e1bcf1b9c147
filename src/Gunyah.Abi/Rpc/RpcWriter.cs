using System.Buffers.Binary;

namespace Gunyah.Abi.Rpc;

/// <summary>
/// Writes an RPC payload, little-endian. A destination that is too small is an error of the caller and throws.
/// </summary>
/// <param name="destination">Where the payload goes.</param>
internal ref struct RpcWriter(Span<byte> destination) : IRpcWire
{
    private const int WordSize = sizeof(uint);

    private readonly Span<byte> _destination = destination;

    /// <summary>The number of bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>The number of zero bytes that fill a text up to the next multiple of 4: 0 to 3.</summary>
    /// <param name="length">The length of the text in bytes.</param>
    public static int PaddingOf(int length) => -length & (WordSize - 1);

    /// <summary>Writes 8 bits.</summary>
    /// <param name="value">The value.</param>
    public void WriteByte(byte value) => Take(sizeof(byte))[0] = value;

    /// <summary>Writes 16 bits.</summary>
    /// <param name="value">The value.</param>
    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(sizeof(ushort)), value);

    /// <summary>Writes 32 bits.</summary>
    /// <param name="value">The value.</param>
    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    /// <summary>Writes 64 bits.</summary>
    /// <param name="value">The value.</param>
    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(sizeof(ulong)), value);

    /// <summary>Writes zeros, for reserved fields and padding.</summary>
    /// <param name="count">How many bytes.</param>
    public void WriteZeros(int count) => Take(count).Clear();

    /// <summary>Writes bytes as they are.</summary>
    /// <param name="bytes">The bytes.</param>
    public void WriteBytes(scoped ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>Writes text and the zero bytes that fill it up to the next multiple of 4.</summary>
    /// <param name="text">The text; its length is written elsewhere.</param>
    public void WritePaddedText(RpcText text)
    {
        WriteBytes(text.Bytes);
        WriteZeros(PaddingOf(text.Length));
    }

    /// <summary>Writes a 16-bit count or size.</summary>
    /// <param name="count">The number, 0 to 65535.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number does not fit.</exception>
    public void WriteCount(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, ushort.MaxValue, nameof(count));
        WriteUInt16((ushort)count);
    }

    /// <summary>Writes a list: count, second 16 bits, elements (gunyah-rm.md 1.9).</summary>
    /// <param name="list">The elements.</param>
    /// <param name="second">The second 16 bits, for the messages that give them a meaning.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count does not fit 16 bits.</exception>
    public void WriteList<T>(RpcList<T> list, ushort second = 0)
        where T : struct, IRpcEntry<T>
    {
        WriteCount(list.Count);
        WriteUInt16(second);
        WriteEntries(list);
    }

    /// <summary>Writes elements without a count in front.</summary>
    /// <param name="list">The elements.</param>
    public void WriteEntries<T>(RpcList<T> list)
        where T : struct, IRpcEntry<T>
    {
        foreach (T entry in list.AsSpan())
            T.Fields(ref this, entry);
    }

    readonly bool IRpcWire.IsReading => false;

    readonly int IRpcWire.Remaining => int.MaxValue;

    byte IRpcWire.U8(string name, byte value)
    {
        WriteByte(value);
        return value;
    }

    ushort IRpcWire.U16(string name, ushort value)
    {
        WriteUInt16(value);
        return value;
    }

    uint IRpcWire.U32(string name, uint value)
    {
        WriteUInt32(value);
        return value;
    }

    ulong IRpcWire.U64(string name, ulong value)
    {
        WriteUInt64(value);
        return value;
    }

    void IRpcWire.Reserved(int count) => WriteZeros(count);

    ushort IRpcWire.Count(string name, int count)
    {
        WriteCount(count);
        return (ushort)count;
    }

    void IRpcWire.Bytes(string name, scoped Span<byte> bytes) => WriteBytes(bytes);

    RpcText IRpcWire.Text(string name, int length, RpcText value)
    {
        WriteBytes(value.Bytes);
        return value;
    }

    RpcText IRpcWire.PaddedText(string name, int length, RpcText value)
    {
        WritePaddedText(value);
        return value;
    }

    RpcList<T> IRpcWire.Entries<T>(string name, uint count, RpcList<T> value)
    {
        WriteEntries(value);
        return value;
    }

    RpcList<T> IRpcWire.List<T>(string name, RpcList<T> value, int maximum, ref ushort second)
    {
        WriteList(value, second);
        return value;
    }

    readonly void IRpcWire.Require(bool condition, RmError error)
    {
    }

    private Span<byte> Take(int count)
    {
        Span<byte> bytes = _destination.Slice(Length, count);
        Length += count;
        return bytes;
    }
}
