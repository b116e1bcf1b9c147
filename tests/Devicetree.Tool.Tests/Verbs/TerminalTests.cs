using System.Text;

namespace Devicetree.Tool.Tests.Verbs;

/// <summary>What a hostile blob holds on its way to a terminal.</summary>
public sealed class TerminalTests : IDisposable
{
    private const string Name = "\u001b[31mred\a";

    private readonly TestHost _host = new();

    public TerminalTests()
    {
        _host.Write("a.dts", "/dts-v1/; / { NAMEHERE0 { a = <1>; model = \"x\\x1b[2J\\x9by\"; }; };");
        Assert.Equal(0, _host.Dt("compile", "a.dts", "-o", "a.dtb"));
        byte[] blob = _host.Read("a.dtb");
        Encoding.ASCII.GetBytes(Name).CopyTo(blob.AsSpan(blob.AsSpan().IndexOf("NAMEHERE0"u8)));
        _host.Write("a.dtb", blob);
        _host.Write("b.dts", "/dts-v1/; / { };");
        Assert.Equal(0, _host.Dt("compile", "b.dts", "-o", "b.dtb"));
    }

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("print", "a.dtb")]
    [InlineData("print", "--format", "tree", "a.dtb")]
    [InlineData("print", "--format", "json", "a.dtb")]
    [InlineData("decompile", "-f", "a.dtb")]
    [InlineData("decompile", "-f", "--annotate", "a.dtb")]
    [InlineData("get", "a.dtb", "/**")]
    [InlineData("get", "-t", "raw", "a.dtb", "/**:model")]
    [InlineData("diff", "a.dtb", "b.dtb")]
    [InlineData("diff", "--format", "json", "b.dtb", "a.dtb")]
    [InlineData("overlay", "b.dtb", "a.dtb", "--explain", "-o", "out.dtb")]
    [InlineData("check", "a.dtb")]
    [InlineData("compile", "\u001b[2J.dts")]
    public void Case_25_No_control_character_of_an_input_reaches_a_terminal(params string[] args)
    {
        _host.OutputIsTerminal = true;
        _host.Dt(args);
        Assert.NotEqual("", _host.Output + _host.Error);
        Assert.DoesNotContain(_host.Output + _host.Error, c => char.IsControl(c) && c != '\n' && c != '\t');
    }

    [Fact]
    public void Case_25_A_file_called_so_by_a_line_marker_does_not_steer_a_terminal()
    {
        _host.Write("c.dts", "# 1 \"\u001b[2Jx.dts\"\n/dts-v1/; / { a = ; };");
        Assert.Equal(1, _host.Dt("compile", "c.dts", "-o", "c.dtb"));
        Assert.DoesNotContain('\u001b', _host.Error);
    }

    [Fact]
    public void Case_25_A_pipe_gets_what_the_blob_holds()
    {
        Assert.Equal(0, _host.Dt("print", "a.dtb"));
        Assert.Contains(Name + " {", _host.Output, StringComparison.Ordinal);
        _host.OutputIsTerminal = true;
        Assert.Equal(0, _host.Dt("print", "a.dtb"));
        Assert.Contains("\\x1b[31mred\\x07 {", _host.Output, StringComparison.Ordinal);
    }
}
