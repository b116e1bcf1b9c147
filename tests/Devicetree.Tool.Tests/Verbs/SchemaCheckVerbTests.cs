using System.Text.Json;

namespace Devicetree.Tool.Tests.Verbs;

public sealed class SchemaCheckVerbTests : IDisposable
{
    private const string File = "Documentation/devicetree/bindings/acme/acme,thing.yaml";
    private const string Header = "include/dt-bindings/acme.h";

    private const string Good =
        """
        # SPDX-License-Identifier: GPL-2.0-only
        %YAML 1.2
        ---
        $id: http://devicetree.org/schemas/acme/acme,thing.yaml#
        $schema: http://devicetree.org/meta-schemas/core.yaml#

        title: Thing of Acme

        maintainers:
          - Someone <someone@example.org>

        properties:
          compatible:
            const: acme,thing

          reg:
            maxItems: 1

          acme,mode:
            $ref: /schemas/types.yaml#/definitions/uint32
            description: How it goes about it.
            enum: [1, 2]

        required:
          - compatible
          - reg

        additionalProperties: false

        examples:
          - |
            #include <dt-bindings/acme.h>

            thing@10 {
                compatible = "acme,thing";
                reg = <0x10 0x4>;
                acme,mode = <ACME_FAST>;
            };

        """;

    private readonly TestHost _host = new();

    public SchemaCheckVerbTests()
    {
        _host.Write(Header, "#define ACME_FAST 2\n#define ACME_WRONG 3\n");
        _host.Write(File, Good);
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_good_binding_with_a_good_example_is_passed_in_silence()
    {
        Assert.Equal(0, _host.Dt("schema", "check", File));
        Assert.Equal("", _host.Output + _host.Error);
    }

    [Fact]
    public void What_is_wrong_in_an_example_is_shown_on_its_line_of_the_binding()
    {
        Change("ACME_FAST", "ACME_WRONG");
        Assert.Equal(1, _host.Dt("schema", "check", File));
        Assert.Equal(
            """
            Documentation/devicetree/bindings/acme/acme,thing.yaml:37:9: error BND003: 'acme,mode' is 3, expected one of 1, 2
               37 |         acme,mode = <ACME_WRONG>;
                  |         ^~~~~~~~~~~~~~~~~~~~~~~~~
                in /example-0/thing@10: acme,mode
                expected: one of 1, 2
                found: 3
                binding: http://devicetree.org/schemas/acme/acme,thing.yaml#/properties/acme,mode/enum
                Documentation/devicetree/bindings/acme/acme,thing.yaml:22:5: the binding says so here
            1 error

            """, _host.Output.Replace(_host.Directory, "…", StringComparison.Ordinal));
        Assert.Equal("", _host.Error);
    }

    /// <summary>What is changed, and the place, the rule and the words of what is said about it.</summary>
    public static TheoryData<string, string, string, string> Errors => new()
    {
        { "  - reg\n", "  -   reg\n", "26:6: warning STY009", "too many spaces after hyphen" },
        { "%YAML 1.2\n---\n", "", "2:1: error STY006", "document start" },
        { "\n---\n", "\n", "3:1: error YML001", "a document cannot begin here" },
        { "title: Thing of Acme", "title: Binding for a thing", "7:8: error DOC001", "which must not match" },
        { "maxItems: 1", "maxItems: 0", "17:15: error DOC001", "'maxItems' is 0, expected at least 1" },
        { "maxItems: 1", "maxItems: many", "17:15: error DOC002", "'maxItems' is a text, expected a whole number" },
        { "acme,thing.yaml#", "acme,other.yaml#", "4:6: error DOC005", "which is not where the file is" },
        { "/schemas/types.yaml#/definitions/uint32", "/schemas/lost.yaml#/definitions/uint32", "20:11: error DOC006",
            "leads nowhere" },
        { "title: Thing of Acme", "title: Thing of Acme\ntitle: Twice", "8:1: error YML003", "found duplicate key \"title\"" },
        { "$schema: http://devicetree.org/meta-schemas/core.yaml#\n", "", "4:1: error DOC004", "it is missing" },
        { "examples:\n  - |", "examples:\n  - 1\n  - |", "31:5: error", "example 0 is not text" },
        { "<dt-bindings/acme.h>", "<dt-bindings/lost.h>", "32:14: error CPP001", "lost.h" },
        { "<ACME_FAST>;", "<ACME_FAST>", "37:32: error DTS001", "expected ';'" },
        { "<ACME_FAST>;", "<ACME_SLOW>;", "37:22: error DTS007", "'ACME_SLOW'" },
        { "thing@10 {", "thing {", "34:11: warning DTS117", "the node has 'reg', but its name has no unit address" },
        { "reg = <0x10 0x4>;", "reg = <0x10 0x4>, <0x20 0x4>;", "36:9: error BND004", "expected at most 1 item" },
        { "compatible = \"acme,thing\";", "compatible = \"acme,thing\"; wrong;", "35:36: error BND002",
            "'wrong' is not known to the binding" },
    };

    [Theory, MemberData(nameof(Errors))]
    public void Every_error_is_reported_at_its_place_in_the_binding(string old, string @new, string place, string words)
    {
        Change(old, @new);
        int code = _host.Dt("schema", "check", File);
        Assert.Contains($"{File}:{place}", _host.Output, StringComparison.Ordinal);
        Assert.Contains(words, _host.Output, StringComparison.Ordinal);
        Assert.Equal(_host.Output.Contains("error", StringComparison.Ordinal) ? 1 : 0, code);
    }

    [Fact]
    public void A_binding_that_is_open_as_a_whole_has_a_name_of_ours()
    {
        const string Header = "%YAML 1.2\n---\n$id: http://devicetree.org/schemas/{0}.yaml#\n$schema: http://devicetree.org/meta-schemas/core.yaml#\n";
        const string Directory = "Documentation/devicetree/bindings";
        _host.Write($"{Directory}/base.yaml", Header.Replace("{0}", "base", StringComparison.Ordinal) + "type: object\n");
        _host.Write($"{Directory}/top.yaml", Header.Replace("{0}", "top", StringComparison.Ordinal) + "$ref: base.yaml#\n");
        _host.Dt("schema", "check", $"{Directory}/top.yaml");
        Assert.Contains(
            "top.yaml:3:1: error DOC007: the binding refers to a schema that allows any further property", _host.Output,
            StringComparison.Ordinal);
        _host.Run("dt-doc-validate", $"{Directory}/top.yaml");
        Assert.Contains(
            "top.yaml: None: Missing additionalProperties/unevaluatedProperties constraint", _host.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_of_a_header_is_reported_there_with_the_line_that_includes_it()
    {
        _host.Write(Header, "#define ACME_FAST 2\nwrong wrong\n");
        Assert.Equal(1, _host.Dt("schema", "check", File));
        Assert.Contains($"{Header}:2:7: error DTS001", _host.Output, StringComparison.Ordinal);
        Assert.Contains($"{File}:32:5: included from here", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_we_add_around_examples_is_placed_at_their_start()
    {
        // The fake interrupt controller has two cells then, of which the example uses one.
        Change("reg = <0x10 0x4>;", "reg = <0x10 0x4>;\n        interrupts = <(1 2)>;");
        Assert.Equal(1, _host.Dt("schema", "check", File));
        Assert.DoesNotContain("fake",
            string.Concat(_host.Output.Split('\n').Where(line => line.Contains("acme,thing.yaml: ", StringComparison.Ordinal))),
            StringComparison.Ordinal);
        Assert.All(
            _host.Output.Split('\n').Where(line => line.Contains(" error ", StringComparison.Ordinal)),
            line => Assert.Matches($"^{System.Text.RegularExpressions.Regex.Escape(File)}:[0-9]+:[0-9]+: error ", line));
    }

    [Fact]
    public void Examples_are_checked_against_the_bindings_around_and_only_asked_for_findings_are_reported()
    {
        _host.Write(
            "Documentation/devicetree/bindings/acme/acme,other.yaml",
            Good.Replace("acme,thing", "acme,other", StringComparison.Ordinal)
                .Replace("0x10 0x4", "0x10 0x4 0x5", StringComparison.Ordinal));
        Change("};\n", "};\n\n    other {\n        compatible = \"acme,other\";\n    };\n");
        Assert.Equal(1, _host.Dt("schema", "check", File));
        Assert.Contains($"{File}:40:5: error BND001: node 'other' lacks 'reg'", _host.Output, StringComparison.Ordinal);
        Assert.EndsWith("1 error\n", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_bindings_of_one_compatible_string_are_reported_where_the_second_stands()
    {
        _host.Write(
            "Documentation/devicetree/bindings/acme/acme,twin.yaml",
            Good.Replace("acme,thing.yaml", "acme,twin.yaml", StringComparison.Ordinal));
        Assert.Equal(0, _host.Dt("schema", "check", "Documentation/devicetree/bindings/acme/acme,twin.yaml"));
        Assert.Contains(
            "acme,twin.yaml:4:6: warning SCH007: compatible string 'acme,thing' belongs to http://devicetree.org/schemas/acme/acme,thing.yaml as well",
            _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Undocumented_compatible_strings_of_examples_are_reported_when_asked_for()
    {
        Change("};\n", "};\n\n    other {\n        compatible = \"acme,thign\";\n    };\n");
        Assert.Equal(0, _host.Dt("schema", "check", File));
        Assert.Equal("", _host.Output);
        Assert.Equal(0, _host.Dt("schema", "check", "-m", File));
        Assert.Contains($"{File}:41:9: warning BND009: no binding documents \"acme,thign\"", _host.Output,
            StringComparison.Ordinal);
        Assert.Contains("Is it meant to be \"acme,thing\"?", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_examples_only_the_text_is_checked()
    {
        Change("<ACME_FAST>;", "<ACME_FAST>");
        Assert.Equal(0, _host.Dt("schema", "check", "--no-examples", File));
        Assert.Equal("", _host.Output);
    }

    [Fact]
    public void A_binding_outside_of_a_source_tree_is_checked_with_what_the_command_line_names()
    {
        _host.Write("mine/acme,thing.yaml", Good.Replace("acme/acme,thing.yaml", "mine/acme,thing.yaml",
            StringComparison.Ordinal));
        System.IO.File.Delete(_host.PathOf(File));
        Directory.Move(_host.PathOf("include"), _host.PathOf("headers"));
        Assert.Equal(1, _host.Dt("schema", "check", "mine/acme,thing.yaml"));
        Assert.Contains("mine/acme,thing.yaml:32:14: error", _host.Output, StringComparison.Ordinal);
        Assert.Equal(0, _host.Dt("schema", "check", "-I", "headers", "mine/acme,thing.yaml"));
        Assert.Equal("", _host.Output);
        Assert.Equal(1, _host.Dt("schema", "check", "-I", "headers", "-s", "nowhere", "mine/acme,thing.yaml"));
        Assert.Contains("DT0013: there are no schemas at 'nowhere'", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Directories_are_checked_by_name_and_one_bad_file_does_not_end_the_batch()
    {
        string directory = Path.GetDirectoryName(File)!;
        _host.Write($"{directory}/a.yaml", "a: [\n");
        _host.Write($"{directory}/b.yaml", "- 1\n");
        _host.Write($"{directory}/c.yaml", "\xff\xfe");
        Change("title: Thing of Acme", "title: Binding");
        Assert.Equal(1, _host.Dt("schema", "check", "missing.yaml", directory));
        string[] places = [.. _host.Output.Split('\n').Where(line => line.Contains(" error ", StringComparison.Ordinal))
            .Select(line => line[..line.IndexOf(".yaml", StringComparison.Ordinal)])];
        Assert.Equal(["missing", $"{directory}/a", $"{directory}/acme,thing", $"{directory}/b", $"{directory}/c"],
            places.Distinct());
        Assert.Equal(2, _host.Dt("schema", "check"));
        Assert.Equal(2, _host.Dt("schema", "check", "--format", "yaml", File));
    }

    [Theory]
    [InlineData("json", "\"id\": \"BND003\"")]
    [InlineData("sarif", "\"ruleId\": \"BND003\"")]
    [InlineData("github", "acme%2Cthing.yaml,line=37,col=9,title=BND003 value-not-allowed::/example-0/thing@10: acme,mode:")]
    public void Findings_come_in_other_formats(string format, string expected)
    {
        Change("ACME_FAST", "ACME_WRONG");
        Assert.Equal(1, _host.Dt("schema", "check", "--format", format, File));
        Assert.Contains(expected, _host.Output, StringComparison.Ordinal);
        if (format != "github")
            JsonDocument.Parse(_host.Output).Dispose();
    }

    private void Change(string old, string @new)
    {
        Assert.Contains(old, Good, StringComparison.Ordinal);
        int at = Good.LastIndexOf(old, StringComparison.Ordinal);
        _host.Write(File, old == "maxItems: 1" || at < 0
            ? Good.Replace(old, @new, StringComparison.Ordinal) : Good[..at] + @new + Good[(at + old.Length)..]);
    }
}
