using System.Globalization;
using System.Text;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Reports;

/// <summary>
/// One workflow command a finding: <c>::error file=…,line=…,col=…,title=…::message</c>. GitHub shows it at the line of the change.
/// </summary>
internal sealed class GitHubReport(TextWriter output, ReportTool tool) : ReportWriter(output, tool)
{
    private protected override void Write(ReportItem item)
    {
        Diagnostic diagnostic = item.Diagnostic;
        var line = new StringBuilder("::").Append(diagnostic.Rule.Severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "notice",
        });
        string separator = " ";
        void Property(string name, string? value)
        {
            if (value is null)
                return;
            line.Append(separator).Append(name).Append('=').Append(EscapeProperty(value));
            separator = ",";
        }

        if (diagnostic.Span.Location is SourceLocation location)
        {
            Property("file", location.Path);
            Property("line", location.Line.ToString(CultureInfo.InvariantCulture));
            if (SourceExcerpt.Of(diagnostic.Span) is SourceExcerpt excerpt)
                Property("col", excerpt.Column.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            Property("file", item.File);
        }

        Property("title", $"{diagnostic.Rule.Id} {diagnostic.Rule.Name}");
        Output.WriteLine(line.Append("::").Append(Escape(Text(item))).ToString());
    }

    private protected override void WriteEnd()
    {
    }

    private static string Text(ReportItem item)
    {
        var text = new StringBuilder();
        if (item.NodePath is not null)
            text.Append(item.NodePath).Append(": ");
        if (item.Property is not null)
            text.Append(item.Property).Append(": ");
        text.Append(item.Diagnostic.Message);
        foreach (ReportDetail detail in item.Details)
            text.Append('\n').Append(detail.Name).Append(": ").Append(detail.Value);
        foreach (RelatedPlace place in item.Diagnostic.Related)
            text.Append('\n').Append(place.Span.Location is SourceLocation at ? $"{at}: " : "").Append(place.Message);
        if (item.Diagnostic.Remedy.Length > 0)
            text.Append('\n').Append(item.Diagnostic.Remedy);
        return text.ToString();
    }

    private static string Escape(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapeProperty(string text) =>
        Escape(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
