using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Checks;

/// <summary>Turns findings into diagnostics.</summary>
/// <param name="diagnostics">Gets them.</param>
public sealed class DiagnosticReporter(DiagnosticBag diagnostics) : ICheckReporter
{
    /// <inheritdoc/>
    public bool Wants(CheckLevels levels) => levels != CheckLevels.None;

    /// <inheritdoc/>
    public void Report(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        Severity severity = finding.IsError ? Severity.Error : Severity.Warning;
        LiveProperty? property = finding.Blamed?.Property ?? finding.Property;
        var subject = new DiagnosticSubject(finding.Node.Path, property?.Name);
        if (finding.Words is FindingWords words)
        {
            diagnostics.Report(WithSeverity(words.Rule, severity), words.Span, words.Related, subject, words.Arguments);
            return;
        }
        SourceSpan span = property?.Span ?? default;
        RelatedPlace[] related = [];
        if (finding.Blamed is not null && finding.Property is { Span.Source: not null } other)
            related = [new RelatedPlace(other.Span, $"'{other.Name}' is here")];
        if (span.Source is null)
        {
            SourceSpan[] places = [.. finding.Node.Spans.Where(place => place.Source is not null)];
            if (places.Length > 0)
                span = places[0];
            if (property is null && places.Length > 1)
                related = [.. places.Skip(1).Select(place => new RelatedPlace(place, "also defined here"))];
        }
        string place = property is null ? finding.Path : $"{finding.Path}:{property.Name}";
        DiagnosticRule rule = finding.Remedy is null ? finding.Check.Rule : finding.Check.Rule with { Remedy = finding.Remedy };
        diagnostics.Report(WithSeverity(rule, severity), span, related, subject, place, finding.Text);
    }

    /// <summary>The finding that made the prerequisite fail says what is wrong; that others could not run then is no mistake of the source.</summary>
    public void ReportPrerequisite(CheckRow check, CheckLevels levels, CheckRow needed)
    {
    }

    /// <inheritdoc/>
    public void Report(PassMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.IsNoise)
            return;
        diagnostics.Report(message.Rule, message.Span, message.Arguments);
    }

    private static DiagnosticRule WithSeverity(DiagnosticRule rule, Severity severity) =>
        rule.Severity == severity ? rule : rule with { Severity = severity };
}
