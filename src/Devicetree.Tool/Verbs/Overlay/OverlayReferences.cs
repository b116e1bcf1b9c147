using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Devicetree.Decompilation;

namespace Devicetree.Tool.Verbs.Overlay;

/// <summary>
/// The cells of an overlay that stand for labels, as its fixups tell, so that values can be shown as they were written.
/// </summary>
internal sealed class OverlayReferences
{
    private readonly Dictionary<(string Node, string Property), Dictionary<int, string>> _labels = [];

    public OverlayReferences(Tree overlay)
    {
        foreach (Property label in overlay.Find("/__fixups__")?.Properties ?? [])
        {
            foreach (string place in Encoding.Latin1.GetString(label.Value.Span)
                .Split('\0', StringSplitOptions.RemoveEmptyEntries))
            {
                if (place.Split(':') is [string node, string property, string offset]
                    && int.TryParse(offset, CultureInfo.InvariantCulture, out int at))
                    Add(node, property, at, label.Name);
            }
        }
        AddLocal(overlay);
    }

    /// <summary>The label at the start of a property's value; null when there is none.</summary>
    public string? LabelAt(string node, string property) =>
        _labels.TryGetValue((node, property), out Dictionary<int, string>? labels) ? labels.GetValueOrDefault(0) : null;

    /// <summary>A value of the overlay as source text.</summary>
    /// <param name="node">The path of the node in the overlay.</param>
    /// <param name="property">The property.</param>
    /// <param name="value">The value.</param>
    public string Text(string node, string property, ReadOnlySpan<byte> value) =>
        DtsPrinter.PrintValue(value.ToArray(), _labels.GetValueOrDefault((node, property)));

    /// <summary>A value of the base as source text.</summary>
    public static string Text(ReadOnlySpan<byte> value) => DtsPrinter.PrintValue(value.ToArray());

    private void Add(string node, string property, int offset, string label)
    {
        if (!_labels.TryGetValue((node, property), out Dictionary<int, string>? labels))
            _labels.Add((node, property), labels = []);
        labels.TryAdd(offset, label);
    }

    /// <summary>References inside the overlay: their cells hold a phandle, and the symbols tell the label of its node.</summary>
    private void AddLocal(Tree overlay)
    {
        if (overlay.Find("/__local_fixups__") is not Node fixups)
            return;
        var labels = new Dictionary<string, string>();
        foreach (Property symbol in overlay.Find("/__symbols__")?.Properties ?? [])
            labels.TryAdd(Encoding.Latin1.GetString(symbol.Value.Span).TrimEnd('\0'), symbol.Name);
        var nodes = new Dictionary<uint, string>();
        foreach (Node node in overlay.Root.SelfAndDescendants())
        {
            if (node.Phandle is uint phandle && labels.TryGetValue(node.Path, out string? label))
                nodes.TryAdd(phandle, label);
        }
        string prefix = fixups.Path;
        foreach (Node list in fixups.SelfAndDescendants())
        {
            if (list == fixups || list.Properties.Count == 0)
                continue;
            string path = list.Path[prefix.Length..];
            Node? mirrored = overlay.Find(path);
            foreach (Property offsets in list.Properties)
            {
                if (mirrored?.Property(offsets.Name) is Property property)
                    AddLocal(path, property, offsets.Value.Span, nodes);
            }
        }
    }

    private void AddLocal(string node, Property property, ReadOnlySpan<byte> offsets, Dictionary<uint, string> nodes)
    {
        ReadOnlySpan<byte> value = property.Value.Span;
        for (; offsets.Length >= sizeof(uint); offsets = offsets[sizeof(uint)..])
        {
            uint at = BinaryPrimitives.ReadUInt32BigEndian(offsets);
            if (value.Length >= sizeof(uint) && at <= (uint)(value.Length - sizeof(uint))
                && nodes.TryGetValue(BinaryPrimitives.ReadUInt32BigEndian(value[(int)at..]), out string? label))
            {
                Add(node, property.Name, (int)at, label);
            }
        }
    }
}
