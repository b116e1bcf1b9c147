using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;

namespace Devicetree.Schema.Loading;

/// <summary>
/// The entries of a processed-schema file that are no schemas: they hold what was worked out over all of these.
/// </summary>
internal static class GeneratedEntries
{
    /// <summary>Patterns that stand there for examples and tests, and are not among those of the schemas.</summary>
    private static readonly string[] _exempt = ["^foo", "^test,"];

    /// <summary>The entry of documented compatible strings.</summary>
    public static SchemaObject OfCompatibles(SchemaStore store)
    {
        SchemaValue literals = Mapping(("enum", new SchemaArray([.. store.AllDocumented().Select(Text)], default)));
        IEnumerable<SchemaValue> patterns = _exempt.Concat(store.CompatiblePatterns)
            .Select(pattern => Mapping(("pattern", Text(pattern))));
        SchemaValue anyOf = Mapping(("anyOf", new SchemaArray([literals, .. patterns], default)));
        return Mapping(
            ("$filename", Text("Generated schema of documented compatible strings")),
            ("$id", Text(ProcessedSchemaFile.Compatibles)),
            ("properties", Mapping(("compatible", Mapping(("items", anyOf))))), ("select", new SchemaBoolean(true, default)));
    }

    /// <summary>An entry of a type table.</summary>
    public static SchemaObject OfTypes(string id, string title,
        IEnumerable<KeyValuePair<string, IReadOnlyList<PropertyType>>> types)
    {
        var properties = new SchemaObject(
            types.Select(entry => new SchemaEntry(entry.Key, default,
                new SchemaArray([.. entry.Value.Select(OfType)], default))), default);
        return Mapping(("$filename", Text(title)), ("$id", Text(id)), ("properties", properties),
            ("select", new SchemaBoolean(false, default)));
    }

    /// <summary>Reads an entry of a type table; what does not look like a type is passed over.</summary>
    public static IEnumerable<KeyValuePair<string, IReadOnlyList<PropertyType>>> ReadTypes(SchemaValue? entry)
    {
        if ((entry as SchemaObject)?["properties"] is not SchemaObject properties)
            yield break;
        foreach (SchemaEntry property in properties.Entries)
        {
            if (property.Value is SchemaArray { Items.Count: > 0 } types)
                yield return new(property.Key, [.. types.Items.OfType<SchemaObject>().Select(ReadType)]);
        }
    }

    /// <summary>Reads the entry of documented compatible strings.</summary>
    public static (List<string> Documented, List<string> Patterns) ReadCompatibles(SchemaObject entry)
    {
        var documented = new List<string>();
        var patterns = new List<string>();
        SchemaValue? compatible = (entry["properties"] as SchemaObject)?["compatible"];
        if (((compatible as SchemaObject)?["items"] as SchemaObject)?["anyOf"] is not SchemaArray { Items: var alternatives })
            return (documented, patterns);
        foreach (SchemaObject alternative in alternatives.OfType<SchemaObject>())
        {
            if (alternative["enum"] is SchemaArray literals)
                documented.AddRange(literals.Items.OfType<SchemaString>().Select(text => text.Value));
            if (alternative["pattern"] is SchemaString pattern && !_exempt.Contains(pattern.Value))
                patterns.Add(pattern.Value);
        }
        patterns.Sort(StringComparer.Ordinal);
        return (documented, patterns);
    }

    private static SchemaObject OfType(PropertyType type)
    {
        SchemaValue name = type.Name is string text ? Text(text) : new SchemaNull(default);
        if (type.Dimensions is not PropertyDimensions sizes)
            return Mapping(("type", name));
        return Mapping(("dim", new SchemaArray([OfRange(sizes.Outer), OfRange(sizes.Inner)], default)), ("type", name));
    }

    private static SchemaArray OfRange(SizeRange range) =>
        new([new SchemaInteger(range.Minimum, default), new SchemaInteger(range.Maximum, default)], default);

    private static PropertyType ReadType(SchemaObject entry) => new(
        (entry["type"] as SchemaString)?.Value,
        entry["dim"] is SchemaArray { Items: [SchemaArray outer, SchemaArray inner] } && ReadRange(outer) is SizeRange rows
            && ReadRange(inner) is SizeRange columns
            ? new PropertyDimensions(rows, columns)
            : null);

    private static SizeRange? ReadRange(SchemaArray range) =>
        range.Items is [SchemaInteger minimum, SchemaInteger maximum] && IsSize(minimum.Value) && IsSize(maximum.Value)
            ? new SizeRange((long)minimum.Value, (long)maximum.Value)
            : null;

    private static bool IsSize(Int128 value) => value >= 0 && value <= long.MaxValue;

    private static SchemaString Text(string text) => new(text, default);

    private static SchemaObject Mapping(params ReadOnlySpan<(string Key, SchemaValue Value)> entries)
    {
        var list = new List<SchemaEntry>(entries.Length);
        foreach ((string key, SchemaValue value) in entries)
            list.Add(new(key, default, value));
        return new SchemaObject(list, default);
    }
}
