namespace Devicetree.Overlays;

/// <summary>
/// A place in an overlay where the phandle of a label goes, as <c>__fixups__</c> writes it: <c>path:property:offset</c>, the
/// offset decimal and in bytes.
/// </summary>
internal readonly ref struct FixupPlace
{
    private FixupPlace(ReadOnlySpan<byte> path, ReadOnlySpan<byte> property, int offset)
    {
        Path = path;
        Property = property;
        Offset = offset;
    }

    public ReadOnlySpan<byte> Path { get; }

    public ReadOnlySpan<byte> Property { get; }

    /// <summary>The offset as libfdt gets it from <c>strtoul</c>: a sign is taken, and only the lowest 32 bits count.</summary>
    public int Offset { get; }

    /// <summary>Reads one; false when a part is missing, empty, or the last one is no number.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out FixupPlace place)
    {
        place = default;
        int first = text.IndexOf((byte)':');
        if (first < 0)
            return false;
        ReadOnlySpan<byte> rest = text[(first + 1)..];
        int second = rest.IndexOf((byte)':');
        if (second <= 0 || !TryParseOffset(rest[(second + 1)..], out int offset))
            return false;
        place = new(text[..first], rest[..second], offset);
        return true;
    }

    private static bool TryParseOffset(ReadOnlySpan<byte> text, out int offset)
    {
        offset = 0;
        // What isspace takes, then a sign, then digits and nothing else.
        text = text.TrimStart(" \t\n\v\f\r"u8);
        bool negative = !text.IsEmpty && text[0] == (byte)'-';
        if (negative || (!text.IsEmpty && text[0] == (byte)'+'))
            text = text[1..];
        if (text.IsEmpty)
            return false;
        ulong value = 0;
        foreach (byte digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            ulong last = value;
            value = unchecked(value * 10 + (uint)(digit - (byte)'0'));
            if (last > (ulong.MaxValue - (uint)(digit - (byte)'0')) / 10)
                value = ulong.MaxValue;
        }
        offset = unchecked((int)(negative && value != ulong.MaxValue ? 0 - value : value));
        return true;
    }
}
