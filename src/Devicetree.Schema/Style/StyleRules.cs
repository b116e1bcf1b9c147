using Devicetree.Text.Diagnostics;

namespace Devicetree.Schema.Style;

/// <summary>
/// How a binding is to be written: the rules of yamllint that the kernel's configuration turns on, under yamllint's names and
/// with its levels. The numbers are stable.
/// </summary>
internal static class StyleRules
{
    /// <summary>Spaces inside of braces: none or one, none in empty ones.</summary>
    public static readonly DiagnosticRule Braces = Warning("STY001", "braces",
        what: "Braces have at most one space inside, and empty ones have none.",
        whatToDo: "Remove the extra spaces.",
        why: "Reviewers of the kernel ask for one layout, and 'make dt_binding_check' prints what differs.",
        example: "a: {  b: 1 }");

    /// <summary>Spaces inside of brackets: none or one, none in empty ones.</summary>
    public static readonly DiagnosticRule Brackets = Warning("STY002", "brackets",
        what: "Brackets have at most one space inside, and empty ones have none.",
        whatToDo: "Remove the extra spaces.",
        why: "Reviewers of the kernel ask for one layout, and 'make dt_binding_check' prints what differs.",
        example: "enum: [  1, 4 ]");

    /// <summary>No space before a colon, at most one after it.</summary>
    public static readonly DiagnosticRule Colons = Warning("STY003", "colons",
        what: "No space stands before a colon, and at most one after it.",
        whatToDo: "Leave no space before the colon, and one after it.",
        why: "Columns that are lined up by hand move with every longer key, and the change touches lines that mean the "
            + "same.",
        example: "title:  Acme UART");

    /// <summary>No space before a comma, one after it.</summary>
    public static readonly DiagnosticRule Commas = Warning("STY004", "commas",
        what: "No space stands before a comma, and one after it.",
        whatToDo: "Leave no space before the comma, and one after it.",
        why: "Reviewers of the kernel ask for one layout, and 'make dt_binding_check' prints what differs.",
        example: "enum: [1,4]");

    /// <summary>A space before a comment that follows something.</summary>
    public static readonly DiagnosticRule Comments = Error("STY005", "comments",
        what: "A space stands before a comment that follows something.",
        whatToDo: "Put a space before the '#', and one after it.",
        why: "Without it the '#' belongs to the value: what looks like a comment becomes a part of a string.",
        example: "enum: [1, 4]# bytes");

    /// <summary>A document begins with <c>---</c>.</summary>
    public static readonly DiagnosticRule DocumentStart = Error("STY006", "document-start",
        what: "A document begins with '---'.",
        whatToDo: "Begin the document with '---'.",
        why: "Editors and other tools find the end of the licence comment by it, and the kernel's checks ask for it.",
        example: """
            # SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
            title: Acme UART
            """);

    /// <summary>At most three empty lines in a row, one at the end, none at the start.</summary>
    public static readonly DiagnosticRule EmptyLines = Warning("STY007", "empty-lines",
        what: "At most three empty lines follow each other, at most one ends the file, and none begins it.",
        whatToDo: "Remove the extra empty lines.",
        why: "Reviewers of the kernel ask for one layout, and 'make dt_binding_check' prints what differs.",
        example: """
            title: Acme UART




            properties: {}
            """);

    /// <summary>A key has a value.</summary>
    public static readonly DiagnosticRule EmptyValues = Error("STY008", "empty-values",
        what: "A key has a value.",
        whatToDo: "Write a value, or remove the key.",
        why: "A key without a value is null, which means something else than an empty list or mapping: most keywords "
            + "do not allow it.",
        example: """
            properties:
              reg:
            required: [reg]
            """);

    /// <summary>One space after a hyphen.</summary>
    public static readonly DiagnosticRule Hyphens = Warning("STY009", "hyphens",
        what: "One space stands after a hyphen.",
        whatToDo: "Leave one space after the hyphen.",
        why: "Reviewers of the kernel ask for one layout, and 'make dt_binding_check' prints what differs.",
        example: """
            required:
              -   reg
            """);

    /// <summary>Two more spaces a level, in front of the hyphens of a list too.</summary>
    public static readonly DiagnosticRule Indentation = Warning("STY010", "indentation",
        what: "Each level has two more spaces, lists included.",
        whatToDo: "Indent each level by two more spaces, lists included.",
        why: "In YAML the indentation decides what belongs to what: an even one shows faults at a glance.",
        example: """
            properties:
                reg: true
            """);

    /// <summary>A key stands once in a mapping.</summary>
    public static readonly DiagnosticRule KeyDuplicates = Error("STY011", "key-duplicates",
        what: "A key stands once in a mapping.",
        whatToDo: "Keep one of the two.",
        why: "One of the two is lost, and which one depends on the reader: a part of the binding checks nothing.",
        example: """
            reg: true
            reg: false
            """);

    /// <summary>At most 110 characters a line, unless it cannot be broken.</summary>
    public static readonly DiagnosticRule LineLength = Warning("STY012", "line-length",
        what: "A line has at most 110 characters, unless it cannot be broken.",
        whatToDo: "Break the line.",
        why: "Longer lines are hard to review side by side and in mail, which is how bindings are discussed.",
        example: """
            description: This line goes on and on, with a great many words that do not say much, so that in the end it is far too long to read.
            """);

    /// <summary>The last line ends like the others.</summary>
    public static readonly DiagnosticRule NewLineAtEnd = Error("STY013", "new-line-at-end-of-file",
        what: "The last line ends with a line feed like the others.",
        whatToDo: "End the last line with a line feed.",
        why: "Tools that append to the file join two lines, and diffs show a change in a line that nobody touched.",
        example: "title: Acme UART, and nothing after the last letter");

    /// <summary>Lines end with a line feed.</summary>
    public static readonly DiagnosticRule NewLines = Error("STY014", "new-lines",
        what: "Lines end with a line feed, not with a carriage return before it.",
        whatToDo: "Save the file with line feeds only.",
        why: "The two kinds in one tree make diffs of whole files, and a carriage return becomes a part of block texts.",
        example: "A file with the line ends of Windows: 'title: Acme UART', 0x0d, 0x0a.");

    /// <summary>Quotes that change nothing.</summary>
    public static readonly DiagnosticRule QuotedStrings = Error("STY015", "quoted-strings",
        what: "Strings have quotes only where YAML would read something else without them.",
        whatToDo: "Remove the quotes, or add them where YAML reads something else without them.",
        why: "Quotes that change nothing suggest that they are needed, and hide those that are.",
        example: "title: \"Acme UART\"");

    /// <summary>No space ends a line.</summary>
    public static readonly DiagnosticRule TrailingSpaces = Error("STY016", "trailing-spaces",
        what: "No space or tab ends a line.",
        whatToDo: "Remove what is blank at the end of the line.",
        why: "Nobody sees them, editors remove them, and diffs then show changes in lines that mean the same.",
        example: "A line with two spaces at its end: 'title: Acme UART  '.");

    /// <summary>A rule of a tree's configuration that is not known here.</summary>
    public static readonly DiagnosticRule UnknownRule = new(
        "STY017", "unknown-style-rule", Severity.Warning, "rule '{0}' is not known and does not count", "Run yamllint for it.")
    {
        Why = "The tree's own configuration asks for something that is not checked here, so yamllint may find more.",
        Example = """
            # .yamllint
            rules:
              anchors: enable
            """,
    };

    /// <summary>An option of a tree's configuration that is not known here, or has a value that is not.</summary>
    public static readonly DiagnosticRule UnknownOption = new(
        "STY018", "unknown-style-option", Severity.Warning, "'{0}' is not known and does not count", "Run yamllint for it.")
    {
        Why = "The tree's own configuration asks for something that is not checked here, so yamllint may find more.",
        Example = """
            # .yamllint
            extends: my-company.yaml
            """,
    };

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        Braces, Brackets, Colons, Commas, Comments, DocumentStart, EmptyLines, EmptyValues, Hyphens, Indentation,
        KeyDuplicates, LineLength, NewLineAtEnd, NewLines, QuotedStrings, TrailingSpaces, UnknownRule, UnknownOption,
    ];

    private static DiagnosticRule Error(string id, string name, string what, string whatToDo, string why, string example) =>
        new(id, name, Severity.Error, "{0}") { What = what, WhatToDo = whatToDo, Why = why, Example = example };

    private static DiagnosticRule Warning(string id, string name, string what, string whatToDo, string why, string example) =>
        new(id, name, Severity.Warning, "{0}") { What = what, WhatToDo = whatToDo, Why = why, Example = example };
}
