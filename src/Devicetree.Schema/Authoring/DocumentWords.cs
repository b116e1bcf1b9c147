using System.Globalization;
using Devicetree.Schema.Decoding;
using Devicetree.Schema.Findings.Explained;
using Devicetree.Schema.Model;
using Devicetree.Schema.Validation;

namespace Devicetree.Schema.Authoring;

/// <summary>
/// What breaks a rule for bindings, in our words: what it is about as YAML has it, what is written, what was expected.
/// </summary>
internal static class DocumentWords
{
    /// <summary>Longer values stand in the line below the message anyway.</summary>
    private const int LongestValue = 60;

    /// <summary>What is wrong, a phrase without a full stop.</summary>
    public static string Of(SchemaError error)
    {
        string what = Subject(error);
        string value = Value(error.Instance);
        return error.Keyword switch
        {
            null => error.Keys.Count > 0 ? $"{Names(error.Keys)} cannot stand here" : $"{what} cannot stand here",
            "type" => $"{what} is {Kind(error.Instance)}, expected {Types(error.Limit)}",
            "required" => $"{what} lacks '{error.Keys[0]}'",
            "dependentRequired" => $"{what} has '{error.Keys[1]}' and lacks '{error.Keys[0]}', which belongs to it",
            "additionalProperties" or "unevaluatedProperties" =>
                $"{Names(error.Keys)} {(error.Keys.Count == 1 ? "is" : "are")} not known here",
            "minItems" or "maxItems" or "additionalItems" => $"{what} is a list of {Count(error)}, expected {Expected(error)}",
            "minLength" or "maxLength" => $"{what} is a text of {Count(error)}, expected {Expected(error)}",
            "minProperties" or "maxProperties" => $"{what} is a mapping with {Keys(error)}, expected {Expected(error)}",
            "uniqueItems" => $"{what} has an item twice",
            "contains" => $"{what} has no item of the form that is asked for",
            "minContains" or "maxContains" => $"{what} has {Count(error)} items of the form that is asked for, expected {Expected(error)}",
            "not" => $"{what} is {value}, {Forbidden(error.Limit)}",
            "anyOf" or "oneOf" when error.Fitting.Count == 0 => $"{what} fits none of the alternatives",
            "oneOf" => $"{what} fits more than one of the alternatives that exclude each other",
            _ => Expected(error) is string expected ? $"{what} is {value}, expected {expected}" : $"{what} cannot be {value}",
        };
    }

    /// <summary>The key, or the item of a list, that an error is about.</summary>
    private static string Subject(SchemaError error)
    {
        PathStep[] path = [.. error.AbsolutePath];
        if (path.Length == 0)
            return "the binding";
        int key = Array.FindLastIndex(path, step => step.Key is not null);
        string text = key < 0 ? "the binding" : $"'{path[key].Key}'";
        foreach (PathStep step in path[(key + 1)..])
            text = string.Create(CultureInfo.InvariantCulture, $"item {step.Index + 1} of {text}");
        return text;
    }

    private static string Value(DecodedValue value)
    {
        if (value is DecodedNode or DecodedList or DecodedBytes)
            return Kind(value);
        string text = value is DecodedFlag flag ? flag.Value ? "true" : "false" : ValueText.Of(value);
        return text.Length > LongestValue ? Kind(value) : text;
    }

    private static string Kind(DecodedValue value) => value switch
    {
        DecodedNode => "a mapping",
        DecodedList => "a list",
        DecodedText => "a text",
        DecodedInteger or DecodedFloat => "a number",
        DecodedFlag flag => flag.Value ? "true" : "false",
        _ => "nothing",
    };

    private static string Types(SchemaValue? limit) => string.Join(" or ",
        (limit is SchemaArray list ? list.Items : [limit!]).OfType<SchemaString>().Select(type => type.Value switch
        {
            "object" => "a mapping",
            "array" => "a list",
            "string" => "a text",
            "boolean" => "true or false",
            "integer" => "a whole number",
            "number" => "a number",
            "null" => "nothing",
            string other => other,
        }));

    private static string? Expected(SchemaError error) => Expectation.Of(error, isBrief: true);

    private static string Count(SchemaError error) => error.Count?.ToString(CultureInfo.InvariantCulture) ?? error.Instance switch
    {
        DecodedList list => list.Count.ToString(CultureInfo.InvariantCulture),
        _ => "several",
    };

    private static string Keys(SchemaError error) => error.Count == 1 ? "1 key" : $"{Count(error)} keys";

    /// <summary>What is forbidden, as far as a few words say it.</summary>
    private static string Forbidden(SchemaValue? limit) => limit is SchemaObject schema
        ? (schema["pattern"], schema["required"], schema["const"] ?? schema["enum"]) switch
        {
            (SchemaString pattern, _, _) => $"which must not match '{pattern.Value}'",
            (_, SchemaArray keys, _) =>
                $"which must not have {Names(keys.Items.OfType<SchemaString>().Select(key => key.Value))}",
            (_, _, not null) => "which is not allowed here",
            _ => "which is of a form that is not allowed here",
        }
        : "which is not allowed here";

    private static string Names(IEnumerable<string> keys) =>
        string.Join(", ", keys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(key => $"'{key}'"));
}
