namespace Devicetree.Tool.Tests.Verbs;

/// <summary>Rows of the table of cases that are about bindings. Numbers are those of the table.</summary>
public sealed class BindingCaseTests : IDisposable
{
    private const string Board =
        "/dts-v1/;\n/ {\n\tcompatible = \"acme,b\";\n\tmodel = \"b\";\n\t#address-cells = <1>;\n\t#size-cells = <1>;\n";

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("dt check -m -s lamp.yaml a.dts", 1)]
    [InlineData("dt check -m -s lamp.yaml --format json a.dts", 1)]
    public void Case_50_a_finding_names_file_line_node_property_and_the_line_of_the_binding(string line, int code)
    {
        Lamp();
        Assert.Equal(code, Run(line));
        string[] expected = line.Contains("json", StringComparison.Ordinal)
            ? ["\"file\": \"a.dts\"", "\"line\": 11", "\"node\": \"/lamp@1000\"", "\"property\": \"acme,level\"",
                "\"lamp.yaml\"", "Is it meant to be"]
            : ["a.dts:11:3: error BND003: 'acme,level' is 9, expected one of 1, 2, 3",
                "    lamp.yaml:16:5: the binding says so here", "Is it meant to be \"acme,lamp\"?"];
        Assert.All(expected, part => Assert.True(_host.Output.Contains(part, StringComparison.Ordinal), _host.Output));
    }

    [Fact]
    public void Case_50_the_drop_in_reports_compatible_strings_first_only_of_processed_schemas()
    {
        Lamp();
        _host.Write("a.dts", Board + "\tlamp@3000 {\n\t\tcompatible = \"acme,lmap\";\n\t\tacme,odd = <1>;\n\t};\n};\n");
        Assert.Equal(0, _host.Run("dtc", "-q", "-O", "dtb", "-o", "a.dtb", "a.dts"));
        Assert.Equal(0, _host.Run("dt-mk-schema", "-j", "-o", "processed.json", "lamp.yaml"));
        Assert.Equal(0, _host.Run("dt-validate", "-m", "-s", "processed.json", "a.dtb"));
        Assert.True(At("/lamp@3000: failed to match") < At("lamp@3000 (acme,lmap): acme,odd:"), _host.Error);
        Assert.Equal(0, _host.Run("dt-validate", "-m", "-s", "lamp.yaml", "a.dtb"));
        Assert.True(At("/lamp@3000: failed to match") > At("lamp@3000 (acme,lmap): acme,odd:"), _host.Error);

        int At(string part) => _host.Error.IndexOf(part, StringComparison.Ordinal) is int at and >= 0
            ? at : throw new InvalidOperationException(_host.Error);
    }

    [Fact]
    public void Case_52_a_binding_that_gives_a_core_property_another_type_is_reported_at_its_place()
    {
        _host.Write("odd.yaml", Binding("odd",
            """
              ranges:
                $ref: /schemas/types.yaml#/definitions/uint32
                description: No address map.
              dma-ranges:
                $ref: /schemas/types.yaml#/definitions/string
                description: No address map either.
              clock-frequency: true
            """));
        Assert.Equal(1, _host.Dt("schema", "check", "--no-cache", "odd.yaml"));
        Assert.Contains("odd.yaml:11:3: error SCH009: property 'ranges' has type uint32 here and uint32-matrix", _host.Output,
            StringComparison.Ordinal);
        Assert.Contains("odd.yaml:14:3: error SCH009: property 'dma-ranges' has type string here", _host.Output,
            StringComparison.Ordinal);
        Assert.EndsWith("\n2 errors\n", _host.Output, StringComparison.Ordinal);
        // A tree with it is checked, and the drop-ins end well.
        _host.Write("a.dts", Board
            + "\todd {\n\t\tcompatible = \"acme,odd\";\n\t\tranges = <5>;\n\t\tdma-ranges = \"x\";\n\t};\n};\n");
        Assert.Equal(1, _host.Dt("check", "-s", "odd.yaml", "a.dts"));
        Assert.Contains("a.dts:9:3: error BND005", _host.Output, StringComparison.Ordinal);
        Assert.Equal(0, _host.Run("dt-mk-schema", "-j", "-o", "processed.json", "odd.yaml"));
    }

    [Fact]
    public void Case_53_a_phandle_that_no_node_has_is_named_with_file_line_and_node()
    {
        _host.Write("a.dts", Board
            + "\tinterrupt-parent = <0>;\n\tdev@300 {\n\t\treg = <0x300 4>;\n\t\tinterrupts-extended = <77 1>;\n\t\tclocks = <99 1>;\n\t};\n};\n");
        Assert.Equal(1, _host.Dt("check", "a.dts"));
        Assert.Contains("a.dts:7:2: error DTV003: no node has the phandle 0\n", _host.Output, StringComparison.Ordinal);
        Assert.Contains("    in /: interrupt-parent\n", _host.Output, StringComparison.Ordinal);
        Assert.Contains("a.dts:10:3: error DTV003: no node has the phandle 77\n", _host.Output, StringComparison.Ordinal);
        Assert.Contains("a.dts:11:3: error DTV003: no node has the phandle 99\n", _host.Output, StringComparison.Ordinal);
        // Nothing is said of how much is left of a value that cannot be split.
        Assert.Contains("\n3 errors", _host.Output, StringComparison.Ordinal);
        Assert.Equal(0, _host.Run("dtc", "-q", "-O", "dtb", "-o", "a.dtb", "a.dts"));
        Assert.Equal(0, _host.Run("dt-validate", "a.dtb"));
        Assert.Contains("a.dtb: /: interrupt-parent: no node has the phandle 0\n", _host.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("phandle 77", _host.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("properties:\n  test:\n    properties:\n      hello",
        "test.yaml:11:7: error DOC002: 'properties' is a text, expected a mapping")]
    [InlineData("properties:\n  level:\n    enum: {a: 1}", "test.yaml:10:5: error DOC001: 'enum' is a mapping, expected a list")]
    public void Case_55_what_is_no_schema_is_reported_and_ignored_in_the_words_of_the_original(string properties, string expected)
    {
        string text = Binding("test", "").Replace("properties:\n  compatible:\n    const: acme,test\n", properties + "\n",
            StringComparison.Ordinal);
        _host.Write("test.yaml", text);
        Assert.Equal(1, _host.Dt("schema", "check", "test.yaml"));
        Assert.Contains(expected, _host.Output, StringComparison.Ordinal);
        Assert.Equal(0, _host.Run("dt-mk-schema", "-j", "-o", "processed.json", "test.yaml"));
        Assert.StartsWith($"{_host.PathOf("test.yaml")}: ignoring, error in schema: properties: ", _host.Error,
            StringComparison.Ordinal);
        Assert.Equal(1, _host.Run("dt-doc-validate", "test.yaml"));
        Assert.Contains($"{_host.PathOf("test.yaml")}: properties:", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_56_a_disabled_node_may_lack_what_is_required_but_not_have_wrong_values()
    {
        _host.Write("adc.yaml", Binding("adc",
            """
              reg:
                maxItems: 1
              vref-supply: true
              "#address-cells":
                const: 1
              "#size-cells":
                const: 0
            patternProperties:
              "^channel@[0-9a-f]+$":
                type: object
                properties:
                  reg:
                    maximum: 7
                  acme,channels:
                    $ref: /schemas/types.yaml#/definitions/uint32-array
                    description: Inputs.
                required:
                  - reg
                  - acme,channels
                additionalProperties: false
            """, required: "compatible, reg, vref-supply"));
        const string Cells = "\t\t#address-cells = <1>;\n\t\t#size-cells = <0>;\n";
        _host.Write("a.dts", Board
            + "\tadc@100 {\n\t\tcompatible = \"acme,adc\";\n\t\treg = <0x100 4>;\n\t\tstatus = \"disabled\";\n" + Cells
            + "\t\tchannel@0 { reg = <0>; };\n\t};\n"
            + "\tadc@200 {\n\t\tcompatible = \"acme,adc\";\n\t\treg = <0x200 4>;\n\t\tvref-supply = <&v>;\n" + Cells
            + "\t\tchannel@0 { reg = <0>; status = \"disabled\"; };\n"
            + "\t\tchannel@1 {\n\t\t\treg = <9>;\n\t\t\tstatus = \"disabled\";\n\t\t};\n\t};\n\tv: regulator-v { };\n};\n");
        Assert.Equal(1, _host.Dt("check", "-s", "adc.yaml", "a.dts"));
        Assert.Contains("a.dts:23:4: error BND003: cell 1 of item 1 of 'reg' is 9, expected at most 7", _host.Output,
            StringComparison.Ordinal);
        Assert.Contains("\n1 error", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_59_a_known_property_with_a_bad_value_is_not_also_unknown_and_a_misspelt_one_has_a_near_miss()
    {
        _host.Write("b/acme,base.yaml", Binding("base",
            """
              acme,size:
                $ref: /schemas/types.yaml#/definitions/uint32
                description: Size.
                maximum: 10
              acme,good:
                $ref: /schemas/types.yaml#/definitions/uint32
                description: Nothing is wrong with it.
              acme,mode:
                $ref: /schemas/types.yaml#/definitions/string
                description: Mode.
                enum: [fast, slow]
            """).Replace("additionalProperties: false", "select: false\nadditionalProperties: true", StringComparison.Ordinal)
            .Replace("  compatible:\n    const: acme,base\n", "", StringComparison.Ordinal)
            .Replace("required: [compatible]\n", "", StringComparison.Ordinal));
        _host.Write("b/acme,dev.yaml", Binding("dev", "  reg:\n    maxItems: 1")
            .Replace("additionalProperties: false", "allOf:\n  - $ref: base.yaml#\nunevaluatedProperties: false",
            StringComparison.Ordinal));
        _host.Write("a.dts", Board
            + "\tdev@200 {\n\t\tcompatible = \"acme,dev\";\n\t\treg = <0x200 4>;\n\t\tacme,good = <1>;\n\t\tacme,size = <11>;\n\t\tacme,mode = \"fats\";\n"
            + "\t\tacme,sise = <3>;\n\t\tacme,other = <3>;\n\t};\n};\n");
        Assert.Equal(1, _host.Dt("check", "-s", "b", "a.dts"));
        Assert.Equal(
            [
                "a.dts:11:3: error BND003: 'acme,size' is 11, expected at most 10",
                "a.dts:12:3: error BND003: item 1 of 'acme,mode' is \"fats\", expected one of \"fast\", \"slow\"",
                "a.dts:13:3: error BND002: property 'acme,sise' is not known to the binding",
                "a.dts:14:3: error BND002: property 'acme,other' is not known to the binding",
            ], _host.Output.Split('\n').Where(line => line.StartsWith("a.dts:", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));
        Assert.Contains("help: Is it meant to be 'acme,size', which the node has, too?", _host.Output, StringComparison.Ordinal);
        Assert.Contains("help: Is \"fats\" meant to be \"fast\"?", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_60_findings_end_with_1()
    {
        Lamp();
        Assert.Equal(1, _host.Dt("check", "-s", "lamp.yaml", "a.dts"));
        _host.Write("good.dts", Board + "};\n");
        Assert.Equal(0, _host.Dt("check", "-s", "lamp.yaml", "good.dts"));
    }

    [Fact]
    public void Case_72_a_baseline_survives_lines_that_moved()
    {
        Lamp();
        Assert.Equal(0, _host.Dt("check", "-s", "lamp.yaml", "--write-baseline", "known.txt", "a.dts"));
        string moved = System.Text.Encoding.UTF8.GetString(_host.Read("a.dts"))
            .Replace("\tmodel", "/* one more line */\n/* and another */\n\tmodel", StringComparison.Ordinal);
        _host.Write("a.dts", moved);
        Assert.Equal(0, _host.Dt("check", "-s", "lamp.yaml", "--baseline", "known.txt", "a.dts"));
        _host.Write("a.dts", moved.Replace("acme,level = <9>", "acme,level = <8>", StringComparison.Ordinal)
            .Replace("lamp@3000 {", "lamp@3000 {\n\t\tacme,more = <1>;", StringComparison.Ordinal));
        Assert.Equal(1, _host.Dt("check", "-s", "lamp.yaml", "--baseline", "known.txt", "a.dts"));
        Assert.Contains("acme,more", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_85_findings_of_a_source_overlay_have_its_lines()
    {
        Lamp();
        _host.Write("base.dts", System.Text.Encoding.UTF8.GetString(_host.Read("a.dts"))
            .Replace("acme,level = <9>", "acme,level = <2>", StringComparison.Ordinal));
        _host.Write("a.dtso",
            "/dts-v1/;\n/plugin/;\n&{/} {\n\tlamp@1000 {\n\t\tacme,level = <9>;\n\t};\n\tlamp@5000 {\n\t\tcompatible = \"acme,lamp\";\n\t};\n};\n"
            + "&{/lamp@1000} {\n\tacme,level = <7>;\n};\n");
        Assert.Equal(1, _host.Dt("check", "-s", "lamp.yaml", "--base", "base.dts", "a.dtso"));
        Assert.Contains("a.dtso:12:2: error BND003: 'acme,level' is 7", _host.Output, StringComparison.Ordinal);
        Assert.Contains("base.dts:8:2: the node of the base is defined here", _host.Output, StringComparison.Ordinal);
        Assert.Contains("a.dtso:7:2: error BND001: node 'lamp@5000' lacks 'reg'", _host.Output, StringComparison.Ordinal);
        Assert.True(_host.Output.EndsWith("\n3 errors\n", StringComparison.Ordinal), _host.Output);
        // An overlay that does not fit says where it refers to what is not there.
        _host.Write("b.dtso", "/dts-v1/;\n/plugin/;\n&{/lamp@1001} {\n\tacme,level = <7>;\n};\n");
        Assert.Equal(1, _host.Dt("check", "-s", "lamp.yaml", "--base", "base.dts", "b.dtso"));
        Assert.StartsWith("b.dtso:3:1: error DT0023: ", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_89_what_is_wrong_with_one_example_does_not_hide_what_is_wrong_with_the_others()
    {
        _host.Write("include/dt-bindings/acme.h", "#define LEVEL 1\n");
        _host.Write("pad.yaml", Binding("pad", "  reg:\n    maxItems: 1") + """
            examples:
              - |
                #include <dt-bindings/absent.h>
                #include <dt-bindings/acme.h>
                pad@2807a000 {
                    compatible = "acme,pad";
                    reg = <0x2807a000 0x1000>;
                };
              - |
                pad@2807b000 {
                    compatible = "acme,pad";
                    reg = <0x 0x2807b000 0x0 0x1000>;
                };
              - |
                pad@1 {
                    compatible = "acme,pad";
                    reg = <LEVEL 0x1000>;
                    interrupts = <1>;
                };
              - 7
              - |
                pad@2 {
                    compatible = "acme,pda";
                };

            """);
        Assert.Equal(1, _host.Dt("schema", "check", "-m", "-s", "pad.yaml", "-I", "include", "pad.yaml"));
        Assert.Equal(
            [
                "pad.yaml:17:14: error CPP001", "pad.yaml:26:17: error DTS007", "pad.yaml:32:9: error BND002",
                "pad.yaml:34:5: error EXA002",
                "pad.yaml:37:9: warning BND009",
            ],
            _host.Output.Split('\n')
                .Where(line => line.StartsWith("pad.yaml:", StringComparison.Ordinal)
                && !line.Contains("warning DTS", StringComparison.Ordinal)
                && !line.Contains("DOC0", StringComparison.Ordinal))
                .Select(line => string.Join(':', line.Split(':')[..4])));
    }

    [Theory]
    [InlineData("acme,level = <9>;", "'acme,level' is 9, expected one of 1, 2, 3", "")]
    [InlineData("acme,leval = <1>;", "BND002: property 'acme,leval' is not known to the binding",
        "Is it meant to be 'acme,level'?")]
    [InlineData("acme,on = <1>;", "DTV001: 'acme,on' takes no value",
        "Remove the value: that the property is there says it all.")]
    [InlineData("acme,on = \"yes\";", "DTV001: 'acme,on' takes no value",
        "Remove the value: that the property is there says it all.")]
    [InlineData("acme,level = [01 02 03];", "DTV001: 'acme,level' has 3 bytes, which is no multiple of 4", "Write as many bytes")]
    [InlineData("acme,name = <1>;", "BND005: 'acme,name' is a value of 4 bytes that fits none of its types, expected a list", "")]
    public void Each_fault_of_a_property_is_one_finding_that_says_what_to_do(string property, string message, string remedy)
    {
        Lamp();
        _host.Write("a.dts", Board + "\tlamp@1000 {\n\t\tcompatible = \"acme,lamp\";\n\t\treg = <0x1000 0x10>;\n\t\t" + property
            + "\n\t};\n};\n");
        Assert.Equal(1, _host.Dt("check", "-s", "lamp.yaml", "a.dts"));
        Assert.Contains(message, _host.Output, StringComparison.Ordinal);
        Assert.Contains(remedy, _host.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n1 error\n", _host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme,wattage = <9>;", "acme,wattage", "Describe it in the binding of the node, or remove it.")]
    [InlineData("stauts = \"okay\";", "stauts", "Is it meant to be 'status'?")]
    public void A_property_that_no_binding_describes_is_called_so(string property, string name, string remedy)
    {
        _host.Write("a.dts", Board + "\tlamp@1000 {\n\t\treg = <0x1000 0x10>;\n\t\t" + property + "\n\t};\n};\n");
        Assert.Equal(1, _host.Dt("check", "a.dts"));
        Assert.Contains($"a.dts:9:3: error BND012: no binding describes property '{name}'\n", _host.Output,
            StringComparison.Ordinal);
        Assert.Contains($"help: {remedy}\n", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_value_is_whole_in_every_format_for_programs()
    {
        Lamp();
        string cells = string.Join(' ', Enumerable.Range(1000, 200));
        _host.Write("a.dts", Board
            + $"\tlamp@1000 {{\n\t\tcompatible = \"acme,lamp\";\n\t\treg = <0x1000 0x10>;\n\t\tacme,list = <{cells}>;\n\t}};\n}};\n");
        foreach (string format in (string[])["json", "sarif"])
        {
            Assert.Equal(1, _host.Dt("check", "-s", "lamp.yaml", "--format", format, "a.dts"));
            Assert.DoesNotContain("…", _host.Output, StringComparison.Ordinal);
        }
        Assert.Equal(1, _host.Dt("check", "-s", "lamp.yaml", "--format", "json", "a.dts"));
        Assert.Contains($"<{cells}>", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_in_a_property_that_its_own_binding_gives_no_type_is_checked_as_in_a_blob()
    {
        // Another binding says that it is a number; this one knows no more than that it may be there.
        _host.Write("b/one.yaml", Binding("one",
            "  acme,kind:\n    $ref: /schemas/types.yaml#/definitions/uint32\n    description: Kind."));
        _host.Write("b/two.yaml", Binding("two", "  acme,kind: true"));
        _host.Write("a.dts", Board + "\tdev {\n\t\tcompatible = \"acme,two\";\n\t\tacme,kind = \"fast\";\n\t};\n};\n");
        Assert.Equal(0, _host.Run("dtc", "-q", "-O", "dtb", "-o", "a.dtb", "a.dts"));
        Assert.Equal(1, _host.Dt("check", "-s", "b", "a.dtb"));
        Assert.Contains("DTV001", _host.Output, StringComparison.Ordinal);
        Assert.Equal(1, _host.Dt("check", "-s", "b", "a.dts"));
        Assert.Contains("a.dts:9:3: error DTV001: 'acme,kind' has 5 bytes", _host.Output, StringComparison.Ordinal);
        // Where the own binding has a type, what is written is shown.
        _host.Write("a.dts", Board + "\tdev {\n\t\tcompatible = \"acme,one\";\n\t\tacme,kind = \"fast\";\n\t};\n};\n");
        Assert.Equal(1, _host.Dt("check", "-s", "b", "a.dts"));
        Assert.Contains("a.dts:9:3: error BND005: 'acme,kind' is a list of strings, expected one number", _host.Output,
            StringComparison.Ordinal);
        Assert.EndsWith("\n1 error\n", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_format_is_checked_by_nobody_but_a_pattern_that_is_no_regular_expression_is_reported()
    {
        _host.Write("re.yaml", Binding("re",
            "  acme,x:\n    $ref: /schemas/types.yaml#/definitions/string\n    description: X.\n    pattern: \"[\""));
        Assert.Equal(0, _host.Run("dt-doc-validate", "re.yaml"));
        _host.Dt("schema", "check", "--no-cache", "re.yaml");
        Assert.Contains("re.yaml:14:14: warning SCH002: ", _host.Output, StringComparison.Ordinal);
        _host.Write("re.yaml", Binding("re", "").Replace("Nobody <nobody@example.org>", "Nobody", StringComparison.Ordinal));
        Assert.Equal(1, _host.Run("dt-doc-validate", "re.yaml"));
        Assert.DoesNotContain("email", _host.Error, StringComparison.Ordinal);
        Assert.Contains("maintainers:0: 'Nobody' does not match", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_yamllint_configuration_above_a_binding_decides_and_what_is_unknown_in_it_is_reported_once()
    {
        string text = Binding("quiet", "").Replace("title: Acme quiet", "title: 'Acme quiet'", StringComparison.Ordinal);
        _host.Write("tree/a/one.yaml", text);
        _host.Write("tree/b/two.yaml", text);
        Assert.DoesNotContain("STY015", Checked(), StringComparison.Ordinal);
        _host.Write("tree/.yamllint",
            "extends: relaxed\nrules:\n  quoted-strings: {required: only-when-needed}\n  anchors: enable\n");
        string found = Checked();
        Assert.Contains("tree/a/one.yaml:5:8: error STY015: ", found, StringComparison.Ordinal);
        Assert.Contains("tree/b/two.yaml:5:8: error STY015: ", found, StringComparison.Ordinal);
        Assert.Equal(2, found.Split("tree/.yamllint:4:3: warning STY017: rule 'anchors' is not known").Length);

        string Checked()
        {
            _host.Dt("schema", "check", "--no-cache", "--no-examples", "tree");
            return _host.Output;
        }
    }

    private int Run(string line) => _host.Run(line.Split(' ')[0], line.Split(' ')[1..]);

    private void Lamp()
    {
        _host.Write("lamp.yaml", Binding("lamp",
            """
              reg:
                maxItems: 1
              acme,level:
                $ref: /schemas/types.yaml#/definitions/uint32
                description: Level.
                enum: [1, 2, 3]
              acme,name:
                $ref: /schemas/types.yaml#/definitions/string
                description: Name.
              acme,on:
                type: boolean
              acme,list:
                $ref: /schemas/types.yaml#/definitions/uint32-array
                description: List.
                maxItems: 3
              status: true
            """, required: "compatible, reg"));
        _host.Write("a.dts", Board
            + "\n\tlamp@1000 {\n\t\tcompatible = \"acme,lamp\";\n\t\treg = <0x1000 0x10>;\n\t\tacme,level = <9>;\n\t};\n"
            + "\tlamp@3000 {\n\t\tcompatible = \"acme,lmap\";\n\t\treg = <0x3000 0x10>;\n\t};\n};\n");
    }

    private static string Binding(string name, string properties, string required = "compatible") =>
        $"""
        %YAML 1.2
        ---
        $id: http://devicetree.org/schemas/{name}.yaml#
        $schema: http://devicetree.org/meta-schemas/core.yaml#
        title: Acme {name}
        maintainers:
          - Nobody <nobody@example.org>
        properties:
          compatible:
            const: acme,{name}
        {properties}
        required: [{required}]
        additionalProperties: false

        """;
}
