using System.Text;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Diagnostics;

/// <summary>A second place that helps to understand a diagnostic.</summary>
/// <param name="Span">The place.</param>
/// <param name="Message">What is there, a phrase without a full stop.</param>
public sealed record RelatedPlace(SourceSpan Span, string Message);

/// <summary>What of a tree a diagnostic is about.</summary>
/// <param name="NodePath">The path of the node.</param>
/// <param name="Property">The property; null when it is the node.</param>
public sealed record DiagnosticSubject(string NodePath, string? Property = null);

/// <summary>One thing that is wrong at one place.</summary>
/// <param name="Rule">Which rule is broken.</param>
/// <param name="Span">Where; the default span when the input has no places.</param>
/// <param name="Message">What is wrong, filled in.</param>
/// <param name="Remedy">What to do, filled in; may be empty.</param>
/// <param name="Related">Other places.</param>
public sealed record Diagnostic(
    DiagnosticRule Rule, SourceSpan Span, string Message, string Remedy, IReadOnlyList<RelatedPlace> Related)
{
    /// <summary>What filled the places of the texts, for those who say it in other words. Strings are safe to print.</summary>
    public IReadOnlyList<object> Arguments { get; init; } = [];

    /// <summary>
    /// The node or property that it is about, for formats that keep it apart from the message; null when that is not known.
    /// </summary>
    public DiagnosticSubject? Subject { get; init; }

    /// <summary>One line in the form of compilers: <c>file:line:column: error ID: message</c>.</summary>
    public override string ToString() => $"{Place(Span)}{SeverityWord(Rule.Severity)} {Rule.Id}: {Message}";

    /// <summary>The line, then one line for each related place and one for the remedy.</summary>
    public string Render()
    {
        var text = new StringBuilder(ToString());
        foreach (RelatedPlace place in Related)
            text.Append('\n').Append(Place(place.Span)).Append("note: ").Append(place.Message);
        if (Remedy.Length > 0)
            text.Append("\n    ").Append(Remedy);
        return text.ToString();
    }

    private static string Place(SourceSpan span) => span.Location is SourceLocation location ? $"{location}: " : "";

    /// <summary>A severity as our texts spell it.</summary>
    public static string SeverityWord(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };
}
