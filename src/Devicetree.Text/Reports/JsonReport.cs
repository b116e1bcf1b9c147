using System.Text.Json;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Reports;

/// <summary>
/// One object: <c>tool</c>, <c>version</c>, <c>findings</c> (a list), <c>errors</c>, <c>warnings</c>, <c>notes</c> (counts).
/// Every finding has the same members, null where there is nothing; <c>details</c> is a list of names and values. Paths are as
/// the user wrote them. Columns count UTF-16 units from 1.
/// </summary>
internal sealed class JsonReport : ReportWriter
{
    private readonly JsonOutput _json;

    public JsonReport(TextWriter output, ReportSettings settings)
        : base(output, settings)
    {
        _json = new(output);
        _json.Json.WriteStartObject();
        _json.Json.WriteString("tool", settings.Tool.Name);
        _json.Json.WriteString("version", settings.Tool.Version);
        _json.Json.WriteStartArray("findings");
    }

    private protected override void Write(ReportItem item)
    {
        Utf8JsonWriter json = _json.Json;
        Diagnostic diagnostic = item.Diagnostic;
        json.WriteStartObject();
        json.WriteString("id", diagnostic.Rule.Id);
        json.WriteString("rule", diagnostic.Rule.Name);
        json.WriteString("severity", Diagnostic.SeverityWord(diagnostic.Rule.Severity));
        WritePlace(json, diagnostic.Span, item.File);
        json.WriteString("node", item.Subject?.NodePath);
        json.WriteString("property", item.Subject?.Property);
        json.WriteString("message", diagnostic.Message);
        json.WriteString("remedy", diagnostic.Remedy.Length > 0 ? diagnostic.Remedy : null);
        WriteDetails(json, item.Details);
        json.WriteStartArray("related");
        foreach (RelatedPlace place in diagnostic.Related)
        {
            json.WriteStartObject();
            WritePlace(json, place.Span, file: null);
            json.WriteString("message", place.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        _json.Pass();
    }

    private protected override void WriteEnd()
    {
        Utf8JsonWriter json = _json.Json;
        json.WriteEndArray();
        json.WriteNumber("errors", Errors);
        json.WriteNumber("warnings", Warnings);
        json.WriteNumber("notes", Notes);
        json.WriteEndObject();
        _json.End();
    }

    /// <summary>A list, as several may have one name: what is wrong with each alternative, for instance.</summary>
    internal static void WriteDetails(Utf8JsonWriter json, IReadOnlyList<ReportDetail> details)
    {
        json.WriteStartArray("details");
        foreach (ReportDetail detail in details)
        {
            json.WriteStartObject();
            json.WriteString("name", detail.Name);
            json.WriteString("value", detail.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WritePlace(Utf8JsonWriter json, SourceSpan span, string? file)
    {
        if (span.Location is SourceLocation location && SourceExcerpt.Of(span) is SourceExcerpt excerpt)
        {
            json.WriteString("file", location.Path);
            json.WriteNumber("line", location.Line);
            json.WriteNumber("column", excerpt.Column);
            return;
        }
        json.WriteString("file", file);
        json.WriteNull("line");
        json.WriteNull("column");
    }
}
