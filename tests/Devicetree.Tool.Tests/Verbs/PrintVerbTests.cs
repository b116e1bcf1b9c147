using System.Text;
using System.Text.Json;
using Devicetree.Flattened;

namespace Devicetree.Tool.Tests.Verbs;

public sealed class PrintVerbTests : IDisposable
{
    private const string Source =
        """
        /dts-v1/;
        / {
            model = "Board"; compatible = "acme,board", "acme,soc";
            aliases { serial0 = "/soc/uart@1000"; };
            clk: clock { #clock-cells = <0>; };
            soc {
                uart0: uart@1000 { compatible = "acme,uart"; status = "disabled"; clocks = <&clk>; child { wakeup; }; };
                timer@2000 { status = "okay"; size = /bits/ 64 <1>; };
            };
        };
        """;

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_node_prints_as_source_with_what_is_below_it()
    {
        _host.Write("a.dts", Source);
        Assert.Equal(0, _host.Dt("print", "a.dts", "serial0"));
        Assert.Equal(
            "uart0: uart@1000 {\n\tcompatible = \"acme,uart\";\n\tstatus = \"disabled\";\n\tclocks = <&clk>;\n\n\tchild {\n\t\twakeup;\n\t};\n};\n",
            _host.Output);
    }

    [Theory]
    [InlineData("/soc/uart@1000")]
    [InlineData("/soc/uart")]
    [InlineData("&uart0")]
    [InlineData("uart0")]
    [InlineData("serial0")]
    [InlineData("/**/uart*")]
    public void Nodes_are_named_by_path_label_alias_or_pattern(string path)
    {
        _host.Write("a.dts", Source);
        Assert.Equal(0, _host.Dt("print", "a.dts", path));
        Assert.StartsWith("uart0: uart@1000 {\n", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_below_the_depth_are_counted()
    {
        _host.Write("a.dts", Source);
        Assert.Equal(0, _host.Dt("print", "a.dts", "/soc", "--depth", "0"));
        Assert.Equal("soc {\n\t/* 2 nodes */\n};\n", _host.Output);
        Assert.Equal(0, _host.Dt("print", "a.dts", "--depth", "1"));
        Assert.StartsWith("/dts-v1/;\n\n/ {\n\tmodel = \"Board\";", _host.Output, StringComparison.Ordinal);
        Assert.Contains("\n\tsoc {\n\t\t/* 2 nodes */\n\t};\n};\n", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_tree_prints_as_source_that_compiles_to_the_same_blob()
    {
        _host.Write("a.dts", Source);
        Assert.Equal(0, _host.Dt("compile", "-@", "a.dts", "-o", "a.dtb"));
        Assert.Equal(0, _host.Dt("print", "a.dtb"));
        _host.Write("b.dts", _host.Output);
        Assert.Equal(0, _host.Dt("compile", "b.dts", "-o", "b.dtb"));
        Assert.Equal(_host.Read("a.dtb"), _host.Read("b.dtb"));
    }

    [Fact]
    public void An_outline_has_a_line_for_each_node()
    {
        _host.Write("a.dts", Source);
        Assert.Equal(0, _host.Dt("print", "a.dts", "--format", "tree"));
        Assert.Equal(
            """
            /  acme,board
            ├─ aliases
            ├─ clk: clock
            └─ soc
               ├─ uart0: uart@1000  acme,uart  (disabled)
               │  └─ child
               └─ timer@2000

            """,
            _host.Output, ignoreLineEndingDifferences: true);
        Assert.Equal(0, _host.Dt("print", "a.dts", "/soc", "--format", "tree", "--depth", "1"));
        Assert.Equal("soc\n├─ uart0: uart@1000  acme,uart  (disabled)\n└─ timer@2000\n", _host.Output);
    }

    [Fact]
    public void Json_has_labels_typed_values_and_children()
    {
        _host.Write("a.dts", Source);
        Assert.Equal(0, _host.Dt("print", "a.dts", "/soc", "--format", "json"));

        JsonElement soc = Assert.Single(JsonDocument.Parse(_host.Output).RootElement.EnumerateArray());
        Assert.Equal("/soc", soc.GetProperty("path").GetString());
        Assert.Empty(soc.GetProperty("properties").EnumerateObject());
        JsonElement[] children = [.. soc.GetProperty("children").EnumerateArray()];
        Assert.Equal(["uart@1000", "timer@2000"], children.Select(child => child.GetProperty("name").GetString()));
        Assert.Equal("uart0", Assert.Single(children[0].GetProperty("labels").EnumerateArray()).GetString());
        Assert.Equal("acme,uart", children[0].GetProperty("properties").GetProperty("compatible").GetProperty("value")[0]
            .GetString());
        Assert.Equal("u64", children[1].GetProperty("properties").GetProperty("size").GetProperty("type").GetString());
        JsonElement child = Assert.Single(children[0].GetProperty("children").EnumerateArray());
        Assert.True(child.GetProperty("properties").GetProperty("wakeup").GetProperty("value").GetBoolean());
    }

    [Theory]
    [InlineData("dts")]
    [InlineData("tree")]
    [InlineData("json")]
    public void A_deep_tree_can_be_printed(string format)
    {
        var tree = new Tree();
        Node node = tree.Root;
        for (int i = 1; i < 800; i++)
            node = node.AddChild("n");
        _host.Write("a.dtb", FdtWriter.Write(tree).ToArray());
        Assert.Equal(0, _host.Dt("print", "a.dtb", "--format", format));
    }

    [Fact]
    public void What_a_blob_says_does_not_steer_a_terminal()
    {
        _host.Write("a.dts", "/dts-v1/; / { n { compatible = \"a\\x1b[2Jb\"; }; };");
        Assert.Equal(0, _host.Dt("print", "a.dts", "--format", "tree"));
        Assert.Contains("n  a\\x1b[2Jb", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_an_error()
    {
        _host.Write("a.dts", Source);
        Assert.Equal(1, _host.Dt("print", "a.dts", "/nothing"));
        Assert.Contains("a.dts: error DT0030", _host.Error, StringComparison.Ordinal);
        Assert.Equal("", _host.Output);
        Assert.Equal(1, _host.Dt("print", "b.dts"));
        Assert.Contains("DT0001", _host.Error, StringComparison.Ordinal);
        _host.Write("c.dtb", Encoding.Latin1.GetBytes("\xd0\x0d\xfe\xed"));
        Assert.Equal(1, _host.Dt("print", "c.dtb"));
    }

    [Theory]
    [InlineData("print")]
    [InlineData("print", "a.dts", "--depth", "x")]
    [InlineData("print", "a.dts", "--format", "xml")]
    [InlineData("print", "a.dts", "/:model")]
    public void Wrong_usage_is_refused(params string[] args) => Assert.Equal(2, _host.Dt(args));
}
