using Devicetree.Text.Diagnostics;

namespace Devicetree.Formatting;

/// <summary>Why a text cannot be laid out.</summary>
public static class FormatRules
{
    /// <summary>A comment or a literal has no end.</summary>
    public static readonly DiagnosticRule NoEnd = new(
        "FMT001", "no-end", Severity.Error, "this {0} does not end", "Close it; the text is left as it is until then.");

    /// <summary>Braces or brackets do not match.</summary>
    public static readonly DiagnosticRule Unbalanced = new(
        "FMT002", "unbalanced", Severity.Error, "'{0}' has no partner",
        "Add or remove it. Where branches of an '#if' open different braces, each branch has to close what it opens.");

    /// <summary>Bodies nest too deeply.</summary>
    public static readonly DiagnosticRule TooDeep = new(
        "FMT003", "too-deep", Severity.Error, "bodies nest more than {0} levels deep", "Flatten them.");

    /// <summary>A backslash that would join lines if it came to stand at the end of one.</summary>
    public static readonly DiagnosticRule StrayBackslash = new(
        "FMT004", "stray-backslash", Severity.Error, "a backslash that begins no name", "Remove it; only a name can follow a backslash.");

    /// <summary>What would become a directive if it came to stand at the start of a line.</summary>
    public static readonly DiagnosticRule DirectiveInLine = new(
        "FMT005", "directive-in-line", Severity.Error, "a preprocessor directive in the middle of a line", "Put it on a line of its own.");
}
