using Devicetree.Schema.Model;

namespace Devicetree.Schema.Processing;

/// <summary>What one schema of a property says about the property's type.</summary>
internal static class PropertyTypeRules
{
    private static readonly string[] _ofNodes = ["properties", "patternProperties", "additionalProperties"];

    /// <summary>The type; the name of another property when it is that one's; null when the schema does not say.</summary>
    /// <param name="name">The property.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="reference">Its <c>$ref</c>.</param>
    public static string? TypeOf(string name, SchemaObject schema, string? reference)
    {
        string? type = (schema["type"] as SchemaString)?.Value;
        if (type == "object" || HasProperties(schema))
            return PropertyTypeNames.Node;
        if (reference is not null && PropertyTypeNames.FindIn(reference) is string found)
            return found;
        if (type == "boolean")
            return PropertyTypeNames.Flag;
        if (schema["items"] is SchemaValue items)
            return TypeOfItems(name, items);
        if (reference is null)
            return null;
        if (reference.EndsWith(".yaml", StringComparison.Ordinal) || reference.EndsWith(".yaml#", StringComparison.Ordinal))
            return PropertyTypeNames.Node;
        return OtherProperty(reference) is string other && other != name ? other : null;
    }

    /// <summary>The sizes that the schema gives a matrix; null when it gives none.</summary>
    public static PropertyDimensions? DimensionsOf(string type, SchemaObject schema)
    {
        if (!PropertyType.HasDimensions(type) || !(schema.Has("items") || schema.Has("minItems") || schema.Has("maxItems")))
            return null;
        SizeRange inner = schema["items"] switch
        {
            null => default,
            SchemaArray { Items: [SchemaObject first, ..] } => SizeOf(first),
            SchemaObject each => SizeOf(each),
            _ => new SizeRange(1, 0),
        };
        return new(SizeOf(schema), inner);
    }

    /// <summary>Whether a schema speaks of properties, so that what it describes is a node.</summary>
    public static bool HasProperties(SchemaObject schema) => Array.Exists(_ofNodes, schema.Has);

    private static string? TypeOfItems(string name, SchemaValue items)
    {
        SchemaValue? first = items is SchemaArray list ? list.Items.Count > 0 ? list.Items[0] : null : items;
        if (ScalarForms.IsString(first))
            return PropertyTypeNames.StringArray;
        return UnitSuffixes.IsMicrovolt(name) ? "int32-matrix" : UnitSuffixes.IsHertzButNoOperatingPoint(name)
            ? "uint32-matrix" : null;
    }

    private static string? OtherProperty(string reference) =>
        !reference.StartsWith("#/", StringComparison.Ordinal) && reference.Contains("/properties/", StringComparison.Ordinal)
            ? reference[(reference.LastIndexOf('/') + 1)..]
            : null;

    private static SizeRange SizeOf(SchemaObject schema)
    {
        if (schema["items"] is SchemaArray list)
            return new(Number(schema["minItems"]) ?? list.Items.Count, list.Items.Count);
        return new(Number(schema["minItems"]) ?? 1, Number(schema["maxItems"]) ?? 0);
    }

    private static long? Number(SchemaValue? value) =>
        value is SchemaInteger { Value: var number } ? (long)Int128.Min(number, long.MaxValue) : null;
}
