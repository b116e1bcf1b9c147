using Devicetree.Text.Diagnostics;

namespace Devicetree.Schema.Processing;

/// <summary>Everything that can be wrong with a set of bindings. The numbers are stable.</summary>
internal static class SchemaRules
{
    /// <summary>A file is no YAML mapping; what is wrong with the YAML is reported as well.</summary>
    public static readonly DiagnosticRule NotReadable = Warning(
        "SCH001", "schema-not-readable", "the file is ignored: it cannot be read as a mapping",
        "Write it as a mapping; until then nothing satisfies what refers to it.",
        why: "Devicetrees are checked without it, so faults pass that it would find.",
        example: """
            # acme,uart.yaml
            - compatible
            """);

    /// <summary>A file is no JSON Schema.</summary>
    public static readonly DiagnosticRule NotValid = Warning(
        "SCH002", "schema-not-valid", "the file is ignored: JSON Schema does not allow what stands at '{0}'",
        "Correct it; until then nothing satisfies what refers to it.",
        why: "Devicetrees are checked without it, so faults pass that it would find.",
        example: """
            # acme,uart.yaml
            properties:
              compatible:
                const: acme,uart
              reg:
                maxItems: one
            """);

    /// <summary>Two files have one ID.</summary>
    public static readonly DiagnosticRule DuplicateId = Warning(
        "SCH003", "duplicate-schema-id", "the file is ignored: another one has '{0}' for its '$id'",
        "Give each file its own path as its ID.",
        why: "A reference to the ID could mean either file. The first one is used, and the other one checks nothing.",
        example: """
            # acme,uart.yaml
            $id: http://devicetree.org/schemas/acme,uart.yaml#
            # copy-of-acme,uart.yaml
            $id: http://devicetree.org/schemas/acme,uart.yaml#
            """);

    /// <summary>A directory has no schema.</summary>
    public static readonly DiagnosticRule EmptyDirectory =
        Warning("SCH004", "no-schema-in-directory", "there is no schema in {0}",
        whatToDo: "Correct the name, or name the directory that holds the .yaml files.",
        why: "Nothing is checked by that directory. The name may be misspelt, or the files in it do not end in .yaml.",
        example: "dt check --schema bindings board.dts, where bindings/ holds no .yaml file");

    /// <summary>No schema gives a property a type.</summary>
    public static readonly DiagnosticRule MissingType = Warning(
        "SCH005", "missing-property-type", "property '{0}' has no type in any schema",
        "Refer to a type of types.yaml where it is defined.",
        why: "A blob holds bytes only. Without a type their meaning is guessed, and a fault in the value can pass.",
        example: """
            # acme,uart.yaml
            properties:
              compatible:
                const: acme,uart
              acme,mode:
                description: The mode of the UART.
            """);

    /// <summary>Schemas give a property types that no blob can tell apart.</summary>
    public static readonly DiagnosticRule IncompatibleTypes = Warning(
        "SCH006", "incompatible-property-types",
        "property '{0}' has type {1} here and another elsewhere; a blob cannot tell them apart",
        whatToDo: "Give the property one type in all bindings, or rename it in one of them.",
        why: "One name must mean one type in all bindings, because a reader of a blob sees bytes only and has to choose.",
        example: """
            # acme,uart.yaml
            properties:
              compatible:
                const: acme,uart
              acme,mode:
                $ref: /schemas/types.yaml#/definitions/uint32
            # acme,spi.yaml
            properties:
              compatible:
                const: acme,spi
              acme,mode:
                $ref: /schemas/types.yaml#/definitions/uint32-array
            """);

    /// <summary>Two schemas speak of one compatible string.</summary>
    public static readonly DiagnosticRule DuplicateCompatible = Warning(
        "SCH007", "duplicate-compatible", "compatible string '{0}' belongs to {1} as well; the last of them by ID is used",
        whatToDo: "Remove the string from one of the two bindings.",
        why: "A node with this string is checked by one of the two only, so what the other one demands is never looked "
            + "at.",
        example: """
            # acme,uart.yaml
            properties:
              compatible:
                const: acme,uart
            # acme,spi.yaml
            properties:
              compatible:
                const: acme,uart
            """);

    /// <summary>A file of processed schemas is none, or was written by something else.</summary>
    public static readonly DiagnosticRule NotProcessed = new(
        "SCH008", "not-processed-schemas", Severity.Error, "this is not a valid file of processed schemas: {0}",
        "Write it again with dt-mk-schema.")
    {
        Why = "A file that was cut or written by something else would check nothing, silently.",
        Example = "dt check --schema processed.json board.dts, where processed.json is a package.json",
    };

    /// <summary>A binding gives a property of the core schemas a type that none of its values can have.</summary>
    public static readonly DiagnosticRule ClashWithCore = new(
        "SCH009", "type-clashes-with-core", Severity.Error,
        "property '{0}' has type {1} here and {2} in the core schemas, by which every tree is read: no value fits",
        "Give the property another name, or the type that it has everywhere.")
    {
        Why = "Every tree is read by the core schemas first, so a value that this binding accepts cannot exist.",
        Example = """
            # acme,uart.yaml
            properties:
              compatible:
                const: acme,uart
              status:
                $ref: /schemas/types.yaml#/definitions/uint32
            """,
    };

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        NotReadable, NotValid, DuplicateId, EmptyDirectory, MissingType, IncompatibleTypes, DuplicateCompatible,
        NotProcessed, ClashWithCore,
    ];

    private static DiagnosticRule Warning(string id, string name, string message, string remedy = "", string why = "",
        string example = "", string whatToDo = "") =>
        new(id, name, Severity.Warning, message, remedy) { WhatToDo = whatToDo, Why = why, Example = example };
}
