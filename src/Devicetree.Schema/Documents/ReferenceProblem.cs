using Devicetree.Schema.Model;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Documents;

/// <summary>Something wrong with the ID of a binding or with what it refers to.</summary>
/// <param name="Rule">Which rule is broken.</param>
/// <param name="Span">Where.</param>
/// <param name="Subject">What is wrong: the ID, the reference, the name of the node, empty for the binding as a whole.</param>
internal sealed record ReferenceProblem(DiagnosticRule Rule, SourceSpan Span, string Subject)
{
    /// <summary>
    /// The schema that lacks the part which a reference names; null where the schema is not there, or where no reference is
    /// meant.
    /// </summary>
    public SchemaValue? Target { get; init; }

    /// <summary>That part of <see cref="Target"/>: a pointer, which begins with a slash, or an anchor.</summary>
    public string? Fragment { get; init; }
}
