using System.Text.Json;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Reports;

/// <summary>
/// A Code Quality report: a list of objects with <c>description</c>, <c>check_name</c>, <c>fingerprint</c>, <c>severity</c> and
/// <c>location</c> (docs.gitlab.com/ci/testing/code_quality). What has no line, as a blob, is at line 1: the field must be there.
/// </summary>
internal sealed class GitLabReport : ReportWriter
{
    private readonly JsonOutput _json;
    private readonly FindingIdentities _identities;

    public GitLabReport(TextWriter output, ReportSettings settings)
        : base(output, settings)
    {
        _identities = new(settings.Paths);
        _json = new(output);
        _json.Json.WriteStartArray();
    }

    private protected override void Write(ReportItem item)
    {
        Utf8JsonWriter json = _json.Json;
        Diagnostic diagnostic = item.Diagnostic;
        SourceLocation? location = diagnostic.Span.Location;
        json.WriteStartObject();
        json.WriteString("description", $"{FindingText.Line(item)} {diagnostic.Remedy}".TrimEnd());
        json.WriteString("check_name", $"{diagnostic.Rule.Id} {diagnostic.Rule.Name}");
        json.WriteString("fingerprint", _identities.Next(item));
        json.WriteString("severity", diagnostic.Rule.Severity switch
        {
            Severity.Error => "major",
            Severity.Warning => "minor",
            _ => "info",
        });
        json.WriteStartObject("location");
        json.WriteString("path", Settings.Paths.Normalize(location?.Path ?? item.File ?? "."));
        json.WriteStartObject("lines");
        json.WriteNumber("begin", location?.Line ?? 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        _json.Pass();
    }

    private protected override void WriteEnd()
    {
        _json.Json.WriteEndArray();
        _json.End();
    }
}
