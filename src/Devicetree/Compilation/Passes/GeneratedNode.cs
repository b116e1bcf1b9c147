using Devicetree.Live;
namespace Devicetree.Compilation.Passes;

/// <summary>How passes make nodes and properties: without a place in the source.</summary>
internal static class GeneratedNode
{
    /// <summary>The child of a name, made as the last one when there is none.</summary>
    public static LiveNode ChildOf(LiveNode parent, string name)
    {
        if (parent.Children.FindLive(name) is LiveNode child)
            return child;
        var added = new LiveNode(name, default);
        parent.AddChild(added);
        return added;
    }

    /// <summary>Appends bytes to a property, which is made when there is none.</summary>
    public static void Append(LiveTree tree, LiveNode node, string name, MarkerKind kind, ReadOnlySpan<byte> bytes)
    {
        LiveProperty? property = node.Properties.FindLive(name);
        if (property is null)
        {
            property = new LiveProperty(name, new LiveValue(tree.Budget), default);
            node.Properties.Add(property);
        }
        property.Value.AddMarker(kind, "", default);
        property.Value.Add(bytes);
    }
}
