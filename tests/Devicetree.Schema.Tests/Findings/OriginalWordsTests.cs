using Devicetree.Schema.Findings.Python;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Schema.Validation;
using Devicetree.Schema.Validation.Compilation;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Tests.Findings;

/// <summary>What the original says of each keyword, made of what an error holds.</summary>
public sealed class OriginalWordsTests
{
    /// <summary>A schema, a value that breaks it, and the words of its errors.</summary>
    public static TheoryData<string, string, string> Rows { get; } = new()
    {
        { "false", "[1, 'a', \"it's\", true, null, 1.0]", "False schema does not allow [1, 'a', \"it's\", True, None, 1.0]" },
        { "{items: [true, false]}", "[1, 2]", "False schema does not allow 2" },
        { "{type: integer}", "a", "'a' is not of type 'integer'" },
        { "{type: [integer, boolean]}", "a", "'a' is not of type 'integer', 'boolean'" },
        { "{const: {b: 1, a: [2]}}", "1", "{'a': [2], 'b': 1} was expected" },
        { "{enum: [1, b, {d: 1, c: 2}]}", "2", "2 is not one of [1, 'b', {'c': 2, 'd': 1}]" },
        { "{pattern: '^\\d'}", "a", @"'a' does not match '^\\d'" },
        { "{minimum: 5}", "4", "4 is less than the minimum of 5" },
        { "{minimum: 5.5}", "4", "4 is less than the minimum of 5.5" },
        { "{maximum: 5}", "6", "6 is greater than the maximum of 5" },
        { "{exclusiveMinimum: 5}", "5", "5 is less than or equal to the minimum of 5" },
        { "{exclusiveMaximum: 5}", "5", "5 is greater than or equal to the maximum of 5" },
        { "{multipleOf: 4}", "5", "5 is not a multiple of 4" },
        { "{minItems: 1}", "[]", "[] should be non-empty" },
        { "{minItems: 2}", "[1]", "[1] is too short" },
        { "{maxItems: 0}", "[1]", "[1] is expected to be empty" },
        { "{maxItems: 1}", "[1, 2]", "[1, 2] is too long" },
        { "{minLength: 1}", "''", "'' should be non-empty" },
        { "{minLength: 2}", "a", "'a' is too short" },
        { "{maxLength: 0}", "a", "'a' is expected to be empty" },
        { "{maxLength: 1}", "ab", "'ab' is too long" },
        { "{minProperties: 1}", "{}", "{} should be non-empty" },
        { "{minProperties: 2}", "{a: 1}", "{'a': 1} does not have enough properties" },
        { "{maxProperties: 0}", "{a: 1}", "{'a': 1} is expected to be empty" },
        { "{maxProperties: 1}", "{a: 1, b: 2}", "{'a': 1, 'b': 2} has too many properties" },
        { "{uniqueItems: true}", "[1, 1]", "[1, 1] has non-unique elements" },
        { "{typeSize: 8}", "1", "size is 32, expected 8" },
        { "{required: [b, a]}", "{}", "'b' is a required property\n'a' is a required property" },
        { "{dependentRequired: {a: [b]}}", "{a: 1}", "'b' is a dependency of 'a'" },
        { "{additionalProperties: false}", "{a: 1}", "Additional properties are not allowed ('a' was unexpected)" },
        { "{properties: {c: true}, additionalProperties: false}", "{b: 1, a: 1, c: 1}",
            "Additional properties are not allowed ('a', 'b' were unexpected)" },
        { "{patternProperties: {^d: true, ^c: true}, additionalProperties: false}", "{a: 1}",
            "'a' does not match any of the regexes: '^c', '^d'" },
        { "{patternProperties: {^c: true}, additionalProperties: false}", "{b: 1, a: 1}",
            "'a', 'b' do not match any of the regexes: '^c'" },
        { "{additionalProperties: {type: string}}", "{a: 1}", "1 is not of type 'string'" },
        { "{unevaluatedProperties: false}", "{b: 1, a: 1}", "Unevaluated properties are not allowed ('a', 'b' were unexpected)" },
        {
            "{unevaluatedProperties: {type: string}}", "{a: 1}",
            "Unevaluated properties are not valid under the given schema ('a' was unevaluated and invalid)"
        },
        {
            "{unevaluatedProperties: {type: string, minimum: 2}}", "{b: 1, a: 1}",
            "Unevaluated properties are not valid under the given schema ('b', 'b', 'a', 'a' were unevaluated and invalid)"
        },
        { "{items: [true], additionalItems: false}", "[1, 2]", "Additional items are not allowed (2 was unexpected)" },
        { "{items: [true], additionalItems: false}", "[1, a, 2]", "Additional items are not allowed ('a', 2 were unexpected)" },
        { "{contains: {const: 1}}", "[2]", "[2] does not contain items matching the given schema" },
        {
            "{contains: {const: 1}, minContains: 3}", "[1, 2, 1]",
            "Too few items match the given schema (expected at least 3 but only 2 matched)"
        },
        { "{contains: {const: 1}, maxContains: 1}", "[1, 1]", "Too many items match the given schema (expected at most 1)" },
        { "{not: {minimum: 1, const: 2}}", "2", "2 should not be valid under {'const': 2, 'minimum': 1}" },
        { "{anyOf: [{const: 1}, {const: 2}]}", "3",
            "3 is not valid under any of the given schemas\n\t1 was expected\n\t2 was expected" },
        { "{oneOf: [{const: 1}]}", "3", "3 is not valid under any of the given schemas\n\t1 was expected" },
        { "{anyOf: []}", "3", "3 is not valid under any of the given schemas" },
        {
            "{oneOf: [{const: 1}, {minimum: 2}, {maximum: 9}, true]}", "3",
            "3 is valid under each of {'maximum': 9}, True, {'minimum': 2}"
        },
    };

    [Theory, MemberData(nameof(Rows))]
    public void Every_keyword_has_the_words_of_the_original(string schema, string value, string words) =>
        Assert.Equal(words, Words(schema, value, sortKeys: true));

    [Theory]
    [InlineData("{not: {minimum: 1, const: 2}}", "2 should not be valid under {'minimum': 1, 'const': 2}")]
    [InlineData("{oneOf: [{minimum: 1, const: 2}, {type: integer, const: 2}]}",
        "2 is valid under each of {'type': 'integer', 'const': 2}, {'minimum': 1, 'const': 2}")]
    [InlineData("{enum: [{b: 1, a: 1}]}", "2 is not one of [{'b': 1, 'a': 1}]")]
    public void Schemas_are_shown_with_their_keys_in_the_order_in_which_they_are_taken(string schema, string words) =>
        Assert.Equal(words, Words(schema, "2", sortKeys: false));

    [Fact]
    public void Words_leave_an_error_as_it_is()
    {
        SchemaError error = Assert.Single(Errors("{additionalProperties: false}", "{b: 1, a: 1}", sortKeys: true));
        Assert.Equal(OriginalWords.Of(error), OriginalWords.Of(error));
        Assert.Equal(["b", "a"], error.Keys);
    }

    private static string Words(string schema, string value, bool sortKeys) =>
        string.Join('\n', Errors(schema, value, sortKeys).Select(Words));

    private static string Words(SchemaError error) =>
        string.Concat([OriginalWords.Of(error), .. error.Context.Select(inner => "\n\t" + Words(inner))]);

    private static IReadOnlyList<SchemaError> Errors(string schema, string value, bool sortKeys) =>
        new SchemaCompiler(new NoOtherSchemas(), new() { SortKeys = sortKeys })
            .Compile(Read(schema), "http://devicetree.org/schemas/t.yaml").Validate(new Evaluation(), PlainValue.Of(Read(value)));

    private static SchemaValue Read(string text)
    {
        var diagnostics = new DiagnosticBag();
        return YamlLoader.Load(new SourceText("t.yaml", text + "\n"), diagnostics)
            ?? throw new ArgumentException(string.Join('\n', diagnostics.Items), nameof(text));
    }

    private sealed class NoOtherSchemas : ISchemaSource
    {
        public SchemaValue? Find(string uri) => null;
    }
}
