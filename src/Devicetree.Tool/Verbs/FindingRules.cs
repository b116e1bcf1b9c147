using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.Verbs;

/// <summary>What can be wrong with what every verb that prints findings is given; the ids are stable.</summary>
internal static class FindingRules
{
    /// <summary>A baseline that is none.</summary>
    public static readonly DiagnosticRule BadBaseline = new(
        "DT0012", "bad-baseline", Severity.Error, "line {0} of the baseline cannot be read",
        "Write it again with --write-baseline.")
    {
        Why = "A baseline that is not understood would either hide findings or report old ones as new.",
        Example = """
            # findings.txt: all good
            dt check --baseline findings.txt board.dts
            """,
    };

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        BadBaseline,
    ];
}
