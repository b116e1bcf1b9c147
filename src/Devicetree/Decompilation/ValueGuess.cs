using Devicetree.Live;

namespace Devicetree.Decompilation;

/// <summary>
/// What bytes of which nothing is known are most likely: dtc's rules (devicetree.md 1.16), and ours wherever a value is shown to
/// people.
/// </summary>
internal static class ValueGuess
{
    /// <summary>
    /// The kind of a value: <see cref="MarkerKind.Text"/> when it ends in a NUL, every byte is printable or has an escape of its
    /// own, and no more bytes are NUL than are not; else <see cref="MarkerKind.Cells"/> when its length is a multiple of four;
    /// else
    /// <see cref="MarkerKind.Bytes"/>.
    /// </summary>
    /// <param name="value">The bytes; at least one.</param>
    public static MarkerKind KindOf(ReadOnlySpan<byte> value) => KindOf(value, []);

    /// <summary>The kind of a value with labels inside, which must then stand at the start of a string or of a cell.</summary>
    internal static MarkerKind KindOf(ReadOnlySpan<byte> value, IReadOnlyList<Marker> markers)
    {
        bool labelsFitText = true, labelsFitCells = true;
        for (int i = 0; i < markers.Count; i++)
        {
            if (markers[i].Kind != MarkerKind.Label)
                continue;
            int offset = markers[i].Offset;
            labelsFitText &= offset == 0 || value[offset - 1] == 0;
            labelsFitCells &= offset % sizeof(uint) == 0;
        }
        if (labelsFitText && LooksLikeText(value))
            return MarkerKind.Text;
        return labelsFitCells && value.Length % sizeof(uint) == 0 ? MarkerKind.Cells : MarkerKind.Bytes;
    }

    private static bool LooksLikeText(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value[^1] != 0)
            return false;
        int nuls = 0;
        foreach (byte c in value)
        {
            if (c == 0)
                nuls++;
            else if (c is not (>= (byte)' ' and <= (byte)'~' or >= (byte)'\a' and <= (byte)'\r'))
                return false;
        }
        return nuls <= value.Length - nuls;
    }
}
