using Devicetree.Text.Diagnostics;

namespace Devicetree.Schema.Processing;

/// <summary>Everything that can be wrong with a set of bindings. The numbers are stable.</summary>
public static class SchemaRules
{
    /// <summary>A file is no YAML mapping; what is wrong with the YAML is reported as well.</summary>
    public static readonly DiagnosticRule NotReadable = Warning(
        "SCH001", "schema-not-readable", "the file is ignored: it cannot be read as a mapping", "What refers to it will be satisfied by nothing.");

    /// <summary>A file is no JSON Schema.</summary>
    public static readonly DiagnosticRule NotValid = Warning(
        "SCH002", "schema-not-valid", "the file is ignored: JSON Schema does not allow what stands at '{0}'",
        "What refers to it will be satisfied by nothing.");

    /// <summary>Two files have one ID.</summary>
    public static readonly DiagnosticRule DuplicateId = Warning(
        "SCH003", "duplicate-schema-id", "the file is ignored: another one has '{0}' for its '$id'", "Give each file its own path as its ID.");

    /// <summary>A folder has no schema.</summary>
    public static readonly DiagnosticRule EmptyFolder = Warning("SCH004", "no-schema-in-folder", "there is no schema in {0}");

    /// <summary>No schema gives a property a type.</summary>
    public static readonly DiagnosticRule MissingType = Warning(
        "SCH005", "missing-property-type", "property '{0}' has no type in any schema", "Refer to a type of types.yaml where it is defined.");

    /// <summary>Schemas give a property types that no blob can tell apart.</summary>
    public static readonly DiagnosticRule IncompatibleTypes = Warning(
        "SCH006", "incompatible-property-types", "property '{0}' has type {1} here and another elsewhere; a blob cannot tell them apart");

    /// <summary>Two schemas speak of one compatible string.</summary>
    public static readonly DiagnosticRule DuplicateCompatible = Warning(
        "SCH007", "duplicate-compatible", "compatible string '{0}' belongs to {1} as well; the last of them by ID is used");

    /// <summary>A file of processed schemas is none, or was written by something else.</summary>
    public static readonly DiagnosticRule NotProcessed = new(
        "SCH008", "not-processed-schemas", Severity.Error, "this is no file of processed schemas that can be used: {0}", "Write it anew with dt-mk-schema.");

    /// <summary>A binding gives a property of the core schemas a type that none of its values can have.</summary>
    public static readonly DiagnosticRule ClashWithCore = new(
        "SCH009", "type-clashes-with-core", Severity.Error,
        "property '{0}' has type {1} here and {2} in the core schemas, by which every tree is read: no value fits",
        "Give the property another name, or the type that it has everywhere.");

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        NotReadable, NotValid, DuplicateId, EmptyFolder, MissingType, IncompatibleTypes, DuplicateCompatible,
        NotProcessed, ClashWithCore,
    ];

    private static DiagnosticRule Warning(string id, string name, string message, string remedy = "") =>
        new(id, name, Severity.Warning, message, remedy);
}
