using System.Text;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;

namespace Devicetree.Schema.Style;

/// <summary>
/// Collects what is wrong with the style of a file; it is reported by line and column, as it is found in no such order.
/// </summary>
internal sealed class StyleFindings(YamlText text, StyleSettings settings)
{
    private readonly List<(int Line, int Column, DiagnosticRule Rule, string Message)> _found = [];

    /// <summary>How the file is to be written.</summary>
    public StyleSettings Settings => settings;

    /// <summary>Adds a finding, if its rule counts; line and column, in characters, count from 1.</summary>
    public void Add(DiagnosticRule rule, long line, long column, string message)
    {
        if (settings.Levels.TryGetValue(rule.Name, out Severity severity))
            _found.Add(((int)line, (int)column, rule.Severity == severity ? rule : rule with { Severity = severity }, message));
    }

    public void ReportTo(DiagnosticBag diagnostics)
    {
        foreach ((int line, int column, DiagnosticRule rule, string message) in _found.OrderBy(found => found.Line)
            .ThenBy(found => found.Column))
            diagnostics.Report(rule, PlaceOf(line, column), message);
    }

    private SourceSpan PlaceOf(int line, int column)
    {
        SourceSpan whole = text.Source.LineAt(text.Source.SpanAt(line, 1).Start);
        string characters = Encoding.UTF8.GetString(text.Source.Bytes.Span[whole.Start..whole.End]);
        int before = Encoding.UTF8.GetByteCount(characters.AsSpan(0, Math.Min(column - 1, characters.Length)));
        return text.Source.SpanAt(line, before + 1);
    }
}
