namespace Devicetree.Tool.Tests.DropIns;

/// <summary>
/// dt-doc-validate as a program; what it finds is compared with the original in Conformance.Tests. Numbers are the cases of
/// devicetree.md 7.5.
/// </summary>
public sealed class DtDocValidateTests : IDisposable
{
    private const string Good =
        """
        %YAML 1.2
        ---
        $id: http://devicetree.org/schemas/acme,thing.yaml#
        $schema: http://devicetree.org/meta-schemas/core.yaml#
        title: Thing
        maintainers:
          - Someone <someone@example.org>
        properties:
          compatible:
            const: acme,thing
          reg:
            maxItems: 1
        required:
          - compatible
        additionalProperties: false

        """;

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    /// <summary>
    /// The kernel's makefile asks <c>dt-doc-validate --version</c> and goes no further with a release that is too old.
    /// </summary>
    [Theory]
    [InlineData("dt-doc-validate", "-V")]
    [InlineData("dt-doc-validate", "--version")]
    [InlineData("dt-validate", "--version")]
    [InlineData("dt-mk-schema", "--version")]
    [InlineData("dt-check-compatible", "--version")]
    [InlineData("dtb2py", "--version")]
    public void Every_tool_of_dt_schema_says_its_release(string name, string option)
    {
        Assert.Equal(0, _host.Run(name, option));
        Assert.Equal("2026.6\n", _host.Output);
    }

    [Fact]
    public void A_good_binding_is_passed_in_silence()
    {
        Assert.Equal(0, Run(Good));
        Assert.Equal("", _host.Error);
    }

    [Fact]
    public void A_broken_rule_is_printed_with_its_hint_and_its_schema_and_ends_with_1()
    {
        Assert.Equal(1, Run(Good.Replace("title: Thing", "title: Thing binding", StringComparison.Ordinal)));
        Assert.Equal(
            $"{_host.PathOf("acme,thing.yaml")}: title: 'Thing binding' should not be valid under {{'pattern': '[Bb]inding| [Ss]chema'}}\n"
            + "\thint: Name the hardware in a line; that the file is a binding or a schema is known\n"
            + "\tfrom schema $id: http://devicetree.org/meta-schemas/base.yaml\n",
            _host.Error);
    }

    [Fact]
    public void With_n_the_line_and_column_of_a_rule_that_is_broken_are_printed()
    {
        Assert.Equal(1, Run(Good.Replace("maxItems: 1", "maxItems: 0", StringComparison.Ordinal), "-n"));
        Assert.StartsWith($"{_host.PathOf("acme,thing.yaml")}:12:5: properties:reg:maxItems: 0 is less than the minimum of 1\n",
            _host.Error);
    }

    [Fact]
    public void Case_115_a_wrong_id_is_reported_and_does_not_count()
    {
        Assert.Equal(0, Run(Good.Replace("acme,thing.yaml#", "acme,other.yaml#", StringComparison.Ordinal)));
        string file = _host.PathOf("acme,thing.yaml");
        Assert.Equal(
            $"{file}: $id: Cannot determine base path from $id, relative path/filename doesn't match actual path or filename\n"
            + $"\t $id: http://devicetree.org/schemas/acme,other.yaml\n\tfile: {file}\n",
            _host.Error);
    }

    [Theory]
    [InlineData("/schemas/missing.yaml#", "/schemas/missing.yaml#")]
    [InlineData("missing.yaml#", "missing.yaml#")]
    [InlineData("../up.yaml#", "../up.yaml#")]
    [InlineData("/schemas/other.yaml/#", "/schemas/other.yaml/#")]
    public void Case_115_a_reference_that_leads_nowhere_is_reported_and_does_not_count(string reference, string told)
    {
        _host.Write("other.yaml", "$id: http://devicetree.org/schemas/other.yaml#\n");
        Assert.Equal(0, Run(Good.Replace("additionalProperties: false",
            $"allOf:\n  - $ref: {reference}\nunevaluatedProperties: false", StringComparison.Ordinal)));
        Assert.Equal($"{_host.PathOf("acme,thing.yaml")}: Unresolvable reference: {told}\n", _host.Error);
    }

    [Fact]
    public void A_node_that_refers_to_an_open_schema_without_closing_it_is_reported_and_does_not_count()
    {
        _host.Write("open.yaml",
            "$id: http://devicetree.org/schemas/open.yaml#\nproperties:\n  reg: true\nadditionalProperties: true\n");
        Assert.Equal(0, Run(Good.Replace("required:\n", "  port:\n    type: object\n    $ref: open.yaml#\nrequired:\n",
            StringComparison.Ordinal)));
        Assert.Equal($"{_host.PathOf("acme,thing.yaml")}: port: Missing additionalProperties/unevaluatedProperties constraint\n",
            _host.Error);
    }

    [Fact]
    public void Case_116_a_key_that_stands_twice_is_reported_with_its_place_and_ends_with_1()
    {
        Assert.Equal(1, Run("a: 1\nb: 2\nc: 3\na: 4\n"));
        Assert.StartsWith("acme,thing.yaml:4:1: found duplicate key", _host.Error);
    }

    [Fact]
    public void The_worst_of_several_files_decides_and_all_are_checked()
    {
        _host.Write("deep/acme,bad.yaml", "- 1\n");
        _host.Write("deep/acme,worse.yaml", "a: [\n");
        _host.Write("deep/.hidden.yaml", "a: [\n");
        _host.Write("acme,thing.yaml", Good);
        Assert.Equal(1, _host.Run("dt-doc-validate", "deep", "acme,thing.yaml"));
        Assert.Contains("deep/acme,bad.yaml:1:1: ", _host.Error, StringComparison.Ordinal);
        Assert.Contains("deep/acme,worse.yaml:", _host.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", _host.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$schema: http://devicetree.org/meta-schemas/core.yaml#\n", "")]
    [InlineData("meta-schemas/core.yaml#", "meta-schemas/other.yaml#")]
    public void A_binding_without_known_rules_is_refused(string old, string @new)
    {
        Assert.Equal(1, Run(Good.Replace(old, @new, StringComparison.Ordinal)));
        Assert.Contains("$schema", _host.Error, StringComparison.Ordinal);
    }

    private int Run(string binding, params string[] options)
    {
        _host.Write("acme,thing.yaml", binding);
        return _host.Run("dt-doc-validate", [.. options, "acme,thing.yaml"]);
    }
}
