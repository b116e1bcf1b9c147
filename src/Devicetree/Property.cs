using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Devicetree;

/// <summary>
/// A property: a name and bytes. What the bytes mean is up to the binding, so every typed view may fail.
/// A property belongs to one node; <see cref="Node.Set"/> changes its value in place.
/// </summary>
public sealed class Property : INamed
{
    internal Property(string name, ReadOnlyMemory<byte> value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>
    /// The name, made of <c>A-Z a-z 0-9 , . _ + * # ? -</c>; a path for the fixups of a reference to one, in <c>/__fixups__</c>.
    /// </summary>
    public string Name { get; }

    /// <summary>The value as it stands in a blob, without padding. Empty for a flag.</summary>
    public ReadOnlyMemory<byte> Value { get; internal set; }

    /// <summary>How many whole 32-bit cells the value holds; 1 to 3 bytes after them are not counted.</summary>
    public int CellCount => Value.Length / sizeof(uint);

    /// <summary>Reads a value of exactly one 32-bit big-endian cell.</summary>
    public bool TryGetU32(out uint value)
    {
        value = Value.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(Value.Span) : 0;
        return Value.Length == sizeof(uint);
    }

    /// <summary>Reads a value of exactly eight bytes, big-endian.</summary>
    public bool TryGetU64(out ulong value)
    {
        value = Value.Length == sizeof(ulong) ? BinaryPrimitives.ReadUInt64BigEndian(Value.Span) : 0;
        return Value.Length == sizeof(ulong);
    }

    /// <summary>
    /// Reads the value as 32-bit cells; false when its length is no multiple of four. An empty value has no cells.
    /// </summary>
    public bool TryGetCells([NotNullWhen(true)] out uint[]? cells)
    {
        cells = null;
        if (Value.Length % sizeof(uint) != 0)
            return false;
        cells = new uint[CellCount];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = Cell(i);
        return true;
    }

    /// <summary>The 32-bit cell at <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no whole cell at that index (see
    /// <see cref="CellCount"/>).</exception>
    public uint Cell(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, CellCount);
        return BinaryPrimitives.ReadUInt32BigEndian(Value.Span[(index * sizeof(uint))..]);
    }

    /// <summary>Reads a value that is exactly one NUL-terminated UTF-8 string.</summary>
    public bool TryGetString([NotNullWhen(true)] out string? value)
    {
        ReadOnlySpan<byte> bytes = Value.Span;
        value = null;
        if (bytes.IsEmpty || bytes.IndexOf((byte)0) != bytes.Length - 1 || !Utf8.IsValid(bytes))
            return false;
        value = Encoding.UTF8.GetString(bytes[..^1]);
        return true;
    }

    /// <summary>Reads a value that is a list of one or more NUL-terminated UTF-8 strings.</summary>
    public bool TryGetStrings([NotNullWhen(true)] out string[]? values)
    {
        ReadOnlySpan<byte> bytes = Value.Span;
        values = null;
        if (bytes.IsEmpty || bytes[^1] != 0 || !Utf8.IsValid(bytes))
            return false;
        values = Encoding.UTF8.GetString(bytes[..^1]).Split('\0');
        return true;
    }

    /// <summary>The name and the length of the value, for debuggers and assertion messages.</summary>
    public override string ToString() => $"{Name} ({Value.Length} bytes)";
}
