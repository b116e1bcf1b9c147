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
    public void A_folder_cannot_be_read()
    {
        Assert.Equal(3, _host.Dt("format", "."));
        Assert.Contains("cannot read", _host.Error, StringComparison.Ordinal);
    }
}
