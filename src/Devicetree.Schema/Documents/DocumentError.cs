using Devicetree.Schema.Validation;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Documents;

/// <summary>A rule for bindings that a binding breaks.</summary>
/// <param name="Error">What breaks which keyword of the rules.</param>
/// <param name="Span">Where it is written.</param>
/// <param name="Note">Where the original says it is, and why.</param>
internal sealed record DocumentError(SchemaError Error, SourceSpan Span, DocumentNote Note)
{
    /// <summary>The ID of the schema of rules, null for JSON Schema itself.</summary>
    public string? RulesId => Note.RulesId;

    /// <summary>
    /// The line and column, from 1, that dt-doc-validate knows: those of the mapping or list, else those of the key or the item.
    /// It knows none for what stands at the top.
    /// </summary>
    public (int Line, int Column)? OriginalPlace { get; init; }
}

/// <summary>What a rule says about itself.</summary>
/// <param name="RulesId">The ID of the schema that the rule is written in; null for JSON Schema itself.</param>
/// <param name="Hint">The description of the rule, or of the nearest thing above it that has one; null when nothing has.</param>
/// <param name="Inner">The same for the errors of the context.</param>
internal sealed record DocumentNote(string? RulesId, string? Hint, IReadOnlyList<DocumentNote> Inner);
