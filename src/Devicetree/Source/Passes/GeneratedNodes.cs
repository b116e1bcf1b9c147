using System.Globalization;
using System.Text;
using Devicetree.Overlays;

namespace Devicetree.Source.Passes;

/// <summary>The nodes that are made for overlays and their bases (reference 1.11).</summary>
internal static class GeneratedNodes
{
    /// <summary>Writes <c>/__symbols__</c>: the path of every labelled node, each of which gets a phandle.</summary>
    public static void AddSymbols(SourceTree tree, PhandleAllocator phandles)
    {
        SourceNode[] nodes = [.. tree.Nodes];
        if (!Array.Exists(nodes, node => node.Labels.All.Count > 0))
            return;
        SourceNode symbols = ChildOf(tree.Root!, OverlayNames.Symbols);
        foreach (SourceNode node in nodes)
        {
            if (tree.Budget.IsExhausted)
                return;
            byte[]? path = null;
            foreach (SourceLabel label in node.Labels.Live)
            {
                // What the source says itself stays.
                if (symbols.Properties.FindLive(label.Name) is null)
                    Append(tree, symbols, label.Name, path ??= Encoding.ASCII.GetBytes(node.Path + "\0"));
            }
            if (node.Labels.All.Count > 0)
                phandles.PhandleOf(node);
        }
    }

    /// <summary>
    /// Writes <c>/__fixups__</c>, where references to another tree stand, and <c>/__local_fixups__</c>, where those to this one do.
    /// </summary>
    public static void AddFixups(SourceTree tree)
    {
        var references = new List<(SourceNode Node, SourceProperty Property, Marker Marker, bool IsLocal)>();
        foreach (SourceNode node in tree.Nodes)
        {
            foreach (SourceProperty property in node.Properties.Live)
            {
                foreach (Marker marker in property.Value.Markers)
                {
                    if (marker.Kind == MarkerKind.PhandleReference)
                        references.Add((node, property, marker, tree.Find(marker.Target) is not null));
                }
            }
        }
        foreach ((SourceNode node, SourceProperty property, Marker marker, bool isLocal) in references)
        {
            if (isLocal || tree.Budget.IsExhausted)
                continue;
            string place = string.Create(CultureInfo.InvariantCulture, $"{node.Path}:{property.Name}:{marker.Offset}\0");
            Append(tree, ChildOf(tree.Root!, OverlayNames.Fixups), marker.Target, Encoding.ASCII.GetBytes(place));
        }
        foreach ((SourceNode node, SourceProperty property, Marker marker, bool isLocal) in references)
        {
            if (!isLocal)
                continue;
            SourceNode mirror = ChildOf(tree.Root!, OverlayNames.LocalFixups);
            foreach (SourceNode ancestor in PathFromRoot(node))
                mirror = ChildOf(mirror, ancestor.Name);
            ValueOf(tree, mirror, property.Name).AddNumber((uint)marker.Offset, 32);
        }
    }

    private static void Append(SourceTree tree, SourceNode node, string name, ReadOnlySpan<byte> bytes) =>
        ValueOf(tree, node, name).Add(bytes);

    private static SourceValue ValueOf(SourceTree tree, SourceNode node, string name)
    {
        if (node.Properties.FindLive(name) is SourceProperty property)
            return property.Value;
        var added = new SourceProperty(name, new SourceValue(tree.Budget), node.Span);
        node.Properties.Add(added);
        return added.Value;
    }

    private static SourceNode ChildOf(SourceNode parent, string name)
    {
        if (parent.Children.FindLive(name) is SourceNode child)
            return child;
        var added = new SourceNode(name, parent.Span);
        parent.AddChild(added);
        return added;
    }

    /// <summary>The node and those above it, the root left out, from the top.</summary>
    private static Stack<SourceNode> PathFromRoot(SourceNode node)
    {
        var path = new Stack<SourceNode>();
        for (SourceNode at = node; at.Parent is not null; at = at.Parent)
            path.Push(at);
        return path;
    }
}
