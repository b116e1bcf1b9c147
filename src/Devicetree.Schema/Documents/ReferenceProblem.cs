using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Documents;

/// <summary>Something wrong with the ID of a binding or with what it refers to.</summary>
/// <param name="Rule">Which rule is broken.</param>
/// <param name="Span">Where.</param>
/// <param name="Subject">What is wrong: the ID, the reference, the name of the node.</param>
/// <param name="Original">What dt-doc-validate says, without the name of the file.</param>
public sealed record ReferenceProblem(DiagnosticRule Rule, SourceSpan Span, string Subject, string Original);
