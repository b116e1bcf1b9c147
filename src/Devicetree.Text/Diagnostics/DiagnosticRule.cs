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
/// Something that can be wrong with an input. Each is declared once, by the project that finds it, and its ID never changes its
/// meaning.
/// </summary>
/// <param name="Id">A stable ID: letters for the input, digits for the rule, for instance <c>DTS012</c>.</param>
/// <param name="Name">The rule in a few words with hyphens, for instance <c>duplicate-label</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What is wrong: a phrase without a full stop, with places <c>{0}</c>, <c>{1}</c> ... for what it is
/// about.</param>
/// <param name="Remedy">What to do about it, with the same places; empty when the message says it all.</param>
public sealed record DiagnosticRule(string Id, string Name, Severity Severity, string Message, string Remedy = "")
{
    /// <summary>
    /// What the rule demands or forbids: one sentence that stands without any input. Empty where the message is that.
    /// </summary>
    public string What { get; init; } = "";

    /// <summary>Why that matters: what goes wrong otherwise; may be empty.</summary>
    public string Why { get; init; } = "";

    /// <summary>A few lines that break the rule; may be empty.</summary>
    public string Example { get; init; } = "";

    /// <summary>What the rule is about, as a sentence: <see cref="What"/>, or the message with its places left open.</summary>
    public string Summary => What.Length > 0 ? What : RuleText.Sentence(Message, Name);

    /// <summary>
    /// What to do in general: one sentence that stands without any input, where the remedy depends on the input or the message
    /// says it all. Empty where the remedy is that.
    /// </summary>
    public string WhatToDo { get; init; } = "";

    /// <summary>
    /// What to do, as a sentence: <see cref="WhatToDo"/>, or the remedy with its places left open; empty when there is nothing to
    /// say.
    /// </summary>
    public string Advice => WhatToDo.Length > 0 ? WhatToDo : RuleText.Sentence(Remedy, "");
}
