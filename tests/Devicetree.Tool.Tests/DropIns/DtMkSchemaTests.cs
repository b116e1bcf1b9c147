using System.Text.Json;

namespace Devicetree.Tool.Tests.DropIns;

public sealed class DtMkSchemaTests : IDisposable
{
    private const string Good =
        """
        %YAML 1.2
        ---
        $id: http://devicetree.org/schemas/test/good.yaml#
        $schema: http://devicetree.org/meta-schemas/core.yaml#
        title: Good
        properties:
          compatible:
            const: acme,good
        additionalProperties: false
        """;

    private readonly TestHost _host = new();

    public DtMkSchemaTests()
    {
        Directory.CreateDirectory(_host.PathOf("core"));
        _host.Write("core/types.yaml", "$id: http://devicetree.org/schemas/types.yaml#\nproperties: {}\n");
        _host.Variables["DT_CORE_SCHEMAS"] = "core";
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_binding_and_the_core_schemas_become_one_file()
    {
        _host.Write("good.yaml", Good);
        Assert.Equal(0, _host.Run("dt-mk-schema", "-j", "-o", "out.json", "good.yaml"));
        Assert.Equal("", _host.Output);
        using JsonDocument file = JsonDocument.Parse(_host.Read("out.json"));
        Assert.Equal(
            ["generated-compatibles", "generated-pattern-types", "generated-types",
                "http://devicetree.org/schemas/test/good.yaml",
                "http://devicetree.org/schemas/types.yaml", "version"],
            file.RootElement.EnumerateObject().Select(entry => entry.Name));
        Assert.Equal(_host.PathOf("good.yaml"), file.RootElement.GetProperty("http://devicetree.org/schemas/test/good.yaml")
            .GetProperty("$filename").GetString());
    }

    /// <summary>The lines and the code are what dt-mk-schema of dt-schema 2026.6 printed for the same files.</summary>
    [Fact]
    public void Files_of_no_use_are_named_and_the_others_used()
    {
        _host.Write("good.yaml", Good);
        _host.Write("same.yaml", Good);
        _host.Write("bad.yaml", "a: [");
        _host.Write("list.yaml", "- 1\n");
        _host.Write("other.yaml", "x: 1\n");
        _host.Write("invalid.yaml", "$id: http://devicetree.org/x#\nproperties: {a: {minimum: x}}\n");
        Directory.CreateDirectory(_host.PathOf("empty"));
        Assert.Equal(0, _host.Run("dt-mk-schema", "-j", "good.yaml", "same.yaml", "bad.yaml", "list.yaml", "other.yaml",
            "invalid.yaml", "empty", "missing"));
        string[] lines = _host.Error.Split('\n');
        Assert.Equal(
            [
                $"{_host.PathOf("same.yaml")}: warning: ignoring duplicate '$id' value 'http://devicetree.org/schemas/test/good.yaml'",
                $"{_host.PathOf("bad.yaml")}: ignoring, error parsing file",
                $"{_host.PathOf("list.yaml")}: ignoring, error parsing file",
                $"{_host.PathOf("invalid.yaml")}: ignoring, error in schema: properties: a: minimum",
                "warning: no schema found in path: empty",
            ],
            lines[..5]);
    }

    [Fact]
    public void Arguments_can_stand_in_a_file()
    {
        _host.Write("good.yaml", Good);
        _host.Write("args", "-j\ngood.yaml\n");
        Assert.Equal(0, _host.Run("dt-mk-schema", "@args"));
        Assert.Contains("http://devicetree.org/schemas/test/good.yaml", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_processed_file_is_written_anew_byte_for_byte()
    {
        _host.Write("good.yaml", Good);
        Assert.Equal(0, _host.Run("dt-mk-schema", "-j", "-o", "one.json", "good.yaml"));
        Assert.Equal(0, _host.Run("dt-mk-schema", "-j", "-o", "two.json", "one.json"));
        Assert.Equal(_host.Read("one.json"), _host.Read("two.json"));
    }

    [Fact]
    public void A_file_of_another_release_is_refused()
    {
        _host.Write("old.json", """{"http://devicetree.org/schemas/a.yaml#": {"type": "object"}}""");
        Assert.Equal(1, _host.Run("dt-mk-schema", "-j", "old.json"));
        Assert.StartsWith("dt-mk-schema: old.json: ", _host.Error, StringComparison.Ordinal);
        Assert.Equal("", _host.Output);
    }

    [Fact]
    public void What_cannot_be_written_is_said()
    {
        _host.Write("good.yaml", Good);
        Assert.Equal(1, _host.Run("dt-mk-schema", "-j", "-o", "no/such/directory", "good.yaml"));
        Assert.Contains("dt-mk-schema: cannot write no/such/directory", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_option_ends_with_2()
    {
        Assert.Equal(2, _host.Run("dt-mk-schema", "-z"));
        Assert.EndsWith("dt-mk-schema: error: unrecognized arguments: -z\n", _host.Error, StringComparison.Ordinal);
    }
}
