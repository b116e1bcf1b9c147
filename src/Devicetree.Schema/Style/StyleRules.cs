using Devicetree.Text.Diagnostics;

namespace Devicetree.Schema.Style;

/// <summary>
/// How a binding is to be written: the rules of yamllint that the kernel's configuration turns on, under yamllint's names and with its
/// levels. The numbers are stable.
/// </summary>
public static class StyleRules
{
    /// <summary>Spaces inside of braces: none or one, none in empty ones.</summary>
    public static readonly DiagnosticRule Braces = Warning("STY001", "braces");

    /// <summary>Spaces inside of brackets: none or one, none in empty ones.</summary>
    public static readonly DiagnosticRule Brackets = Warning("STY002", "brackets");

    /// <summary>No space before a colon, at most one after it.</summary>
    public static readonly DiagnosticRule Colons = Warning("STY003", "colons");

    /// <summary>No space before a comma, one after it.</summary>
    public static readonly DiagnosticRule Commas = Warning("STY004", "commas");

    /// <summary>A space before a comment that follows something.</summary>
    public static readonly DiagnosticRule Comments = Error("STY005", "comments");

    /// <summary>A document begins with <c>---</c>.</summary>
    public static readonly DiagnosticRule DocumentStart = Error("STY006", "document-start");

    /// <summary>At most three empty lines in a row, one at the end, none at the start.</summary>
    public static readonly DiagnosticRule EmptyLines = Warning("STY007", "empty-lines");

    /// <summary>A key has a value.</summary>
    public static readonly DiagnosticRule EmptyValues = Error("STY008", "empty-values");

    /// <summary>One space after a hyphen.</summary>
    public static readonly DiagnosticRule Hyphens = Warning("STY009", "hyphens");

    /// <summary>Two more spaces a level, in front of the hyphens of a list too.</summary>
    public static readonly DiagnosticRule Indentation = Warning("STY010", "indentation");

    /// <summary>A key stands once in a mapping.</summary>
    public static readonly DiagnosticRule KeyDuplicates = Error("STY011", "key-duplicates");

    /// <summary>At most 110 characters a line, unless it cannot be broken.</summary>
    public static readonly DiagnosticRule LineLength = Warning("STY012", "line-length");

    /// <summary>The last line ends like the others.</summary>
    public static readonly DiagnosticRule NewLineAtEnd = Error("STY013", "new-line-at-end-of-file");

    /// <summary>Lines end with a line feed.</summary>
    public static readonly DiagnosticRule NewLines = Error("STY014", "new-lines");

    /// <summary>Quotes that change nothing.</summary>
    public static readonly DiagnosticRule QuotedStrings = Error("STY015", "quoted-strings");

    /// <summary>No space ends a line.</summary>
    public static readonly DiagnosticRule TrailingSpaces = Error("STY016", "trailing-spaces");

    /// <summary>A rule of a tree's configuration that is not known here.</summary>
    public static readonly DiagnosticRule UnknownRule = new(
        "STY017", "unknown-style-rule", Severity.Warning, "rule '{0}' is not known and does not count", "Run yamllint for it.");

    /// <summary>An option of a tree's configuration that is not known here, or has a value that is not.</summary>
    public static readonly DiagnosticRule UnknownOption = new(
        "STY018", "unknown-style-option", Severity.Warning, "'{0}' is not known and does not count", "Run yamllint for it.");

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        Braces, Brackets, Colons, Commas, Comments, DocumentStart, EmptyLines, EmptyValues, Hyphens, Indentation,
        KeyDuplicates, LineLength, NewLineAtEnd, NewLines, QuotedStrings, TrailingSpaces, UnknownRule, UnknownOption,
    ];

    private static DiagnosticRule Error(string id, string name) => new(id, name, Severity.Error, "{0}");

    private static DiagnosticRule Warning(string id, string name) => new(id, name, Severity.Warning, "{0}");
}
