using System.Collections.Immutable;
using System.Globalization;

namespace Gunyah.Abi.Rpc;

/// <summary>One field of a record on the wire.</summary>
/// <param name="Name">Its name; <c>res</c> for reserved bytes.</param>
/// <param name="Size">Its size in bytes; null where it varies.</param>
/// <param name="Element">The shape of each element of a list.</param>
public sealed record RpcField(string Name, int? Size, RpcShape? Element = null)
{
    /// <summary>The field for people: its name with its size or elements.</summary>
    public override string ToString() =>
        Element is not null ? $"{Name} × ({Element})"
        : Size is int size ? string.Create(CultureInfo.InvariantCulture, $"{Name}:{size}")
        : Name;
}

/// <summary>The fields of a record on the wire, as its declaration goes over them.</summary>
public sealed class RpcShape
{
    private RpcShape(ImmutableArray<RpcField> fields, bool isFixed)
    {
        Fields = fields;
        Length = isFixed ? fields.Sum(static field => field.Size ?? 0) : null;
    }

    /// <summary>The fields in the order of the wire. Of parts that exclude each other only one is listed.</summary>
    public ImmutableArray<RpcField> Fields { get; }

    /// <summary>The size in bytes; null where it varies.</summary>
    public int? Length { get; }

    /// <summary>The shape of a record.</summary>
    internal static RpcShape Of<T>()
        where T : struct, IRpcRecord<T>
    {
        var description = new Description([]);
        T? longest = T.Longest;
        T.Fields(ref description, longest ?? default);
        return new([.. description.Fields], longest is null
            && description.Fields.TrueForAll(static field => field.Size is not null));
    }

    /// <summary>The fields for people.</summary>
    public override string ToString() => string.Join(", ", Fields);

    /// <summary>Notes each field.</summary>
    private readonly struct Description(List<RpcField> fields) : IRpcWire
    {
        public List<RpcField> Fields { get; } = fields;

        public bool IsReading => false;

        public int Remaining => int.MaxValue;

        public byte U8(string name, byte value) => Add(name, sizeof(byte), value);

        public ushort U16(string name, ushort value) => Add(name, sizeof(ushort), value);

        public uint U32(string name, uint value) => Add(name, sizeof(uint), value);

        public ulong U64(string name, ulong value) => Add(name, sizeof(ulong), value);

        public void Reserved(int count) => Fields.Add(new("res", count));

        public ushort Count(string name, int count) => Add(name, sizeof(ushort), (ushort)count);

        public void Bytes(string name, scoped Span<byte> bytes) => Fields.Add(new(name, bytes.Length));

        public RpcText Text(string name, int length, RpcText value) => Add(name, null, value);

        public RpcText PaddedText(string name, int length, RpcText value) => Add($"{name} and padding", null, value);

        public RpcList<T> Entries<T>(string name, uint count, RpcList<T> value)
            where T : struct, IRpcEntry<T>
        {
            Fields.Add(new(name, null, Of<T>()));
            return value;
        }

        public RpcList<T> List<T>(string name, RpcList<T> value, int maximum, ref ushort second)
            where T : struct, IRpcEntry<T>
        {
            Fields.Add(new("count", sizeof(ushort)));
            Reserved(sizeof(ushort));
            return Entries(name, 0, value);
        }

        public void Require(bool condition, RmError error)
        {
        }

        private T Add<T>(string name, int? size, T value)
        {
            Fields.Add(new(name, size));
            return value;
        }
    }
}
