using Devicetree;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;

namespace Gunyah.Tool.Checking;

/// <summary>Where a node or one of its properties was written.</summary>
/// <param name="path">The node's path.</param>
/// <param name="property">The property; null for the node itself.</param>
/// <returns>The place; the default span where the input has none.</returns>
internal delegate SourceSpan PlaceOf(string path, string? property);

/// <summary>Collects findings about one tree, in the order they are found.</summary>
/// <param name="file">The input, as the user named it.</param>
/// <param name="places">Where things were written.</param>
internal sealed class TreeFindings(string file, PlaceOf places)
{
    private readonly List<ReportItem> _items = [];

    public IReadOnlyList<ReportItem> Items => _items;

    /// <summary>Whether a rule is known to be broken by a property.</summary>
    public bool Has(DiagnosticRule rule, Node node, string property) =>
        _items.Exists(item => item.Diagnostic.Rule == rule && item.NodePath == node.Path && item.Property == property);

    /// <summary>A finding about the whole tree.</summary>
    public void ReportTree(DiagnosticRule rule, params ReadOnlySpan<object> arguments) => Add(rule, null, null, [], arguments);

    /// <summary>A finding about a node.</summary>
    public void ReportNode(DiagnosticRule rule, Node node, params ReadOnlySpan<object> arguments) => Add(rule, node, null, [], arguments);

    /// <summary>A finding about a property.</summary>
    public void ReportProperty(DiagnosticRule rule, Node node, string property, params ReadOnlySpan<object> arguments) =>
        Add(rule, node, property, [], arguments);

    /// <summary>A finding about a property, with another one that it clashes with.</summary>
    public void ReportClash(
        DiagnosticRule rule, Node node, string property, Node otherNode, string otherProperty, params ReadOnlySpan<object> arguments)
    {
        SourceSpan other = places(otherNode.Path, otherProperty);
        Add(rule, node, property, other.Source is null ? [] : [new(other, $"{otherProperty} of {otherNode.Path}")], arguments);
    }

    private void Add(DiagnosticRule rule, Node? node, string? property, IReadOnlyList<RelatedPlace> related, ReadOnlySpan<object> arguments)
    {
        SourceSpan place = node is null ? default : places(node.Path, property);
        var bag = new DiagnosticBag();
        bag.Report(rule, place, related, arguments);
        _items.Add(new(bag.Items[0]) { File = file, NodePath = node?.Path, Property = property });
    }
}
