using Devicetree.Schema.Findings.Python;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Tests.Processing;

public sealed class ProcessedSchemasTests
{
    private const string Base = "http://devicetree.org/schemas/";

    [Fact]
    public void Case_94_only_the_order_of_reading_changes_nothing()
    {
        SourceText[] sources =
        [
            Source("a.yaml", "properties: {compatible: {enum: ['acme,a', 'acme,b']}, 'acme,x': {$ref: 'types.yaml#/definitions/uint32'}}"),
            Source("b.yaml", "properties: {compatible: {const: 'acme,c'}, 'acme,y': {type: boolean}}"),
            Source("c.yaml", "properties: {compatible: {pattern: '^acme,c[0-9]$'}}"),
        ];
        Assert.Equal(Written(Load(sources)), Written(Load([.. sources.Reverse()])));
    }

    [Fact]
    public void Case_95_a_binding_that_breaks_only_the_rules_for_bindings_is_kept()
    {
        var report = new SchemaLoadReport();
        ProcessedSchemas schemas = SchemaLoader.Load([Source("a.yaml", "unheard-of: 1\nproperties: {a: {maxItems: 0}}")], report);
        Assert.Equal(["missing-property-type"], report.Diagnostics.Items.Select(item => item.Rule.Name));
        Assert.Single(schemas.Schemas);
    }

    [Fact]
    public void A_file_that_is_no_JSON_Schema_is_left_out_with_its_place()
    {
        var report = new SchemaLoadReport();
        SourceText bad = new("bad.yaml",
            "$id: http://devicetree.org/schemas/bad.yaml#\nproperties:\n  gpios:\n    deprecated: 1\n");
        ProcessedSchemas schemas = SchemaLoader.Load([bad, Source("a.yaml", "properties: {}")], report);
        Assert.Equal(Base + "a.yaml", Assert.Single(schemas.Schemas).Id);
        Assert.Equal(["bad.yaml: ignoring, error in schema: properties: gpios: deprecated"],
            report.Remarks.Select(OriginalRemark.Of));
        Diagnostic diagnostic = Assert.Single(report.Diagnostics.Items);
        Assert.Equal("SCH002", diagnostic.Rule.Id);
        Assert.Equal("bad.yaml:4:17", diagnostic.Span.Location.ToString());
    }

    [Theory]
    [InlineData("other.yaml#", ReferenceOutcome.Found)]
    [InlineData("/schemas/other.yaml", ReferenceOutcome.Found)]
    [InlineData("../schemas/other.yaml#/properties/b", ReferenceOutcome.Found)]
    [InlineData("#/properties/a", ReferenceOutcome.Found)]
    [InlineData("#", ReferenceOutcome.Found)]
    // case 112: the schema false, and where the original breaks off
    [InlineData("missing.yaml#", ReferenceOutcome.NoSuchFile)]
    [InlineData("missing.yaml#/properties/b", ReferenceOutcome.NoSuchPlace)]
    [InlineData("other.yaml#/properties/none", ReferenceOutcome.NoSuchPlace)]
    [InlineData("?", ReferenceOutcome.NoSuchFile)]
    [InlineData("#anchor", ReferenceOutcome.NoSuchPlace)]
    public void Case_112_a_reference_leads_somewhere_or_is_satisfied_by_nothing(string reference, object expected)
    {
        ProcessedSchemas schemas =
            Load([Source("a.yaml", "properties: {a: {type: boolean}}"),
            Source("other.yaml", "properties: {b: {type: boolean}}")]);
        SchemaReference target = schemas.Resolve(schemas.Find(Base + "a.yaml")!, reference);
        Assert.Equal(expected, target.Outcome);
        if (target.Outcome != ReferenceOutcome.Found)
            Assert.False(Assert.IsType<SchemaBoolean>(target.Target).Value);
    }

    [Fact]
    public void A_compatible_string_chooses_one_schema_and_general_ones_choose_none_beside_others()
    {
        ProcessedSchemas schemas = Load(
        [
            Source("a.yaml", "properties: {compatible: {items: [{const: 'acme,a'}, {const: syscon}]}}"),
            Source("b.yaml", "properties: {compatible: {const: simple-bus}}"),
            Source("c.yaml", "select: false\nproperties: {compatible: {const: 'acme,c'}}"),
        ]);
        Assert.Equal(Base + "a.yaml", schemas.FindByCompatible("acme,a")?.Id);
        Assert.Null(schemas.FindByCompatible("syscon"));
        Assert.Equal(Base + "b.yaml", schemas.FindByCompatible("simple-bus")?.Id);
        Assert.Null(schemas.FindByCompatible("acme,c"));
        Assert.True(schemas.IsDocumented("acme,c"));
        Assert.True(schemas.IsDocumented("test,anything"));
        Assert.False(schemas.IsDocumented("acme,d"));
    }

    [Fact]
    public void Types_come_from_names_first_and_from_patterns_when_these_say_nothing()
    {
        ProcessedSchemas schemas = Load(
        [
            Source("types.yaml", "definitions: {uint32: {type: integer}}"),
            Source("a.yaml",
                """
                properties:
                  acme,list: {$ref: types.yaml#/definitions/uint32-array}
                  acme,both: {oneOf: [{$ref: types.yaml#/definitions/uint32}, {$ref: types.yaml#/definitions/string}]}
                  acme,rows: {$ref: types.yaml#/definitions/uint32-matrix, items: {maxItems: 2}, maxItems: 4}
                  acme,flag: {type: boolean}
                  acme,x-us: true
                patternProperties:
                  '-us$': {$ref: types.yaml#/definitions/uint32-array}
                """),
        ]);
        Assert.Equal("uint32-array", Assert.Single(schemas.PropertyTypes.Of("acme,list")).Name);
        Assert.Equal(["uint32", "string"], schemas.PropertyTypes.Of("acme,both").Select(type => type.Name));
        Assert.Equal(new PropertyDimensions(new(1, 4), new(2, 2)), schemas.PropertyTypes.DimensionsOf("acme,rows"));
        Assert.Equal("flag", Assert.Single(schemas.PropertyTypes.Of("acme,flag")).Name);
        Assert.Equal("uint32-array", Assert.Single(schemas.PropertyTypes.Of("acme,x-us")).Name);
        Assert.Empty(schemas.PropertyTypes.Of("acme,none"));
    }

    private static SourceText Source(string name, string yaml) => new(name, $"$id: {Base}{name}#\n{yaml}\n");

    private static ProcessedSchemas Load(SourceText[] sources) => SchemaLoader.Load(sources, new SchemaLoadReport());

    private static byte[] Written(ProcessedSchemas schemas)
    {
        using var file = new MemoryStream();
        ProcessedSchemaFile.Write(schemas, file);
        return file.ToArray();
    }
}
