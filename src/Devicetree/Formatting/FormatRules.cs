using Devicetree.Text.Diagnostics;

namespace Devicetree.Formatting;

/// <summary>Why a text cannot be laid out.</summary>
internal static class FormatRules
{
    /// <summary>A comment or a literal has no end.</summary>
    public static readonly DiagnosticRule NoEnd = new(
        "FMT001", "no-end", Severity.Error, "this {0} does not end", "Close it; the text is left as it is until then.")
    {
        Why = "Where the literal or comment stops cannot be known, so moving lines could change the tree.",
        Example = """
            / {
            	model = "Acme Board;
            };
            """,
    };

    /// <summary>Braces or brackets do not match.</summary>
    public static readonly DiagnosticRule Unbalanced = new(
        "FMT002", "unbalanced", Severity.Error, "'{0}' has no partner",
        "Add or remove it. Where branches of an '#if' open different braces, each branch has to close what it opens.")
    {
        Why = "Indentation follows the braces: without a partner every line after it would be laid out for the wrong "
            + "level.",
        Example = """
            / {
            	};
            };
            """,
    };

    /// <summary>Bodies nest too deeply.</summary>
    public static readonly DiagnosticRule TooDeep = new(
        "FMT003", "too-deep", Severity.Error, "bodies nest more than {0} levels deep", "Flatten them.")
    {
        Why = "The limit keeps a damaged or generated file from using up the stack.",
        Example = "/ { a { a { a { /* … and so on, hundreds deep */ }; }; }; };",
    };

    /// <summary>A backslash that would join lines if it came to stand at the end of one.</summary>
    public static readonly DiagnosticRule StrayBackslash = new(
        "FMT004", "stray-backslash", Severity.Error, "a backslash that begins no name",
        "Remove it; only a name can follow a backslash.")
    {
        Why = "At the end of a line it would join two lines, and the text would mean something else.",
        Example = """
            / {
            	status \ = "okay";
            };
            """,
    };

    /// <summary>What would become a directive if it came to stand at the start of a line.</summary>
    public static readonly DiagnosticRule DirectiveInLine = new(
        "FMT005", "directive-in-line", Severity.Error, "a preprocessor directive in the middle of a line",
        "Put it on a line of its own.")
    {
        Why = "The preprocessor only sees directives at the start of a line. Laid out, this one would come into force "
            + "or be lost.",
        Example = """
            / {
            	status; #endif
            };
            """,
    };

    /// <summary>What no parser of devicetree sources reads: laid out, it would be lost.</summary>
    public static readonly DiagnosticRule NotSource = new(
        "FMT006", "not-source", Severity.Error, "this is not devicetree source text: {0}",
        "Name sources only (.dts, .dtsi, .dtso).")
    {
        Why = "Laying out something else would damage it.",
        Example = "dt format photo.png",
    };

    /// <summary>A compiled tree.</summary>
    public static readonly DiagnosticRule Blob = new(
        "FMT007", "blob", Severity.Error, "this is a compiled devicetree, which has no layout",
        "Use 'dt decompile' to get its source text.")
    {
        Why = "A blob keeps no lines, comments or macros: there is nothing to lay out.",
        Example = "dt format board.dtb",
    };

    /// <summary>Bytes that are no characters; they would not survive.</summary>
    public static readonly DiagnosticRule NotUtf8 = new(
        "FMT008", "not-utf8", Severity.Error, "this byte is not valid UTF-8", "Convert the file to UTF-8.")
    {
        Why = "Editors and other tools replace such bytes, and a string in the tree would change with them.",
        Example = "A string that was saved as Latin-1: the byte 0xe9 for 'é'.",
    };

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        NoEnd, Unbalanced, TooDeep, StrayBackslash, DirectiveInLine, NotSource, Blob, NotUtf8,
    ];
}
