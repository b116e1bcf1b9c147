using Devicetree.Schema.Decoding;
using Devicetree.Schema.Validation;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Schema.Findings.Explained;

/// <summary>
/// What bindings can find wrong with a tree, in our own form. The numbers are stable: baselines and other tools keep them.
/// </summary>
internal static class FindingRules
{
    /// <summary>A property or a child that the binding requires is not there.</summary>
    public static readonly DiagnosticRule Missing = Error("BND001", "missing-property", "A node has what its binding requires.",
        "Add what the binding requires, or correct its name.",
        why: "The driver expects what the binding requires, and most drivers fail to probe without it.",
        example: """
            # acme,uart.yaml
            properties:
              compatible:
                const: acme,uart
              clock-frequency: true
            required:
              - compatible
              - clock-frequency
            # board.dts
            /dts-v1/;
            / {
            	uart {
            		compatible = "acme,uart";
            	};
            };
            """);

    /// <summary>A property or a child that the binding does not know.</summary>
    public static readonly DiagnosticRule Unknown =
        Error("BND002", "unknown-property", "A node has only properties and children that its binding knows, where that says so.",
        "Correct the name, remove it, or describe it in the binding.",
        why: "No driver reads a property that its binding does not know. Most often the name is misspelt, and what it "
            + "should set keeps its default.",
        example: """
            # acme,uart.yaml
            properties:
              compatible:
                const: acme,uart
              clock-frequency: true
            additionalProperties: false
            # board.dts
            /dts-v1/;
            / {
            	uart {
            		compatible = "acme,uart";
            		clock-freqency = <24000000>;
            	};
            };
            """);

    /// <summary>A value that is none of those the binding allows.</summary>
    public static readonly DiagnosticRule Value =
        Error("BND003", "value-not-allowed", "A value is one of those that the binding allows.",
        "Write a value that the binding allows.",
        why: "The driver handles the values that are listed. With another one it fails, or sets the hardware to "
            + "something that nobody tested.",
        example: """
            # acme,uart.yaml
            properties:
              compatible:
                const: acme,uart
              reg-io-width:
                enum: [1, 4]
            # board.dts
            /dts-v1/;
            / {
            	uart {
            		compatible = "acme,uart";
            		reg-io-width = <3>;
            	};
            };
            """);

    /// <summary>Too many or too few items, cells or characters.</summary>
    public static readonly DiagnosticRule Size =
        Error("BND004", "wrong-size",
        "A list, a string or a node has as many items, characters or properties as the binding allows.",
        "Write as many as the binding allows.",
        why: "Drivers read entries by their number: one too few and the driver fails, one too many and nobody reads "
            + "it. Often the cell counts are wrong.",
        example: """
            # acme,uart.yaml
            properties:
              compatible:
                const: acme,uart
              clock-names:
                maxItems: 1
            # board.dts
            /dts-v1/;
            / {
            	uart {
            		compatible = "acme,uart";
            		clock-names = "bus", "core";
            	};
            };
            """);

    /// <summary>A value of another type.</summary>
    public static readonly DiagnosticRule Type =
        Error("BND005", "wrong-type", "A value is of the type that the binding gives it.",
        "Write a value of the type that the binding gives, and none for a flag.",
        why: "The driver reads the bytes as the type that the binding gives: text becomes a number without meaning, or "
            + "the property counts as absent.",
        example: """
            # acme,uart.yaml
            properties:
              compatible:
                const: acme,uart
              acme,mode:
                $ref: /schemas/types.yaml#/definitions/string
            # board.dts
            /dts-v1/;
            / {
            	uart {
            		compatible = "acme,uart";
            		acme,mode = <1>;
            	};
            };
            """);

    /// <summary>Something that the binding forbids.</summary>
    public static readonly DiagnosticRule Forbidden = Error("BND006", "forbidden", "What the binding forbids is not there.",
        "Remove or change what the binding forbids.",
        why: "The device does not have what the property describes, or the property excludes another one that the node "
            + "has.",
        example: """
            # acme,uart.yaml
            properties:
              compatible:
                const: acme,uart
              resets: false
            # board.dts
            /dts-v1/;
            / {
            	uart {
            		compatible = "acme,uart";
            		resets = <1>;
            	};
            };
            """);

    /// <summary>Something that fits none of several alternatives, or more than one where one is meant.</summary>
    public static readonly DiagnosticRule Alternatives =
        Error("BND007", "alternatives",
        "What the binding gives alternatives for fits one of them, and only one where it says so.",
        "Write what one of the alternatives asks for, and only one where they exclude each other.",
        why: "Each alternative is a variant of the device that the driver supports; what fits none is a variant that "
            + "does not exist.",
        example: """
            # acme,uart.yaml
            properties:
              compatible:
                oneOf:
                  - const: acme,uart
                  - items:
                      - const: acme,uart-v2
                      - const: acme,uart
            # board.dts
            /dts-v1/;
            / {
            	uart {
            		compatible = "acme,uart", "acme,uart-v2";
            	};
            };
            """);

    /// <summary>A list without an item that must be among its items, or with the same item twice.</summary>
    public static readonly DiagnosticRule Items =
        Error("BND008", "items-of-list",
        "A list has the items that the binding asks for, and none of them twice where it says so.",
        "Add the item that is missing, or remove the one that stands twice.",
        why: "Drivers ask for the entry by name, so one of two equal ones is never found, and a missing one makes the "
            + "driver fail.",
        example: """
            # acme,uart.yaml
            properties:
              compatible:
                const: acme,uart
              clock-names:
                uniqueItems: true
            # board.dts
            /dts-v1/;
            / {
            	uart {
            		compatible = "acme,uart";
            		clock-names = "bus", "bus";
            	};
            };
            """);

    /// <summary>A compatible string that no binding documents.</summary>
    public static readonly DiagnosticRule Undocumented = new(
        "BND009", "undocumented-compatible", Severity.Warning, "no binding documents {0}",
        "Write a binding for it, or correct the spelling.")
    {
        Why = "Nothing in this node is checked. Misspelt strings match no driver either, so the device does not work.",
        Example = """
            # board.dts, with --undocumented
            /dts-v1/;
            / {
            	uart {
            		compatible = "acme,uatr";
            	};
            };
            """,
    };

    /// <summary>A limit was reached: a binding refers to itself without end, or the node is too large for it.</summary>
    public static readonly DiagnosticRule Exhausted = new(
        "BND010", "limit-reached", Severity.Error,
        "the bindings of this node have no end that could be reached; its verdict is not known",
        "Look for a binding that refers to itself.")
    {
        Why = "Checking stopped at a limit that keeps such a binding from using up all memory. What else is wrong with "
            + "the node is not known.",
        Example = """
            # acme,uart.yaml
            properties:
              compatible:
                const: acme,uart
            allOf:
              - $ref: '#'
            # board.dts
            /dts-v1/;
            / {
            	uart {
            		compatible = "acme,uart";
            	};
            };
            """,
    };

    /// <summary>
    /// A binding refers to a schema, or to a part of one, that is not there: said once, and nothing is checked by it.
    /// </summary>
    public static readonly DiagnosticRule Unresolved = new(
        "BND011", "unresolved-reference", Severity.Warning, "the binding refers to '{0}', which is not among the schemas",
        "Add that schema, or correct the reference. Until then nothing is checked by it.")
    {
        Why = "A part of the binding is not applied, so that faults in devicetrees pass.",
        Example = """
            # acme,uart.yaml
            properties:
              compatible:
                const: acme,uart
            allOf:
              - $ref: /schemas/serial/missing.yaml#
            # board.dts
            /dts-v1/;
            / {
            	uart {
            		compatible = "acme,uart";
            	};
            };
            """,
    };

    /// <summary>A property that no binding at all describes, so that nobody can say what its value should be.</summary>
    public static readonly DiagnosticRule Undescribed = new(
        "BND012", "undescribed-property", Severity.Error, "no binding describes property '{0}'",
        "Describe it in the binding of the node, or remove it.")
    {
        Why = "A value without a type cannot be checked by anyone, and no driver in the kernel is likely to read it.",
        Example = """
            # acme,uart.yaml
            properties:
              compatible:
                const: acme,uart
            additionalProperties:
              type: object
            # board.dts
            /dts-v1/;
            / {
            	uart {
            		compatible = "acme,uart";
            		acme,color = <1>;
            	};
            };
            """,
    };

    /// <summary>Every rule, by rising number.</summary>
    public static IReadOnlyList<DiagnosticRule> All { get; } =
        [Missing, Unknown, Value, Size, Type, Forbidden, Alternatives, Items, Undocumented, Exhausted, Unresolved, Undescribed];

    /// <summary>The rule of an error, by its keyword.</summary>
    public static DiagnosticRule Of(SchemaError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Keyword switch
        {
            "type" when error.Instance is DecodedBytes { IsUndescribed: true } => Undescribed,
            "required" or "dependentRequired" => Missing,
            "additionalProperties" or "unevaluatedProperties" => Unknown,
            "minItems" or "maxItems" or "additionalItems" or "minLength" or "maxLength" or "minProperties" or "maxProperties" =>
                Size,
            "type" or "typeSize" => Type,
            null or "not" => Forbidden,
            "anyOf" or "oneOf" => Alternatives,
            "contains" or "uniqueItems" => Items,
            _ => Value,
        };
    }

    /// <param name="id">The stable ID.</param>
    /// <param name="name">The rule in a few words.</param>
    /// <param name="what">What it demands.</param>
    /// <param name="advice">What to do whatever the input is; a finding says it of its own names and values.</param>
    /// <param name="why">Why that matters.</param>
    /// <param name="example">What breaks it.</param>
    private static DiagnosticRule Error(string id, string name, string what, string advice, string why, string example) =>
        new(id, name, Severity.Error, "{0}", advice) { What = what, Why = why, Example = example };
}
