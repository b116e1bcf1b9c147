using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Validation;
using Devicetree.Schema.Validation.Compilation;

namespace Devicetree.Schema.Documents;

/// <summary>
/// JSON Schema 2019-09 as a schema that is applied to bindings, made of the same table of keywords that decides whether a file is
/// used at all. It has the specification's parts in its order, because each of them repeats what all demand: that is why the
/// original tells some errors seven times.
/// </summary>
internal sealed class JsonSchemaRules : ISchemaSource
{
    private const string Uri = "https://json-schema.org/draft/2019-09/schema";

    private static readonly SchemaObject _anySchema = Map(("$recursiveRef", Text("#")));

    private static readonly SchemaObject _anySchemas =
        Map(("type", Text("array")), ("minItems", Number(1)), ("items", _anySchema));

    private static readonly SchemaObject _texts = Map(("type", Text("array")), ("items", Of("string")), ("uniqueItems", True));

    private static readonly SchemaObject _count = Map(("type", Text("integer")), ("minimum", Number(0)));

    private static readonly SchemaObject _typeName =
        Map(("enum", List("array", "boolean", "integer", "null", "number", "object", "string")));

    private readonly SchemaObject _schema = Map(
        ("allOf", new SchemaArray(
            [.. SchemaValidity.Vocabularies.Where(vocabulary => !vocabulary.IsOfWhole)
                .Select(vocabulary => Part(vocabulary.Keywords))], default)),
        ("type", List("object", "boolean")),
        ("properties", Properties(SchemaValidity.Vocabularies.Where(vocabulary => vocabulary.IsOfWhole)
            .SelectMany(vocabulary => vocabulary.Keywords))));

    private JsonSchemaRules() => Schema = new SchemaCompiler(this, new() { SortKeys = false }).Get(Uri);

    /// <summary>The one instance.</summary>
    public static JsonSchemaRules Instance { get; } = new();

    /// <summary>The schema.</summary>
    public CompiledSchema Schema { get; }

    public SchemaValue? Find(string uri) => uri == Uri ? _schema : null;

    private static SchemaObject Part(IEnumerable<(string Keyword, KeywordForm Form)> keywords) =>
        Map(("type", List("object", "boolean")), ("properties", Properties(keywords)));

    private static SchemaObject Properties(IEnumerable<(string Keyword, KeywordForm Form)> keywords) =>
        Map([.. keywords.Select(keyword => (keyword.Keyword, (SchemaValue)Demand(keyword.Form)))]);

    private static SchemaObject Demand(KeywordForm form) => form switch
    {
        KeywordForm.Schema => _anySchema,
        KeywordForm.SchemaList => _anySchemas,
        KeywordForm.SchemaOrList => Map(("anyOf", new SchemaArray([_anySchema, _anySchemas], default))),
        KeywordForm.SchemaMap => MapOf(_anySchema),
        KeywordForm.PatternMap => MapOf(_anySchema, ("propertyNames", Map(("format", Text("regex"))))),
        KeywordForm.DependencyMap => MapOf(Map(("anyOf", new SchemaArray([_anySchema, _texts], default)))),
        KeywordForm.TextListMap => MapOf(_texts),
        KeywordForm.BooleanMap => MapOf(Of("boolean")),
        KeywordForm.TextList => _texts,
        KeywordForm.List => Of("array"),
        KeywordForm.Boolean => Of("boolean"),
        KeywordForm.Text => Of("string"),
        KeywordForm.Id => Map(("type", Text("string")), ("pattern", Text("^[^#]*#?$"))),
        KeywordForm.Anchor => Map(("type", Text("string")), ("pattern", Text("^[A-Za-z][-A-Za-z0-9.:_]*$"))),
        KeywordForm.Pattern => Map(("type", Text("string")), ("format", Text("regex"))),
        KeywordForm.Number => Of("number"),
        KeywordForm.PositiveNumber => Map(("type", Text("number")), ("exclusiveMinimum", Number(0))),
        KeywordForm.Count => _count,
        KeywordForm.Type => Map(("anyOf", new SchemaArray(
            [_typeName, Map(("type", Text("array")), ("items", _typeName), ("minItems", Number(1)), ("uniqueItems", True))],
            default))),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "no such form"),
    };

    private static SchemaObject MapOf(SchemaObject member, params (string Key, SchemaValue Value)[] more) =>
        Map([("type", Text("object")), ("additionalProperties", member), .. more]);

    private static SchemaObject Of(string type) => Map(("type", Text(type)));

    private static SchemaObject Map(params (string Key, SchemaValue Value)[] entries) =>
        new(entries.Select(entry => new SchemaEntry(entry.Key, default, entry.Value)), default);

    private static SchemaArray List(params string[] texts) => new([.. texts.Select(Text)], default);

    private static SchemaString Text(string text) => new(text, default);

    private static SchemaInteger Number(int number) => new(number, default);

    private static SchemaBoolean True => new(true, default);
}
