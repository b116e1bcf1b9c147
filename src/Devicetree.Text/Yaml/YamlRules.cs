using Devicetree.Text.Diagnostics;

namespace Devicetree.Text.Yaml;

/// <summary>Everything that can be wrong with a YAML file, whatever it describes. The numbers are stable.</summary>
internal static class YamlRules
{
    /// <summary>The text is not YAML.</summary>
    public static readonly DiagnosticRule Syntax = Error("YML001", "yaml-syntax", "{0}", "{1}",
        what: "The text follows the syntax of YAML.",
        whatToDo: "Correct the text at this place, or what it continues.",
        why: "Nothing of the file can be used: what stands before this place is not read either.",
        example: "enum: [1, 4");

    /// <summary>Bytes that are no UTF-8.</summary>
    public static readonly DiagnosticRule NotUtf8 = Error(
        "YML002", "not-utf8", "byte 0x{0:x2} is not part of valid UTF-8", "Save the file as UTF-8.",
        why: "Readers differ in what they make of such bytes, most stop at them.",
        example: "A file that was saved as Latin-1: the byte 0xe9 for 'é'.");

    /// <summary>A key stands twice in one mapping.</summary>
    public static readonly DiagnosticRule DuplicateKey = Error(
        "YML003", "duplicate-key", "found duplicate key \"{0}\"", "Keep one of the two.",
        why: "One of the two would be lost, and which one depends on the reader.",
        example: """
            reg: true
            reg: false
            """);

    /// <summary>A key that is no string.</summary>
    public static readonly DiagnosticRule KeyIsNoString = Error(
        "YML004", "key-is-no-string", "a key is {0}, not a string", "Put the key in quotes.",
        why: "Keys are names of properties, which are strings. YAML reads bare words like 'on', 'null' or 12 as "
            + "something else.",
        example: "12: true");

    /// <summary>An alias of an anchor that is not known there.</summary>
    public static readonly DiagnosticRule UnknownAlias = Error("YML005", "unknown-alias", "found undefined alias '{0}'",
        whatToDo: "Mark a value before it with that anchor, or put the text in quotes.",
        why: "There is no value to put in its place. Strings that begin with '*' need quotes.",
        example: "reg: *common");

    /// <summary>An alias inside the value that its anchor marks.</summary>
    public static readonly DiagnosticRule RecursiveAlias = Error(
        "YML006", "recursive-alias", "alias '{0}' stands inside of the value it means",
        "Use '$ref' where a schema refers to itself.",
        why: "The value would contain itself without end.",
        example: """
            a: &common
              b: *common
            """);

    /// <summary>Collections nest too deeply.</summary>
    public static readonly DiagnosticRule TooDeep = Error("YML007", "too-deep", "collections nest more than {0} levels deep",
        whatToDo: "Flatten them.",
        why: "The limit keeps a damaged or hostile file from using up the stack; no binding needs as many.",
        example: "a: [[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]] # … and so on, hundreds deep");

    /// <summary>Too many values, usually because of aliases of aliases.</summary>
    public static readonly DiagnosticRule TooManyValues = Error(
        "YML008", "too-many-values", "the file has more than {0} values, those behind its aliases included",
        whatToDo: "Use fewer aliases of values that hold aliases.",
        why: "Each alias stands for all that its anchor holds: a few lines of aliases of aliases would fill the memory.",
        example: """
            a: &a [x, x, x, x, x, x, x, x]
            b: &b [*a, *a, *a, *a, *a, *a, *a, *a]
            c: &c [*b, *b, *b, *b, *b, *b, *b, *b] # … and so on
            """);

    /// <summary>A number that is none, or is too long.</summary>
    public static readonly DiagnosticRule BadNumber = Error(
        "YML009", "bad-number", "'{0}' is not a number of at most 127 bits", "Put it in quotes if it is meant as text.",
        why: "A number that is cut would be compared with values of devicetrees, and the verdict would be wrong.",
        example: "maximum: 1000000000000000000000000000000000000000");

    /// <summary>A tag that means nothing here.</summary>
    public static readonly DiagnosticRule UnknownTag = Error(
        "YML010", "unknown-tag", "could not determine a constructor for the tag '{0}'", "Remove the tag.",
        why: "A tag asks the reader for a type of its own, which no tool for bindings has.",
        example: "reg: !register 1");

    /// <summary>A merge of something that is no mapping.</summary>
    public static readonly DiagnosticRule BadMerge = Error(
        "YML011", "bad-merge", "'<<' takes a mapping or a list of mappings, not {0}",
        whatToDo: "Write a mapping after '<<', or an alias of one.",
        why: "There are no keys that could be taken over.",
        example: """
            properties:
              <<: 1
            """);

    /// <summary>More than one document, or none.</summary>
    public static readonly DiagnosticRule NotOneDocument = Error(
        "YML012", "not-one-document", "expected a single document in the stream, but found another document",
        "Keep one document per file.",
        why: "A reader takes the first document only, so that the rest would be ignored silently.",
        example: """
            title: Acme UART
            ---
            title: Acme SPI
            """);

    /// <summary>The file cannot be read.</summary>
    public static readonly DiagnosticRule Unreadable = Error("YML013", "unreadable", "{0}",
        what: "The file can be read.",
        whatToDo: "Name a file that this user may read.",
        why: "What it holds is missing: a reference to it leads nowhere, and nothing is checked by it.",
        example: "A file that this user may not read, or a device.");

    /// <summary>An anchor, an alias or a tag in a file that has no use for them.</summary>
    public static readonly DiagnosticRule NotPlain = Error(
        "YML014", "not-plain", "anchors, aliases and tags have no meaning in this file", "Write the value itself.",
        why: "A machine file is short and read by people: each value stands where it counts, and nothing expands to "
            + "more than is written.",
        example: """
            name: &a lab
            vms: [{name: *a}]
            """);

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        Syntax, NotUtf8, DuplicateKey, KeyIsNoString, UnknownAlias, RecursiveAlias, TooDeep, TooManyValues, BadNumber,
        UnknownTag, BadMerge, NotOneDocument, Unreadable, NotPlain,
    ];

    private static DiagnosticRule Error(
        string id, string name, string message, string remedy = "", string what = "", string whatToDo = "", string why = "",
        string example = "") =>
        new(id, name, Severity.Error, message, remedy) { What = what, WhatToDo = whatToDo, Why = why, Example = example };
}
