using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Devicetree.Live;
using Devicetree.Typing;

namespace Devicetree.Tool.Verbs.Queries;

/// <summary>A value read as a type: strings or numbers.</summary>
/// <param name="Type">The type; never <see cref="ValueType.Auto"/>.</param>
/// <param name="Strings">The strings; null for numbers.</param>
/// <param name="Numbers">The numbers; null for strings. Negative ones are those of 64 bits with the same lower bits.</param>
internal sealed record ValueReading(ValueType Type, IReadOnlyList<string>? Strings, IReadOnlyList<ulong>? Numbers)
{
    /// <summary>Reads a value.</summary>
    /// <param name="node">The node that has the property.</param>
    /// <param name="property">The property, of a tree whose values say what they are (<see cref="TypedValues.Mark"/>).</param>
    /// <param name="type">The type, one of strings or numbers, or <see cref="ValueType.Auto"/>.</param>
    /// <param name="reading">The reading.</param>
    /// <param name="reason">Why the value is nothing of this type, a phrase.</param>
    public static bool TryRead(
        LiveNode node, LiveProperty property, ValueType type, [NotNullWhen(true)] out ValueReading? reading,
        [NotNullWhen(false)] out string? reason)
    {
        ReadOnlySpan<byte> bytes = property.Value.Bytes.Span;
        reading = null;
        reason = null;
        type = type == ValueType.Auto ? Said(node, property) : type;
        if (type == ValueType.Text)
        {
            if (bytes.IsEmpty || bytes[^1] != 0)
                reason = "it does not end in a NUL";
            else if (!Utf8.IsValid(bytes))
                reason = "it is no UTF-8";
            else
                reading = new(type, Encoding.UTF8.GetString(bytes[..^1]).Split('\0'), null);
        }
        else if (bytes.Length % type.Width != 0)
        {
            reason = string.Create(CultureInfo.InvariantCulture,
                $"it has {bytes.Length} bytes, which is no multiple of {type.Width}");
        }
        else
        {
            reading = new(type, null, Decode(bytes, type));
        }
        return reading is not null;
    }

    /// <summary>The numbers or strings as text, without line end.</summary>
    public string Format(string stringSeparator) =>
        Strings is not null ? string.Join(stringSeparator, Strings) : string.Join(' ', Numbers!.Select(Format));

    private string Format(ulong number) =>
        Type.IsHex ? "0x" + number.ToString("x", CultureInfo.InvariantCulture)
        : Type.IsSigned ? ((long)number).ToString(CultureInfo.InvariantCulture)
        : number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What the value says of its bytes; where that is several things, what they look like.</summary>
    private static ValueType Said(LiveNode node, LiveProperty property)
    {
        if (property.Value.Length == 0)
            return ValueType.Bytes;
        MarkerKind? said = null;
        foreach (Marker marker in property.Value.Markers)
        {
            if (marker.IsType)
                said = said is null || said == marker.Kind ? marker.Kind : MarkerKind.Untyped;
        }
        MarkerKind kind = said is null or MarkerKind.Untyped ? TypedValues.KindOf(node, property) : said.Value;
        return kind switch
        {
            MarkerKind.Text when Utf8.IsValid(property.Value.Bytes.Span) => ValueType.Text,
            MarkerKind.Cells when PropertyTypeTable.Find(node, property.Name) is { Shape: ValueShape.SignedCells } =>
                ValueType.SignedCells,
            MarkerKind.Cells => ValueType.Cells,
            MarkerKind.Elements16 => ValueType.Halves,
            MarkerKind.Elements64 => ValueType.Doubles,
            _ => ValueType.Bytes,
        };
    }

    private static List<ulong> Decode(ReadOnlySpan<byte> bytes, ValueType type)
    {
        int width = type.Width;
        var numbers = new List<ulong>(bytes.Length / width);
        for (; !bytes.IsEmpty; bytes = bytes[width..])
        {
            ulong number = width switch
            {
                1 => bytes[0],
                sizeof(ushort) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
                sizeof(uint) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
                _ => BinaryPrimitives.ReadUInt64BigEndian(bytes),
            };
            int unused = 8 * (sizeof(ulong) - width);
            numbers.Add(type.IsSigned ? (ulong)((long)(number << unused) >> unused) : number);
        }
        return numbers;
    }
}
