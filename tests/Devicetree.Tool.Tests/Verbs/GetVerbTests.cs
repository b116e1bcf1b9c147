using System.Text.Json;
using Devicetree.Compilation;
using Devicetree.Flattened;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tool.Tests.Verbs;

public sealed class GetVerbTests : IDisposable
{
    private const string Board = """
        /dts-v1/;
        #include <numbers.h>
        / {
            model = "a board";
            aliases { serial0 = &uart; bad = "nowhere"; };
            soc {
                dma-coherent;
                uart: serial@1000 { compatible = "acme,uart-2", "acme,uart"; reg = <ADDRESS 0x100>; clocks = <&clk>; };
                spi: spi@2000 { compatible = "acme,spi"; reg = <0x2000 0x100>; mac = [00 11 22]; wide = /bits/ 64 <0xffffffffffffffff>; half = /bits/ 16 <1 2>; };
                clk: clock { #clock-cells = <0>; };
            };
        };
        """;

    private readonly TestHost _host = new();

    public GetVerbTests()
    {
        _host.Write("inc/numbers.h", "#define ADDRESS 0x1000\n");
        _host.Write("board.dts", Board);
        var diagnostics = new DiagnosticBag();
        string source = Board.Replace("#include <numbers.h>", "", StringComparison.Ordinal)
            .Replace("ADDRESS", "0x1000", StringComparison.Ordinal);
        _host.Write("board.dtb", FdtWriter.Write(
            DevicetreeCompiler.Compile(new SourceText("b", source), diagnostics, new() { GenerateSymbols = true })!).ToArray());
    }

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("/:model", "a board\n")]
    [InlineData("/soc/serial@1000:compatible", "acme,uart-2\nacme,uart\n")]
    [InlineData("/soc/serial:reg", "0x1000 0x100\n")]
    [InlineData("serial0:reg", "0x1000 0x100\n")]
    [InlineData("&uart:reg", "0x1000 0x100\n")]
    [InlineData("uart:reg", "0x1000 0x100\n")]
    [InlineData("&spi:mac", "0x0 0x11 0x22\n")]
    [InlineData("/soc:dma-coherent", "\n")]
    [InlineData("/soc/*@*:compatible",
        "/soc/serial@1000:compatible = acme,uart-2 acme,uart\n/soc/spi@2000:compatible = acme,spi\n")]
    [InlineData("/**/s?i:reg", "/soc/spi@2000:reg = 0x2000 0x100\n")]
    [InlineData("/**/**/soc/**/**:mac", "/soc/spi@2000:mac = 0x0 0x11 0x22\n")]
    [InlineData("/soc/clock:*cells", "/soc/clock:#clock-cells = 0x0\n")]
    public void A_value_of_a_blob_is_found_and_printed(string query, string expected)
    {
        Assert.Equal(0, _host.Dt("get", "board.dtb", query));
        Assert.Equal(expected, _host.Output);
        Assert.Equal("", _host.Error);
    }

    [Fact]
    public void A_node_alone_means_all_its_properties_and_flags_have_no_value()
    {
        Assert.Equal(0, _host.Dt("get", "board.dtb", "/", "/soc"));
        Assert.Equal("/:model = a board\n/soc:dma-coherent\n", _host.Output);
    }

    [Fact]
    public void A_source_is_preprocessed_and_keeps_how_its_values_were_written()
    {
        Assert.Equal(0, _host.Dt("get", "-I", "inc", "board.dts", "&uart:reg", "&spi:half", "&spi:wide"));
        Assert.Equal("/soc/serial@1000:reg = 0x1000 0x100\n/soc/spi@2000:half = 0x1 0x2\n/soc/spi@2000:wide = 0xffffffffffffffff\n", _host.Output);
        Assert.Equal(0, _host.Dt("get", "-I", "inc", "--type", "dts", "board.dts", "&uart:clocks"));
        Assert.Equal("<&clk>\n", _host.Output);
        Assert.Equal(1, _host.Dt("get", "board.dts", "&uart:reg"));
        Assert.Contains("numbers.h", _host.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("u32", "&uart:reg", "4096 256\n")]
    [InlineData("x64", "&uart:reg", "0x100000000100\n")]
    [InlineData("u8", "&spi:mac", "0 17 34\n")]
    [InlineData("u16", "&spi:half", "1 2\n")]
    [InlineData("u64", "&spi:wide", "18446744073709551615\n")]
    [InlineData("dts", "&uart:compatible", "\"acme,uart-2\", \"acme,uart\"\n")]
    [InlineData("raw", "/:model", "a board\0")]
    public void A_value_is_printed_as_what_is_asked_for(string type, string query, string expected)
    {
        Assert.Equal(0, _host.Dt("get", "--type", type, "board.dtb", query));
        Assert.Equal(expected, _host.Output);
    }

    [Theory]
    [InlineData("i8", "-1 127 -128\n")]
    [InlineData("i16", "-1 32767 -32768\n")]
    [InlineData("i32", "-1 2147483647 -2147483648\n")]
    [InlineData("i64", "-1 9223372036854775807 -9223372036854775808\n")]
    public void Case_88_Numbers_are_printed_with_a_sign_where_they_are_asked_for_so(string type, string expected)
    {
        string bits = type[1..];
        string top = "8" + new string('0', (int.Parse(bits, System.Globalization.CultureInfo.InvariantCulture) / 4) - 1);
        _host.Write("a.dts", $"/dts-v1/; / {{ n = /bits/ {bits} <(-1) (0x{top} - 1) 0x{top}>; }};");
        Assert.Equal(0, _host.Dt("compile", "a.dts", "-o", "a.dtb"));
        Assert.Equal(0, _host.Dt("get", "-t", type, "a.dtb", "/:n"));
        Assert.Equal(expected, _host.Output);
        Assert.Equal(0, _host.Dt("get", "-t", type, "--format", "json", "a.dtb", "/:n"));
        JsonElement answer = JsonDocument.Parse(_host.Output).RootElement[0];
        Assert.Equal(type, answer.GetProperty("type").GetString());
        Assert.Equal("-1", answer.GetProperty("value")[0].ToString());
    }

    private const string Regulator =
        "/dts-v1/; / { buck { regulator-min-microvolt = <0x00324b00>; clock-frequency = <0x00414200>; acme,unknown = <0x00414200>; label = \"K\"; cold-celsius = <(-40)>; }; };";

    [Fact]
    public void Case_04_A_name_says_what_a_value_of_a_blob_is()
    {
        _host.Write("a.dts", Regulator);
        Assert.Equal(0, _host.Dt("compile", "a.dts", "-o", "a.dtb"));
        Assert.Equal(0, _host.Dt("get", "a.dtb", "/buck"));
        Assert.Equal(
            "/buck:regulator-min-microvolt = 3296000\n/buck:clock-frequency = 0x414200\n/buck:acme,unknown = 0x414200\n/buck:label = K\n"
            + "/buck:cold-celsius = -40\n",
            _host.Output);
        Assert.Equal(0, _host.Dt("get", "-t", "dts", "a.dtb", "/buck:regulator-min-microvolt"));
        Assert.Equal("<0x324b00>\n", _host.Output);
        Assert.Equal(0, _host.Dt("print", "a.dtb", "/buck"));
        Assert.Contains("\tregulator-min-microvolt = <0x324b00>;\n\tclock-frequency = <0x414200>;\n", _host.Output,
            StringComparison.Ordinal);
        Assert.Equal(0, _host.Dt("decompile", "-a", "a.dtb"));
        Assert.Contains("\tregulator-min-microvolt = <0x324b00>;\n", _host.Output, StringComparison.Ordinal);
        Assert.Equal(0, _host.Dt("print", "--format", "json", "a.dtb", "/buck"));
        JsonElement properties = JsonDocument.Parse(_host.Output).RootElement[0].GetProperty("properties");
        Assert.Equal("u32", properties.GetProperty("clock-frequency").GetProperty("type").GetString());
        Assert.Equal("i32", properties.GetProperty("cold-celsius").GetProperty("type").GetString());
        Assert.Equal(-40, properties.GetProperty("cold-celsius").GetProperty("value")[0].GetInt32());
        Assert.Equal(3296000, properties.GetProperty("regulator-min-microvolt").GetProperty("value")[0].GetInt32());
    }

    [Theory]
    [InlineData("u32", "&spi:mac", "no multiple of 4")]
    [InlineData("string", "&spi:half", "does not end in a NUL")]
    [InlineData("string", "&spi:wide", "does not end in a NUL")]
    [InlineData("string", "/soc:dma-coherent", "NUL")]
    public void A_value_that_is_not_of_the_type_is_an_error(string type, string query, string reason)
    {
        Assert.Equal(1, _host.Dt("get", "--type", type, "board.dtb", query));
        Assert.Contains("DT0032", _host.Error, StringComparison.Ordinal);
        Assert.Contains(reason, _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_an_error_that_says_what_is_or_the_default()
    {
        Assert.Equal(1, _host.Dt("get", "board.dtb", "/soc/i2c:reg"));
        Assert.Contains("error DT0030: no node matches '/soc/i2c:reg'", _host.Error, StringComparison.Ordinal);
        Assert.Equal(1, _host.Dt("get", "board.dtb", "&uart:status"));
        Assert.Contains("/soc/serial@1000 has no property 'status'", _host.Error, StringComparison.Ordinal);
        Assert.Contains("compatible, reg, clocks", _host.Error, StringComparison.Ordinal);
        Assert.Equal(0, _host.Dt("get", "--default", "okay", "board.dtb", "&uart:status"));
        Assert.Equal("okay\n", _host.Output);
        Assert.Equal(1, _host.Dt("get", "board.dtb", "bad:reg"));
        Assert.Equal(1, _host.Dt("get", "missing.dtb", "/:model"));
        Assert.Contains("DT0001", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_tells_places_types_and_values()
    {
        Assert.Equal(0, _host.Dt("get", "--format", "json", "board.dtb", "/:model", "/soc:dma-coherent", "&uart:reg",
            "&spi:mac"));
        JsonElement[] items = [.. JsonDocument.Parse(_host.Output).RootElement.EnumerateArray()];
        Assert.Equal(["string", "flag", "u32", "u8"], items.Select(item => item.GetProperty("type").GetString()));
        Assert.Equal("/soc/serial@1000", items[2].GetProperty("path").GetString());
        Assert.Equal([0x1000, 0x100], items[2].GetProperty("value").EnumerateArray().Select(item => item.GetInt32()));
        Assert.True(items[1].GetProperty("value").GetBoolean());

        Assert.Equal(0, _host.Dt("get", "--format", "json", "--type", "u64", "board.dtb", "&spi:wide"));
        Assert.Equal("18446744073709551615", JsonDocument.Parse(_host.Output).RootElement[0].GetProperty("value")[0].GetString());
        Assert.Equal(2, _host.Dt("get", "--format", "json", "--type", "raw", "board.dtb", "/:model"));
    }

    [Fact]
    public void A_directory_and_the_standard_input_are_trees_too()
    {
        _host.Write("proc/model", "from a directory\0");
        _host.Write("proc/n@1/reg", [0, 0, 0, 1]);
        Assert.Equal(0, _host.Dt("get", "proc", "/:model", "/n:reg"));
        Assert.Equal("/:model = from a directory\n/n@1:reg = 0x1\n", _host.Output);
        _host.Input = _host.Read("board.dtb");
        Assert.Equal(0, _host.Dt("get", "-", "/:model"));
        Assert.Equal("a board\n", _host.Output);
    }

    [Fact]
    public void A_blob_that_the_checks_would_refuse_can_still_be_asked()
    {
        byte[] blob = _host.Read("board.dtb");
        blob[blob.AsSpan().IndexOf("spi@2000"u8) + 3] = (byte)'!';
        _host.Write("odd.dtb", blob);
        Assert.Equal(0, _host.Dt("get", "odd.dtb", "/soc/spi!2000:compatible"));
        Assert.Equal("acme,spi\n", _host.Output);
        blob[0] = 0xd1;
        _host.Write("bad.dtb", blob);
        Assert.Equal(1, _host.Dt("get", "bad.dtb", "/:model"));
    }
}
