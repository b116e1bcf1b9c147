using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Checks;

/// <summary>Something that a check found.</summary>
/// <param name="Check">The check.</param>
/// <param name="Levels">How it counts in this run.</param>
/// <param name="Node">The node that is named as the place.</param>
/// <param name="Path">Its path, as dtc prints it.</param>
/// <param name="Property">The property that is named as the place; null when it is the node. It may be another node's.</param>
/// <param name="Text">dtc's text.</param>
/// <param name="Words">How our diagnostic says it, where that is not the text.</param>
public sealed record Finding(
    CheckRow Check, CheckLevels Levels, LiveNode Node, string Path, LiveProperty? Property, string Text, FindingWords? Words)
{
    /// <summary>What to do about it, where that is not what the rule of the check says.</summary>
    public string? Remedy { get; init; }

    /// <summary>The property that is wrong, where dtc names another one.</summary>
    internal PropertyPlace? Blamed { get; init; }

    /// <summary>True when it is an error, also when it is a warning at the same time.</summary>
    public bool IsError => (Levels & CheckLevels.Error) != 0;
}

/// <summary>What a diagnostic says where dtc's text and place are not the best that is known.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Span">The place.</param>
/// <param name="Related">Other places.</param>
/// <param name="Arguments">What fills the places of the rule's texts.</param>
public sealed record FindingWords(DiagnosticRule Rule, SourceSpan Span, IReadOnlyList<RelatedPlace> Related, params object[] Arguments);

/// <summary>Something that a pass says which is no check: it has no name and no switch, only a fixed text.</summary>
/// <param name="Rule">The rule of our diagnostics.</param>
/// <param name="Span">The place; the default span when there is none.</param>
/// <param name="DtcText">All that dtc prints, with a line end only where dtc prints one.</param>
/// <param name="IsHushed">Whether <c>-q</c> hides it.</param>
/// <param name="Arguments">What fills the places of the rule's texts.</param>
public sealed record PassMessage(DiagnosticRule Rule, SourceSpan Span, string DtcText, bool IsHushed, params object[] Arguments)
{
    /// <summary>Whether only dtc says it, because nothing follows from it (<see cref="Compatibility.StrictChoices.NoNoise"/>).</summary>
    public bool IsNoise { get; init; }
}
