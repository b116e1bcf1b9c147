using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Examples;

/// <summary>
/// Puts what is found in the source made of examples back to where it is written: into the binding, or into an included file.
/// </summary>
/// <param name="example">The source and its lines.</param>
/// <param name="text">The source as it was preprocessed.</param>
/// <param name="examples">Where the examples begin in the binding: the place of what was added around them.</param>
internal sealed class ExamplePlaces(ExampleSource example, SourceText text, SourceSpan examples)
{
    /// <summary>The same report with all places put back.</summary>
    public ReportItem Of(ReportItem item)
    {
        Diagnostic diagnostic = item.Diagnostic;
        IEnumerable<RelatedPlace> included = diagnostic.Span.Origin is { } origin && !ReferenceEquals(origin.Span.Source, text)
            ? origin.IncludedFrom.Select(place => new RelatedPlace(Of(place), "included from here"))
            : [];
        return item with
        {
            Diagnostic = diagnostic with
            {
                Span = Of(diagnostic.Span),
                Related = [.. diagnostic.Related.Select(place => place with { Span = Of(place.Span) }), .. included],
            },
        };
    }

    /// <summary>
    /// The line of an example that something is found in, or in what that line includes; null when it is in none.
    /// </summary>
    public ExampleLine? LineOf(SourceSpan span)
    {
        if (span.Origin is not { } origin)
            return null;
        foreach (SourceSpan place in origin.IncludedFrom.Prepend(origin.Span))
        {
            if (ReferenceEquals(place.Source, text))
                return example.ExampleAt(text.LocationOf(place.Start).Line);
        }
        return null;
    }

    private SourceSpan Of(SourceSpan span)
    {
        if (span.Origin is not { Span: { Source: not null } written })
            return span;
        // Without the way through the source that we made, which nobody has.
        if (!ReferenceEquals(written.Source, text))
            return written;
        SourceLocation place = text.LocationOf(written.Start);
        SourceSpan found = example.PlaceOf(place.Line, place.Column, written.Length);
        return found.Source is null ? examples : found;
    }
}
