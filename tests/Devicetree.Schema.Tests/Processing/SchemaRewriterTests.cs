using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Tests.Processing;

/// <summary>
/// The rewriting steps (devicetree.md 5.1 to 5.3). Expected values were printed by dt-mk-schema of dt-schema 2026.6.
/// </summary>
public sealed class SchemaRewriterTests
{
    [Theory]
    // case 89
    [InlineData("compatible: {const: acme}", "compatible", "{items: [{const: 'acme'}], maxItems: 1, minItems: 1, type: 'array'}")]
    [InlineData("a: {enum: [x, y]}", "a", "{items: [{enum: ['x', 'y']}], maxItems: 1, minItems: 1, type: 'array'}")]
    [InlineData("a: {pattern: ^x}", "a", "{items: [{pattern: '^x'}], maxItems: 1, minItems: 1, type: 'array'}")]
    [InlineData("a: {const: 1}", "a", "{const: 1}")]
    [InlineData("a: {oneOf: [{const: 1}, {const: 2, description: two}]}", "a", "{enum: [1, 2]}")]
    [InlineData("a: {oneOf: [{const: 1}, {minimum: 5}]}", "a", "{oneOf: [{const: 1}, {minimum: 5}]}")]
    [InlineData("reg: {const: 1}", "reg",
        "{items: [{items: [{const: 1}], maxItems: 1, minItems: 1, type: 'array'}], maxItems: 1, minItems: 1, type: 'array'}")]
    [InlineData("a: {items: [{description: x}, {}]}", "a", "{maxItems: 2, minItems: 2, type: 'array'}")]
    [InlineData("a: {items: [{const: 1}, {const: 2}]}", "a",
        "{items: [{const: 1}, {const: 2}], maxItems: 2, minItems: 2, type: 'array'}")]
    [InlineData("a: {maxItems: 3}", "a", "{maxItems: 3, minItems: 3}")]
    [InlineData("a: {minItems: 2}", "a", "{maxItems: 2, minItems: 2}")]
    [InlineData("delay-us: {minimum: 10}", "delay-us", "{items: [{minimum: 10}], maxItems: 1, minItems: 1, type: 'array'}")]
    [InlineData("x-hz: {minimum: 1}", "x-hz",
        "{items: [{items: [{minimum: 1}], maxItems: 1, minItems: 1, type: 'array'}], maxItems: 1, minItems: 1, type: 'array'}")]
    [InlineData("x-hz: {maxItems: 2}", "x-hz", "{items: [{maxItems: 2, minItems: 2}], maxItems: 1, minItems: 1, type: 'array'}")]
    [InlineData("'fsl,pins': {$ref: 'x#', minItems: 2}", "fsl,pins", "{$ref: 'x#'}")]
    [InlineData("a: {description: gone, type: boolean}", "a", "{type: 'boolean'}")]
    public void A_property_gets_the_shape_that_blobs_are_decoded_to(string properties, string name, string expected) =>
        Assert.Equal(expected, SchemaText.Show(Property(Process("properties: {" + properties + "}"), name)));

    [Fact]
    public void Case_91_a_lone_limit_in_the_outcome_of_a_condition_stays_alone()
    {
        SchemaObject schema = Process("if: {required: [a]}\nthen: {properties: {reg: {minItems: 2}}}\n");
        Assert.Equal("{minItems: 2}", SchemaText.Show(Property((SchemaObject)schema["then"]!, "reg")));
    }

    [Fact]
    public void Case_92_required_interrupts_may_be_given_in_either_form()
    {
        SchemaObject schema = Process("properties: {interrupts: {maxItems: 1}}\nrequired: [reg, interrupts]\n");
        Assert.Equal("['reg']", SchemaText.Show(schema["required"]!));
        Assert.Equal("[{required: ['interrupts']}, {required: ['interrupts-extended']}]", SchemaText.Show(schema["oneOf"]!));
        Assert.Equal("{maxItems: 1, minItems: 1}", SchemaText.Show(Property(schema, "interrupts-extended")));
        Assert.Equal("true", SchemaText.Show(Property(schema, "interrupt-parent")));
    }

    [Fact]
    public void Required_interrupts_next_to_other_alternatives_go_into_allOf()
    {
        SchemaObject schema = Process("oneOf: [{required: [a]}, {required: [b]}]\nrequired: [interrupts]\n");
        Assert.Equal("[{oneOf: [{required: ['interrupts']}, {required: ['interrupts-extended']}]}]",
            SchemaText.Show(schema["allOf"]!));
    }

    [Fact]
    public void A_closed_schema_allows_what_every_node_may_have()
    {
        SchemaObject schema = Process("properties: {clocks: {maxItems: 1}, ranges: true}\nadditionalProperties: false\n");
        string[] names = [.. ((SchemaObject)schema["properties"]!).Entries.Select(entry => entry.Key)];
        Assert.Equal(
            [
                "$nodename", "assigned-clock-parents", "assigned-clock-rates", "assigned-clock-rates-u64", "assigned-clock-sscs",
                "assigned-clocks", "bootph-all", "bootph-pre-ram", "bootph-pre-sram", "bootph-some-ram", "bootph-verify",
                "clocks",
                "dma-ranges", "phandle", "pinctrl-names", "ranges", "secure-status", "status",
            ],
            names);
        Assert.Equal("{^pinctrl-[0-9]+$: true}", SchemaText.Show(schema["patternProperties"]!));
    }

    [Fact]
    public void Dependencies_become_two_keywords()
    {
        SchemaObject schema = Process("dependencies: {a: [b], c: {required: [d]}}\n");
        Assert.Equal("{a: ['b']}", SchemaText.Show(schema["dependentRequired"]!));
        Assert.Equal("{c: {required: ['d']}}", SchemaText.Show(schema["dependentSchemas"]!));
        Assert.False(schema.Has("dependencies"));
    }

    [Fact]
    public void A_schema_of_a_node_name_selects_by_it()
    {
        SchemaObject schema = Process("properties: {$nodename: {const: cpus}}\n");
        Assert.Equal("{$nodename: {items: [{const: 'cpus'}], maxItems: 1, minItems: 1, type: 'array'}}",
            SchemaText.Show(((SchemaObject)schema["select"]!)["properties"]!));
    }

    [Fact]
    public void What_only_people_read_is_gone()
    {
        SchemaObject schema = Process(
            "maintainers: [me]\ndescription: long\nexamples: [x]\nproperties: {}\nadditionalProperties: true\n");
        Assert.Equal(["$filename", "$id", "properties", "type"],
            schema.Entries.Select(entry => entry.Key).Where(key => key != "$schema"));
    }

    private static SchemaObject Process(string yaml)
    {
        var report = new SchemaLoadReport();
        ProcessedSchemas schemas = SchemaLoader.Load(
            [new SourceText("t.yaml", "$id: http://devicetree.org/schemas/t.yaml#\n" + yaml)], report);
        return schemas.Schemas.Single().Schema;
    }

    private static SchemaValue Property(SchemaObject schema, string name) => ((SchemaObject)schema["properties"]!)[name]!;
}
