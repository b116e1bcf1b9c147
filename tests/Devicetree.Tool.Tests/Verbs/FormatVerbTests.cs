namespace Devicetree.Tool.Tests.Verbs;

public sealed class FormatVerbTests : IDisposable
{
    private const string Laid = "/dts-v1/;\n\n/ {\n\ta = <1>;\n};\n";

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void The_standard_input_is_laid_out_to_the_standard_output()
    {
        _host.Input = "/dts-v1/;\n/ {  a=<1>;};"u8.ToArray();
        Assert.Equal(0, _host.Dt("format"));
        Assert.Equal(Laid, _host.Output);
    }

    [Fact]
    public void Check_changes_nothing_and_names_the_first_line_that_would_change()
    {
        _host.Write("good.dts", Laid);
        _host.Write("bad.dts", "/dts-v1/;\n\n/ {\n a = <1>;\n};\n");
        Assert.Equal(0, _host.Dt("format", "--check", "good.dts"));
        Assert.Equal("", _host.Output);
        Assert.Equal(1, _host.Dt("format", "--check", "good.dts", "bad.dts"));
        Assert.Contains("bad.dts:4:1: error FMT010", _host.Output, StringComparison.Ordinal);
        Assert.Contains("dt format --write bad.dts", _host.Output, StringComparison.Ordinal);
        Assert.Equal("/dts-v1/;\n\n/ {\n a = <1>;\n};\n"u8, _host.Read("bad.dts"));
    }

    [Fact]
    public void Write_changes_what_has_to_change()
    {
        _host.Write("a.dts", "/dts-v1/;\n/ {  a=<1>;};");
        Assert.Equal(0, _host.Dt("format", "-w", "a.dts"));
        Assert.Equal(Laid, System.Text.Encoding.UTF8.GetString(_host.Read("a.dts")));
        Assert.Equal("", _host.Output);
    }

    [Fact]
    public void One_bad_file_does_not_keep_others_from_being_laid_out()
    {
        _host.Write("bad.dts", "/ { a = \"x; };");
        _host.Write("a.dts", "/dts-v1/;\n/ {  a=<1>;};");
        Assert.Equal(1, _host.Dt("format", "-w", "bad.dts", "missing.dts", "a.dts"));
        Assert.Contains("bad.dts:1:9: error FMT001", _host.Error, StringComparison.Ordinal);
        Assert.Contains("missing.dts", _host.Error, StringComparison.Ordinal);
        Assert.Equal("/ { a = \"x; };"u8, _host.Read("bad.dts"));
        Assert.Equal(Laid, System.Text.Encoding.UTF8.GetString(_host.Read("a.dts")));
    }

    [Fact]
    public void Check_and_write_exclude_each_other() => Assert.Equal(2, _host.Dt("format", "--check", "--write", "a.dts"));

    [Fact]
    public void A_directory_cannot_be_read()
    {
        Assert.Equal(3, _host.Dt("format", "."));
        Assert.Contains("cannot read", _host.Error, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> NoSources => new()
    {
        { "json", "{\n  \"a\": [1, 2],\n  \"b\": { \"c\": null }\n}\n", "1:1: error FMT006" },
        { "json list", "[1, 2, {\"a\": 3}]", "1:1: error FMT006" },
        { "c", "#include <stdio.h>\n\nint main(void)\n{\n    return 0;\n}\n", "3:5: error FMT006" },
        { "c initializer", "x = { 1, 2 };\n", "1:5: error FMT006" },
        { "c statement", "return 0;\n", "1:8: error FMT006" },
        { "yaml", "%YAML 1.2\n---\n$id: a\n", "1:1: error FMT006" },
        { "yaml mapping", "title: a thing\nitems:\n  - b\n", "1:10: error FMT006" },
        { "python", "def f(x):\n    return x\n", "1:5: error FMT006" },
        { "make", "all: a.dtb\n\tdtc -o $@ $<\n", "2:2: error FMT006" },
        { "shell", "echo hello\n", "1:6: error FMT006" },
        { "prose", "Once upon a time.\n", "1:6: error FMT006" },
        { "nul", "/dts-v1/;\n/ { a = \"\0\"; };\n", "2:10: error FMT006" },
        { "control", "/dts-v1/;\n\u001b[31m/ { };\n", "2:1: error FMT006" },
        { "no end", "/dts-v1/;\n/ { a = <1>; b = <2> };\n", "error FMT001" },
        { "half", "/dts-v1/;\n/ { a = <1>; };\nuart0", "error FMT001" },
    };

    [Theory, MemberData(nameof(NoSources))]
    public void What_no_parser_of_sources_reads_is_refused_and_left_as_it_is(string what, string text, string found)
    {
        _host.Write("file", text);
        foreach (string option in (string[])["-w", "--check"])
        {
            Assert.Equal(1, _host.Dt("format", option, "file"));
            Assert.True((_host.Output + _host.Error).Contains(found, StringComparison.Ordinal),
                $"{what}: {_host.Output}{_host.Error}");
        }
        Assert.Equal(text, System.Text.Encoding.UTF8.GetString(_host.Read("file")));
    }

    [Fact]
    public void A_blob_is_refused_with_what_reads_it()
    {
        _host.Write("a.dts", Laid);
        Assert.Equal(0, _host.Dt("compile", "-o", "a.dtb", "a.dts"));
        byte[] blob = _host.Read("a.dtb");
        Assert.Equal(1, _host.Dt("format", "-w", "a.dtb"));
        Assert.Contains("a.dtb:1:1: error FMT007", _host.Error, StringComparison.Ordinal);
        Assert.Contains("dt decompile", _host.Error, StringComparison.Ordinal);
        Assert.Equal(blob, _host.Read("a.dtb"));
    }

    [Fact]
    public void Bytes_that_are_no_characters_are_refused_rather_than_replaced()
    {
        byte[] latin = [.. "/dts-v1/;\n/* gr"u8, 0xFC, .. "n */\n/ { };\n"u8];
        _host.Write("a.dts", latin);
        Assert.Equal(1, _host.Dt("format", "-w", "a.dts"));
        Assert.Contains("a.dts:2:6: error FMT008", _host.Error, StringComparison.Ordinal);
        Assert.Equal(latin, _host.Read("a.dts"));
    }

    [Theory]
    [InlineData("/ {\n\tMACRO(1, 2)\n\tMACRO_B\n\ta = <1>;\n};\n")]
    [InlineData("label: MACRO(x) {\n\ta;\n};\n")]
    [InlineData("#define X(n) n\n\nPROP(a) = <1>, X(2), &{/a/b}, &l, /bits/ 8 <1>, [00 ff], \"s\";\n")]
    [InlineData("/include/ \"a.dtsi\"\n\n&l {\n\tstatus = \"okay\";\n};\n")]
    [InlineData("uart0: serial@0 {\n\t/delete-property/ a;\n\t/delete-node/ b;\n\t/omit-if-no-ref/ c: d {\n\t};\n};\n")]
    [InlineData("a = <1\n#ifdef X\n2\n#endif\n>;\n")]
    [InlineData("/delete-node/ &l;\n\n/delete-node/ &{/a};\n\n/memreserve/ 0x0 0x1;\n")]
    [InlineData("")]
    public void What_macros_and_includes_make_of_a_source_is_laid_out(string text)
    {
        _host.Write("a.dtsi", text);
        Assert.Equal(0, _host.Dt("format", "-w", "a.dtsi"));
        Assert.Equal("", _host.Error);
    }
}
