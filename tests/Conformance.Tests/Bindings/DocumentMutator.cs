using Devicetree.Schema.Model;

namespace Conformance.Tests.Bindings;

/// <summary>Changes bindings at random places, into what rules for bindings look at.</summary>
internal sealed class DocumentMutator(Random random)
{
    private static readonly string[] _keys =
    [
        "$defs", "$id", "$ref", "additionalItems", "additionalProperties", "allOf", "anyOf", "const", "contains", "default",
        "definitions",
        "dependencies", "dependentRequired", "deprecated", "description", "else", "enum", "format", "if", "items", "maxItems",
        "maximum",
        "minItems", "minimum", "multipleOf", "not", "oneOf", "pattern", "patternProperties", "properties", "required", "select",
        "then",
        "title", "type", "typeSize", "unevaluatedProperties", "uniqueItems", "maintainers", "reg", "clocks", "clock-names",
        "interrupts",
        "interrupt-parent", "acme,level", "acme,level-names", "acme,gap-ms", "vdd-supply", "reset-gpios", "#acme-cells",
        "compatible",
        "^port@[0-9]$", "^port$", "port", "delay-us", "gpio-controller", "#gpio-cells", "ranges", "status", "linux,code", "-name",
    ];

    private static readonly string[] _texts =
    [
        "object", "boolean", "string", "integer", "/schemas/types.yaml#/definitions/uint32",
        "/schemas/types.yaml#/definitions/string",
        "/schemas/types.yaml#/definitions/phandle-array", "/schemas/types.yaml#/definitions/uint32-matrix", "#/$defs/acme",
        "acme.yaml#",
        "http://devicetree.org/schemas/types.yaml#", "/schemas/types.yaml#/definitions/flag", "acme,one", "a b", "A binding",
        "one!", "",
        "../acme.yaml", "const", "^x$", "Name <a@b>", "nobody",
    ];

    /// <summary>A binding with up to three changes.</summary>
    public SchemaObject Mutate(SchemaObject binding)
    {
        for (int i = random.Next(1, 4); i > 0; i--)
            binding = (SchemaObject)Mutate(binding, top: true);
        return binding;
    }

    private SchemaValue Mutate(SchemaValue value, bool top = false)
    {
        bool stop = random.Next(5) == 0;
        switch (value)
        {
            case SchemaObject { Count: > 0 } mapping when !stop || top:
                int at = random.Next(mapping.Count);
                List<SchemaEntry> entries = [.. mapping.Entries];
                if (stop)
                    Change(entries, at);
                else
                    entries[at] = entries[at] with { Value = Mutate(entries[at].Value) };
                return new SchemaObject(entries.DistinctBy(entry => entry.Key), mapping.Span);
            case SchemaArray { Items.Count: > 0 } list when !stop:
                List<SchemaValue> items = [.. list.Items];
                int index = random.Next(items.Count);
                switch (random.Next(6))
                {
                    case 0: items.RemoveAt(index); break;
                    case 1: items.Insert(index, items[random.Next(items.Count)]); break;
                    default: items[index] = Mutate(items[index]); break;
                }
                return new SchemaArray(items, list.Span);
            case SchemaObject mapping when random.Next(2) == 0:
                List<SchemaEntry> more = [.. mapping.Entries];
                Change(more, more.Count);
                return new SchemaObject(more.DistinctBy(entry => entry.Key), mapping.Span);
            default:
                return Anything();
        }
    }

    private void Change(List<SchemaEntry> entries, int at)
    {
        string key = _keys[random.Next(_keys.Length)];
        if (at == entries.Count || random.Next(3) == 0)
            entries.Insert(at, new SchemaEntry(key, default, Anything()));
        else if (random.Next(2) == 0)
            entries[at] = entries[at] with { Key = key };
        else
            entries.RemoveAt(at);
    }

    private SchemaValue Anything(int depth = 0) => random.Next(depth > 2 ? 4 : 7) switch
    {
        0 => new SchemaInteger(random.Next(-1, 5), default),
        1 => new SchemaBoolean(random.Next(2) == 0, default),
        2 or 3 => new SchemaString(_texts[random.Next(_texts.Length)], default),
        4 => new SchemaArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Anything(depth + 1))], default),
        _ => new SchemaObject(
            Enumerable.Range(0, random.Next(4)).Select(
                _ => new SchemaEntry(_keys[random.Next(_keys.Length)], default, Anything(depth + 1)))
                .DistinctBy(entry => entry.Key).ToList(),
            default),
    };
}
