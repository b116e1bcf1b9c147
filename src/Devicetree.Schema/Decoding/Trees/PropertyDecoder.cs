using System.Buffers.Binary;
using System.Text;
using Devicetree.Schema.Decoding.Splitting;
using Devicetree.Schema.Processing;

namespace Devicetree.Schema.Decoding.Trees;

/// <summary>Turns the bytes of one property into a value by its type (devicetree.md 5.5, the first nine steps).</summary>
/// <param name="types">The types.</param>
/// <param name="problems">Takes what cannot be decoded.</param>
/// <param name="readings">Takes what a blob would say instead of what is written.</param>
internal sealed class PropertyDecoder(PropertyTypeTable types, List<DecodeProblem> problems,
    Dictionary<DecodedValue, BlobReading> readings)
{
    /// <summary>The node whose property is decoded, for problems.</summary>
    public string Path { get; set; } = "";

    /// <summary>Decodes a value.</summary>
    /// <param name="nodeName">The name of the node, <c>/</c> for the root.</param>
    /// <param name="name">The name of the property.</param>
    /// <param name="value">Its bytes.</param>
    /// <param name="syntax">How it was written, if that is known.</param>
    public DecodedValue Decode(string nodeName, string name, ReadOnlyMemory<byte> value, ValueSyntax syntax)
    {
        if (value.Length == 0)
            return DecodedFlag.True;
        if (nodeName is "aliases" or OverlayNames.Fixups && name != PropertyNames.Phandle)
            return Strings(name, value);
        PropertyTypeInfo info = types.Find(name);
        if (info.Types.Count == 0)
            return new DecodedBytes(value) { IsUndescribed = true };
        IReadOnlyList<PropertyType> candidates = TypeChoice.Reduce(info.Types, value.Length, syntax);
        if (candidates.Count == 0)
            return new DecodedBytes(value);
        // The width of its rows comes from the tree.
        PropertyDimensions? dimensions = name == "iommu-map" ? null : info.Dimensions;
        if (syntax == ValueSyntax.Text && !candidates.Any(TypeChoice.IsText)
            && candidates.All(type => type.Kind != ElementKind.Flag))
            return AsWritten(candidates, dimensions, nodeName, name, value);
        return Choose(candidates, dimensions, nodeName, name, value);
    }

    /// <summary>
    /// Strings where all types are those of numbers: what the source says is better to be checked, and to be shown. A binding
    /// that does not care finds nothing wrong with them, so that the reading of the blob is kept for it.
    /// </summary>
    private DecodedValue AsWritten(
        IReadOnlyList<PropertyType> candidates, PropertyDimensions? dimensions, string nodeName, string name,
        ReadOnlyMemory<byte> value)
    {
        int before = problems.Count;
        DecodedValue ofBlob = Choose(candidates, dimensions, nodeName, name, value);
        DecodeProblem[] ofReading = [.. problems.Skip(before)];
        problems.RemoveRange(before, ofReading.Length);
        DecodedValue written = Strings(name, value);
        readings.Add(written, new(ofBlob, ofReading));
        return written;
    }

    private DecodedValue Choose(
        IReadOnlyList<PropertyType> candidates, PropertyDimensions? dimensions, string nodeName, string name,
        ReadOnlyMemory<byte> value)
    {
        if (candidates.Count == 1)
            return Decode(candidates[0], dimensions, name, value);
        ReadOnlySpan<byte> bytes = value.Span;
        string? named = name switch
        {
            "dma-masters" or "mode-gpios" => "phandle-array",
            "gpios" => nodeName.Contains("hog", StringComparison.Ordinal) ? "uint32-matrix" : "phandle-array",
            "cooling-levels" => bytes[0] == 0 && (bytes.Length < 2 || bytes[1] == 0) ? "uint32-array" : "uint8-array",
            _ => null,
        };
        if (named is not null)
            return Decode(new PropertyType(named, null), dimensions, name, value);
        if (candidates.Any(TypeChoice.IsText))
        {
            if (TryStrings(bytes) is DecodedList strings)
                return strings;
            candidates = [.. candidates.Where(type => !TypeChoice.IsText(type))];
            return candidates.Count == 0 ? new DecodedBytes(value) : DecodeEither(candidates, dimensions, name, value);
        }
        PropertyType[] matrices = [.. candidates.Where(type => PropertyType.HasDimensions(type.Name))];
        PropertyType[] others = [.. candidates.Except(matrices)];
        if (matrices.Length > 0 && others.Length == 1)
        {
            long least = dimensions is PropertyDimensions limits ? Math.Max(limits.Inner.Minimum, 1) * limits.Outer.Minimum : 1;
            if (others[0].Shape == ElementShape.Array)
                return DecodeEither([matrices[0], others[0]], dimensions, name, value);
            return value.Length * 8 / Math.Max(others[0].Bits, 8) >= least
                ? DecodeEither(matrices, dimensions, name, value)
                : Decode(others[0], new PropertyDimensions(new(1, 1), new(1, 1)), name, value);
        }
        string set = string.Join(", ", candidates.Select(type => type.Name!).OrderDescending(StringComparer.Ordinal)
            .Select(type => $"'{type}'"));
        string message = $"property has multiple types: {{{set}}}";
        problems.Add(new(DecodeRules.Ambiguous, Path, name, message));
        return DecodeEither(candidates, dimensions, name, value);
    }

    /// <summary>All readings, chained: the first by rising name is the one that messages show.</summary>
    private DecodedValue DecodeEither(
        IReadOnlyList<PropertyType> candidates, PropertyDimensions? dimensions, string name, ReadOnlyMemory<byte> value)
    {
        DecodedValue? first = null;
        foreach (PropertyType type in candidates.OrderDescending(
            Comparer<PropertyType>.Create(static (a, b) => string.CompareOrdinal(a.Name, b.Name))))
        {
            DecodedValue reading = Decode(type, dimensions, name, value);
            if (first is not null && reading is DecodedInteger { Alternative: null } shared)
                reading = new DecodedInteger(shared.Value, shared.Bits);
            if (first is not null && reading != DecodedFlag.True)
                reading.Alternative = first;
            first = reading;
        }
        return first!;
    }

    private DecodedValue Decode(PropertyType type, PropertyDimensions? dimensions, string name, ReadOnlyMemory<byte> value)
    {
        if (TypeChoice.IsText(type))
            return value.Span[^1] == 0 ? Strings(name, value) : new DecodedBytes(value);
        int bits = type.Bits;
        bool isSigned = type.IsSigned;
        if (bits == 0 || value.Length * 8 % bits != 0)
        {
            problems.Add(WrongSize(type, name, value.Length));
            if (value.Length is not (1 or 2 or 4))
                return new DecodedBytes(value);
            bits = value.Length * 8;
            isSigned = false;
        }
        var numbers = new DecodedValue[value.Length * 8 / bits];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = DecodedInteger.Of(Read(value.Span[(i * bits / 8)..], bits, isSigned), bits);
        if (type.Shape == ElementShape.Matrix)
            return Rows.Split(numbers, dimensions is PropertyDimensions known
                ? Rows.Width(numbers.Length, known) : numbers.Length);
        return type.Shape != ElementShape.Array && numbers.Length == 1 ? numbers[0] : new DecodedList(numbers);
    }

    private DecodeProblem WrongSize(PropertyType type, string name, int length)
    {
        bool isFlag = type.Kind == ElementKind.Flag;
        string message = isFlag ? $"'{name}' takes no value"
            : type.Bits == 0 ? $"'{name}' has the type {type.Name}, of which nothing is known"
            : $"'{name}' has {length} bytes, which is no multiple of {type.Bits / 8} as its type {type.Name} asks for";
        return new(DecodeRules.Size, Path, name, message)
        {
            Length = length,
            Type = type.Name,
            Remedy = isFlag ? "Remove the value: that the property is there says it all." : DecodeRules.Size.Remedy,
        };
    }

    private static Int128 Read(ReadOnlySpan<byte> bytes, int bits, bool isSigned) => (bits, isSigned) switch
    {
        (8, false) => bytes[0],
        (8, true) => (sbyte)bytes[0],
        (16, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (16, true) => BinaryPrimitives.ReadInt16BigEndian(bytes),
        (32, false) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        (32, true) => BinaryPrimitives.ReadInt32BigEndian(bytes),
        (_, false) => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        (_, true) => BinaryPrimitives.ReadInt64BigEndian(bytes),
    };

    /// <summary>The pieces between the NULs. The last byte is dropped whatever it is, as in the original.</summary>
    private DecodedValue Strings(string name, ReadOnlyMemory<byte> value)
    {
        ReadOnlySpan<byte> bytes = value.Span[..^1];
        if (!Ascii.IsValid(bytes))
        {
            problems.Add(new(DecodeRules.NotAscii, Path, name, "a string with characters that are not ASCII"));
            return new DecodedBytes(value);
        }
        var pieces = new List<DecodedValue>(1);
        foreach (Range range in bytes.Split((byte)0))
            pieces.Add(new DecodedText(Encoding.ASCII.GetString(bytes[range])));
        return new DecodedList(pieces);
    }

    /// <summary>Strings, when the bytes look like nothing but strings: terminated, none empty, all printable.</summary>
    private static DecodedList? TryStrings(ReadOnlySpan<byte> bytes)
    {
        if (bytes[^1] != 0)
            return null;
        bytes = bytes[..^1];
        var pieces = new List<DecodedValue>(1);
        foreach (Range range in bytes.Split((byte)0))
        {
            ReadOnlySpan<byte> piece = bytes[range];
            if (piece.IsEmpty || piece.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
                return null;
            pieces.Add(new DecodedText(Encoding.ASCII.GetString(piece)));
        }
        return new DecodedList(pieces);
    }
}
