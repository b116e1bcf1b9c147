using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Checks;

/// <summary>Something that a pass says which is no check: it has no name and no switch, only a rule.</summary>
/// <param name="Rule">The rule of our diagnostics, which has our words.</param>
/// <param name="Span">The place; the default span when there is none.</param>
/// <param name="Dtc">dtc's words; null where dtc says nothing.</param>
/// <param name="Arguments">What fills the places of the rule's texts and of dtc's.</param>
internal sealed record PassMessage(DiagnosticRule Rule, SourceSpan Span, PassWords? Dtc, params object[] Arguments)
{
    /// <summary>
    /// Whether only dtc says it, because nothing follows from it (<see cref="Compatibility.StrictChoices.NoNoise"/>).
    /// </summary>
    public bool IsNoise { get; init; }
}

/// <summary>How dtc says what a pass has to say.</summary>
/// <param name="Text">All that it prints, with places <c>{0}</c>, <c>{1}</c> ..., and with a line end only where dtc prints
/// one.</param>
/// <param name="IsHushed">Whether <c>-q</c> hides it.</param>
internal sealed record PassWords(string Text, bool IsHushed = false);
