using Devicetree.Diagnostics;
using Devicetree.Source;

namespace Devicetree.Live.Passes;

/// <summary>What must be right before references mean anything: names, duplicates, labels, depth. dtc's checks of the level "error".</summary>
internal static class StructureCheck
{
    public static void Run(LiveTree tree, DtsParserOptions options, DiagnosticBag diagnostics)
    {
        if (tree.Root is null || IsTooDeep(tree.Root, options.MaxDepth, diagnostics))
            return;
        var labels = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (LiveNode node in tree.Nodes)
        {
            CheckLabels(node.Labels.Live, labels, diagnostics);
            CheckChildren(node, diagnostics);
            foreach (LiveProperty property in node.Properties.Live)
                CheckProperty(node, property, labels, diagnostics);
        }
    }

    /// <summary>One body cannot be too deep, but a body merged into a deep node can.</summary>
    private static bool IsTooDeep(LiveNode root, int limit, DiagnosticBag diagnostics)
    {
        var pending = new Stack<(LiveNode Node, int Depth)>([(root, 1)]);
        while (pending.TryPop(out (LiveNode Node, int Depth) next))
        {
            if (next.Depth > limit)
            {
                diagnostics.Report(DtsRules.TooDeep, next.Node.Span, "nodes", limit);
                return true;
            }
            foreach (LiveNode child in next.Node.Children.Live)
                pending.Push((child, next.Depth + 1));
        }
        return false;
    }

    private static void CheckChildren(LiveNode node, DiagnosticBag diagnostics)
    {
        foreach (LiveNode child in node.Children.Live)
        {
            if (!NameRules.IsNodeName(child.Name))
                diagnostics.Report(DtsRules.BadNodeName, child.Span, child.Name);
            // A deletion after the node counts as a second one, as in dtc: it was most likely meant to delete it, and does not.
            if (child.NextSameName is LiveNode again)
                diagnostics.Report(DtsRules.DuplicateNode, again.Span, [new(child.Span, "first here")], child);
        }
    }

    private static void CheckProperty(
        LiveNode node, LiveProperty property, Dictionary<string, SourceSpan> labels, DiagnosticBag diagnostics)
    {
        var place = new PropertyPlace(node, property);
        if (!NameRules.IsPropertyName(property.Name))
            diagnostics.Report(DtsRules.BadPropertyName, property.Span, property.Name);
        if (NextLive(property) is LiveProperty again)
            diagnostics.Report(DtsRules.DuplicateProperty, again.Span, [new(property.Span, "first here")], place);
        if (property.Name == PropertyNames.Name)
            CheckName(node, property, diagnostics);
        CheckLabels(property.Labels.Live, labels, diagnostics);
        foreach (Marker marker in property.Value.Markers)
        {
            if (marker.Kind == MarkerKind.Label)
                CheckLabel(marker.Target, marker.Span, labels, diagnostics);
        }
    }

    /// <summary>A <c>name</c> that repeats the node's own is dropped, any other is wrong: the format has said it since version 16.</summary>
    private static void CheckName(LiveNode node, LiveProperty property, DiagnosticBag diagnostics)
    {
        string value = System.Text.Encoding.Latin1.GetString(property.Value.Bytes.Span);
        if (value == NameRules.BaseOf(node.Name).ToString() + "\0")
            property.Delete();
        else
            diagnostics.Report(DtsRules.BadNameProperty, property.Span, node);
    }

    private static LiveProperty? NextLive(LiveProperty property)
    {
        LiveProperty? next = property.NextSameName;
        while (next is { Deleted: true })
            next = next.NextSameName;
        return next;
    }

    private static void CheckLabels(IEnumerable<Label> added, Dictionary<string, SourceSpan> labels, DiagnosticBag diagnostics)
    {
        foreach (Label label in added)
            CheckLabel(label.Name, label.Span, labels, diagnostics);
    }

    private static void CheckLabel(string name, SourceSpan span, Dictionary<string, SourceSpan> labels, DiagnosticBag diagnostics)
    {
        if (!labels.TryAdd(name, span))
            diagnostics.Report(DtsRules.DuplicateLabel, span, [new(labels[name], "first used here")], name);
    }
}
