using System.Buffers.Binary;
using System.Text;
using Devicetree.Decompilation;
using Devicetree.Live;
using Devicetree.References;
using Devicetree.Typing;

namespace Devicetree.Comparison;

/// <summary>
/// Compares values for what they mean: a phandle is the node that it leads to, a path in an alias or a symbol too.
/// </summary>
internal sealed class ValueComparer(LiveTree old, LiveTree @new, NodePairs pairs)
{
    private readonly ReferenceReader _old = new(old);
    private readonly ReferenceReader _new = new(@new);
    private readonly PhandlePlaces _places = new(old);

    /// <summary>True for values of the same meaning.</summary>
    public bool AreSame(LiveNode oldNode, LiveProperty oldProperty, LiveNode newNode, LiveProperty newProperty)
    {
        ReadOnlySpan<byte> before = oldProperty.Value.Bytes.Span, after = newProperty.Value.Bytes.Span;
        IReadOnlyList<ReferenceEntry> oldEntries = _old.Read(oldNode, oldProperty), newEntries = _new.Read(newNode, newProperty);
        if (oldEntries.Count + newEntries.Count > 0)
            return before.Length == after.Length
                && AreSame(before, after, oldEntries, newEntries, PhandlePlaces.OfArguments(oldNode, oldProperty, newProperty));
        if (before.SequenceEqual(after))
            return true;
        return AreRenumbered(before, after, 0, before.Length, _places.Of(oldNode, oldProperty)) || ArePathsToSame(before, after);
    }

    /// <summary>The source text of a value of the old tree.</summary>
    public string OldText(LiveNode node, LiveProperty property) => TextOf(_old, node, property);

    /// <summary>The source text of a value of the new tree.</summary>
    public string NewText(LiveNode node, LiveProperty property) => TextOf(_new, node, property);

    /// <summary>The source texts of two values that differ; in one form, and so that it can be seen.</summary>
    public (string Old, string New) Texts(LiveNode oldNode, LiveProperty oldProperty, LiveNode newNode, LiveProperty newProperty)
    {
        IReadOnlyList<ReferenceEntry> oldEntries = _old.Read(oldNode, oldProperty), newEntries = _new.Read(newNode, newProperty);
        if (oldEntries.Count + newEntries.Count == 0)
            return TextsOfPlain(oldNode, oldProperty, newNode, newProperty);
        string old = LiveValueText.Of(oldProperty.Value, oldEntries, byPath: false),
            @new = LiveValueText.Of(newProperty.Value, newEntries, byPath: false);
        // One label may name different nodes.
        return old != @new ? (old, @new)
            : (LiveValueText.Of(oldProperty.Value, oldEntries, byPath: true),
                LiveValueText.Of(newProperty.Value, newEntries, byPath: true));
    }

    private static string TextOf(ReferenceReader reader, LiveNode node, LiveProperty property)
    {
        IReadOnlyList<ReferenceEntry> entries = reader.Read(node, property);
        return entries.Count > 0
            ? LiveValueText.Of(property.Value, entries, byPath: false) : LiveValueText.Of(TypedValues.Marked(node, property));
    }

    /// <summary>Two values without references in one form: cells where only one of them happens to look like text.</summary>
    private static (string Old, string New) TextsOfPlain(LiveNode oldNode, LiveProperty oldProperty, LiveNode newNode,
        LiveProperty newProperty)
    {
        LiveValue before = oldProperty.Value, after = newProperty.Value;
        bool areBare = before.Markers.Count + after.Markers.Count == 0 && before.Length > 0 && after.Length > 0;
        if (areBare && (before.Length | after.Length) % sizeof(uint) == 0
            && TypedValues.KindOf(oldNode, oldProperty) != TypedValues.KindOf(newNode, newProperty))
        {
            return (LiveValueText.Of(TypedValues.MarkedAs(before, MarkerKind.Cells)),
                LiveValueText.Of(TypedValues.MarkedAs(after, MarkerKind.Cells)));
        }
        return (LiveValueText.Of(TypedValues.Marked(oldNode, oldProperty)),
            LiveValueText.Of(TypedValues.Marked(newNode, newProperty)));
    }

    private bool AreSame(
        ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, IReadOnlyList<ReferenceEntry> oldEntries,
        IReadOnlyList<ReferenceEntry> newEntries,
        PhandlePlace arguments)
    {
        int compared = 0, i = 0, j = 0;
        while (i < oldEntries.Count || j < newEntries.Count)
        {
            int oldOffset = i < oldEntries.Count ? oldEntries[i].Offset : int.MaxValue;
            int newOffset = j < newEntries.Count ? newEntries[j].Offset : int.MaxValue;
            int offset = Math.Min(oldOffset, newOffset);
            // One that overlaps the one before it is none that could be compared.
            if (offset < compared || offset > before.Length - sizeof(uint)
                || !AreRenumbered(before, after, compared, offset, arguments))
                return false;
            uint oldCell = BinaryPrimitives.ReadUInt32BigEndian(before[offset..]),
                newCell = BinaryPrimitives.ReadUInt32BigEndian(after[offset..]);
            // What only one side knows to be a reference is one on the other side as well.
            ReferenceEntry oldEntry = offset == oldOffset ? oldEntries[i++] : new(offset, offset, _old.Find(oldCell), "");
            ReferenceEntry newEntry = offset == newOffset ? newEntries[j++] : new(offset, offset, _new.Find(newCell), "");
            bool same = oldEntry.Target is not null && newEntry.Target is not null
                ? pairs.AreSame(oldEntry.Target, newEntry.Target)
                : oldEntry.Target is null && newEntry.Target is null && oldCell == newCell && oldEntry.Name == newEntry.Name;
            if (!same)
                return false;
            compared = offset + sizeof(uint);
        }
        return AreRenumbered(before, after, compared, before.Length, arguments);
    }

    /// <summary>
    /// True for parts that are equal but for cells that went from the old phandle of a node to the new one of the same node,
    /// where such cells may be phandles.
    /// </summary>
    private bool AreRenumbered(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, int start, int end, PhandlePlace places)
    {
        if (before.Length != after.Length)
            return false;
        if (before[start..end].SequenceEqual(after[start..end]))
            return true;
        if (before.Length % sizeof(uint) != 0 || start % sizeof(uint) != 0 || end % sizeof(uint) != 0)
            return false;
        for (int at = start; at < end; at += sizeof(uint))
        {
            uint oldCell = BinaryPrimitives.ReadUInt32BigEndian(before[at..]),
                newCell = BinaryPrimitives.ReadUInt32BigEndian(after[at..]);
            if (oldCell == newCell)
                continue;
            bool isSame = places.Includes(at / sizeof(uint))
                && _old.Find(oldCell) is LiveNode oldTarget && _new.Find(newCell) is LiveNode newTarget
                && pairs.AreSame(oldTarget, newTarget);
            if (!isSame)
                return false;
        }
        return true;
    }

    /// <summary>Paths of one node that is elsewhere now.</summary>
    private bool ArePathsToSame(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after) =>
        before is [(byte)'/', .., 0] && after is [(byte)'/', .., 0]
        && old.Find(Encoding.Latin1.GetString(before[..^1])) is LiveNode oldTarget
        && @new.Find(Encoding.Latin1.GetString(after[..^1])) is LiveNode newTarget
        && pairs.AreSame(oldTarget, newTarget);
}
