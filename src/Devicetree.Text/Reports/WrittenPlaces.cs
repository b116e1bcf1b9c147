using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Reports;

/// <summary>
/// Diagnostics about a preprocessed text, told of the files that people wrote: reports show a line of the file, and the macros
/// and includes that brought it there as further places.
/// </summary>
internal static class WrittenPlaces
{
    /// <summary>A line for each is enough to find the way; more of them hide the next diagnostic.</summary>
    private const int MostMacros = 4;

    private const int MostIncludes = 8;

    /// <summary>The diagnostic with places in files; the same one when its places are there already.</summary>
    public static Diagnostic Of(Diagnostic diagnostic)
    {
        if (diagnostic.Span.Source is not { IsComposed: true }
            && !diagnostic.Related.Any(place => place.Span.Source is { IsComposed: true }))
            return diagnostic;
        var related = new List<RelatedPlace>();
        SourceSpan span = diagnostic.Span;
        if (span.Origin is SourceOrigin origin)
        {
            span = origin.Span;
            foreach (MacroCall macro in origin.Macros.Take(MostMacros))
            {
                SourceSpan definition = macro.Token.Source is null ? macro.Definition : macro.Token;
                if (definition.Source is not null)
                    related.Add(new(definition, $"from the macro '{macro.Name}', which is defined here"));
            }
            foreach (SourceSpan include in origin.IncludedFrom.Take(MostIncludes))
                related.Add(new(include, "included from here"));
        }
        foreach (RelatedPlace place in diagnostic.Related)
            related.Add(place with { Span = place.Span.Origin?.Span ?? place.Span });
        return diagnostic with { Span = span, Related = related };
    }
}
