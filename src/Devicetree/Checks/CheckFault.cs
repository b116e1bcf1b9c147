using System.Globalization;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Checks;

/// <summary>
/// One way in which a tree fails a check, and the words for it: dtc's, which only <see cref="DtcReporter"/> writes, and ours. A
/// finding holds what fills the places of both, so nothing is formatted before someone wants to read it.
/// </summary>
/// <param name="Name">The fault in a few words with hyphens, for instance <c>reg-length</c>; unique among faults.</param>
/// <param name="DtcText">
/// dtc's text, with places <c>{0}</c>, <c>{1}</c> ...; empty where no version of dtc looks for this fault.
/// </param>
/// <param name="Text">
/// Ours, with the same places: a phrase without a full stop that says what is wrong with the node or property, which is named
/// before it.
/// </param>
/// <param name="Remedy">What to do, with the same places; null where it is what the rule of the check says.</param>
internal sealed record CheckFault(string Name, string DtcText, string Text, string? Remedy = null)
{
    /// <summary>A fault with a rule of its own, whose message names the place itself.</summary>
    internal CheckFault(string name, string dtcText, DiagnosticRule rule)
        : this(name, dtcText, rule.Message) => Rule = rule;

    /// <summary>
    /// The rule, where it is not that of the check; <see cref="Text"/> then is a whole message, without a place before it.
    /// </summary>
    public DiagnosticRule? Rule { get; init; }

    /// <summary>Fills the places of one of the texts.</summary>
    internal static string Fill(string text, IReadOnlyList<object> arguments) =>
        string.Format(CultureInfo.InvariantCulture, text, [.. arguments]);
}
