using System.Text.Json;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Reports;

/// <summary>A log of the OASIS standard "Static Analysis Results Interchange Format" 2.1.0 with one run.</summary>
internal sealed class SarifReport : ReportWriter
{
    private const string SchemaUri = "https://json.schemastore.org/sarif-2.1.0.json";

    private readonly JsonOutput _json;

    /// <summary>The rules that were broken, by their index in the log.</summary>
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<DiagnosticRule> _rules = [];

    public SarifReport(TextWriter output, ReportTool tool)
        : base(output, tool)
    {
        _json = new(output);
        Utf8JsonWriter json = _json.Json;
        json.WriteStartObject();
        json.WriteString("$schema", SchemaUri);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
    }

    private protected override void Write(ReportItem item)
    {
        Utf8JsonWriter json = _json.Json;
        Diagnostic diagnostic = item.Diagnostic;
        json.WriteStartObject();
        json.WriteString("ruleId", diagnostic.Rule.Id);
        json.WriteNumber("ruleIndex", IndexOf(diagnostic.Rule));
        json.WriteString("level", Level(diagnostic.Rule.Severity));
        WriteMessage(json, diagnostic.Remedy.Length > 0 ? $"{diagnostic.Message}\n{diagnostic.Remedy}" : diagnostic.Message);
        WriteLocations(json, item);
        if (diagnostic.Related.Count > 0)
            WriteRelated(json, diagnostic.Related);
        if (item.Details.Count > 0)
        {
            json.WriteStartObject("properties");
            foreach (ReportDetail detail in item.Details)
                json.WriteString(detail.Name, detail.Value);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        _json.Pass();
    }

    /// <summary>The tool comes last, when it is known which of its rules were broken.</summary>
    private protected override void WriteEnd()
    {
        Utf8JsonWriter json = _json.Json;
        json.WriteEndArray();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", Tool.Name);
        json.WriteString("version", Tool.Version);
        json.WriteStartArray("rules");
        foreach (DiagnosticRule rule in _rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("name", rule.Name);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", Level(rule.Severity));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        _json.End();
    }

    private static string Level(Severity severity) => Diagnostic.SeverityWord(severity);

    private static void WriteMessage(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject("message");
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static void WriteLocations(Utf8JsonWriter json, ReportItem item)
    {
        json.WriteStartArray("locations");
        bool hasPhysical = item.Diagnostic.Span.Source is not null || item.File is not null;
        DiagnosticSubject? subject = item.Subject;
        if (hasPhysical || subject is not null)
        {
            json.WriteStartObject();
            if (hasPhysical)
                WritePhysical(json, item.Diagnostic.Span, item.File);
            if (subject is not null)
                WriteLogical(json, subject.NodePath, subject.Property);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteLogical(Utf8JsonWriter json, string node, string? property)
    {
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("name", property ?? node[(node.LastIndexOf('/') + 1)..]);
        json.WriteString("fullyQualifiedName", property is null ? node : $"{node}:{property}");
        json.WriteString("kind", property is null ? "object" : "property");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteRelated(Utf8JsonWriter json, IReadOnlyList<RelatedPlace> related)
    {
        json.WriteStartArray("relatedLocations");
        for (int i = 0; i < related.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", i);
            if (related[i].Span.Source is not null)
                WritePhysical(json, related[i].Span, file: null);
            WriteMessage(json, related[i].Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WritePhysical(Utf8JsonWriter json, SourceSpan span, string? file)
    {
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(span.Location?.Path ?? file!));
        json.WriteEndObject();
        if (span.Location is SourceLocation location && SourceExcerpt.Of(span) is SourceExcerpt excerpt)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", location.Line);
            json.WriteNumber("startColumn", excerpt.Column);
            json.WriteNumber("endColumn", excerpt.Column + excerpt.Length);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>A path as a URI reference: absolute ones with their scheme, others relative to where the command ran.</summary>
    private static string UriOf(string path)
    {
        string encoded = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        return path.StartsWith('/') ? "file://" + encoded : encoded;
    }

    private int IndexOf(DiagnosticRule rule)
    {
        if (_indexes.TryGetValue(rule.Id, out int index))
            return index;
        _indexes.Add(rule.Id, _rules.Count);
        _rules.Add(rule);
        return _rules.Count - 1;
    }
}
