using Devicetree.Live;
using Devicetree.References;
using Devicetree.Typing;

namespace Devicetree.Decompilation.Annotation;

/// <summary>
/// Makes a tree that was read from a blob readable: nodes that are referred to get labels, cells with phandles become references,
/// lists are told apart by entry, and comments say what addresses and interrupts mean. What is printed of it still compiles to
/// the same blob, as long as no symbols are generated of the new labels.
/// </summary>
public static class TreeAnnotator
{
    /// <summary>Annotates a tree.</summary>
    /// <param name="tree">
    /// The tree, whose labels and references have been restored as far as the blob tells them (<see cref="Restoration"/>). Its
    /// bytes stay as they are; it gets labels and markers.
    /// </param>
    /// <returns>The comments, for <see cref="LivePrinterOptions.Comments"/>.</returns>
    public static ITreeComments Annotate(LiveTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var reader = new ReferenceReader(tree);
        var labels = new GeneratedLabels(tree);
        var interrupts = new InterruptExplainer(reader);
        foreach (LiveNode node in tree.Nodes)
        {
            foreach (LiveProperty property in node.Properties.Live)
            {
                if (property.Value.Length == 0)
                    continue;
                if (reader.Read(node, property) is { Count: > 0 } entries)
                    Mark(property.Value, entries, labels);
                else if (property.Value.Markers.Count == 0 && EntryWidth(node, property, interrupts) is int width
                    && width < property.Value.Length)
                    property.Value.SetMarkers(Split(property.Value.Length, width));
            }
        }
        // Last, because what says of itself what it is has no references that only a phandle tells.
        TypedValues.Mark(tree);
        return new AnnotationComments(interrupts);
    }

    private static void Mark(LiveValue value, IReadOnlyList<ReferenceEntry> entries, GeneratedLabels labels)
    {
        // What a fixup named may stand among strings or bytes, which are told apart better without us.
        if (value.Length % sizeof(uint) != 0 || entries[0].Start > 0 || entries.Any(entry => entry.Offset % sizeof(uint) != 0))
            return;
        var markers = new List<Marker>(2 * entries.Count);
        foreach (ReferenceEntry entry in entries)
        {
            string name = entry.Target is null ? entry.Name : labels.Of(entry.Target);
            markers.Add(new(entry.Start, MarkerKind.Cells, "", default));
            if (name.Length > 0)
                markers.Add(new(entry.Offset, MarkerKind.PhandleReference, name, default));
        }
        value.SetMarkers(markers);
    }

    /// <summary>The bytes of an entry of a list without references; null where nothing is known of it.</summary>
    private static int? EntryWidth(LiveNode node, LiveProperty property, InterruptExplainer interrupts)
    {
        int? cells = property.Name switch
        {
            PropertyNames.Reg when node.Parent is not null => AddressSpace.Of(node.Parent).EntryCells,
            PropertyNames.Ranges or "dma-ranges" when node.Parent is not null => AddressSpace.RangeCells(node),
            PropertyNames.Interrupts => interrupts.CellsOf(node),
            _ => null,
        };
        return cells is > 0 and < 64 && property.Value.Length % (cells * sizeof(uint)) == 0 ? cells * sizeof(uint) : null;
    }

    private static List<Marker> Split(int length, int width)
    {
        var markers = new List<Marker>(length / width);
        for (int at = 0; at < length; at += width)
            markers.Add(new(at, MarkerKind.Cells, "", default));
        return markers;
    }
}
