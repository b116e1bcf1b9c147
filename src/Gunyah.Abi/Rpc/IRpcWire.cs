namespace Gunyah.Abi.Rpc;

/// <summary>
/// What goes over the fields of a payload in the order of the wire: a reader, a writer, a measure, a description. Each field is
/// handed over by its name and value and comes back as it is from then on: a reader gives what it read, all others what they were
/// given.
/// </summary>
public interface IRpcWire
{
    /// <summary>True for a reader, whose values come from the wire.</summary>
    bool IsReading { get; }

    /// <summary>The number of bytes not yet read; more than there can be for all but readers.</summary>
    int Remaining { get; }

    /// <summary>A field of 8 bits.</summary>
    /// <param name="name">Its name in the reference page.</param>
    /// <param name="value">Its value.</param>
    byte U8(string name, byte value);

    /// <inheritdoc cref="U8"/>
    /// <summary>A field of 16 bits.</summary>
    ushort U16(string name, ushort value);

    /// <inheritdoc cref="U8"/>
    /// <summary>A field of 32 bits.</summary>
    uint U32(string name, uint value);

    /// <inheritdoc cref="U8"/>
    /// <summary>A field of 64 bits; also what the reference writes as two 32-bit words, low and high.</summary>
    ulong U64(string name, ulong value);

    /// <summary>Bytes that are written as zero and whose value does not matter.</summary>
    /// <param name="count">How many.</param>
    void Reserved(int count);

    /// <summary>A count or size of 16 bits.</summary>
    /// <param name="name">Its name in the reference page.</param>
    /// <param name="count">The number, 0 to 65535.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number to write does not fit.</exception>
    ushort Count(string name, int count);

    /// <summary>Bytes as they are, of a fixed number.</summary>
    /// <param name="name">Their name in the reference page.</param>
    /// <param name="bytes">The bytes; a reader replaces them.</param>
    void Bytes(string name, scoped Span<byte> bytes);

    /// <summary>Text without padding.</summary>
    /// <param name="name">Its name in the reference page.</param>
    /// <param name="length">Its length in bytes, as a field before it says.</param>
    /// <param name="value">The text.</param>
    RpcText Text(string name, int length, RpcText value);

    /// <inheritdoc cref="Text"/>
    /// <summary>Text, and zeros up to the next multiple of 4.</summary>
    RpcText PaddedText(string name, int length, RpcText value);

    /// <summary>Elements without a count in front.</summary>
    /// <param name="name">Their name in the reference page.</param>
    /// <param name="count">How many, as a field before them says.</param>
    /// <param name="value">The elements.</param>
    RpcList<T> Entries<T>(string name, uint count, RpcList<T> value)
        where T : struct, IRpcEntry<T>;

    /// <summary>
    /// A list: 16-bit count, 16 bits, elements (gunyah-rm.md 1.9). One that is not there at all reads as empty.
    /// </summary>
    /// <param name="name">Its name in the reference page.</param>
    /// <param name="value">The elements.</param>
    /// <param name="maximum">The most elements that are read; more is <see cref="RmError.NoResource"/>.</param>
    /// <param name="second">The second 16 bits; zero but for the messages that give them a meaning.</param>
    RpcList<T> List<T>(string name, RpcList<T> value, int maximum, ref ushort second)
        where T : struct, IRpcEntry<T>;

    /// <summary>Makes what is read invalid unless a condition holds; an earlier failure stays the one that counts.</summary>
    /// <param name="condition">What must be true.</param>
    /// <param name="error">The error otherwise.</param>
    void Require(bool condition, RmError error);
}

/// <summary>Fields that several payloads have.</summary>
internal static class RpcWireExtensions
{
    /// <summary>A VMID and 16 reserved bits.</summary>
    public static ushort Vmid<TWire>(ref this TWire wire, string name, ushort value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        ushort vmid = wire.U16(name, value);
        wire.Reserved(sizeof(ushort));
        return vmid;
    }

    /// <summary>A VMID and 16 bits that must be zero.</summary>
    public static ushort StrictVmid<TWire>(ref this TWire wire, string name, ushort value)
        where TWire : struct, IRpcWire, allows ref struct
    {
        ushort vmid = wire.U16(name, value);
        wire.Require(wire.U16("res0", 0) == 0, RmError.MsgInvalid);
        return vmid;
    }

    /// <summary>A 32-bit count and as many elements.</summary>
    public static RpcList<T> CountedEntries<TWire, T>(ref this TWire wire, string name, RpcList<T> value)
        where TWire : struct, IRpcWire, allows ref struct
        where T : struct, IRpcEntry<T> => wire.Entries(name, wire.U32("count", (uint)value.Count), value);

    /// <summary>A list whose second 16 bits mean nothing.</summary>
    public static RpcList<T> List<TWire, T>(ref this TWire wire, string name, RpcList<T> value, int maximum)
        where TWire : struct, IRpcWire, allows ref struct
        where T : struct, IRpcEntry<T>
    {
        ushort second = 0;
        return wire.List(name, value, maximum, ref second);
    }

    /// <summary>Nothing may follow. What is required after this is judged only of a payload of the right length.</summary>
    public static void RequireEnd<TWire>(ref this TWire wire)
        where TWire : struct, IRpcWire, allows ref struct =>
        wire.Require(!wire.IsReading || wire.Remaining == 0, RmError.MsgInvalid);
}
