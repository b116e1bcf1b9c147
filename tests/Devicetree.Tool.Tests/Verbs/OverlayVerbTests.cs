using System.Text.Json;
using Devicetree.Flattened;

namespace Devicetree.Tool.Tests.Verbs;

public sealed class OverlayVerbTests : IDisposable
{
    private const string Base = """
        /dts-v1/;
        / {
        	gic: intc { #interrupt-cells = <3>; };
        	soc: soc {
        		uart0: uart@1 { reg = <1>; status = "disabled"; };
        		clk: clk { phandle = <9>; };
        	};
        };
        """;

    private const string Good = """
        /dts-v1/;
        /plugin/;
        #include "values.h"
        &uart0 {
        	status = OKAY;
        	reg = <1>;
        	clocks = <&clk 1 &k>;
        	wakeup-source;
        	k: key { phandle = <2>; };
        };
        &{/soc} { clk { phandle = <7>; }; };
        """;

    private readonly TestHost _host = new();

    public OverlayVerbTests()
    {
        _host.Write("base.dts", Base);
        _host.Write("values.h", "#define OKAY \"okay\"\n");
        _host.Write("good.dtso", Good);
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Sources_are_preprocessed_compiled_and_applied()
    {
        Assert.Equal(0, _host.Dt("overlay", "base.dts", "good.dtso", "-o", "out.dtb"));
        Assert.Equal("", _host.Output + _host.Error);
        Tree tree = Read("out.dtb");
        Assert.Equal("okay\0"u8, tree.Find("/soc/uart@1")!.Property("status")!.Value.Span);
        Assert.Equal("/soc/uart@1/key\0"u8, tree.Find("/__symbols__")!.Property("k")!.Value.Span);
        Assert.Equal(9u, tree.Find("/soc/clk")!.Phandle);
    }

    [Fact]
    public void Blobs_give_what_their_sources_give()
    {
        Assert.Equal(0, _host.Dt("overlay", "base.dts", "good.dtso", "-o", "out.dtb"));
        Assert.Equal(0, _host.Dt("compile", "-@", "base.dts", "-o", "base.dtb"));
        Assert.Equal(0, _host.Dt("compile", "-@", "good.dtso", "-o", "good.dtbo"));
        Assert.Equal(0, _host.Dt("overlay", "base.dtb", "good.dtbo", "-o", "-"));
        Assert.Equal(_host.Read("out.dtb"), _host.OutputBytes);
    }

    [Fact]
    public void A_later_overlay_can_refer_to_labels_of_an_earlier_one()
    {
        _host.Write("second.dts", "/dts-v1/; /plugin/; &k { x = <&uart0>; };");
        Assert.Equal(1, _host.Dt("overlay", "base.dts", "second.dts", "-o", "out.dtb"));
        Assert.Equal(0, _host.Dt("overlay", "base.dts", "good.dtso", "second.dts", "-o", "out.dtb"));
        Assert.NotNull(Read("out.dtb").Find("/soc/uart@1/key")!.Property("x"));
    }

    [Fact]
    public void Explain_says_what_each_fragment_changes_and_writes_nothing_unless_told_to()
    {
        Assert.Equal(0, _host.Dt("overlay", "base.dts", "good.dtso", "--explain"));
        Assert.Equal(
            """
            good.dtso → base.dts
              fragment@0 → /soc/uart@1 (label uart0)
                ~ status = "disabled" → "okay"
                = reg = <0x01>
                + clocks = <&clk 0x01 &k>
                + wakeup-source
                + /soc/uart@1/key {}
                + /soc/uart@1/key: phandle = <0x0b>
              fragment@1 → /soc
                = /soc/clk: phandle = <0x09>
              symbols
                + k = /soc/uart@1/key
              labels of the base
                uart0 is /soc/uart@1, wanted at /fragment@0:target:0
                clk is /soc/clk, wanted at /fragment@0/__overlay__:clocks:0
              phandles
                /fragment@0/__overlay__/key: 0x2 → 0xb
                /fragment@1/__overlay__/clk: 0x7 → 0x9, which the base has for this node

            """, _host.Output);
        Assert.Equal("", _host.Error);
        Assert.Equal(["base.dts", "good.dtso", "values.h"],
            new DirectoryInfo(_host.Directory).GetFiles().Select(file => file.Name).Order());
    }

    [Fact]
    public void Explain_can_be_read_by_scripts()
    {
        Assert.Equal(0, _host.Dt("overlay", "base.dts", "good.dtso", "--explain", "--format", "json"));
        using JsonDocument json = JsonDocument.Parse(_host.Output);
        JsonElement overlay = json.RootElement.GetProperty("overlays")[0];
        JsonElement status = overlay.GetProperty("fragments")[0].GetProperty("changes")[0];
        Assert.Equal(("/soc/uart@1", "status", "\"disabled\"", "\"okay\""),
            (Text(status, "node"), Text(status, "property"), Text(status, "before"), Text(status, "after")));
        Assert.Equal("uart0", Text(overlay.GetProperty("fragments")[0], "label"));
        Assert.Equal(0xb, overlay.GetProperty("phandles")[0].GetProperty("after").GetInt32());
        Assert.Equal("/soc/uart@1/key", Text(overlay.GetProperty("symbols")[0], "after"));
    }

    [Fact]
    public void Every_missing_label_is_named_at_its_place_in_the_source_with_what_may_have_been_meant()
    {
        _host.Write("bad.dtso", "/dts-v1/;\n/plugin/;\n&uart1 { a; };\n&soc {\n\tb = <&gicc 1>, <&zork>;\n\tc = <&gicc>;\n};\n");
        Assert.Equal(1, _host.Dt("overlay", "base.dts", "bad.dtso", "-o", "out.dtb"));
        Assert.Contains("bad.dtso:3:1: error DT0026: base.dts has no label 'uart1'", _host.Error, StringComparison.Ordinal);
        Assert.Contains("fragment: fragment@0", _host.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'uart0', which is /soc/uart@1?", _host.Error, StringComparison.Ordinal);
        Assert.Contains("bad.dtso:5:7: error DT0026: base.dts has no label 'gicc'", _host.Error, StringComparison.Ordinal);
        Assert.Contains("place: /fragment@1/__overlay__:b:0", _host.Error, StringComparison.Ordinal);
        Assert.Contains("bad.dtso:6:7: also wanted at /fragment@1/__overlay__:c:0", _host.Error, StringComparison.Ordinal);
        Assert.Contains("bad.dtso:5:18: error DT0026: base.dts has no label 'zork'", _host.Error, StringComparison.Ordinal);
        Assert.Contains("3 errors", _host.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_host.PathOf("out.dtb")));
    }

    [Fact]
    public void A_path_that_the_base_does_not_have_is_named_with_the_nearest()
    {
        _host.Write("bad.dtso", "/dts-v1/;\n/plugin/;\n\n&{/soc/uart@2} { };\n");
        Assert.Equal(1, _host.Dt("overlay", "base.dts", "bad.dtso", "-o", "out.dtb"));
        Assert.Contains("bad.dtso:4:1: error DT0023", _host.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean '/soc/uart@1'?", _host.Error, StringComparison.Ordinal);
        Assert.Contains("code: FDT_ERR_NOTFOUND", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_without_symbols_is_named_with_the_remedy()
    {
        _host.Dt("compile", "base.dts", "-o", "base.dtb");
        Assert.Equal(1, _host.Dt("overlay", "base.dtb", "good.dtso", "-o", "out.dtb"));
        Assert.Contains("good.dtso:4:1: error DT0027: base.dtb has no symbols", _host.Error, StringComparison.Ordinal);
        Assert.Contains("dt compile -@", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blob_s_errors_have_a_fragment_and_a_property_for_a_place()
    {
        _host.Write("bad.dts", "/dts-v1/; / { fragment@3 { target-path = \"/soc\"; __overlay__ { p = <0>; }; }; __fixups__ { gic = \"/fragment@3/__overlay__:p:-4\"; }; };");
        Assert.Equal(0, _host.Dt("compile", "bad.dts", "-o", "bad.dtbo"));
        Assert.Equal(1, _host.Dt("overlay", "base.dts", "bad.dtbo", "-o", "out.dtb"));
        Assert.Contains("bad.dtbo: /fragment@3/__overlay__: p: error DT0023", _host.Error, StringComparison.Ordinal);
        Assert.Contains("label 'gic' is wanted here, but the offset is negative", _host.Error, StringComparison.Ordinal);
        Assert.Contains("fragment: fragment@3", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_with_each_file_is_said_in_one_run()
    {
        _host.Write("syntax.dtso", "/dts-v1/;\n/plugin/;\n&uart0 { a = <1> };\n");
        _host.Write("cut.dtbo", [0xd0, 0x0d, 0xfe, 0xed, 0, 0]);
        Assert.Equal(1, _host.Dt("overlay", "base.dts", "syntax.dtso", "cut.dtbo", "missing.dtbo", "-o", "out.dtb"));
        Assert.Contains("syntax.dtso:3:", _host.Error, StringComparison.Ordinal);
        Assert.Contains("cut.dtbo: error BLB003", _host.Error, StringComparison.Ordinal);
        Assert.Contains("error DT0001: there is no file or directory 'missing.dtbo'", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_05_a_label_on_a_body_means_the_node_of_the_base()
    {
        _host.Write("b.dts", "/dts-v1/; / { bus { radio: radio { status = \"disabled\"; }; user { link = <&radio>; }; }; };");
        _host.Write("1.dtso", "/dts-v1/; /plugin/; / { fragment@0 { target = <&radio>; part: __overlay__ { speed = <9600>; me = <&part>; }; }; };");
        _host.Write("2.dtso", "/dts-v1/; /plugin/; &radio { status = \"okay\"; }; &part { x; };");
        Assert.Equal(0, _host.Dt("overlay", "b.dts", "1.dtso", "2.dtso", "-o", "out.dtb"));
        Tree tree = Read("out.dtb");
        uint radio = tree.Find("/bus/radio")!.Phandle!.Value;
        Assert.Equal(radio, tree.Find("/bus/user")!.Property("link")!.Cell(0));
        Assert.Equal(radio, tree.Find("/bus/radio")!.Property("me")!.Cell(0));
        Assert.Equal("okay\0"u8, tree.Find("/bus/radio")!.Property("status")!.Value.Span);
        Assert.NotNull(tree.Find("/bus/radio")!.Property("x"));
    }

    [Fact]
    public void Case_07_a_base_without_symbols_is_named_with_the_label_and_what_to_do()
    {
        _host.Write("b.dts", "/dts-v1/; / { radio: radio { }; };");
        Assert.Equal(0, _host.Dt("compile", "b.dts", "-o", "b.dtb"));
        _host.Write("o.dtso", "/dts-v1/;\n/plugin/;\n&radio { };\n");
        Assert.Equal(1, _host.Dt("overlay", "b.dtb", "o.dtso", "-o", "out.dtb"));
        Assert.Contains("o.dtso:3:1: error DT0027: b.dtb has no symbols, so that no label of it is known: not 'radio' either",
            _host.Error, StringComparison.Ordinal);
        Assert.Contains("Compile the base with symbols (dt compile -@, dtc -@).", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_27_dormant_fragments_and_parameters_are_named_as_not_applied()
    {
        _host.Write("o.dtso", """
            /dts-v1/;
            /plugin/;
            / {
            	fragment@0 { target = <&uart0>; frag: __overlay__ { dac: dac { gain = <1>; }; }; };
            	fragment@1 { target = <&dac>; __dormant__ { gain = <2>; }; };
            	fragment@2 { target = <&frag>; __overlay__ { late = <3>; }; };
            	__overrides__ { gain = <&dac>, "gain:0"; loud = <0>, "+1"; };
            };
            """);
        Assert.Equal(0, _host.Dt("overlay", "base.dts", "o.dtso", "--explain"));
        Assert.Contains("o.dtso:5:2: warning DT0061: /fragment@1 is dormant", _host.Error, StringComparison.Ordinal);
        Assert.Contains("o.dtso:7:2: warning DT0061: the overlay takes parameters (gain, loud)", _host.Error,
            StringComparison.Ordinal);
        Assert.Contains("fragment@2 → /soc/uart@1 (label frag)\n    + late = <0x03>\n", _host.Output, StringComparison.Ordinal);
        Assert.Contains("  not applied, or not as written\n    /fragment@1: is dormant\n    /__overrides__: gain, loud\n",
            _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_77_a_path_of_the_base_is_a_reference_and_a_wrong_one_has_a_near_miss()
    {
        _host.Write("o.dtso", "/dts-v1/;\n/plugin/;\n&uart0 { p = <&{/soc/clk} &{/}>; };\n");
        Assert.Equal(0, _host.Dt("overlay", "base.dts", "o.dtso", "-o", "out.dtb"));
        Tree tree = Read("out.dtb");
        Property p = tree.Find("/soc/uart@1")!.Property("p")!;
        Assert.Equal(["/soc/clk", "/"], [tree.FindByPhandle(p.Cell(0))!.Path, tree.FindByPhandle(p.Cell(1))!.Path]);
        _host.Write("o.dtso", "/dts-v1/;\n/plugin/;\n&uart0 { p = <&{/soc/clkk}>; };\n");
        Assert.Equal(1, _host.Dt("overlay", "base.dts", "o.dtso", "-o", "out.dtb"));
        Assert.Contains("o.dtso:3:15: error DT0026: base.dts has no node '/soc/clkk'", _host.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean '/soc/clk'?", _host.Error, StringComparison.Ordinal);
        Assert.Equal(1, _host.Dt("compile", "o.dtso", "-o", "o.dtbo"));
        Assert.Contains("apply this source with 'dt overlay'", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_78_every_unknown_label_has_its_place_and_a_remedy_that_works()
    {
        _host.Write("o.dtso", "/dts-v1/;\n/plugin/;\n&uart0 { };\n&uatr0 { vdd = <&missing_one>; };\n");
        Assert.Equal(1, _host.Dt("overlay", "base.dts", "o.dtso", "-o", "out.dtb"));
        Assert.Contains("o.dtso:4:1: error DT0026: base.dts has no label 'uatr0'", _host.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'uart0', which is /soc/uart@1?", _host.Error, StringComparison.Ordinal);
        Assert.Contains("o.dtso:4:17: error DT0026: base.dts has no label 'missing_one'", _host.Error, StringComparison.Ordinal);
        Assert.Contains("Give the node in the base that label, or correct the name.", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_79_a_node_beside_the_fragments_is_named_in_a_source_and_in_a_blob()
    {
        const string Lost = "/dts-v1/;\n/plugin/;\n/ {\n\tfragment@0 { target = <&uart0>; __overlay__ { pwr = <&seq>; }; };\n\tseq: pwrseq { };\n};\n";
        _host.Write("o.dtso", Lost);
        foreach (string[] verb in (string[][])[["compile", "o.dtso", "-o", "x"], ["overlay", "base.dts", "o.dtso", "--explain"]])
        {
            Assert.Equal(1, _host.Dt(verb));
            Assert.Contains("o.dtso:5:7: warning DTS046: node /pwrseq is in no fragment", _host.Error, StringComparison.Ordinal);
            Assert.Contains("o.dtso:4:55: error DTS047: /fragment@0/__overlay__:pwr refers to /pwrseq", _host.Error,
                StringComparison.Ordinal);
            Assert.Equal("", _host.Output);
        }
        Assert.Equal(0, _host.Run("dtc", "-@", "-o", "o.dtbo", "o.dtso"));
        Assert.Equal(1, _host.Dt("overlay", "base.dts", "o.dtbo", "-o", "out.dtb", "--explain"));
        Assert.Contains("o.dtbo: /fragment@0/__overlay__: pwr: error DT0023", _host.Error, StringComparison.Ordinal);
        Assert.Contains("it refers to /pwrseq, which is in no fragment", _host.Error, StringComparison.Ordinal);
        Assert.Equal("", _host.Output);
        Assert.False(File.Exists(_host.PathOf("out.dtb")));
    }

    [Fact]
    public void Case_83_overlays_are_merged_into_one_that_does_what_both_do()
    {
        _host.Write("1.dtso", "/dts-v1/; /plugin/; &soc { osc: osc { }; codec: codec { clocks = <&osc>; }; };");
        _host.Write("2.dtso", "/dts-v1/; /plugin/; &codec { extra = <&osc &gic>; }; &uart0 { codecs = <&codec>; };");
        Assert.Equal(0, _host.Dt("overlay", "1.dtso", "2.dtso", "-o", "both.dtbo"));
        Assert.Equal(0, _host.Dt("overlay", "base.dts", "both.dtbo", "-o", "out.dtb"));
        Tree tree = Read("out.dtb");
        Property extra = tree.Find("/soc/codec")!.Property("extra")!;
        Assert.Equal(["/soc/osc", "/intc"], [tree.FindByPhandle(extra.Cell(0))!.Path, tree.FindByPhandle(extra.Cell(1))!.Path]);
        Assert.Equal("/soc/codec", tree.FindByPhandle(tree.Find("/soc/uart@1")!.Property("codecs")!.Cell(0))!.Path);

        _host.Write("3.dtso", "/dts-v1/; /plugin/;\n&codce { };\n");
        Assert.Equal(0, _host.Dt("overlay", "1.dtso", "3.dtso", "-o", "both.dtbo"));
        Assert.Contains("warning DT0063: label 'codce' is left", _host.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'codec'", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_that_is_no_overlay_is_a_warning()
    {
        Assert.Equal(0, _host.Dt("overlay", "base.dts", "base.dts", "-o", "out.dtb"));
        Assert.Contains("base.dts: warning DT0024", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Pads_of_values_are_zero()
    {
        _host.Write("b.dts", "/dts-v1/; / { n: n { p = \"longlonglong\"; q = \"after\"; }; };");
        _host.Write("o.dts", "/dts-v1/; /plugin/; &n { p = \"s\"; };");
        Assert.Equal(0, _host.Dt("overlay", "b.dts", "o.dts", "-o", "out.dtb"));
        byte[] blob = _host.Read("out.dtb");
        int value = blob.AsSpan().IndexOf("s\0\0\0"u8);
        Assert.True(value > 0, "the two pad bytes after the value, which fdtoverlay leaves as they were");
    }

    [Fact]
    public void A_command_line_without_a_result_is_refused() => Assert.Equal(2, _host.Dt("overlay", "base.dts", "good.dtso"));

    [Fact]
    public void A_result_that_cannot_be_written_is_no_finding() =>
        Assert.Equal(3, _host.Dt("overlay", "base.dts", "good.dtso", "-o", "nowhere/out.dtb"));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private Tree Read(string name)
    {
        Assert.True(FdtReader.TryRead(_host.Read(name), out Tree? tree, out FdtError? error), error?.ToString());
        return tree;
    }
}
