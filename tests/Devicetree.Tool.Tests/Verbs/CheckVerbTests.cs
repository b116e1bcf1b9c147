using System.Text.Json;
using Devicetree.Tool.Tests.DropIns;

namespace Devicetree.Tool.Tests.Verbs;

public sealed class CheckVerbTests : IDisposable
{
    private readonly TestHost _host = new();

    public CheckVerbTests() => AcmeBindings.Write(_host);

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_finding_shows_the_source_line_the_binding_what_was_expected_and_what_was_found()
    {
        _host.Write("soc.dtsi", "/ {\n\tthing: thing@10 {\n\t\tcompatible = \"acme,thing\";\n\t\treg = <0x10 4>;\n\t};\n};\n");
        _host.Write("board.dts",
            "/dts-v1/;\n/include/ \"soc.dtsi\"\n/ { #address-cells = <1>; #size-cells = <1>; };\n&thing {\n\tacme,mode = <3>;\n};\n");
        Assert.Equal(1, _host.Dt("check", "-s", "bindings", "board.dts"));
        Assert.Equal(
            """
            board.dts:5:2: error BND003: 'acme,mode' is 3, expected one of 1, 2, 4
                5 |  acme,mode = <3>;
                  |  ^~~~~~~~~~~~~~~~
                in /thing@10: acme,mode
                expected: one of 1, 2, 4
                found: 3
                binding: http://devicetree.org/schemas/test/acme,thing.yaml#/properties/acme,mode/enum
                soc.dtsi:2:9: the node is defined here
                bindings/acme,thing.yaml:20:5: the binding says so here
            1 error

            """, _host.Output.Replace(_host.Directory, "…", StringComparison.Ordinal));
        Assert.Equal("", _host.Error);
    }

    public static TheoryData<string, string, string> Explanations => new()
    {
        {
            "thing@10 { compatible = \"acme,thing\"; reg = <1 1>; acme,mdoe = <1>; };",
            "/thing@10: acme,mdoe: error BND002: property 'acme,mdoe' is not known to the binding",
            "Is it meant to be 'acme,mode'?"
        },
        {
            "thing@10 { compatible = \"acme,thing\"; rge = <1 1>; };",
            "/thing@10: reg: error BND001: node 'thing@10' lacks 'reg'", "Is 'rge' meant to be 'reg'?"
        },
        {
            "thing@10 { compatible = \"acme,thing-v3\", \"acme,thing\"; reg = <1 1>; };",
            "/thing@10: compatible: error BND007: 'compatible' fits none of the alternatives",
            "Is \"acme,thing-v3\" meant to be \"acme,thing-v2\"?"
        },
        {
            "other { compatible = \"acme,thimg\"; };",
            "/other: compatible: warning BND009: no binding documents \"acme,thimg\"", "Is it meant to be \"acme,thing\"?"
        },
        {
            "open@1 { compatible = \"acme,open\"; label = \"x\"; interrupts = <1>; part@7 { reg = <8 1>; }; };",
            "/open@1/part@7: error BND002: node 'part@7' is not known to the binding",
            "Rename it to 'part@8', the address in its 'reg'."
        },
        {
            "thing@10 { compatible = \"acme,thing\"; reg = <1 1>; never; };",
            "/thing@10: never: error BND006: property 'never' is not allowed here",
            "acme,thing.yaml:23:3: the binding says so here"
        },
        {
            "thing@10 { compatible = \"acme,thing\"; reg = <1 1>, <2 2>, <3 3>; };",
            "/thing@10: reg: error BND004: 'reg' is a list of 3, expected at most 2 items", "found: <1 1>, <2 2>, <3 3>"
        },
        {
            "thing@10 { compatible = \"acme,thing\"; reg = <1 1>; reset-gpios = <7 1>; };",
            "/thing@10: reset-gpios: error DTV003: no node has the phandle 7", "Refer to a node that exists."
        },
    };

    [Theory, MemberData(nameof(Explanations))]
    public void A_finding_says_what_is_wrong_and_what_may_have_been_meant(string node, string message, string remedy)
    {
        AcmeBindings.Compile(_host, "a.dtb", node);
        int code = _host.Dt("check", "-m", "-s", "bindings", "a.dtb");
        Assert.Contains(message, _host.Output, StringComparison.Ordinal);
        Assert.Contains(remedy, _host.Output, StringComparison.Ordinal);
        Assert.Equal(message.Contains("warning", StringComparison.Ordinal) ? 0 : 1, code);
    }

    /// <summary>The binding is at fault, not the trees; those are checked by all the rest of it.</summary>
    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public void A_reference_that_leads_nowhere_is_one_finding_at_its_place_in_the_binding_however_many_nodes_have_it(
        string format)
    {
        string nodes = string.Concat(Enumerable.Range(1, 3).Select(
            number => $"open@{number} {{ compatible = \"acme,open\"; reg = <{number} 1>; label = \"x\"; interrupts = <1>; child {{ }}; }};"));
        AcmeBindings.Compile(_host, "a.dtb", nodes);
        AcmeBindings.Compile(_host, "b.dtb", nodes);
        Assert.Equal(0, _host.Dt("check", "-s", "bindings", "--binding-findings", "--format", format, "a.dtb", "b.dtb"));
        Assert.Single(_host.Output.Split('\n'), line =>
            line.Contains("which is not among the schemas", StringComparison.Ordinal));
        Assert.Contains(format == "text" ? "acme,open.yaml:28:11: warning BND011:" : "\"line\": 28,", _host.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_good_tree_ends_with_0_and_without_a_word()
    {
        AcmeBindings.Compile(_host, "a.dtb", "thing@10 { compatible = \"acme,thing\"; reg = <0x10 4>; };");
        Assert.Equal(0, _host.Dt("check", "-s", "bindings", "a.dtb"));
        Assert.Equal("", _host.Output + _host.Error);
    }

    [Fact]
    public void One_bad_file_does_not_end_the_batch()
    {
        AcmeBindings.Compile(_host, "a.dtb", "thing@10 { compatible = \"acme,thing\"; };");
        _host.Write("bad.dts", "/dts-v1/;\n/ { a = <1> };\n");
        _host.Write("short.dtb", _host.Read("a.dtb")[..50]);
        _host.Write("empty.dtb", "");
        _host.Write("image.bin", [1, 2, 3, 4, 5, 6, 7, 8]);
        Directory.CreateDirectory(_host.PathOf("nothing"));
        string[] files = ["missing.dtb", "bad.dts", "nothing", "short.dtb", "empty.dtb", "image.bin", "a.dtb"];
        Assert.Equal(1, _host.Dt(["check", "-s", "bindings", .. files]));
        Assert.Contains("empty.dtb: error INP001: the file is empty", _host.Output, StringComparison.Ordinal);
        Assert.Contains("image.bin: error INP002: this is neither a devicetree blob nor a source", _host.Output,
            StringComparison.Ordinal);
        Assert.Contains("DT0001: there is no file or directory 'missing.dtb'", _host.Output, StringComparison.Ordinal);
        Assert.Contains("bad.dts:2:", _host.Output, StringComparison.Ordinal);
        Assert.Contains("short.dtb: error BLB005: at offset 0x32: the file ends after 50 bytes", _host.Output,
            StringComparison.Ordinal);
        Assert.Contains("a.dtb: /thing@10: reg: error BND001", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_silences_what_was_there_and_nothing_else()
    {
        AcmeBindings.Compile(_host, "a.dtb",
            "thing@10 { compatible = \"acme,thing\"; }; thing@20 { compatible = \"acme,thing\"; reg = <1 1>; x; };");
        Assert.Equal(0, _host.Dt("check", "-s", "bindings", "--write-baseline", "known.txt", "a.dtb"));
        Assert.Equal("dt: 2 findings are in known.txt now\n", _host.Error);
        Assert.Equal(0, _host.Dt("check", "-s", "bindings", "--baseline", "known.txt", "a.dtb"));
        Assert.Equal("", _host.Output);
        AcmeBindings.Compile(_host, "a.dtb", "thing@20 { compatible = \"acme,thing\"; reg = <1 1>; x; y; };");
        Assert.Equal(1, _host.Dt("check", "-s", "bindings", "--baseline", "known.txt", "a.dtb"));
        Assert.Contains("/thing@20: y: error BND002", _host.Output, StringComparison.Ordinal);
        Assert.EndsWith("1 error\n", _host.Output, StringComparison.Ordinal);
        Assert.Equal("dt: 1 known findings left out, 1 of the baseline no longer occur\n", _host.Error);
        _host.Write("broken.txt", "# dt baseline 2\nno tabs\n");
        Assert.Equal(1, _host.Dt("check", "-s", "bindings", "--baseline", "broken.txt", "a.dtb"));
        Assert.Contains("broken.txt:2:1: error DT0012", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Bindings_are_not_what_is_checked_and_their_findings_are_only_counted()
    {
        _host.Write("bindings/list.yaml", "$id: http://devicetree.org/schemas/test/list.yaml#\nproperties: [1]\n");
        AcmeBindings.Compile(_host, "a.dtb",
            "open@1 { compatible = \"acme,open\"; label = \"x\"; interrupts = <1>; child { }; };");
        Assert.Equal(0, _host.Dt("check", "-s", "bindings", "--fail-on", "warning", "a.dtb"));
        Assert.Equal("", _host.Output);
        Assert.Equal("dt: 2 findings in bindings not shown; --binding-findings shows them\n", _host.Error);
        Assert.Equal(1, _host.Dt("check", "-s", "bindings", "--fail-on", "warning", "--binding-findings", "a.dtb"));
        Assert.Contains("SCH002", _host.Output, StringComparison.Ordinal);
        Assert.Contains("BND011", _host.Output, StringComparison.Ordinal);
        Assert.Equal("", _host.Error);
    }

    [Fact]
    public void An_overlay_is_checked_on_its_base_and_only_what_it_brings_is_reported()
    {
        _host.Write(
            "base.dts",
            "/dts-v1/;\n/ { #address-cells = <1>; #size-cells = <1>; old@1 { compatible = \"acme,thing\"; };\n"
            + "t: thing@10 { compatible = \"acme,thing\"; reg = <0x10 4>; }; };\n");
        _host.Write("good.dtso", "/dts-v1/;\n/plugin/;\n&t { acme,mode = <2>; };\n");
        _host.Write("bad.dtso", "/dts-v1/;\n/plugin/;\n&t { acme,mode = <3>; };\n");
        _host.Write("lost.dtso", "/dts-v1/;\n/plugin/;\n&u { acme,mode = <3>; };\n");
        Assert.Equal(0, _host.Dt("check", "-s", "bindings", "--base", "base.dts", "good.dtso"));
        Assert.Equal(1, _host.Dt("check", "-s", "bindings", "--base", "base.dts", "bad.dtso", "lost.dtso"));
        Assert.Contains("bad.dtso:3:6: error BND003: 'acme,mode' is 3", _host.Output, StringComparison.Ordinal);
        Assert.Contains("lost.dtso:3:1: error DT00", _host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("old@1", _host.Output, StringComparison.Ordinal);
        // One without its base is not checked for what it cannot be, nor a tree taken for one that changes nothing.
        Assert.Equal(1, _host.Dt("check", "-s", "bindings", "bad.dtso"));
        Assert.StartsWith("bad.dtso: error DT0017", _host.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n1 error\n", _host.Output, StringComparison.Ordinal);
        Assert.Equal(1, _host.Dt("check", "-s", "bindings", "--base", "base.dts", "base.dts"));
        Assert.StartsWith("base.dts: error DT0018", _host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json", "\"id\": \"BND001\"")]
    [InlineData("sarif", "\"ruleId\": \"BND001\"")]
    [InlineData("github", "::error file=a.dtb,title=BND001 missing-property::/thing@10: reg: node 'thing@10' lacks 'reg'")]
    public void Findings_come_in_other_formats(string format, string expected)
    {
        AcmeBindings.Compile(_host, "a.dtb", "thing@10 { compatible = \"acme,thing\"; };");
        Assert.Equal(1, _host.Dt("check", "-s", "bindings", "--format", format, "a.dtb"));
        Assert.Contains(expected, _host.Output, StringComparison.Ordinal);
        if (format != "github")
            JsonDocument.Parse(_host.Output).Dispose();
    }

    [Fact]
    public void Types_of_a_source_are_those_that_it_was_written_in()
    {
        // As a blob, four bytes of either type fit; the source says which is meant.
        _host.Write("both/one.yaml", Binding("one", "uint32-array"));
        _host.Write("both/two.yaml", Binding("two", "string"));
        _host.Write("a.dts", "/dts-v1/;\n/ { compatible = \"acme,one\"; value = <0x61626300>; };\n");
        Assert.Equal(0, _host.Dt("check", "-c", "-s", "both", "a.dts"));
        Assert.Equal(0, _host.Run("dtc", "-q", "-O", "dtb", "-o", "a.dtb", "a.dts"));
        Assert.Equal(1, _host.Dt("check", "-c", "-s", "both", "a.dtb"));

        static string Binding(string name, string type) =>
            $$"""
            $id: http://devicetree.org/schemas/test/{{name}}.yaml#
            $schema: http://devicetree.org/meta-schemas/core.yaml#
            properties:
              compatible:
                const: acme,{{name}}
              value:
                $ref: /schemas/types.yaml#/definitions/{{type}}
            """;
    }

    [Fact]
    public void Schemas_that_are_not_there_are_named()
    {
        Assert.Equal(1, _host.Dt("check", "-s", "nowhere", "a.dtb"));
        Assert.Contains("DT0013: there are no schemas at 'nowhere'", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Schemas_that_cannot_be_used_are_named_and_the_others_applied()
    {
        _host.Write("bindings/list.yaml", "$id: http://devicetree.org/schemas/test/list.yaml#\nproperties: [1]\n");
        AcmeBindings.Compile(_host, "a.dtb", "thing@10 { compatible = \"acme,thing\"; };");
        // Twice, as the second time everything comes from the cache.
        for (int pass = 0; pass < 2; pass++)
        {
            Assert.Equal(1, _host.Dt("check", "--binding-findings", "--cache-dir", "cache", "-s", "bindings", "a.dtb"));
            Assert.Contains(
                "bindings/list.yaml:2:13: warning SCH002: the file is ignored: JSON Schema does not allow what stands at 'properties'", _host.Output,
                StringComparison.Ordinal);
            Assert.EndsWith("1 error, 1 warning\n", _host.Output, StringComparison.Ordinal);
        }
        Assert.NotEmpty(Directory.GetFiles(_host.PathOf("cache")));
    }

    [Fact]
    public void Core_schemas_of_the_older_generation_are_replaced_with_a_warning()
    {
        _host.Write("old/schemas/types.yaml",
            "$id: http://devicetree.org/schemas/types.yaml#\ndefinitions:\n  uint8-item:\n    type: integer\n");
        _host.Write("a.dts", "/dts-v1/; / { compatible = \"foo\"; model = \"m\"; #address-cells = <1>; #size-cells = <1>; };");
        Assert.Equal(0, _host.Dt("check", "--no-cache", "--core-schemas", "old", "a.dts"));
        Assert.StartsWith("warning DT0014: the core schemas in ", _host.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n1 warning\n", _host.Output, StringComparison.Ordinal);
        _host.Variables["DT_CORE_SCHEMAS"] = "";
        Assert.Equal(0, _host.Dt("check", "--no-cache", "a.dts"));
        Assert.Equal("", _host.Output);
    }

    [Fact]
    public void A_source_goes_through_the_preprocessor_and_findings_stand_where_it_was_written()
    {
        _host.Write("include/modes.h", "#define FAST 3\n");
        _host.Write("include/soc.dtsi",
            "\n#define CELL <1>\n/ { #address-cells = CELL; #size-cells = CELL;\n\tthing: thing@10 { compatible = \"acme,thing\"; };\n};\n");
        _host.Write("a.dts", "/dts-v1/;\n#include <soc.dtsi>\n#include <modes.h>\n&thing {\n#ifdef WITH_REG\n\treg = <0x10 4>;\n#endif\n\tacme,mode = <FAST>;\n};\n");
        Assert.Equal(1, _host.Dt("check", "-s", "bindings", "-I", "include", "a.dts"));
        Assert.Contains("include/soc.dtsi:4:9: error BND001: node 'thing@10' lacks 'reg'", _host.Output,
            StringComparison.Ordinal);
        Assert.Contains("a.dts:8:2: error BND003: 'acme,mode' is 3", _host.Output, StringComparison.Ordinal);
        Assert.Contains("|  acme,mode = <FAST>;", _host.Output, StringComparison.Ordinal);
        Assert.Equal(1, _host.Dt("check", "-s", "bindings", "-I", "include", "-D", "WITH_REG", "a.dts"));
        Assert.EndsWith("\n1 error\n", _host.Output, StringComparison.Ordinal);
        Assert.Equal(1, _host.Dt("check", "-s", "bindings", "--no-cpp", "a.dts"));
        Assert.Contains("a.dts:2:1: error DTS", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_work_shows_its_progress_on_a_terminal_only()
    {
        AcmeBindings.Compile(_host, "a.dtb", "thing@10 { compatible = \"acme,thing\"; reg = <1 1>; };");
        AcmeBindings.Compile(_host, "b.dtb", "thing@10 { compatible = \"acme,thing\"; };");
        _host.Time = new LeapingClock();
        Assert.Equal(1, _host.Dt("check", "-s", "bindings", "a.dtb", "b.dtb", "a.dtb"));
        Assert.Equal("", _host.Error);
        _host.ErrorIsTerminal = true;
        Assert.Equal(1, _host.Dt("check", "-s", "bindings", "a.dtb", "b.dtb", "a.dtb"));
        Assert.Equal("\r\e[K1/3 a.dtb\r\e[K\r\e[K2/3 b.dtb\r\e[K3/3 a.dtb\r\e[K", _host.Error);
    }
}
