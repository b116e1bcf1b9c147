using System.Text.Json;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Reports;

/// <summary>A log of the OASIS standard "Static Analysis Results Interchange Format" 2.1.0 with one run.</summary>
internal sealed class SarifReport : ReportWriter
{
    private const string SchemaUri = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /// <summary>The name that stands for the root of the repository.</summary>
    private const string RootId = "SRCROOT";

    /// <summary>Our fingerprint, and the name under which GitHub looks for one.</summary>
    private static readonly string[] _fingerprints = ["findingIdentity/v1", "primaryLocationLineHash"];

    private readonly JsonOutput _json;
    private readonly FindingIdentities _identities;

    /// <summary>The rules that were broken, by their index in the log.</summary>
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<DiagnosticRule> _rules = [];

    public SarifReport(TextWriter output, ReportSettings settings)
        : base(output, settings)
    {
        _identities = new(settings.Paths);
        _json = new(output);
        Utf8JsonWriter json = _json.Json;
        json.WriteStartObject();
        json.WriteString("$schema", SchemaUri);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartObject("originalUriBaseIds");
        json.WriteStartObject(RootId);
        json.WriteString("uri", FileUri(settings.Paths.Root));
        WriteText(json, "description", "The root of the repository, or the working directory where there is none.");
        json.WriteEndObject();
        json.WriteEndObject();
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
        WriteText(json, "message", $"{Sentence(diagnostic.Message)} {diagnostic.Remedy}".TrimEnd());
        WriteLocations(json, item);
        if (diagnostic.Related.Count > 0)
            WriteRelated(json, diagnostic.Related);
        WriteFingerprints(json, _identities.Next(item));
        if (item.Details.Count > 0)
        {
            json.WriteStartObject("properties");
            JsonReport.WriteDetails(json, item.Details);
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
        json.WriteString("name", Settings.Tool.Name);
        json.WriteString("version", Settings.Tool.Version);
        json.WriteString("semanticVersion", Settings.Tool.Version);
        json.WriteStartArray("rules");
        foreach (DiagnosticRule rule in _rules)
            WriteRule(json, rule);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        _json.End();
    }

    private static string Level(Severity severity) => Diagnostic.SeverityWord(severity);

    /// <summary>A sentence: messages are phrases.</summary>
    private static string Sentence(string message) =>
        message.Length == 0 || message[^1] is '.' or '?' or '!' ? message : message + ".";

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    /// <summary>Texts of rules may mark words of devicetrees as Markdown does.</summary>
    private static void WriteRuleText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text.Replace('`', '\''));
        if (text.Contains('`', StringComparison.Ordinal))
            json.WriteString("markdown", text);
        json.WriteEndObject();
    }

    private static void WriteFingerprints(Utf8JsonWriter json, string identity)
    {
        json.WriteStartObject("partialFingerprints");
        foreach (string name in _fingerprints)
            json.WriteString(name, identity);
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, DiagnosticRule rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        json.WriteString("name", rule.Name);
        WriteRuleText(json, "shortDescription", rule.Summary);
        WriteRuleText(json, "fullDescription", rule.Why.Length > 0 ? $"{rule.Summary} {rule.Why}" : rule.Summary);
        string help = string.Join("\n\n", new[] { rule.Advice, rule.Example }.Where(part => part.Length > 0));
        WriteRuleText(json, "help", help.Length > 0 ? help : rule.Summary);
        json.WriteString("helpUri", RuleLinks.Of(rule));
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", Level(rule.Severity));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteLocations(Utf8JsonWriter json, ReportItem item)
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

    private void WriteRelated(Utf8JsonWriter json, IReadOnlyList<RelatedPlace> related)
    {
        json.WriteStartArray("relatedLocations");
        for (int i = 0; i < related.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", i);
            if (related[i].Span.Source is not null)
                WritePhysical(json, related[i].Span, file: null);
            WriteText(json, "message", Sentence(related[i].Message));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WritePhysical(Utf8JsonWriter json, SourceSpan span, string? file)
    {
        json.WriteStartObject("physicalLocation");
        WriteArtifact(json, Settings.Paths.Normalize(span.Location?.Path ?? file!));
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

    /// <summary>A file below the root is named from there, any other by its whole path, and what is no file as it is.</summary>
    private static void WriteArtifact(Utf8JsonWriter json, string path)
    {
        json.WriteStartObject("artifactLocation");
        if (ReportPaths.IsBelowRoot(path))
        {
            json.WriteString("uri", Escape(path));
            json.WriteString("uriBaseId", RootId);
        }
        else
        {
            json.WriteString("uri", ReportPaths.IsPath(path) ? FileUri(path) : path.Contains("://", StringComparison.Ordinal)
                ? path : Escape(path));
        }
        json.WriteEndObject();
    }

    private static string FileUri(string path) => (path.StartsWith('/') ? "file://" : "file:///") + Escape(path);

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private int IndexOf(DiagnosticRule rule)
    {
        if (_indexes.TryGetValue(rule.Id, out int index))
            return index;
        _indexes.Add(rule.Id, _rules.Count);
        _rules.Add(rule);
        return _rules.Count - 1;
    }
}
