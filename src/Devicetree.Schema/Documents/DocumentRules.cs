using Devicetree.Text.Diagnostics;

namespace Devicetree.Schema.Documents;

/// <summary>What can be wrong with a binding as a document. The numbers are stable.</summary>
public static class DocumentRules
{
    /// <summary>The rules for bindings, which schemas of schemas hold, are broken.</summary>
    public static readonly DiagnosticRule MetaSchema = Error("DOC001", "meta-schema", "{0}", "{1}");

    /// <summary>JSON Schema itself is broken: tools drop such a file.</summary>
    public static readonly DiagnosticRule JsonSchema = Error(
        "DOC002", "json-schema", "{0}", "JSON Schema allows nothing else here; a file with it is ignored by every tool.");

    /// <summary>The file is a list, a text or nothing.</summary>
    public static readonly DiagnosticRule NoMapping = Error("DOC003", "binding-no-mapping", "this is no mapping", "Begin with $id, $schema and title.");

    /// <summary><c>$schema</c> is missing or names rules that nobody has.</summary>
    public static readonly DiagnosticRule UnknownMetaSchema = Error(
        "DOC004", "unknown-meta-schema", "$schema names no rules for bindings: {0}", "Write $schema: http://devicetree.org/meta-schemas/core.yaml#");

    /// <summary><c>$id</c> does not agree with where the file is.</summary>
    public static readonly DiagnosticRule WrongId = Error(
        "DOC005", "wrong-id", "$id says '{0}', which is not where the file is", "Write http://devicetree.org/schemas/ and the path below the folder of the bindings, then #.");

    /// <summary>A reference leads nowhere.</summary>
    public static readonly DiagnosticRule UnresolvedReference = Error(
        "DOC006", "unresolved-reference", "'{0}' leads nowhere", "Nothing will satisfy it; correct the path, or give the folder of the core schemas.");

    /// <summary>A node refers to a schema that leaves open what else it has, and does not close it.</summary>
    public static readonly DiagnosticRule OpenNode = Error(
        "DOC007", "open-node", "{0} refers to a schema that allows any further property",
        "Add unevaluatedProperties: false, so that misspelt properties are found.");

    /// <summary>The rules lead too deep to be followed to the end.</summary>
    public static readonly DiagnosticRule Exhausted = Error("DOC008", "document-too-deep", "the file is nested too deeply to be checked", "");

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        MetaSchema, JsonSchema, NoMapping, UnknownMetaSchema, WrongId, UnresolvedReference, OpenNode, Exhausted,
    ];

    private static DiagnosticRule Error(string id, string name, string message, string remedy) => new(id, name, Severity.Error, message, remedy);
}
