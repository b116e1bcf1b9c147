using Devicetree.Schema.Decoding;
using Devicetree.Schema.Findings.Python;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Schema.Validation;
using Devicetree.Schema.Validation.Compilation;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Tests.Validation;

/// <summary>
/// Every keyword that has a limit or a count, at it and on both sides of it: the verdict, and the one error that says so.
/// </summary>
public sealed class KeywordBoundaryTests
{
    /// <summary>A schema, values that fit, values that do not, and the keyword whose error these get.</summary>
    public static TheoryData<string, string[], string[], string> Rows { get; } = new()
    {
        { "{minItems: 2}", ["[1, 2]", "[1, 2, 3]", "7", "a"], ["[]", "[1]"], "minItems" },
        { "{maxItems: 2}", ["[]", "[1]", "[1, 2]", "7"], ["[1, 2, 3]", "[1, 2, 3, 4]"], "maxItems" },
        { "{maxItems: 0}", ["[]"], ["[1]"], "maxItems" },
        { "{minLength: 2}", ["ab", "'\u00e4\u00f6'", "'\U0001F600\U0001F600'", "7"], ["a", "''", "'\U0001F600'"], "minLength" },
        { "{maxLength: 2}", ["ab", "''", "'\U0001F600\U0001F600'"], ["abc"], "maxLength" },
        { "{minProperties: 2}", ["{a: 1, b: 2}", "{a: 1, b: 2, c: 3}", "[]"], ["{}", "{a: 1}"], "minProperties" },
        { "{maxProperties: 2}", ["{}", "{a: 1, b: 2}"], ["{a: 1, b: 2, c: 3}"], "maxProperties" },
        { "{minimum: 5}", ["5", "6", "5.0", "a"], ["4", "4.9", "-5"], "minimum" },
        { "{maximum: 5}", ["5", "4", "-6"], ["6", "5.1", "0xffffffffffffffff"], "maximum" },
        { "{exclusiveMinimum: 5}", ["6", "5.5"], ["5", "4"], "exclusiveMinimum" },
        { "{exclusiveMaximum: 5}", ["4", "4.5"], ["5", "6"], "exclusiveMaximum" },
        { "{multipleOf: 4}", ["0", "4", "-8", "8.0"], ["1", "3", "5", "6.0"], "multipleOf" },
        { "{contains: {const: 1}}", ["[1]", "[2, 1]", "[1, 1]", "1"], ["[]", "[2]"], "contains" },
        { "{contains: {const: 1}, minContains: 2}", ["[1, 1]", "[1, 2, 1]", "[1, 1, 1]"], ["[1]", "[1, 2]"], "minContains" },
        { "{contains: {const: 1}, maxContains: 2}", ["[1]", "[1, 1]", "[1, 2, 1, 3]"], ["[1, 1, 1]", "[1, 1, 2, 1]"],
            "maxContains" },
        { "{contains: {const: 1}, minContains: 2, maxContains: 2}", ["[1, 1]", "[1, 2, 1]"], ["[1, 1, 1]"], "maxContains" },
        { "{contains: {const: 1}, minContains: 0}", ["[]", "[2]", "[1]"], [], "contains" },
        { "{contains: {const: 1}, minContains: 0, maxContains: 1}", ["[]", "[2]", "[1]"], ["[1, 1]"], "maxContains" },
        { "{uniqueItems: true}", ["[]", "[1]", "[1, 2]", "[[1, 2], [2, 1]]"], ["[1, 1]", "[1, 2, 1]", "[[1], [1]]"],
            "uniqueItems" },
        { "{uniqueItems: false}", ["[1, 1]"], [], "uniqueItems" },
        { "{items: [{const: 1}, {const: 2}]}", ["[]", "[1]", "[1, 2]", "[1, 2, 3]"], ["[2]", "[1, 3]", "[3, 2]"], "const" },
        { "{items: [{const: 1}], additionalItems: false}", ["[]", "[1]"], ["[1, 1]"], "additionalItems" },
        { "{items: [{const: 1}], additionalItems: {const: 2}}", ["[1]", "[1, 2, 2]"], ["[1, 1]", "[1, 2, 3]"], "const" },
        { "{items: {const: 1}}", ["[]", "[1, 1]"], ["[2]", "[1, 2]"], "const" },
        { "{required: [a, b]}", ["{a: 1, b: 2}", "{a: 1, b: 2, c: 3}", "[]"], ["{a: 1}", "{b: 1}"], "required" },
        { "{dependentRequired: {a: [b]}}", ["{}", "{b: 1}", "{a: 1, b: 1}"], ["{a: 1}"], "dependentRequired" },
        { "{properties: {a: true}, additionalProperties: false}", ["{}", "{a: 1}"], ["{b: 1}", "{a: 1, b: 1}"],
            "additionalProperties" },
        { "{patternProperties: {^a: true}, additionalProperties: false}", ["{ab: 1}"], ["{ba: 1}"], "additionalProperties" },
        { "{properties: {a: true}, unevaluatedProperties: false}", ["{a: 1}"], ["{a: 1, b: 1}"], "unevaluatedProperties" },
        { "{oneOf: [{minimum: 2}, {minimum: 4}]}", ["2", "3"], ["1", "4"], "oneOf" },
        { "{anyOf: [{maximum: 2}, {minimum: 4}]}", ["2", "4"], ["3"], "anyOf" },
        { "{not: {minimum: 4}}", ["3"], ["4"], "not" },
        { "{if: {minimum: 4}, then: {multipleOf: 2}, else: {multipleOf: 3}}", ["3", "4"], ["2", "5"], "multipleOf" },
        { "{type: integer}", ["1", "1.0"], ["1.5", "a", "true", "[1]"], "type" },
        { "{enum: [1, 2, 3, 4, 5, 6, 7, 8]}", ["1", "8"], ["0", "9"], "enum" },
        { "{enum: [1, 2, 3, 4, 5, 6, 7, 8, 9]}", ["1", "9"], ["0", "10"], "enum" },
        { "{pattern: '^a{2}$'}", ["aa", "7"], ["a", "aaa"], "pattern" },
    };

    [Theory, MemberData(nameof(Rows))]
    public void A_limit_holds_exactly(string schema, string[] good, string[] bad, string keyword)
    {
        CompiledSchema compiled = new SchemaCompiler(new NoOtherSchemas()).Compile(Read(schema),
            "http://devicetree.org/schemas/t.yaml");
        Assert.All(good, text => Assert.Equal((true, ""), Verdict(compiled, text)));
        Assert.All(bad, text => Assert.Equal((false, keyword), Verdict(compiled, text)));
    }

    /// <summary>Whether a value fits, and the keywords of its errors, which must say the same.</summary>
    private static (bool IsValid, string Keywords) Verdict(CompiledSchema schema, string text)
    {
        var evaluation = new Evaluation();
        DecodedValue value = PlainValue.Of(Read(text));
        bool isValid = schema.IsValid(evaluation, value);
        evaluation.Reset();
        var errors = new List<SchemaError>();
        schema.Explain(evaluation, value, errors);
        Assert.All(errors, error => Assert.NotEmpty(OriginalWords.Of(error)));
        return (isValid, string.Join(' ', errors.Select(error => error.Keyword).Distinct()));
    }

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
