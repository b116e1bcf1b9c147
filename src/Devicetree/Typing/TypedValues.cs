using System.Text.Unicode;
using Devicetree.Live;

namespace Devicetree.Typing;

/// <summary>
/// Says of the values of a tree what they are, where the tree does not: by <see cref="PropertyTypeTable"/>, and where that is
/// silent or the bytes contradict it, by what the bytes most likely are.
/// </summary>
internal static class TypedValues
{
    /// <summary>Marks every value that says nothing of its own. The bytes stay as they are.</summary>
    /// <param name="tree">A tree that was read from a blob or from directories.</param>
    public static void Mark(LiveTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        foreach (LiveNode node in tree.Nodes)
        {
            foreach (LiveProperty property in node.Properties.Live)
            {
                LiveValue value = property.Value;
                if (value.Length == 0)
                    continue;
                if (value.Markers.Count == 0)
                    value.SetMarkers(MarkersOf(value.Bytes.Span, KindOf(node, property)));
                else if (IsCellsWithReferences(node, property))
                    value.SetMarkers([new(0, MarkerKind.Cells, "", default), .. value.Markers]);
            }
        }
    }

    /// <summary>The value of a property, marked as <see cref="Mark"/> would.</summary>
    internal static LiveValue Marked(LiveNode node, LiveProperty property) =>
        property.Value is { Length: > 0, Markers.Count: 0 } value ? MarkedAs(value, KindOf(node, property)) : property.Value;

    /// <summary>The same bytes as one kind.</summary>
    internal static LiveValue MarkedAs(LiveValue value, MarkerKind kind) =>
        value.WithMarkers([.. MarkersOf(value.Bytes.Span, kind)]);

    /// <summary>What the bytes of a property are.</summary>
    /// <param name="node">The node that has it.</param>
    /// <param name="property">The property, with at least one byte.</param>
    /// <returns>One of <see cref="MarkerKind.Text"/>, the kinds of numbers, and <see cref="MarkerKind.Bytes"/>.</returns>
    public static MarkerKind KindOf(LiveNode node, LiveProperty property)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(property);
        ReadOnlySpan<byte> bytes = property.Value.Bytes.Span;
        return PropertyTypeTable.Find(node, property.Name) is PropertyType type && Fits(bytes, type.Shape)
            ? type.Marker : LikelyKindOf(bytes);
    }

    /// <summary>
    /// What bytes of which nothing is known most likely are. Strings are text as fdtget has it, which takes no list with an empty
    /// string for one; tabs and line ends may stand in them. What else has whole cells is cells.
    /// </summary>
    /// <param name="value">The bytes; at least one.</param>
    public static MarkerKind LikelyKindOf(ReadOnlySpan<byte> value) =>
        AreStrings(value) ? MarkerKind.Text : value.Length % sizeof(uint) == 0 ? MarkerKind.Cells : MarkerKind.Bytes;

    /// <summary>The markers of a value of one kind: one at the start of each string, else one at its start.</summary>
    internal static List<Marker> MarkersOf(ReadOnlySpan<byte> value, MarkerKind kind)
    {
        var markers = new List<Marker> { new(0, kind, "", default) };
        if (kind != MarkerKind.Text)
            return markers;
        for (int at = value.IndexOf((byte)0) + 1; at < value.Length; at += value[at..].IndexOf((byte)0) + 1)
            markers.Add(new(at, kind, "", default));
        return markers;
    }

    private static bool IsCellsWithReferences(LiveNode node, LiveProperty property)
    {
        LiveValue value = property.Value;
        foreach (Marker marker in value.Markers)
        {
            if (marker.Kind != MarkerKind.PhandleReference || marker.Offset % sizeof(uint) != 0)
                return false;
        }
        return PropertyTypeTable.Find(node, property.Name) is PropertyType { Marker: MarkerKind.Cells } type
            && Fits(value.Bytes.Span, type.Shape);
    }

    private static bool Fits(ReadOnlySpan<byte> value, ValueShape shape) => shape switch
    {
        ValueShape.Text => IsText(value),
        ValueShape.Bytes => true,
        ValueShape.Elements64 => value.Length % sizeof(ulong) == 0,
        _ => value.Length % sizeof(uint) == 0,
    };

    /// <summary>True for strings where there should be some: UTF-8 too, empty ones among others, but no number.</summary>
    private static bool IsText(ReadOnlySpan<byte> value)
    {
        if (value[^1] != 0 || (value.Length > 1 && !value.ContainsAnyExcept((byte)0)) || !Utf8.IsValid(value))
            return false;
        foreach (byte c in value)
        {
            if (c is not 0 and < (byte)' ' and not (>= (byte)'\a' and <= (byte)'\r') or 0x7f)
                return false;
        }
        return true;
    }

    private static bool AreStrings(ReadOnlySpan<byte> value)
    {
        if (value[^1] != 0)
            return false;
        bool isEmpty = true;
        foreach (byte c in value)
        {
            if (c == 0 && isEmpty)
                return false;
            if (c is not 0 and not (>= (byte)' ' and <= (byte)'~') and not ((byte)'\t' or (byte)'\n' or (byte)'\r'))
                return false;
            // Control characters alone are rather a number.
            isEmpty = c == 0 || (isEmpty && c < (byte)' ');
        }
        return true;
    }
}
