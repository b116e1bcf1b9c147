using System.Text;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Reports;

/// <summary>All that is known of a finding as plain text, for formats that have one field for it.</summary>
internal static class FindingText
{
    /// <summary>What is wrong, then the facts, the other places and the remedy, each on a line of its own.</summary>
    public static string Of(ReportItem item, ReportPaths paths)
    {
        var text = new StringBuilder(Line(item));
        foreach (ReportDetail detail in item.Details)
            text.Append('\n').Append(detail.Name).Append(": ").Append(detail.Value);
        foreach (RelatedPlace place in item.Diagnostic.Related)
        {
            text.Append('\n');
            if (place.Span.Location is SourceLocation at)
                text.Append($"{at with { Path = paths.Normalize(at.Path) }}: ");
            text.Append(place.Message);
        }
        if (item.Diagnostic.Remedy.Length > 0)
            text.Append('\n').Append(item.Diagnostic.Remedy);
        return text.ToString();
    }

    /// <summary>What is wrong, after the node and the property where the message does not name them.</summary>
    public static string Line(ReportItem item)
    {
        var text = new StringBuilder();
        if (item.NodePath is not null)
            text.Append(item.NodePath).Append(": ");
        if (item.Property is not null)
            text.Append(item.Property).Append(": ");
        return text.Append(item.Diagnostic.Message).ToString();
    }
}
