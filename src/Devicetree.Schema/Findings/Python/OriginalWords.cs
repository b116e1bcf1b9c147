using System.Globalization;
using Devicetree.Schema.Decoding;
using Devicetree.Schema.Model;
using Devicetree.Schema.Validation;

namespace Devicetree.Schema.Findings.Python;

/// <summary>
/// Errors in the words of the original, which its JSON Schema library makes for Python (devicetree.md 5.8). Only what speaks for
/// the original uses them.
/// </summary>
internal static class OriginalWords
{
    /// <summary>What is wrong. The value must not have changed since the error was found.</summary>
    public static string Of(SchemaError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Keyword switch
        {
            null => $"False schema does not allow {Value(error)}",
            "type" => $"{Value(error)} is not of type {PythonText.Join(Types(error.Limit))}",
            "const" => $"{Limit(error)} was expected",
            "enum" => $"{Value(error)} is not one of {Limit(error)}",
            "pattern" => $"{Value(error)} does not match {Limit(error)}",
            "minimum" => $"{Value(error)} is less than the minimum of {Limit(error)}",
            "maximum" => $"{Value(error)} is greater than the maximum of {Limit(error)}",
            "exclusiveMinimum" => $"{Value(error)} is less than or equal to the minimum of {Limit(error)}",
            "exclusiveMaximum" => $"{Value(error)} is greater than or equal to the maximum of {Limit(error)}",
            "multipleOf" => $"{Value(error)} is not a multiple of {Limit(error)}",
            "minItems" or "minLength" => OfLower(error, "is too short"),
            "maxItems" or "maxLength" => OfUpper(error, "is too long"),
            "minProperties" => OfLower(error, "does not have enough properties"),
            "maxProperties" => OfUpper(error, "has too many properties"),
            "uniqueItems" => $"{Value(error)} has non-unique elements",
            "typeSize" => $"size is {Count(error)}, expected {Limit(error)}",
            "required" => $"{PythonText.Of(error.Keys[0])} is a required property",
            "dependentRequired" => $"{PythonText.Of(error.Keys[0])} is a dependency of {PythonText.Of(error.Keys[1])}",
            "additionalProperties" => OfAdditional(error),
            "unevaluatedProperties" => OfUnevaluated(error),
            "additionalItems" => $"Additional items are not allowed ({Unexpected(Additional(error))})",
            "contains" => $"{Value(error)} does not contain items matching the given schema",
            "minContains" =>
                $"Too few items match the given schema (expected at least {Limit(error)} but only {Count(error)} matched)",
            "maxContains" => $"Too many items match the given schema (expected at most {Limit(error)})",
            "not" => $"{Value(error)} should not be valid under {Limit(error)}",
            "anyOf" or "oneOf" when error.Fitting.Count == 0 => $"{Value(error)} is not valid under any of the given schemas",
            "oneOf" => OfSeveral(error),
            string keyword => throw new ArgumentException($"no keyword '{keyword}' finds errors", nameof(error)),
        };
    }

    private static string Value(SchemaError error) => PythonText.Of(error.Instance);

    private static string Limit(SchemaError error) => Schema(error, error.Limit!);

    private static string Count(SchemaError error) => error.Count!.Value.ToString(CultureInfo.InvariantCulture);

    private static string Schema(SchemaError error, SchemaValue schema) =>
        PythonText.Of(PlainValue.Of(schema, error.Schema.SortsKeys));

    private static IEnumerable<string> Types(SchemaValue? limit) =>
        (limit is SchemaArray list ? list.Items : [limit!]).OfType<SchemaString>().Select(type => type.Value);

    private static string OfLower(SchemaError error, string problem) =>
        $"{Value(error)} {(error.Limit is SchemaInteger { Value: var limit } && limit == 1 ? "should be non-empty" : problem)}";

    private static string OfUpper(SchemaError error, string problem) =>
        $"{Value(error)} {(error.Limit is SchemaInteger { Value: var limit } && limit == 0 ? "is expected to be empty" : problem)}";

    private static string OfAdditional(SchemaError error)
    {
        string[] extras = [.. error.Keys.Order(StringComparer.Ordinal)];
        if ((error.Schema.Source as SchemaObject)?["patternProperties"] is not SchemaObject patterns)
            return $"Additional properties are not allowed ({Unexpected(extras.Select(PythonText.Of))})";
        string regexes = PythonText.Join(patterns.Entries.Select(entry => entry.Key).Order(StringComparer.Ordinal));
        return $"{PythonText.Join(extras)} {(extras.Length == 1 ? "does" : "do")} not match any of the regexes: {regexes}";
    }

    private static string OfUnevaluated(SchemaError error)
    {
        if (error.Limit is SchemaBoolean)
            return $"Unevaluated properties are not allowed ({Unexpected(error.Keys.Order(StringComparer.Ordinal).Select(PythonText.Of))})";
        string verb = error.Keys.Count == 1 ? "was" : "were";
        return $"Unevaluated properties are not valid under the given schema ({PythonText.Join(error.Keys)} {verb} unevaluated and invalid)";
    }

    private static IEnumerable<string> Additional(SchemaError error)
    {
        int known = (error.Schema.Source as SchemaObject)?["items"] is SchemaArray items ? items.Items.Count : 0;
        return ((DecodedList)error.Instance).Items.Skip(known).Select(PythonText.Of);
    }

    private static string Unexpected(IEnumerable<string> texts)
    {
        string[] all = [.. texts];
        return $"{string.Join(", ", all)} {(all.Length == 1 ? "was" : "were")} unexpected";
    }

    /// <summary>The original names the first that fits last.</summary>
    private static string OfSeveral(SchemaError error)
    {
        IEnumerable<CompiledSchema> named = error.Fitting.Skip(1).Append(error.Fitting[0]);
        return $"{Value(error)} is valid under each of {string.Join(", ", named.Select(schema => Schema(error, schema.Source)))}";
    }
}
