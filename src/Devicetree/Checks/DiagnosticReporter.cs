using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Checks;

/// <summary>Turns findings into diagnostics, in our words.</summary>
/// <param name="diagnostics">Gets them.</param>
internal sealed class DiagnosticReporter(DiagnosticBag diagnostics) : ICheckReporter
{
    /// <inheritdoc/>
    public bool Wants(CheckLevels levels) => levels != CheckLevels.None;

    /// <inheritdoc/>
    public void Report(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        LiveNode node = finding.Blamed?.Node ?? finding.Node;
        LiveProperty? property = finding.Blamed?.Property ?? finding.Property;
        var subject = new DiagnosticSubject(node.Path, property?.Name);
        (SourceSpan span, IReadOnlyList<RelatedPlace> related) =
            finding.Span.Source is null ? PlaceOf(finding, node, property) : (finding.Span, finding.Related);
        CheckFault fault = finding.Fault;
        Severity severity = finding.IsError ? Severity.Error : Severity.Warning;
        if (fault.Rule is DiagnosticRule own)
        {
            DiagnosticRule rule = own with { Severity = severity, Message = fault.Text, Remedy = fault.Remedy ?? own.Remedy };
            diagnostics.Report(rule, span, related, subject, [.. finding.Arguments]);
            return;
        }
        DiagnosticRule shared = finding.Check.Rule;
        object place = property is null ? node : new PropertyPlace(node, property);
        diagnostics.Report(
            shared with { Severity = severity, Remedy = fault.Remedy is null ? shared.Remedy : "{2}" }, span, related, subject,
            place, new FilledText(fault.Text, finding.Arguments), new FilledText(fault.Remedy ?? "", finding.Arguments));
    }

    /// <summary>
    /// The finding that made the prerequisite fail says what is wrong; that others could not run then is no error of the source.
    /// </summary>
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

    /// <summary>Where the node or the property stands, and the other places to look at.</summary>
    private static (SourceSpan Span, IReadOnlyList<RelatedPlace> Related) PlaceOf(
        Finding finding, LiveNode node, LiveProperty? property)
    {
        SourceSpan span = property?.Span ?? default;
        IReadOnlyList<RelatedPlace> related = [];
        if (finding.Blamed is not null && finding.Property is { Span.Source: not null } other && other != property)
            related = [new RelatedPlace(other.Span, $"'{other.Name}' is here")];
        if (span.Source is null)
        {
            SourceSpan[] places = [.. node.Spans.Where(place => place.Source is not null)];
            if (places.Length > 0)
                span = places[0];
            if (property is null && places.Length > 1)
                related = [.. places.Skip(1).Select(place => new RelatedPlace(place, "also defined here"))];
        }
        return (span, related);
    }

    /// <summary>A text with what fills its places, written only if the diagnostic is kept.</summary>
    private sealed class FilledText(string text, IReadOnlyList<object> arguments)
    {
        public override string ToString() => CheckFault.Fill(text, arguments);
    }
}
