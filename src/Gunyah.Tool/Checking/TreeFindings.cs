using Devicetree;
using Devicetree.Schema.Findings.Explained;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;
using Gunyah.Guest.Platform;

namespace Gunyah.Tool.Checking;

/// <summary>Collects findings about one tree, in the order they are found.</summary>
/// <param name="file">The input, as the user named it.</param>
/// <param name="places">Where things were written.</param>
internal sealed class TreeFindings(string file, ISourcePlaces places)
{
    private readonly List<ReportItem> _items = [];
    private readonly HashSet<(DiagnosticRule Rule, string Path, string Other)> _clashes = [];

    public IReadOnlyList<ReportItem> Items => _items;

    /// <summary>Whether a property, or that it is missing, is the subject of an error that is known.</summary>
    public bool HasError(string path, string property) => _items.Exists(
        item => item.Diagnostic.Rule.Severity == Severity.Error && item.NodePath == path && item.Property == property);

    /// <summary>Whether a rule is known to be broken by a node.</summary>
    public bool Has(DiagnosticRule rule, Node node) =>
        _items.Exists(item => item.Diagnostic.Rule == rule && item.NodePath == node.Path);

    /// <summary>Whether two devices are known to clash.</summary>
    public bool HasClash(DiagnosticRule rule, Node node, Node other) => _clashes.Contains((rule, node.Path, other.Path));

    /// <summary>What a guest finds.</summary>
    public void Report(Finding finding)
    {
        if (finding.OtherPath is string other)
            AddClash(finding.Rule, finding.Path, finding.Property!, other, finding.Property!, [.. finding.Arguments]);
        else
            Add(finding.Rule, finding.Path, finding.Property, [], [.. finding.Arguments]);
    }

    /// <summary>A finding about the whole tree.</summary>
    public void ReportTree(DiagnosticRule rule, params ReadOnlySpan<object> arguments) => Add(rule, null, null, [], arguments);

    /// <summary>A finding about a node.</summary>
    public void ReportNode(DiagnosticRule rule, Node node, params ReadOnlySpan<object> arguments) =>
        Add(rule, node.Path, null, [], arguments);

    /// <summary>A finding about a property.</summary>
    public void ReportProperty(DiagnosticRule rule, Node node, string property, params ReadOnlySpan<object> arguments) =>
        Add(rule, node.Path, property, [], arguments);

    /// <summary>A finding about a property, with another one that it clashes with.</summary>
    public void ReportClash(
        DiagnosticRule rule, Node node, string property, Node other, string otherProperty,
        params ReadOnlySpan<object> arguments) =>
        AddClash(rule, node.Path, property, other.Path, otherProperty, arguments);

    private void AddClash(DiagnosticRule rule, string path, string property, string other, string otherProperty,
        ReadOnlySpan<object> arguments)
    {
        _clashes.Add((rule, path, other));
        SourceSpan place = places.PlaceOf(other, otherProperty);
        Add(rule, path, property, place.Source is null ? [] : [new(place, $"{otherProperty} of {other}")], arguments);
    }

    private void Add(DiagnosticRule rule, string? path, string? property, IReadOnlyList<RelatedPlace> related,
        ReadOnlySpan<object> arguments)
    {
        SourceSpan place = path is null ? default : places.PlaceOf(path, property);
        var bag = new DiagnosticBag();
        bag.Report(rule, place, related, arguments);
        _items.Add(new(bag.Items[0]) { File = file, NodePath = path, Property = property });
    }
}
