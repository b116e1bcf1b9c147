using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;

namespace Devicetree.Schema.Findings.Explained;

/// <summary>
/// The findings of one tree, without those that only follow from another: who mends that one would never meet them.
/// </summary>
internal sealed class ExplainedFindings
{
    private static readonly DiagnosticRule[] _ofValue =
        [FindingRules.Value, FindingRules.Size, FindingRules.Type, FindingRules.Alternatives, FindingRules.Items];

    private readonly List<ExplainedFinding> _found = [];

    /// <summary>Adds findings in their order.</summary>
    public void AddRange(IEnumerable<ExplainedFinding> found) => _found.AddRange(found);

    /// <summary>What is left to be reported.</summary>
    public IReadOnlyList<ReportItem> ToItems()
    {
        HashSet<(string?, string?)> undecoded = PropertiesOf(
            found => found.Kind == FindingKind.Decode && found.Rule.Severity == Severity.Error);
        HashSet<(string?, string?)> unknown = PropertiesOf(found => found.Rule == FindingRules.Unknown && !found.IsOfBrokenPart);
        HashSet<(string?, string?)> specific = PropertiesOf(found => !found.IsGeneral && _ofValue.Contains(found.Rule));
        HashSet<string> broken =
            [.. _found.Where(found => !found.IsOfBrokenPart).SelectMany(found => PathsAbove(found.Item.NodePath))];
        return [.. _found.Where(found => !Follows(found)).Select(found => found.Item)];

        bool Follows(ExplainedFinding found)
        {
            (string?, string?) property = (found.Item.NodePath, found.Item.Property);
            return (found.IsOfBrokenPart && broken.Contains(ParentOf(found)))
                || (found.Rule == FindingRules.Undescribed && unknown.Contains(property))
                || (found.IsGeneral && specific.Contains(property))
                || (_ofValue.Contains(found.Rule) && undecoded.Contains(property));
        }
    }

    private HashSet<(string?, string?)> PropertiesOf(Func<ExplainedFinding, bool> choice) =>
        [.. _found.Where(found => choice(found) && found.Item.Property is not null)
        .Select(found => (found.Item.NodePath, found.Item.Property))];

    /// <summary>The node whose binding is meant: for a child, which has a path of its own, the one above.</summary>
    private static string ParentOf(ExplainedFinding found)
    {
        string path = found.Item.NodePath ?? "/";
        return found.Item.Property is not null ? path : path[..Math.Max(1, path.LastIndexOf('/'))];
    }

    /// <summary>A path and those of all nodes above it.</summary>
    private static IEnumerable<string> PathsAbove(string? path)
    {
        for (string? at = path; at is { Length: > 1 }; at = at[..Math.Max(1, at.LastIndexOf('/'))])
            yield return at;
        yield return "/";
    }
}

/// <summary>A finding in words.</summary>
/// <param name="Kind">What kind of finding it is.</param>
/// <param name="Item">What is reported.</param>
internal sealed record ExplainedFinding(FindingKind Kind, ReportItem Item)
{
    /// <summary>
    /// True for "not known" of a key that the binding does know, by a part that the node breaks: what is wrong there is a
    /// finding, too.
    /// </summary>
    public bool IsOfBrokenPart { get; init; }

    /// <summary>True where a value is of no type at all that a tree may hold, which more than its own binding says.</summary>
    public bool IsGeneral { get; init; }

    /// <summary>The rule.</summary>
    public DiagnosticRule Rule => Item.Diagnostic.Rule;
}
