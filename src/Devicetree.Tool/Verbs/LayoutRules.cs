using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.Verbs;

/// <summary>What <c>dt format</c> reports besides what keeps a text from being laid out; the ids are stable.</summary>
internal static class LayoutRules
{
    /// <summary>The first line that would change, where the layout is only checked.</summary>
    public static readonly DiagnosticRule NotFormatted = new(
        "FMT010", "not-formatted", Severity.Error, "this line is not laid out as 'dt format' does it",
        "Run 'dt format --write {0}'.")
    {
        Why = "Reviews stay free of changes in layout when every file has the same one; in CI this fails the build.",
        Example = """
            dt format --check board.dts, where a line is indented with spaces:
            / {
            		model = "Acme Board";
            };
            """,
    };

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        NotFormatted,
    ];
}
