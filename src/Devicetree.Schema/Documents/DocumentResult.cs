using Devicetree.Text.Diagnostics;

namespace Devicetree.Schema.Documents;

/// <summary>What is wrong with a binding.</summary>
/// <param name="Errors">The rules that are broken, in the order in which the original finds them.</param>
/// <param name="References">What is wrong with its ID and its references.</param>
/// <param name="Refusal">Why it could not be checked at all; null when it was.</param>
internal sealed record DocumentResult(IReadOnlyList<DocumentError> Errors, IReadOnlyList<ReferenceProblem> References,
    Diagnostic? Refusal);
