using Devicetree.Text.Diagnostics;

namespace Devicetree.Schema.Examples;

/// <summary>What can be wrong with the examples of a binding before they are compiled. The numbers are stable.</summary>
internal static class ExampleRules
{
    /// <summary><c>examples</c> is something else than a list.</summary>
    public static readonly DiagnosticRule NoList = new(
        "EXA001", "examples-no-list", Severity.Error, "examples is not a list", "Begin each example with '- |'.")
    {
        Why = "Tools take each item of the list for one source. Anything else is left out, so that the binding has no "
            + "example that was checked.",
        Example = """
            examples: |
              uart {
              };
            """,
    };

    /// <summary>An example is something else than a string.</summary>
    public static readonly DiagnosticRule NoText = new(
        "EXA002", "example-no-text", Severity.Error, "example {0} is not text", "Begin it with '- |'.")
    {
        Why = "A mapping or number is no source: it cannot be compiled, so that nothing is checked by it.",
        Example = """
            examples:
              - uart:
                  reg: 1
            """,
    };

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        NoList, NoText,
    ];
}
