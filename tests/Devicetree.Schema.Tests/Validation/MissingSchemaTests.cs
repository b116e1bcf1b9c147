using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Tests.Findings;
using Devicetree.Schema.Validation.Bindings;

namespace Devicetree.Schema.Tests.Validation;

/// <summary>What a binding refers to and nobody has: nothing is demanded by it, and nothing is concluded from it.</summary>
public sealed class MissingSchemaTests
{
    private const string Source =
        """
        /dts-v1/;
        / {
            compatible = "acme,board";
            model = "Board";
            #address-cells = <1>;
            #size-cells = <1>;
            thing { compatible = "acme,thing"; label = "x"; #sound-dai-cells = <0>; };
        };
        """;

    [Theory]
    [InlineData("$ref: gone.yaml#")]
    [InlineData("$ref: gone.yaml#/properties/part")]
    [InlineData("$ref: /schemas/gpio/gpio.yaml#/properties/gone")]
    [InlineData("allOf: [$ref: gone.yaml#]")]
    [InlineData("oneOf: [$ref: gone.yaml#, required: [label]]\nadditionalProperties: true")]
    [InlineData("not: { $ref: gone.yaml# }\nadditionalProperties: true")]
    [InlineData("if: { $ref: gone.yaml# }\nthen: { properties: { label: false } }\nelse: { required: [gone] }\nadditionalProperties: true")]
    [InlineData("properties: { compatible: true, label: { $ref: gone.yaml#/definitions/gone }, '#sound-dai-cells': true }")]
    public void A_reference_that_leads_nowhere_is_noted_once_and_has_no_followers(string rules)
    {
        BindingValidator validator = CheckedTree.Validator(Binding(rules));
        Assert.Empty(CheckedTree.Findings(Source, validator));
        (string baseUri, string _) = Assert.Single(validator.Unresolved);
        Assert.Equal("http://devicetree.org/schemas/acme,thing.yaml", baseUri);
    }

    [Fact]
    public void What_the_binding_says_by_itself_still_counts()
    {
        string binding = Binding("allOf: [$ref: gone.yaml#]\nrequired: [reg]");
        Assert.Equal(["/thing required reg"], CheckedTree.Findings(Source, binding));
    }

    [Fact]
    public void By_the_originals_rule_nothing_satisfies_it()
    {
        var schemas = SchemaLoader.Load([new("/bindings/0.yaml", Binding("$ref: gone.yaml#"))], new SchemaLoadReport(),
            withBuiltIn: true);
        var validator = new BindingValidator(schemas, new() { MissingSchemasForbid = true });
        Assert.Equal(
            ["/thing false", "/thing unevaluatedProperties label #sound-dai-cells"],
            CheckedTree.Findings(Source, validator).Order(StringComparer.Ordinal));
    }

    private static string Binding(string rules) =>
        "%YAML 1.2\n---\n$id: http://devicetree.org/schemas/acme,thing.yaml#\n$schema: http://devicetree.org/meta-schemas/core.yaml#\n"
        + "title: Test\nselect: { properties: { compatible: { contains: { const: 'acme,thing' } } }, required: [compatible] }\n"
        + rules + (rules.Contains("additionalProperties", StringComparison.Ordinal) ? "\n" : "\nunevaluatedProperties: false\n")
        + (rules.Contains("properties: {", StringComparison.Ordinal) ? "" : "properties: { compatible: true }\n");
}
