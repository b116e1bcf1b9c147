namespace Gunyah.Abi.Rpc;

/// <summary>Adds up the sizes of fields.</summary>
internal struct RpcMeasure : IRpcWire
{
    /// <summary>The size of everything so far in bytes.</summary>
    public int Length { get; private set; }

    public readonly bool IsReading => false;

    public readonly int Remaining => int.MaxValue;

    public byte U8(string name, byte value) => Add(sizeof(byte), value);

    public ushort U16(string name, ushort value) => Add(sizeof(ushort), value);

    public uint U32(string name, uint value) => Add(sizeof(uint), value);

    public ulong U64(string name, ulong value) => Add(sizeof(ulong), value);

    public void Reserved(int count) => Length += count;

    public ushort Count(string name, int count) => Add(sizeof(ushort), (ushort)count);

    public void Bytes(string name, scoped Span<byte> bytes) => Length += bytes.Length;

    public RpcText Text(string name, int length, RpcText value) => Add(value.Length, value);

    public RpcText PaddedText(string name, int length, RpcText value) => Add(value.PaddedLength, value);

    public RpcList<T> Entries<T>(string name, uint count, RpcList<T> value)
        where T : struct, IRpcEntry<T>
    {
        foreach (T entry in value)
            T.Fields(ref this, entry);
        return value;
    }

    public RpcList<T> List<T>(string name, RpcList<T> value, int maximum, ref ushort second)
        where T : struct, IRpcEntry<T>
    {
        Length += RpcList.HeaderSize;
        return Entries(name, 0, value);
    }

    public readonly void Require(bool condition, RmError error)
    {
    }

    private T Add<T>(int size, T value)
    {
        Length += size;
        return value;
    }
}
