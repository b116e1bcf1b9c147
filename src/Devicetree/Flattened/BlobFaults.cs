using Devicetree.Text.Diagnostics;

namespace Devicetree.Flattened;

/// <summary>Takes what is wrong with one blob, by the rules of <see cref="BlobRules"/>, each with its offset.</summary>
/// <param name="diagnostics">Gets the findings.</param>
/// <param name="start">Where the blob begins in its file; offsets count from the file's start.</param>
internal sealed class BlobFaults(DiagnosticBag diagnostics, long start = 0)
{
    /// <summary>What the blob was refused for; null while it was not.</summary>
    public FdtError? Error { get; private set; }

    /// <summary>Refuses the blob.</summary>
    /// <param name="rule">The rule that is broken.</param>
    /// <param name="kind">The class of the error, as libfdt would name it.</param>
    /// <param name="offset">Where in the blob.</param>
    /// <param name="arguments">What fills the places of the rule's texts from the second one on; the first is the offset.</param>
    /// <returns>False.</returns>
    public bool Refuse(DiagnosticRule rule, FdtErrorKind kind, long offset, params ReadOnlySpan<object> arguments)
    {
        rule = rule.Severity == Severity.Error ? rule : rule with { Severity = Severity.Error };
        Report(diagnostics, rule, start + offset, arguments);
        var alone = new DiagnosticBag();
        Report(alone, rule with { Message = rule.Message[BlobRules.At.Length..] }, offset, arguments);
        Error = new(kind, (int)offset, alone.Items[0].Message);
        return false;
    }

    /// <summary>Refuses, reports or passes over what can be read all the same.</summary>
    /// <param name="severity">What it is to this reader; null when nothing.</param>
    /// <param name="rule">The rule that is broken.</param>
    /// <param name="kind">The class of the error, as libfdt would name it.</param>
    /// <param name="offset">Where in the blob.</param>
    /// <param name="arguments">What fills the places of the rule's texts from the second one on; the first is the offset.</param>
    /// <returns>False when the blob is refused.</returns>
    public bool Judge(Severity? severity, DiagnosticRule rule, FdtErrorKind kind, long offset,
        params ReadOnlySpan<object> arguments)
    {
        if (severity == Severity.Error)
            return Refuse(rule, kind, offset, arguments);
        if (severity is Severity known)
            Report(diagnostics, rule with { Severity = known }, start + offset, arguments);
        return true;
    }

    private static void Report(DiagnosticBag bag, DiagnosticRule rule, long offset, ReadOnlySpan<object> arguments) =>
        bag.Report(rule, default, [offset, .. arguments]);
}
