using Devicetree.Schema.Decoding;
using Devicetree.Schema.Validation;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Schema.Findings.Explained;

/// <summary>What bindings can find wrong with a tree, in our own form. The numbers are stable: baselines and other tools keep them.</summary>
public static class FindingRules
{
    /// <summary>A property or a child that the binding requires is not there.</summary>
    public static readonly DiagnosticRule Missing = Error("BND001", "missing-property", "A node has what its binding requires.");

    /// <summary>A property or a child that the binding does not know.</summary>
    public static readonly DiagnosticRule Unknown =
        Error("BND002", "unknown-property", "A node has only properties and children that its binding knows, where that says so.");

    /// <summary>A value that is none of those the binding allows.</summary>
    public static readonly DiagnosticRule Value =
        Error("BND003", "value-not-allowed", "A value is one of those that the binding allows.");

    /// <summary>Too many or too few items, cells or characters.</summary>
    public static readonly DiagnosticRule Size =
        Error("BND004", "wrong-size", "A list, a string or a node has as many items, characters or properties as the binding allows.");

    /// <summary>A value of another type.</summary>
    public static readonly DiagnosticRule Type =
        Error("BND005", "wrong-type", "A value is of the type that the binding gives it.");

    /// <summary>Something that the binding forbids.</summary>
    public static readonly DiagnosticRule Forbidden = Error("BND006", "forbidden", "What the binding forbids is not there.");

    /// <summary>Something that fits none of several alternatives, or more than one where one is meant.</summary>
    public static readonly DiagnosticRule Alternatives =
        Error("BND007", "alternatives", "What the binding gives alternatives for fits one of them, and only one where it says so.");

    /// <summary>A list without an item that must be among its items, or with the same item twice.</summary>
    public static readonly DiagnosticRule Items =
        Error("BND008", "items-of-list", "A list has the items that the binding asks for, and none of them twice where it says so.");

    /// <summary>A compatible string that no binding documents.</summary>
    public static readonly DiagnosticRule Undocumented = new(
        "BND009", "undocumented-compatible", Severity.Warning, "no binding documents {0}", "Write a binding for it, or correct the spelling.");

    /// <summary>A limit was reached: a binding refers to itself without end, or the node is too large for it.</summary>
    public static readonly DiagnosticRule Exhausted = new(
        "BND010", "limit-reached", Severity.Error, "the bindings of this node have no end that could be reached; its verdict is not known",
        "Look for a binding that refers to itself.");

    /// <summary>A binding refers to a schema, or to a part of one, that is not there: said once, and nothing is checked by it.</summary>
    public static readonly DiagnosticRule Unresolved = new(
        "BND011", "unresolved-reference", Severity.Warning, "the binding refers to '{0}', which is not among the schemas",
        "Add that schema, or correct the reference. Until then nothing is checked by it.");

    /// <summary>A property that no binding at all describes, so that nobody can say what its value should be.</summary>
    public static readonly DiagnosticRule Undescribed = new(
        "BND012", "undescribed-property", Severity.Error, "no binding describes property '{0}'", "Describe it in the binding of the node, or remove it.");

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
            "minItems" or "maxItems" or "additionalItems" or "minLength" or "maxLength" or "minProperties" or "maxProperties" => Size,
            "type" or "typeSize" => Type,
            null or "not" => Forbidden,
            "anyOf" or "oneOf" => Alternatives,
            "contains" or "uniqueItems" => Items,
            _ => Value,
        };
    }

    private static DiagnosticRule Error(string id, string name, string what) => new(id, name, Severity.Error, "{0}") { What = what };
}
