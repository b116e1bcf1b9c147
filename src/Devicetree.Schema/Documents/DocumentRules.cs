using Devicetree.Text.Diagnostics;

namespace Devicetree.Schema.Documents;

/// <summary>What can be wrong with a binding as a document. The numbers are stable.</summary>
internal static class DocumentRules
{
    /// <summary>The rules for bindings, which schemas of schemas hold, are broken.</summary>
    public static readonly DiagnosticRule MetaSchema = Error("DOC001", "meta-schema", "{0}", "{1}",
        what: "A binding keeps to the rules for bindings, which schemas of schemas hold.",
        whatToDo: "Write what the finding asks for.",
        why: "Reviewers of the kernel do not take a binding that breaks them, and a tool that relies on them reads it "
            + "wrong.",
        example: """
            # acme,uart.yaml
            $id: http://devicetree.org/schemas/acme,uart.yaml#
            $schema: http://devicetree.org/meta-schemas/core.yaml#
            title: Acme UART
            maintainers:
              - Ada <ada@example.org>
            properties:
              compatible:
                const: acme,uart
            """);

    /// <summary>JSON Schema itself is broken: tools drop such a file.</summary>
    public static readonly DiagnosticRule JsonSchema = Error(
        "DOC002", "json-schema", "{0}", "Write what JSON Schema allows here; every tool ignores a file with anything else.",
        what: "A binding is valid JSON Schema.",
        why: "Tools drop such a file with a warning at most, and then nothing is checked by it.",
        example: """
            # acme,uart.yaml
            $id: http://devicetree.org/schemas/acme,uart.yaml#
            $schema: http://devicetree.org/meta-schemas/core.yaml#
            title: Acme UART
            maintainers:
              - Ada <ada@example.org>
            properties:
              compatible:
                const: acme,uart
              reg:
                maxItems: one
            additionalProperties: false
            """);

    /// <summary>The file is a list, a text or nothing.</summary>
    public static readonly DiagnosticRule NoMapping =
        Error("DOC003", "binding-no-mapping", "this is not a mapping", "Begin with $id, $schema and title.",
        why: "No tool finds a binding in the file, so nothing is checked by it.",
        example: """
            # acme,uart.yaml
            - compatible
            """);

    /// <summary><c>$schema</c> is missing or names rules that nobody has.</summary>
    public static readonly DiagnosticRule UnknownMetaSchema = Error(
        "DOC004", "unknown-meta-schema", "$schema names no rules for bindings: {0}",
        "Write $schema: http://devicetree.org/meta-schemas/core.yaml#",
        why: "Which rules the file should keep is not known, so it is not checked at all.",
        example: """
            # acme,uart.yaml
            $id: http://devicetree.org/schemas/acme,uart.yaml#
            $schema: http://example.org/my-rules.yaml#
            title: Acme UART
            """);

    /// <summary><c>$id</c> does not agree with where the file is.</summary>
    public static readonly DiagnosticRule WrongId = Error(
        "DOC005", "wrong-id", "$id says '{0}', which is not where the file is",
        "Write http://devicetree.org/schemas/ and the path below the directory of the bindings, then #.",
        why: "Other bindings refer to this one by its path. When ID and path differ, they miss it or get another file.",
        example: """
            # acme,uart.yaml
            $id: http://devicetree.org/schemas/acme,spi.yaml#
            $schema: http://devicetree.org/meta-schemas/core.yaml#
            title: Acme UART
            maintainers:
              - Ada <ada@example.org>
            properties:
              compatible:
                const: acme,uart
            additionalProperties: false
            """);

    /// <summary>A reference leads nowhere.</summary>
    public static readonly DiagnosticRule UnresolvedReference = Error(
        "DOC006", "unresolved-reference", "'{0}' leads nowhere",
        "Correct the path, or give the directory of the core schemas; until then nothing satisfies it.",
        why: "The part of the binding that it stands for checks nothing, so faults in devicetrees pass.",
        example: """
            # acme,uart.yaml
            $id: http://devicetree.org/schemas/acme,uart.yaml#
            $schema: http://devicetree.org/meta-schemas/core.yaml#
            title: Acme UART
            maintainers:
              - Ada <ada@example.org>
            allOf:
              - $ref: /schemas/serial/missing.yaml#
            properties:
              compatible:
                const: acme,uart
            unevaluatedProperties: false
            """);

    /// <summary>A node refers to a schema that leaves open what else it has, and does not close it.</summary>
    public static readonly DiagnosticRule OpenNode = Error(
        "DOC007", "open-node", "{0} refers to a schema that allows any further property",
        "Add unevaluatedProperties: false, so that misspelt properties are found.",
        what: "A node whose schema leaves open what else it has is closed by the schema that refers to it.",
        why: "A misspelt property in such a node is taken for a further one, and nobody finds it.",
        example: """
            # acme,uart.yaml
            $id: http://devicetree.org/schemas/acme,uart.yaml#
            $schema: http://devicetree.org/meta-schemas/core.yaml#
            title: Acme UART
            maintainers:
              - Ada <ada@example.org>
            properties:
              compatible:
                const: acme,uart
              port:
                type: object
                $ref: /schemas/graph.yaml#/$defs/port-base
            additionalProperties: false
            """);

    /// <summary>The rules lead too deep to be followed to the end.</summary>
    public static readonly DiagnosticRule Exhausted =
        Error("DOC008", "document-too-deep", "the file is nested too deeply to be checked", "",
        whatToDo: "Flatten it, or put inner parts into files of their own and refer to them with '$ref'.",
        why: "The limit keeps a generated or damaged file from using up the stack. What else is wrong with it is not "
            + "known.",
        example: """
            # acme,uart.yaml, with some hundred levels
            $schema: http://devicetree.org/meta-schemas/core.yaml#
            allOf:
              - allOf:
                  - allOf:
                      - allOf: []
            """);

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        MetaSchema, JsonSchema, NoMapping, UnknownMetaSchema, WrongId, UnresolvedReference, OpenNode, Exhausted,
    ];

    private static DiagnosticRule Error(
        string id, string name, string message, string remedy, string why, string example, string what = "",
        string whatToDo = "") =>
        new(id, name, Severity.Error, message, remedy) { What = what, WhatToDo = whatToDo, Why = why, Example = example };
}
