using Devicetree.Text.Diagnostics;

namespace Devicetree.Text.Yaml;

/// <summary>Everything that can be wrong with a YAML file, whatever it describes. The numbers are stable.</summary>
public static class YamlRules
{
    /// <summary>The text is not YAML.</summary>
    public static readonly DiagnosticRule Syntax = Error("YML001", "yaml-syntax", "{0}", "{1}");

    /// <summary>Bytes that are no UTF-8.</summary>
    public static readonly DiagnosticRule NotUtf8 = Error(
        "YML002", "not-utf8", "byte 0x{0:x2} is not part of valid UTF-8", "Save the file as UTF-8.");

    /// <summary>A key stands twice in one mapping.</summary>
    public static readonly DiagnosticRule DuplicateKey = Error(
        "YML003", "duplicate-key", "found duplicate key \"{0}\"", "Keep one of the two.");

    /// <summary>A key that is no string.</summary>
    public static readonly DiagnosticRule KeyIsNoString = Error(
        "YML004", "key-is-no-string", "a key is {0}, not a string", "Put the key in quotes.");

    /// <summary>An alias of an anchor that is not known there.</summary>
    public static readonly DiagnosticRule UnknownAlias = Error("YML005", "unknown-alias", "found undefined alias '{0}'");

    /// <summary>An alias inside the value that its anchor marks.</summary>
    public static readonly DiagnosticRule RecursiveAlias = Error(
        "YML006", "recursive-alias", "alias '{0}' stands inside of the value it means", "A schema refers to itself with '$ref'.");

    /// <summary>Collections nest too deeply.</summary>
    public static readonly DiagnosticRule TooDeep = Error("YML007", "too-deep", "collections nest more than {0} levels deep");

    /// <summary>Too many values, usually because of aliases of aliases.</summary>
    public static readonly DiagnosticRule TooManyValues = Error(
        "YML008", "too-many-values", "the file has more than {0} values, those behind its aliases included");

    /// <summary>A number that is none, or is too long.</summary>
    public static readonly DiagnosticRule BadNumber = Error(
        "YML009", "bad-number", "'{0}' is no number of at most 127 bits", "Put it in quotes if it is meant as text.");

    /// <summary>A tag that means nothing here.</summary>
    public static readonly DiagnosticRule UnknownTag = Error(
        "YML010", "unknown-tag", "could not determine a constructor for the tag '{0}'", "Remove the tag.");

    /// <summary>A merge of something that is no mapping.</summary>
    public static readonly DiagnosticRule BadMerge = Error(
        "YML011", "bad-merge", "'<<' takes a mapping or a list of mappings, not {0}");

    /// <summary>More than one document, or none.</summary>
    public static readonly DiagnosticRule NotOneDocument = Error(
        "YML012", "not-one-document", "expected a single document in the stream, but found another document", "Keep one document per file.");

    /// <summary>The file cannot be read.</summary>
    public static readonly DiagnosticRule Unreadable = Error("YML013", "unreadable", "{0}");

    /// <summary>An anchor, an alias or a tag in a file that has no use for them.</summary>
    public static readonly DiagnosticRule NotPlain = Error(
        "YML014", "not-plain", "anchors, aliases and tags have no meaning in this file", "Write the value itself.");

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        Syntax, NotUtf8, DuplicateKey, KeyIsNoString, UnknownAlias, RecursiveAlias, TooDeep, TooManyValues, BadNumber,
        UnknownTag, BadMerge, NotOneDocument, Unreadable, NotPlain,
    ];

    private static DiagnosticRule Error(string id, string name, string message, string remedy = "") =>
        new(id, name, Severity.Error, message, remedy);
}
