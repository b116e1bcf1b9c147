using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Devicetree.Flattened;

namespace Devicetree.Overlays;

/// <summary>
/// The references that <c>__fixups__</c> and <c>__local_fixups__</c> of a tree list, by property. They are read, changed, and
/// written back to a tree.
/// </summary>
internal sealed class FixupTables
{
    /// <summary>
    /// The most bytes that places may take when they are written. Each holds the path of its node, so a small overlay of deep
    /// nodes could ask for very many.
    /// </summary>
    private const int MaxBytes = 64 * 1024 * 1024;

    private readonly Dictionary<(Node Node, string Property), SortedDictionary<int, string?>> _cells = [];

    /// <summary>The references of a property by offset; empty when there are none.</summary>
    public IEnumerable<CellReference> Of(Node node, string property) =>
        _cells.TryGetValue((node, property), out SortedDictionary<int, string?>? cells)
            ? cells.Select(cell => new CellReference(cell.Key, cell.Value)) : [];

    /// <summary>Says what references a property holds now.</summary>
    public void Set(Node node, string property, IReadOnlyCollection<CellReference> references)
    {
        _cells.Remove((node, property));
        foreach (CellReference reference in references)
            Add(node, property, reference.Offset, reference.Label);
    }

    /// <summary>Reads the tables of a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="tables">What it lists.</param>
    /// <returns>What is wrong: a place that is not there, or too short.</returns>
    public static OverlayError? Read(Tree tree, out FixupTables tables)
    {
        tables = new();
        foreach (Property label in tree.Root.Child(OverlayNames.Fixups)?.Properties ?? [])
        {
            if (tables.ReadLabel(tree, label) is OverlayError error)
                return error;
        }
        return tables.ReadLocal(tree);
    }

    /// <summary>
    /// Writes the tables to a tree that all nodes of them are in. Those of nothing are left out, unless they are there already.
    /// </summary>
    public OverlayError? Write(Tree tree)
    {
        foreach (string name in (string[])[OverlayNames.Fixups, OverlayNames.LocalFixups])
        {
            if (tree.Root.Child(name) is not Node old)
                continue;
            foreach (Property property in old.Properties.ToList())
                old.RemoveProperty(property.Name);
            foreach (Node child in old.Children.ToList())
                old.RemoveChild(child.Name);
        }
        var places = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        long written = 0;
        // In the order of nodes, as a compiler lists them.
        foreach (Node node in tree.Root.SelfAndDescendants().ToList())
        {
            foreach (Property property in node.Properties)
            {
                if (!_cells.TryGetValue((node, property.Name), out SortedDictionary<int, string?>? cells))
                    continue;
                uint[] offsets = [.. cells.Where(cell => cell.Value is null).Select(cell => (uint)cell.Key)];
                WriteLocal(tree, node, property.Name, offsets);
                foreach ((int offset, string? label) in cells)
                {
                    if (label is null)
                        continue;
                    string place = string.Create(CultureInfo.InvariantCulture, $"{node.Path}:{property.Name}:{offset}");
                    written += place.Length + 1;
                    if (written > MaxBytes)
                        return TooLong();
                    if (!places.TryGetValue(label, out List<string>? list))
                        places.Add(label, list = []);
                    list.Add(place);
                }
            }
        }
        foreach ((string label, List<string> list) in places)
            tree.Root.GetOrAddChild(OverlayNames.Fixups).SetString(label, [.. list]);
        return null;
    }

    private static OverlayError TooLong() =>
        new(FdtErrorKind.NoSpace, null, "/" + OverlayNames.Fixups, $"the places of labels take more than {MaxBytes} bytes");

    private static void WriteLocal(Tree tree, Node node, string property, uint[] offsets)
    {
        if (offsets.Length == 0)
            return;
        var path = new Stack<string>();
        for (Node at = node; at.Parent is not null; at = at.Parent)
            path.Push(at.Name);
        Node mirror = tree.Root.GetOrAddChild(OverlayNames.LocalFixups);
        foreach (string name in path)
            mirror = mirror.GetOrAddChild(name);
        mirror.SetCells(property, offsets);
    }

    private OverlayError? ReadLabel(Tree tree, Property label)
    {
        ReadOnlySpan<byte> rest = label.Value.Span;
        do
        {
            int end = rest.IndexOf((byte)0);
            if (end < 0)
                return AboutLabel(label, "a place is not terminated");
            ReadOnlySpan<byte> text = rest[..end];
            string place = Encoding.Latin1.GetString(text);
            if (!FixupPlace.TryParse(text, out FixupPlace parts))
                return AboutLabel(label, $"'{place}' is not a place of the form path:property:offset");
            if (ReadPlace(tree, label.Name, parts) is (FdtErrorKind kind, string problem))
            {
                return new(kind, FragmentOf(place), place, $"label '{label.Name}' is wanted here, but {problem}")
                {
                    Label = label.Name,
                    Place = place,
                };
            }
            rest = rest[(end + 1)..];
        }
        while (!rest.IsEmpty);
        return null;
    }

    private (FdtErrorKind Kind, string Problem)? ReadPlace(Tree tree, string label, FixupPlace parts)
    {
        if (BlobPaths.Follow(tree, Encoding.Latin1.GetString(parts.Path), out FdtErrorKind reason) is not Node node)
            return (reason == FdtErrorKind.NotFound ? FdtErrorKind.BadOverlay : reason, "there is no such node");
        if (node.Property(Encoding.Latin1.GetString(parts.Property)) is not Property property)
            return (FdtErrorKind.NotFound, "there is no such property");
        if (parts.Offset < 0)
            return (FdtErrorKind.BadOverlay, "the offset is negative");
        if (!OverlayCopy.HasCellAt(property, (uint)parts.Offset))
            return (FdtErrorKind.NoSpace, $"the value of {property.Value.Length} bytes is too short for that");
        Add(node, property.Name, parts.Offset, label);
        return null;
    }

    /// <summary>Walks <c>__local_fixups__</c> and, beside it, the nodes that it mirrors.</summary>
    private OverlayError? ReadLocal(Tree tree)
    {
        if (tree.Root.Child(OverlayNames.LocalFixups) is not Node root)
            return null;
        var pending = new Stack<(Node Fixups, Node Mirrored)>([(root, tree.Root)]);
        while (pending.TryPop(out (Node Fixups, Node Mirrored) next))
        {
            foreach (Property offsets in next.Fixups.Properties)
            {
                if (ReadOffsets(next.Mirrored, offsets) is OverlayError error)
                    return error;
            }
            foreach (Node child in next.Fixups.Children)
            {
                if ((next.Mirrored.Child(child.Name) ?? next.Mirrored.FindChildLoosely(child.Name)) is not Node mirrored)
                {
                    string? fragment = FragmentOf(next.Mirrored.Path);
                    return new(FdtErrorKind.BadOverlay, fragment, null, $"{child} stands for a node that does not exist");
                }
                pending.Push((child, mirrored));
            }
        }
        return null;
    }

    private OverlayError? ReadOffsets(Node node, Property offsets)
    {
        if (node.Property(offsets.Name) is not Property property)
            return About("a local fixup is for a property that does not exist");
        if (offsets.Value.Length % sizeof(uint) != 0)
            return About("the local fixups are not a list of cells");
        ReadOnlySpan<byte> rest = offsets.Value.Span;
        for (; !rest.IsEmpty; rest = rest[sizeof(uint)..])
        {
            uint offset = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (!OverlayCopy.HasCellAt(property, offset))
                return About($"the local fixup for offset {offset} is outside of the value");
            Add(node, property.Name, (int)offset, null);
        }
        return null;

        OverlayError About(string message) =>
            new(FdtErrorKind.BadOverlay, FragmentOf(node.Path), $"{node}:{offsets.Name}", message);
    }

    /// <summary>Adds a reference; a label counts more than that the cell is one of the tree's own.</summary>
    private void Add(Node node, string property, int offset, string? label)
    {
        if (!_cells.TryGetValue((node, property), out SortedDictionary<int, string?>? cells))
            _cells.Add((node, property), cells = []);
        if (label is not null || !cells.ContainsKey(offset))
            cells[offset] = label;
    }

    private static OverlayError AboutLabel(Property label, string message) =>
        new(FdtErrorKind.BadOverlay, null, $"/{OverlayNames.Fixups}:{label.Name}", message) { Label = label.Name };

    /// <summary>The first component of a path in an overlay.</summary>
    public static string? FragmentOf(string path) =>
        path.Split(':')[0].Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
}
