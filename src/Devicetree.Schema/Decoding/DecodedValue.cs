namespace Devicetree.Schema.Decoding;

/// <summary>
/// What a schema is applied to: a decoded property, a node, or a value of a plain document. Never changes while it is validated,
/// except that <see cref="DecodedNode.ShowName"/> makes the name of a node one of its entries.
/// </summary>
internal abstract class DecodedValue
{
    /// <summary>
    /// A second reading of the same bytes where the type table leaves the choice open (a scalar or a list of one); a schema
    /// accepts the value when it accepts either. Null nearly always.
    /// </summary>
    public DecodedValue? Alternative { get; internal set; }
}

/// <summary>An empty property, or <c>true</c> and <c>false</c> of a plain document.</summary>
internal sealed class DecodedFlag : DecodedValue
{
    private DecodedFlag(bool value) => Value = value;

    /// <summary>The value of a property without bytes.</summary>
    public static DecodedFlag True { get; } = new(true);

    /// <summary>Only in plain documents.</summary>
    public static DecodedFlag False { get; } = new(false);

    /// <summary>The value.</summary>
    public bool Value { get; }
}

/// <summary>A number.</summary>
/// <param name="value">Its value, signed where the type is.</param>
/// <param name="bits">The width of the element it was read from; 32 for numbers of plain documents.</param>
internal sealed class DecodedInteger(Int128 value, int bits = 32) : DecodedValue
{
    private static readonly DecodedInteger[] _smallCells = [.. Enumerable.Range(0, 256).Select(each => new DecodedInteger(each))];

    /// <summary>The value.</summary>
    public Int128 Value { get; } = value;

    /// <summary>Bits of the element: 8, 16, 32 or 64.</summary>
    public int Bits { get; } = bits;

    /// <summary>A number of a width; cells of small value are shared.</summary>
    internal static DecodedInteger Of(Int128 value, int bits) =>
        bits == 32 && value >= 0 && value < _smallCells.Length ? _smallCells[(int)value] : new(value, bits);
}

/// <summary>A number with a fraction, only in plain documents.</summary>
/// <param name="value">Its value.</param>
internal sealed class DecodedFloat(double value) : DecodedValue
{
    /// <summary>The value.</summary>
    public double Value { get; } = value;
}

/// <summary>Nothing, only in plain documents.</summary>
internal sealed class DecodedNull : DecodedValue
{
    private DecodedNull()
    {
    }

    /// <summary>The one value.</summary>
    public static DecodedNull Instance { get; } = new();
}

/// <summary>A string.</summary>
/// <param name="value">Its characters.</param>
internal sealed class DecodedText(string value) : DecodedValue
{
    /// <summary>The characters.</summary>
    public string Value { get; } = value;
}

/// <summary>Bytes that could not be decoded: no type of a schema fits them.</summary>
/// <param name="value">The bytes.</param>
internal sealed class DecodedBytes(ReadOnlyMemory<byte> value) : DecodedValue
{
    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Value { get; } = value;

    /// <summary>True where no schema says anything of a property of that name, so that nobody knows what its bytes are.</summary>
    public bool IsUndescribed { get; init; }
}

/// <summary>A list: of strings, of numbers, or of rows of numbers.</summary>
/// <param name="items">Its items.</param>
internal sealed class DecodedList(IReadOnlyList<DecodedValue> items) : DecodedValue
{
    private readonly DecodedValue[] _items = items as DecodedValue[] ?? [.. items];

    /// <summary>The items in order.</summary>
    public IReadOnlyList<DecodedValue> Items => _items;

    /// <summary>The number of items.</summary>
    public int Count => _items.Length;

    internal ReadOnlySpan<DecodedValue> Span => _items;
}
