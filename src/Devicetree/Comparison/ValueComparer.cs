using System.Buffers.Binary;
using System.Text;
using Devicetree.Decompilation;
using Devicetree.Live;
using Devicetree.References;

namespace Devicetree.Comparison;

/// <summary>Compares values for what they mean: a phandle is the node that it leads to, a path in an alias or a symbol too.</summary>
internal sealed class ValueComparer(LiveTree old, LiveTree @new, NodePairs pairs)
{
    /// <summary>
    /// In properties of which nothing is known, cells up to here are taken for numbers: counts, widths and flags are rarely larger, and a
    /// number that differs must not pass for a renumbered phandle.
    /// </summary>
    private const uint LargestNumber = 31;

    private readonly ReferenceReader _old = new(old);
    private readonly ReferenceReader _new = new(@new);

    /// <summary>True for values of the same meaning.</summary>
    public bool AreSame(LiveNode oldNode, LiveProperty oldProperty, LiveNode newNode, LiveProperty newProperty)
    {
        ReadOnlySpan<byte> before = oldProperty.Value.Bytes.Span, after = newProperty.Value.Bytes.Span;
        IReadOnlyList<ReferenceEntry> oldEntries = _old.Read(oldNode, oldProperty), newEntries = _new.Read(newNode, newProperty);
        if (oldEntries.Count + newEntries.Count > 0)
            return before.Length == after.Length && AreSame(before, after, oldEntries, newEntries);
        if (before.SequenceEqual(after))
            return true;
        return AreRenumbered(before, after) || ArePathsToSame(before, after);
    }

    /// <summary>The source text of a value of the old tree.</summary>
    public string OldText(LiveNode node, LiveProperty property) => LiveValueText.Of(property.Value, _old.Read(node, property), byPath: false);

    /// <summary>The source text of a value of the new tree.</summary>
    public string NewText(LiveNode node, LiveProperty property) => LiveValueText.Of(property.Value, _new.Read(node, property), byPath: false);

    /// <summary>The source texts of two values that differ; in one form, and so that it can be seen.</summary>
    public (string Old, string New) Texts(LiveNode oldNode, LiveProperty oldProperty, LiveNode newNode, LiveProperty newProperty)
    {
        IReadOnlyList<ReferenceEntry> oldEntries = _old.Read(oldNode, oldProperty), newEntries = _new.Read(newNode, newProperty);
        if (oldEntries.Count + newEntries.Count == 0)
            return LiveValueText.OfBoth(oldProperty.Value, newProperty.Value);
        string old = LiveValueText.Of(oldProperty.Value, oldEntries, byPath: false), @new = LiveValueText.Of(newProperty.Value, newEntries, byPath: false);
        // One label may name different nodes.
        return old != @new ? (old, @new)
            : (LiveValueText.Of(oldProperty.Value, oldEntries, byPath: true), LiveValueText.Of(newProperty.Value, newEntries, byPath: true));
    }

    private bool AreSame(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, IReadOnlyList<ReferenceEntry> oldEntries, IReadOnlyList<ReferenceEntry> newEntries)
    {
        int compared = 0, i = 0, j = 0;
        while (i < oldEntries.Count || j < newEntries.Count)
        {
            int oldOffset = i < oldEntries.Count ? oldEntries[i].Offset : int.MaxValue;
            int newOffset = j < newEntries.Count ? newEntries[j].Offset : int.MaxValue;
            int offset = Math.Min(oldOffset, newOffset);
            // One that overlaps the one before it is none that could be compared.
            if (offset < compared || offset > before.Length - sizeof(uint) || !before[compared..offset].SequenceEqual(after[compared..offset]))
                return false;
            uint oldCell = BinaryPrimitives.ReadUInt32BigEndian(before[offset..]), newCell = BinaryPrimitives.ReadUInt32BigEndian(after[offset..]);
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
        return before[compared..].SequenceEqual(after[compared..]);
    }

    private bool AreRenumbered(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        if (before.Length != after.Length || before.Length % sizeof(uint) != 0)
            return false;
        for (int at = 0; at < before.Length; at += sizeof(uint))
        {
            uint oldCell = BinaryPrimitives.ReadUInt32BigEndian(before[at..]), newCell = BinaryPrimitives.ReadUInt32BigEndian(after[at..]);
            if (oldCell == newCell)
                continue;
            bool isReference = Math.Min(oldCell, newCell) > LargestNumber
                && _old.Find(oldCell) is LiveNode oldTarget && _new.Find(newCell) is LiveNode newTarget && pairs.AreSame(oldTarget, newTarget);
            if (!isReference)
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
