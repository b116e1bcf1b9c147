using Devicetree.Schema.Decoding;
using Devicetree.Schema.Model;
using Devicetree.Schema.Validation.Keywords;

namespace Devicetree.Schema.Validation.Compilation;

/// <summary>
/// Compiles the keywords of one schema object: those that JSON Schema 2019-09 knows, and <c>typeSize</c>. A keyword whose value
/// has not the form it needs demands nothing; the loader has refused such files before, unless they came from a damaged processed
/// set.
/// </summary>
internal sealed class KeywordCompiler(SchemaCompiler compiler, CompiledSchema schema)
{
    private readonly bool _sortKeys = compiler.Options.SortKeys;
    private PropertiesKeyword? _properties;
    private PatternPropertiesKeyword? _patternProperties;

    public Keyword[] Compile()
    {
        if (schema.Source is not SchemaObject mapping)
            return [];
        var keywords = new List<Keyword>(mapping.Count);
        foreach (SchemaEntry entry in InOrder(mapping))
        {
            if (Compile(entry.Key, entry.Value, mapping) is Keyword keyword)
                keywords.Add(keyword);
        }
        return [.. keywords];
    }

    private Keyword? Compile(string name, SchemaValue value, SchemaObject owner) => (name, value) switch
    {
        ("$ref" or "$recursiveRef", SchemaString reference) =>
            new ReferenceKeyword(name, compiler, schema.BaseUri, reference.Value),
        ("allOf", SchemaArray list) => new AllOfKeyword(Schemas(list)),
        ("anyOf" or "oneOf", SchemaArray list) => new ChoiceKeyword(name, Schemas(list), name == "oneOf"),
        ("not", _) => new NotKeyword(Sub(value)),
        ("if", _) => new IfKeyword(Sub(value), Sub(owner, "then"), Sub(owner, "else")),
        ("properties", SchemaObject map) => Properties(map),
        ("patternProperties", SchemaObject map) => PatternProperties(map),
        ("additionalProperties", _) => new AdditionalPropertiesKeyword(Sub(value), Named(owner), Patterned(owner)),
        ("unevaluatedProperties", _) => new UnevaluatedPropertiesKeyword(Sub(value)) { Owner = schema },
        ("propertyNames", _) => new PropertyNamesKeyword(Sub(value)),
        ("required", SchemaArray list) => new RequiredKeyword(Names(list)),
        ("dependentRequired", SchemaObject map) => DependentRequired(map),
        ("dependentSchemas", SchemaObject map) =>
            new DependentSchemasKeyword([.. InOrder(map).Select(entry => (new EntryName(entry.Key), Sub(entry.Value)))]),
        ("items", SchemaArray list) => new ItemsInTurnKeyword(Schemas(list)),
        ("items", _) => new EachItemKeyword(Sub(value)),
        ("additionalItems", _) =>
            owner["items"] is SchemaArray list ? new AdditionalItemsKeyword(Sub(value), list.Items.Count) : null,
        ("contains", _) => new ContainsKeyword(Sub(value), Number(owner["minContains"]) ?? 1, Number(owner["maxContains"])),
        ("type", SchemaString type) => new TypeKeyword([type.Value]),
        ("type", SchemaArray list) => new TypeKeyword([.. list.Items.OfType<SchemaString>().Select(type => type.Value)]),
        ("const", _) => new ConstKeyword(PlainValue.Of(value, _sortKeys)),
        ("enum", SchemaArray list) => new EnumKeyword((DecodedList)PlainValue.Of(list, _sortKeys)),
        ("pattern", SchemaString pattern) => new PatternKeyword(pattern.Value),
        ("uniqueItems", SchemaBoolean { Value: true }) => new UniqueItemsKeyword(),
        _ => Limit(name, value),
    };

    private static Assertion? Limit(string name, SchemaValue value)
    {
        if (value is not (SchemaInteger or SchemaFloat))
            return null;
        if (name is "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum")
        {
            bool exclusive = name.StartsWith("exclusive", StringComparison.Ordinal);
            return new LimitKeyword(name, PlainValue.Of(value), name.EndsWith("aximum", StringComparison.Ordinal), exclusive);
        }
        if (Number(value) is not Int128 number)
            return null;
        return name switch
        {
            "multipleOf" when number > 0 => new MultipleOfKeyword(number),
            "typeSize" => new TypeSizeKeyword(number),
            "minItems" => new SizeKeyword(name, number, false, Items),
            "maxItems" => new SizeKeyword(name, number, true, Items),
            "minLength" => new SizeKeyword(name, number, false, Length),
            "maxLength" => new SizeKeyword(name, number, true, Length),
            "minProperties" => new SizeKeyword(name, number, false, Entries),
            "maxProperties" => new SizeKeyword(name, number, true, Entries),
            _ => null,
        };
    }

    private static int? Items(DecodedValue value) => value is DecodedList list ? list.Count : null;

    private static int? Length(DecodedValue value) => value is DecodedText text ? text.Value.EnumerateRunes().Count() : null;

    private static int? Entries(DecodedValue value) => value is DecodedNode node ? node.Count : null;

    private static Int128? Number(SchemaValue? value) => value is SchemaInteger integer ? integer.Value : null;

    private PropertiesKeyword Properties(SchemaObject map)
    {
        SchemaEntry[] entries = [.. InOrder(map)];
        return _properties ??= new(new NameTable(entries.Select(entry => entry.Key)),
            [.. entries.Select(entry => Sub(entry.Value))]);
    }

    private PatternPropertiesKeyword PatternProperties(SchemaObject map)
    {
        SchemaEntry[] entries = [.. InOrder(map)];
        return _patternProperties ??= new([.. entries.Select(entry => entry.Key)],
            [.. entries.Select(entry => Sub(entry.Value))]);
    }

    private PropertiesKeyword? Named(SchemaObject owner) => owner["properties"] is SchemaObject map ? Properties(map) : null;

    private PatternPropertiesKeyword? Patterned(SchemaObject owner) =>
        owner["patternProperties"] is SchemaObject map ? PatternProperties(map) : null;

    private DependentRequiredKeyword DependentRequired(SchemaObject map) =>
        new([.. InOrder(map).Where(entry => entry.Value is SchemaArray)
        .Select(entry => (new EntryName(entry.Key), Names((SchemaArray)entry.Value)))]);

    private static NameTable Names(SchemaArray list) => new(list.Items.OfType<SchemaString>().Select(name => name.Value));

    private CompiledSchema[] Schemas(SchemaArray list) => [.. list.Items.Select(Sub)];

    private CompiledSchema? Sub(SchemaObject owner, string name) => owner[name] is SchemaValue value ? Sub(value) : null;

    private CompiledSchema Sub(SchemaValue value) => new(compiler, value, schema.BaseUri);

    private IEnumerable<SchemaEntry> InOrder(SchemaObject mapping) =>
        _sortKeys ? mapping.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal) : mapping.Entries;
}
