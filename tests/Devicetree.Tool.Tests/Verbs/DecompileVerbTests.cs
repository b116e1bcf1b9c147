using System.Text;

namespace Devicetree.Tool.Tests.Verbs;

public sealed class DecompileVerbTests : IDisposable
{
    private const string Source =
        "/dts-v1/; / { clock: clock { #clock-cells = <0>; }; user { clocks = <&clock>; names = \"a\", \"b\"; }; };";

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_blob_becomes_the_text_that_dtc_makes_of_it()
    {
        Compile(Source);
        Assert.Equal(0, _host.Dt("decompile", "a.dtb"));
        Assert.Equal(
            "/dts-v1/;\n\n/ {\n\n\tclock {\n\t\t#clock-cells = <0x00>;\n\t\tphandle = <0x01>;\n\t};\n\n"
            + "\tuser {\n\t\tclocks = <0x01>;\n\t\tnames = \"a\", \"b\";\n\t};\n};\n",
            _host.Output);
        Assert.Equal("", _host.Error);
    }

    [Theory]
    [InlineData]
    [InlineData("--annotate")]
    public void The_text_compiles_back_to_the_blob(params string[] options)
    {
        byte[] blob = Compile(Source);
        Assert.Equal(0, _host.Dt(["decompile", "a.dtb", "-o", "b.dts", .. options]));
        Assert.Equal("", _host.Output);
        Assert.Equal(0, _host.Dt("compile", "b.dts", "-o", "b.dtb"));
        Assert.Equal(blob, _host.Read("b.dtb"));
    }

    [Fact]
    public void Annotations_name_what_phandles_mean()
    {
        Compile(Source);
        Assert.Equal(0, _host.Dt("decompile", "--annotate", "a.dtb"));
        Assert.Contains("\tclock: clock {", _host.Output, StringComparison.Ordinal);
        Assert.Contains("clocks = <&clock>;", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_standard_input_and_directories_are_read_too()
    {
        _host.Input = Compile(Source);
        Assert.Equal(0, _host.Dt("decompile", "-"));
        Assert.Contains("clocks = <0x01>;", _host.Output, StringComparison.Ordinal);
        _host.Write("tree/model", "m\0");
        _host.Write("tree/node/model", "x\0");
        Assert.Equal(0, _host.Dt("decompile", "tree"));
        Assert.Equal("/dts-v1/;\n\n/ {\n\tmodel = \"m\";\n\n\tnode {\n\t\tmodel = \"x\";\n\t};\n};\n", _host.Output);
    }

    [Fact]
    public void What_is_no_blob_is_refused_with_its_name_and_nothing_is_written()
    {
        _host.Write("a.dts", Source);
        Assert.Equal(1, _host.Dt("decompile", "a.dts", "-o", "b.dts"));
        Assert.Contains("a.dts: error INP009", _host.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_host.PathOf("b.dts")));
        Assert.Equal(1, _host.Dt("decompile", "missing.dtb"));
        Assert.Contains("DT0001", _host.Error, StringComparison.Ordinal);
        Assert.Equal(2, _host.Dt("decompile"));
    }

    [Fact]
    public void A_text_that_could_not_be_compiled_is_printed_only_by_force()
    {
        byte[] blob = Compile("/dts-v1/; / { a = <1>; b = <2>; };");
        // Both properties get the same name.
        blob[blob.AsSpan().LastIndexOf("b\0"u8)] = (byte)'a';
        _host.Write("a.dtb", blob);
        Assert.Equal(1, _host.Dt("decompile", "a.dtb"));
        Assert.Equal("", _host.Output);
        Assert.Contains("error", _host.Error, StringComparison.Ordinal);
        Assert.Equal(1, _host.Dt("decompile", "--force", "a.dtb"));
        Assert.Contains("\ta = <0x01>;\n\ta = <0x02>;\n", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Sorting_orders_by_name()
    {
        Compile("/dts-v1/; / { b = <1>; a = <2>; };");
        Assert.Equal(0, _host.Dt("decompile", "--sort", "a.dtb"));
        Assert.Contains("\ta = <0x02>;\n\tb = <0x01>;\n", _host.Output, StringComparison.Ordinal);
    }

    private byte[] Compile(string source)
    {
        _host.Write("a.dts", Encoding.Latin1.GetBytes(source));
        Assert.Equal(0, _host.Dt("compile", "--quiet", "a.dts", "-o", "a.dtb"));
        return _host.Read("a.dtb");
    }
}
