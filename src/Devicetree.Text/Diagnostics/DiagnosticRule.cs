namespace Devicetree.Text.Diagnostics;

/// <summary>How much a diagnostic matters.</summary>
public enum Severity
{
    /// <summary>The input is wrong; there is no result.</summary>
    Error = 1,

    /// <summary>The input is probably not what was meant; there is a result.</summary>
    Warning = 2,

    /// <summary>Worth knowing.</summary>
    Note = 3,
}

/// <summary>
/// Something that can be wrong with an input. Each is declared once, by the project that finds it, and its ID never changes its meaning.
/// </summary>
/// <param name="Id">A stable ID: letters for the input, digits for the rule, for instance <c>DTS012</c>.</param>
/// <param name="Name">The rule in a few words with hyphens, for instance <c>duplicate-label</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What is wrong: a phrase without a full stop, with places <c>{0}</c>, <c>{1}</c> ... for what it is about.</param>
/// <param name="Remedy">What to do about it, with the same places; empty when the message says it all.</param>
public sealed record DiagnosticRule(string Id, string Name, Severity Severity, string Message, string Remedy = "");
