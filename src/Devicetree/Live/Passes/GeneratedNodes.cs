using System.Globalization;
using System.Text;
using Devicetree.Overlays;

namespace Devicetree.Live.Passes;

/// <summary>The nodes that are made for overlays and their bases (reference 1.11).</summary>
internal static class GeneratedNodes
{
    /// <summary>Writes <c>/__symbols__</c>: the path of every labelled node, each of which gets a phandle.</summary>
    public static void AddSymbols(LiveTree tree, PhandleAllocator phandles)
    {
        LiveNode[] nodes = [.. tree.Nodes];
        if (!Array.Exists(nodes, node => node.Labels.All.Count > 0))
            return;
        LiveNode symbols = ChildOf(tree.Root!, OverlayNames.Symbols);
        foreach (LiveNode node in nodes)
        {
            if (tree.Budget.IsExhausted)
                return;
            byte[]? path = null;
            foreach (Label label in node.Labels.Live)
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
    public static void AddFixups(LiveTree tree)
    {
        var references = new List<(LiveNode Node, LiveProperty Property, Marker Marker, bool IsLocal)>();
        foreach (LiveNode node in tree.Nodes)
        {
            foreach (LiveProperty property in node.Properties.Live)
            {
                foreach (Marker marker in property.Value.Markers)
                {
                    if (marker.Kind == MarkerKind.PhandleReference)
                        references.Add((node, property, marker, tree.Find(marker.Target) is not null));
                }
            }
        }
        foreach ((LiveNode node, LiveProperty property, Marker marker, bool isLocal) in references)
        {
            if (isLocal || tree.Budget.IsExhausted)
                continue;
            string place = string.Create(CultureInfo.InvariantCulture, $"{node.Path}:{property.Name}:{marker.Offset}\0");
            Append(tree, ChildOf(tree.Root!, OverlayNames.Fixups), marker.Target, Encoding.ASCII.GetBytes(place));
        }
        foreach ((LiveNode node, LiveProperty property, Marker marker, bool isLocal) in references)
        {
            if (!isLocal)
                continue;
            LiveNode mirror = ChildOf(tree.Root!, OverlayNames.LocalFixups);
            foreach (LiveNode ancestor in PathFromRoot(node))
                mirror = ChildOf(mirror, ancestor.Name);
            ValueOf(tree, mirror, property.Name).AddNumber((uint)marker.Offset, 32);
        }
    }

    private static void Append(LiveTree tree, LiveNode node, string name, ReadOnlySpan<byte> bytes) =>
        ValueOf(tree, node, name).Add(bytes);

    private static LiveValue ValueOf(LiveTree tree, LiveNode node, string name)
    {
        if (node.Properties.FindLive(name) is LiveProperty property)
            return property.Value;
        var added = new LiveProperty(name, new LiveValue(tree.Budget), node.Span);
        node.Properties.Add(added);
        return added.Value;
    }

    private static LiveNode ChildOf(LiveNode parent, string name)
    {
        if (parent.Children.FindLive(name) is LiveNode child)
            return child;
        var added = new LiveNode(name, parent.Span);
        parent.AddChild(added);
        return added;
    }

    /// <summary>The node and those above it, the root left out, from the top.</summary>
    private static Stack<LiveNode> PathFromRoot(LiveNode node)
    {
        var path = new Stack<LiveNode>();
        for (LiveNode at = node; at.Parent is not null; at = at.Parent)
            path.Push(at);
        return path;
    }
}
