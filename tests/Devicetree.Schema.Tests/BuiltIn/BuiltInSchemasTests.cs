using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;
using Devicetree.Typing;

namespace Devicetree.Schema.Tests.BuiltIn;

public sealed class BuiltInSchemasTests
{
    private static readonly SchemaLoadReport _report = new();

    private static readonly ProcessedSchemas _schemas = SchemaLoader.Load([], CoreSchemas.BuiltIn, _report);

    [Fact]
    public void Nothing_is_wrong_with_them()
    {
        Assert.NotEmpty(_schemas.Schemas);
        Assert.Empty(_report.Remarks);
        Assert.Empty(_report.Diagnostics.Items);
    }

    /// <summary>The core schemas that bindings of linux-source-6.1 refer to; types.yaml 2,796 times, the last once.</summary>
    [Theory]
    [InlineData("types")]
    [InlineData("graph")]
    [InlineData("i2c/i2c-controller")]
    [InlineData("pci/pci-bus")]
    [InlineData("interrupt-controller")]
    [InlineData("simple-bus")]
    [InlineData("cache-controller")]
    [InlineData("serial")]
    [InlineData("reset/reset")]
    public void What_the_kernels_bindings_refer_to_is_there(string name) =>
        Assert.NotNull(_schemas.Find($"http://devicetree.org/schemas/{name}.yaml"));

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        int references = 0;
        foreach (ProcessedSchema schema in _schemas.Schemas)
        {
            foreach (string reference in ReferencesIn(schema.Schema))
            {
                references++;
                Assert.True(_schemas.Resolve(schema, reference).Outcome == ReferenceOutcome.Found, $"{schema.Id}: {reference}");
            }
        }
        Assert.InRange(references, 100, int.MaxValue);
    }

    [Theory]
    [InlineData("reg", "address")]
    [InlineData("interrupts", "uint32-matrix")]
    [InlineData("#address-cells", "uint32")]
    [InlineData("compatible", "string-array")]
    [InlineData("clocks", "phandle-array")]
    [InlineData("assigned-clock-rates", "uint32-array")]
    [InlineData("pinctrl-0", "phandle-array")]
    [InlineData("reset-gpios", "phandle-array")]
    [InlineData("vdd-supply", "phandle")]
    [InlineData("timeout-ms", "uint32-array")]
    [InlineData("marvell,wakeup-gap-ms", null)]
    [InlineData("clock-hz", "uint32-matrix")]
    [InlineData("opp-hz", "uint64-matrix")]
    [InlineData("opp-microvolt", "int32-matrix")]
    [InlineData("interrupt-controller", "flag")]
    [InlineData("linux,initrd-start", "address")]
    [InlineData("acme,unknown", null)]
    public void Common_properties_have_their_types(string property, string? type) =>
        Assert.Equal(type is null ? [] : [type], _schemas.PropertyTypes.Of(property).Select(found => found.Name));

    public static TheoryData<string> Units => [.. UnitSuffix.All.Select(unit => unit.Text)];

    /// <summary>The table of units, which also serves where no schemas are at hand, and the schemas say the same.</summary>
    [Theory, MemberData(nameof(Units))]
    public void Units_have_one_type_everywhere(string suffix)
    {
        UnitSuffix unit = UnitSuffix.TypeOf("acme,x" + suffix)!;
        string rows = unit.Rows switch { UnitRows.One => "", UnitRows.List => "-array", _ => "-matrix" };
        Assert.Equal([(unit.IsSigned ? "int32" : "uint32") + rows],
            _schemas.PropertyTypes.Of("acme,x" + suffix).Select(found => found.Name));
    }

    private static IEnumerable<string> ReferencesIn(SchemaValue value) => value switch
    {
        SchemaArray list => list.Items.SelectMany(ReferencesIn),
        SchemaObject mapping => mapping.Entries.SelectMany(
            entry => entry is { Key: "$ref", Value: SchemaString reference } ? [reference.Value] : ReferencesIn(entry.Value)),
        _ => [],
    };
}
