using Devicetree.Schema.Findings.Python;
using Devicetree.Schema.Validation;

namespace Devicetree.Schema.Documents.Python;

/// <summary>What the newest dt-doc-validate says of the ID and the references of a binding (devicetree.md 5.9).</summary>
internal static class OriginalReferenceWords
{
    /// <summary>A problem, without the name of the file in front.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="file">The absolute path of the binding.</param>
    public static string Of(ReferenceProblem problem, string file) => problem.Rule switch
    {
        var rule when rule == DocumentRules.WrongId =>
            "$id: Cannot determine base path from $id, relative path/filename doesn't match actual path or filename\n"
            + $"\t $id: {problem.Subject.TrimEnd('#')}\n\tfile: {file}",
        var rule when rule == DocumentRules.OpenNode =>
            $"{Name(problem)}: Missing additionalProperties/unevaluatedProperties constraint",
        _ => $"Unresolvable reference: {Reason(problem)}",
    };

    /// <summary>The binding as a whole has no key.</summary>
    private static string Name(ReferenceProblem problem) => problem.Subject.Length == 0 ? "None" : problem.Subject;

    private static string Reason(ReferenceProblem problem)
    {
        if (problem.Target is null || problem.Fragment is not string fragment)
            return problem.Subject;
        if (fragment[0] != '/' && fragment.Contains('/', StringComparison.Ordinal))
        {
            return $"'#{fragment}' is not a valid anchor, neither as a plain name anchor nor as a JSON Pointer. You may have intended "
                + $"to use '#/{fragment}', as the slash is required *before each segment* of a JSON pointer.";
        }
        return $"{PythonText.Of(fragment)} does not exist within {PythonText.Of(PlainValue.Of(problem.Target))}";
    }
}
