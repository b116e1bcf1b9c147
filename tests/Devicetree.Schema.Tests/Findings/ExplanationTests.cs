using Devicetree.Compilation;
using Devicetree.Live;
using Devicetree.Schema.Decoding.Trees;
using Devicetree.Schema.Findings;
using Devicetree.Schema.Findings.Explained;
using Devicetree.Schema.Validation.Bindings;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Tests.Findings;

/// <summary>
/// What our own report says of keywords that few bindings use: words for people, without a value of Python in them.
/// </summary>
public sealed class ExplanationTests
{
    private const string Source =
        "/dts-v1/;\n/ { thing { compatible = \"acme,thing\"; #size-cells = <0>; list = <1 2 1>; a = <1>; b = <2>; }; };\n";

    [Theory]
    [InlineData("minProperties: 9", "node 'thing' is a node with 6 entries (its name is one), expected at least 9")]
    [InlineData("maxProperties: 2", "node 'thing' is a node with 6 entries (its name is one), expected at most 2")]
    [InlineData(
        "properties: {list: {contains: {const: 1}, minContains: 3}}",
        "'list' is a list with 2 items of the form that the binding asks for, expected at least 3 such items")]
    [InlineData(
        "properties: {list: {contains: {const: 1}, maxContains: 1}}",
        "'list' is a list with 2 items of the form that the binding asks for, expected at most 1 such items")]
    [InlineData(
        "anyOf: [{required: [c]}, {additionalProperties: false}]",
        "node 'thing' fits none of the alternatives",
        "add 'c'", "remove '#size-cells', 'a', 'b', 'compatible', 'list'")]
    [InlineData(
        "anyOf: [{properties: {a: false}}, {not: {required: [b]}}, {oneOf: [{required: [a]}, {required: [b]}]}, {minProperties: 9}]",
        "node 'thing' fits none of the alternatives",
        "remove 'a'", "not of the form that the binding forbids", "fit only one of the alternatives that exclude each other",
        "expected at least 9")]
    [InlineData(
        "properties: {list: {anyOf: [{contains: {const: 7}}, {contains: {const: 8}}]}}",
        "'list' fits none of the alternatives",
        "add an item that the binding asks for")]
    public void An_explanation_has_words_of_its_own(string demands, string message, params string[] either)
    {
        ReportItem item = Assert.Single(Explain(demands));
        Assert.Equal(message, item.Diagnostic.Message);
        Assert.Equal(either, item.Details.Where(detail => detail.Name == "either").Select(detail => detail.Value));
    }

    private static IReadOnlyList<ReportItem> Explain(string demands)
    {
        BindingValidator validator = CheckedTree.Validator(
            $$"""
            $id: http://devicetree.org/schemas/thing.yaml#
            $schema: http://devicetree.org/meta-schemas/core.yaml#
            title: Thing
            select:
              properties: {compatible: {contains: {const: 'acme,thing'} } }
              required: [compatible]
            properties:
              compatible: {const: 'acme,thing'}
              '#size-cells': true
              list: {$ref: /schemas/types.yaml#/definitions/uint32-array}
              a: {$ref: /schemas/types.yaml#/definitions/uint32}
              b: {$ref: /schemas/types.yaml#/definitions/uint32}
            allOf: [{ {{demands}} }]
            additionalProperties: true
            """);
        var diagnostics = new DiagnosticBag();
        LiveTree? tree = DevicetreeCompiler.Compile(new SourceText("t.dts", Source), diagnostics, new() { Strict = false });
        Assert.True(tree is not null, string.Join('\n', diagnostics.Items));
        return new FindingExplainer(validator).Explain(
            new TreeCheck(validator, new() { Filter = new() { Parts = ["thing.yaml"] } }),
            TreeDecoder.Decode(tree.ToTree(), validator.Types), "t.dts", new SourcePlaces(tree));
    }
}
