using System.Text.Json;

namespace Devicetree.Tool.Tests.Verbs;

public sealed class DiffVerbTests : IDisposable
{
    private const string Old = """
        /dts-v1/;
        /memreserve/ 0x1000 0x2000;
        / {
            soc {
                clk: clock { #clock-cells = <1>; };
                uart: serial@1000 { status = "disabled"; clocks = <&clk 7>; };
                gone { deep { x; }; };
            };
        };
        """;

    private const string New = """
        /dts-v1/;
        / {
            extra: soc {
                other { self = <&extra>; };
                uart: serial@2000 { status = "okay"; clocks = <&clk 7>; fast; };
                clk: clock { #clock-cells = <1>; };
            };
        };
        """;

    private readonly TestHost _host = new();

    public DiffVerbTests()
    {
        _host.Write("old.dts", Old);
        _host.Write("new.dts", New);
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Equal_trees_end_with_0_and_print_nothing_be_they_source_or_blob()
    {
        Assert.Equal(0, _host.Dt("compile", "-o", "old.dtb", "old.dts"));
        foreach (string[] pair in (string[][])[["old.dts", "old.dts"], ["old.dts", "old.dtb"], ["old.dtb", "old.dts"],
            ["old.dtb", "old.dtb"]])
        {
            Assert.Equal(0, _host.Dt(["diff", .. pair]));
            Assert.Equal("", _host.Output + _host.Error);
        }
    }

    [Fact]
    public void Differences_look_like_a_patch_and_end_with_1()
    {
        Assert.Equal(1, _host.Dt("diff", "old.dts", "new.dts"));
        Assert.Equal(
            """
            --- old.dts
            +++ new.dts
            -/memreserve/ 0x1000 0x2000;
            @@ /soc (&extra) @@
            -gone {
            -	deep {
            -		x;
            -	};
            -};
            +other {
            +	self = <&extra>;
            +};
            @@ /soc/serial@1000 -> /soc/serial@2000 (&uart) @@
            -status = "disabled";
            +status = "okay";
            +fast;

            """,
            _host.Output);
        Assert.Equal("", _host.Error);
    }

    [Fact]
    public void Json_has_every_difference_with_its_kind_and_its_places()
    {
        Assert.Equal(1, _host.Dt("diff", "--format", "json", "old.dts", "new.dts"));
        JsonElement root = JsonDocument.Parse(_host.Output).RootElement;
        Assert.False(root.GetProperty("same").GetBoolean());
        JsonElement[] items = [.. root.GetProperty("differences").EnumerateArray()];
        Assert.Equal(
            ["reservation-removed", "node-removed", "node-added", "node-moved", "property-changed", "property-added"],
            items.Select(item => item.GetProperty("kind").GetString()));
        Assert.Equal("/soc/gone", items[1].GetProperty("path").GetString());
        Assert.Equal(JsonValueKind.Null, items[1].GetProperty("newPath").ValueKind);
        Assert.Equal("/soc/serial@2000", items[3].GetProperty("newPath").GetString());
        Assert.Equal("\"okay\"", items[4].GetProperty("new").GetString());
        Assert.Equal("status", items[4].GetProperty("property").GetString());

        Assert.Equal(0, _host.Dt("diff", "--format", "json", "old.dts", "old.dts"));
        Assert.True(JsonDocument.Parse(_host.Output).RootElement.GetProperty("same").GetBoolean());
    }

    [Fact]
    public void A_reference_that_leads_elsewhere_shows_where_even_when_the_number_or_the_label_is_the_same()
    {
        _host.Write("c.dts", "/dts-v1/;\n/ { clocks = <&l>; l: p { }; q { }; };");
        _host.Write("d.dts", "/dts-v1/;\n/ { clocks = <&l>; p { }; l: q { }; };");
        Assert.Equal(1, _host.Dt("diff", "c.dts", "d.dts"));
        Assert.Contains("-clocks = <&{/p}>;\n+clocks = <&{/q}>;\n", _host.Output, StringComparison.Ordinal);

        _host.Write("a.dts", "/dts-v1/;\n/ { p { phandle = <1>; }; q { phandle = <2>; }; n { interrupt-parent = <1>; }; };");
        _host.Write("b.dts", "/dts-v1/;\n/ { p { phandle = <2>; }; q { phandle = <1>; }; n { interrupt-parent = <1>; }; };");
        Assert.Equal(0, _host.Dt("compile", "-o", "a.dtb", "a.dts"));
        Assert.Equal(0, _host.Dt("compile", "-o", "b.dtb", "b.dts"));
        Assert.Equal(1, _host.Dt("diff", "a.dtb", "b.dtb"));
        Assert.Contains("-interrupt-parent = <&{/p}>;\n+interrupt-parent = <&{/q}>;\n", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_values_of_a_property_are_shown_in_one_form()
    {
        _host.Write("a.dts", "/dts-v1/;\n/ { limit = <0xb71b0>; };");
        _host.Write("b.dts", "/dts-v1/;\n/ { limit = <0x000c3500>; };");
        Assert.Equal(0, _host.Dt("compile", "-o", "a.dtb", "a.dts"));
        Assert.Equal(0, _host.Dt("compile", "-o", "b.dtb", "b.dts"));
        Assert.Equal(1, _host.Dt("diff", "a.dtb", "b.dtb"));
        Assert.Contains("-limit = <0xb71b0>;\n+limit = <0xc3500>;\n", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_prints_nothing_and_options_make_more_count()
    {
        _host.Write("a.dts", "/dts-v1/;\n/ { p; q; m { phandle = <3>; }; n { }; };");
        _host.Write("b.dts", "/dts-v1/;\n/ { q; p; n { }; m { phandle = <4>; }; };");
        Assert.Equal(0, _host.Dt("diff", "a.dts", "b.dts"));
        Assert.Equal(1, _host.Dt("diff", "--quiet", "--order", "a.dts", "b.dts"));
        Assert.Equal("", _host.Output);
        Assert.Equal(1, _host.Dt("diff", "--order", "a.dts", "b.dts"));
        Assert.Contains("@@ / @@\n /* the properties come in another order */\n /* the children come in another order */\n",
            _host.Output, StringComparison.Ordinal);
        Assert.Equal(1, _host.Dt("diff", "--phandles", "a.dts", "b.dts"));
        Assert.Contains("@@ /m @@\n-phandle = <0x03>;\n+phandle = <0x04>;\n", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_that_cannot_be_read_is_named()
    {
        _host.Write("bad.dts", "/dts-v1/;\n/ { p };");
        Assert.Equal(1, _host.Dt("diff", "bad.dts", "missing.dtb"));
        Assert.Contains("bad.dts:2:6", _host.Error, StringComparison.Ordinal);
        Assert.Contains("missing.dtb", _host.Error, StringComparison.Ordinal);
    }
}
