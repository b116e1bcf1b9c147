using System.Globalization;
using System.Text;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Reports;

/// <summary>
/// One workflow command a finding: <c>::error file=…,line=…,col=…,title=…::message</c>. GitHub shows it at the line of the
/// change.
/// </summary>
internal sealed class GitHubReport(TextWriter output, ReportSettings settings) : ReportWriter(output, settings)
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
            Property("file", Settings.Paths.Normalize(location.Path));
            Property("line", location.Line.ToString(CultureInfo.InvariantCulture));
            if (SourceExcerpt.Of(diagnostic.Span) is SourceExcerpt excerpt)
                Property("col", excerpt.Column.ToString(CultureInfo.InvariantCulture));
        }
        else if (item.File is string file)
        {
            Property("file", Settings.Paths.Normalize(file));
        }

        Property("title", $"{diagnostic.Rule.Id} {diagnostic.Rule.Name}");
        Output.WriteLine(line.Append("::").Append(Escape(FindingText.Of(item, Settings.Paths))).ToString());
    }

    private protected override void WriteEnd()
    {
    }

    private static string Escape(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapeProperty(string text) =>
        Escape(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
