using System.Buffers.Binary;

namespace Gunyah.Abi.Rpc;

/// <summary>
/// Reads an RPC payload, little-endian. The first failure sticks: every later read answers zero or nothing and moves no
/// further, so a record is read field by field and judged once, by <see cref="Finish"/>. No input throws.
/// </summary>
/// <param name="payload">The payload; any bytes.</param>
internal ref struct RpcReader(ReadOnlySpan<byte> payload) : IRpcWire
{
    private readonly ReadOnlySpan<byte> _payload = payload;

    /// <summary>Where the next read begins; after a failure, where the read that failed began.</summary>
    public int Offset { get; private set; }

    /// <summary>The error of the first failed read; null while none has failed.</summary>
    public RmError? Failure { get; private set; }

    /// <summary>The number of bytes not yet read.</summary>
    public readonly int Remaining => _payload.Length - Offset;

    /// <summary>Reads 8 bits.</summary>
    public byte ReadByte() => TryTake(sizeof(byte), out ReadOnlySpan<byte> bytes) ? bytes[0] : default;

    /// <summary>Reads 16 bits.</summary>
    public ushort ReadUInt16() =>
        TryTake(sizeof(ushort), out ReadOnlySpan<byte> bytes) ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : default;

    /// <summary>Reads 32 bits.</summary>
    public uint ReadUInt32() =>
        TryTake(sizeof(uint), out ReadOnlySpan<byte> bytes) ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : default;

    /// <summary>Reads 64 bits; also what the reference writes as two 32-bit words, low and high.</summary>
    public ulong ReadUInt64() =>
        TryTake(sizeof(ulong), out ReadOnlySpan<byte> bytes) ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : default;

    /// <summary>Passes over reserved bytes whose value does not matter.</summary>
    /// <param name="count">How many.</param>
    public void Skip(int count) => TryTake(count, out _);

    /// <summary>Reads bytes as they are.</summary>
    /// <param name="count">How many.</param>
    public ReadOnlySpan<byte> ReadBytes(int count) => TryTake(count, out ReadOnlySpan<byte> bytes) ? bytes : default;

    /// <summary>Reads text of a known length and the zero bytes that fill it up to the next multiple of 4.</summary>
    /// <param name="count">The length without the padding.</param>
    public RpcText ReadPaddedText(int count)
    {
        int start = Offset;
        RpcText text = new(ReadBytes(count));
        Require(ReadBytes(RpcWriter.PaddingOf(count)).IndexOfAnyExcept((byte)0) < 0, RmError.MsgInvalid, start);
        return Failure is null ? text : default;
    }

    /// <summary>
    /// Reads a list: 16-bit count, 16 bits whose value does not matter, the elements (gunyah-rm.md 1.9). A list that
    /// is not there at all is empty.
    /// </summary>
    /// <param name="maximum">The most elements allowed; more is <see cref="RmError.NoResource"/>.</param>
    public RpcList<T> ReadList<T>(int maximum)
        where T : struct, IRpcEntry<T> => ReadList<T>(maximum, out _);

    /// <summary>As <see cref="ReadList{T}(int)"/>, for the messages that give the second 16 bits a meaning.</summary>
    /// <param name="maximum">The most elements allowed; more is <see cref="RmError.NoResource"/>.</param>
    /// <param name="second">The second 16 bits; 0 when the list is not there.</param>
    public RpcList<T> ReadList<T>(int maximum, out ushort second)
        where T : struct, IRpcEntry<T>
    {
        second = 0;
        if (Remaining == 0)
            return default;
        int start = Offset;
        ushort count = ReadUInt16();
        second = ReadUInt16();
        Require(Failure is not null || count <= maximum, RmError.NoResource, start);
        return ReadEntries<T>(count);
    }

    /// <summary>Reads elements without a count in front. Nothing is allocated before they are known to be there.</summary>
    /// <param name="count">How many; more than there are is <see cref="RmError.MsgInvalid"/>.</param>
    public RpcList<T> ReadEntries<T>(uint count)
        where T : struct, IRpcEntry<T>
    {
        Require(count <= (uint)Remaining / (uint)RpcList.ShortestEntry<T>(), RmError.MsgInvalid);
        if (Failure is not null || count == 0)
            return default;
        var entries = new T[count];
        for (int i = 0; i < entries.Length; i++)
            entries[i] = T.Fields(ref this, default);
        return RpcList<T>.Own(entries);
    }

    /// <summary>Makes the record invalid unless a condition holds. An earlier failure stays the one that counts.</summary>
    /// <param name="condition">What must be true.</param>
    /// <param name="error">The error otherwise.</param>
    public void Require(bool condition, RmError error) => Require(condition, error, Offset);

    /// <summary>
    /// Judges the record: the first failure, or <see cref="RmError.MsgInvalid"/> when bytes are left over, or
    /// <see cref="RmError.Ok"/>.
    /// </summary>
    /// <param name="candidate">What was read.</param>
    /// <param name="value">The same on success, otherwise <c>default</c>.</param>
    public readonly RmError Finish<T>(in T candidate, out T value)
        where T : struct
    {
        RmError error = Failure ?? (Remaining == 0 ? RmError.Ok : RmError.MsgInvalid);
        value = error == RmError.Ok ? candidate : default;
        return error;
    }

    /// <summary>As <see cref="Finish"/>, for the few messages that may be longer than what is read of them.</summary>
    /// <param name="candidate">What was read.</param>
    /// <param name="value">The same on success, otherwise <c>default</c>.</param>
    public readonly RmError FinishIgnoringRest<T>(in T candidate, out T value)
        where T : struct
    {
        value = Failure is null ? candidate : default;
        return Failure ?? RmError.Ok;
    }

    readonly bool IRpcWire.IsReading => true;

    byte IRpcWire.U8(string name, byte value) => ReadByte();

    ushort IRpcWire.U16(string name, ushort value) => ReadUInt16();

    uint IRpcWire.U32(string name, uint value) => ReadUInt32();

    ulong IRpcWire.U64(string name, ulong value) => ReadUInt64();

    void IRpcWire.Reserved(int count) => Skip(count);

    ushort IRpcWire.Count(string name, int count) => ReadUInt16();

    void IRpcWire.Bytes(string name, scoped Span<byte> bytes) => ReadBytes(bytes.Length).CopyTo(bytes);

    RpcText IRpcWire.Text(string name, int length, RpcText value) => new(ReadBytes(length));

    RpcText IRpcWire.PaddedText(string name, int length, RpcText value) => ReadPaddedText(length);

    RpcList<T> IRpcWire.Entries<T>(string name, uint count, RpcList<T> value) => ReadEntries<T>(count);

    RpcList<T> IRpcWire.List<T>(string name, RpcList<T> value, int maximum, ref ushort second) =>
        ReadList<T>(maximum, out second);

    private void Require(bool condition, RmError error, int offset)
    {
        if (condition || Failure is not null)
            return;
        Failure = error;
        Offset = offset;
    }

    private bool TryTake(int count, out ReadOnlySpan<byte> bytes)
    {
        Require((uint)count <= (uint)Remaining, RmError.MsgInvalid);
        if (Failure is not null)
        {
            bytes = default;
            return false;
        }

        bytes = _payload.Slice(Offset, count);
        Offset += count;
        return true;
    }
}
