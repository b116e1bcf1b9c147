using Devicetree.Text.Diagnostics;

namespace Devicetree.Text.Reports;

/// <summary>
/// By what a finding is known again in another run: neither by line numbers nor by words, which change with every edit and every
/// version.
/// </summary>
/// <param name="Rule">The ID of the rule.</param>
/// <param name="Path">The input, normalised; empty when the finding is about none.</param>
/// <param name="Node">The path of the node; empty when it is about none.</param>
/// <param name="Property">The property; empty when it is about none.</param>
internal readonly record struct FindingKey(string Rule, string Path, string Node, string Property)
{
    /// <summary>The key of a finding.</summary>
    /// <param name="item">The finding.</param>
    /// <param name="paths">How paths are normalised.</param>
    public static FindingKey Of(ReportItem item, ReportPaths paths)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(paths);
        string file = item.File ?? WrittenPlaces.Of(item.Diagnostic).Span.Location?.Path ?? "";
        DiagnosticSubject? subject = item.Subject;
        return new(item.Diagnostic.Rule.Id, paths.Normalize(file), subject?.NodePath ?? "", subject?.Property ?? "");
    }
}
