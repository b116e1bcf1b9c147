using System.Text;
using Devicetree.Flattened;

namespace Devicetree.Tool.Tests.Verbs;

public sealed class CompileVerbTests : IDisposable
{
    private const string Good = "/dts-v1/;\n/ { p = <1>; };\n";
    private const string Bad = "/dts-v1/;\n/ { p = <1> };\n";

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_source_with_includes_and_macros_becomes_a_blob()
    {
        _host.Write("inc/board.h", "#define ADDRESS 0x10\n");
        _host.Write("part.dtsi", "/ { q = <NUMBER>; };\n");
        _host.Write("bin.dat", [1, 2, 3]);
        _host.Write("a.dts", "/dts-v1/;\n#include <board.h>\n/ { p = <ADDRESS NUMBER>; b = /incbin/(\"bin.dat\"); };\n#include \"part.dtsi\"\n");

        Assert.Equal(0, _host.Dt("compile", "-I", "inc", "-DNUMBER=7", "-o", "a.dtb", "a.dts"));

        Assert.Equal("", _host.Error);
        Node root = Read("a.dtb").Root;
        Assert.Equal([0, 0, 0, 0x10, 0, 0, 0, 7], root.Property("p")!.Value.ToArray());
        Assert.Equal([0, 0, 0, 7], root.Property("q")!.Value.ToArray());
        Assert.Equal([1, 2, 3], root.Property("b")!.Value.ToArray());
    }

    [Fact]
    public void Definitions_count_in_the_order_of_the_command_line()
    {
        _host.Write("a.dts", "/dts-v1/;\n/ {\n#ifdef A\na;\n#endif\np = <B>; };\n");
        Assert.Equal(0, _host.Dt("compile", "-D", "A", "-U", "A", "-DB=1", "-UB", "--define", "B=2", "-o", "a.dtb", "a.dts"));
        Node root = Read("a.dtb").Root;
        Assert.Null(root.Property("a"));
        Assert.Equal([0, 0, 0, 2], root.Property("p")!.Value.ToArray());
    }

    [Fact]
    public void A_file_can_be_read_before_the_source()
    {
        _host.Write("first.h", "#define N 5\n");
        _host.Write("a.dts", "/dts-v1/;\n/ { p = <N>; };\n");
        foreach (string option in (string[])["-include", "--include"])
        {
            Assert.Equal(0, _host.Dt("compile", option, "first.h", "-o", "a.dtb", "a.dts"));
            Assert.Equal([0, 0, 0, 5], Read("a.dtb").Root.Property("p")!.Value.ToArray());
        }
    }

    [Fact]
    public void Without_the_preprocessor_its_directives_are_errors_and_their_names_are_names()
    {
        _host.Write("a.dts", "/dts-v1/;\n/ { __LINE__; };\n");
        Assert.Equal(0, _host.Dt("compile", "--no-cpp", "-o", "a.dtb", "a.dts"));
        Assert.NotNull(Read("a.dtb").Root.Property("__LINE__"));
        _host.Write("b.dts", "/dts-v1/;\n#define X 1\n/ { p = <X>; };\n");
        Assert.Equal(1, _host.Dt("compile", "--no-cpp", "-o", "b.dtb", "b.dts"));
        Assert.False(File.Exists(_host.PathOf("b.dtb")));
    }

    [Fact]
    public void The_standard_input_becomes_a_blob_on_the_standard_output()
    {
        _host.Input = Encoding.UTF8.GetBytes(Good);
        Assert.Equal(0, _host.Dt("compile"));
        Assert.True(FdtReader.TryRead(_host.OutputBytes, out Tree? tree, out _));
        Assert.NotNull(tree.Root.Property("p"));
    }

    [Fact]
    public void What_the_preprocessor_makes_can_be_seen()
    {
        _host.Write("b.h", "#define X 3\n");
        _host.Write("a.dts", "/dts-v1/;\n#include \"b.h\"\n/ { p = <X>; };\n");
        Assert.Equal(0, _host.Dt("compile", "--preprocess-only", "a.dts"));
        Assert.Contains("# 1 \"b.h\" 1\n", _host.Output, StringComparison.Ordinal);
        Assert.EndsWith("/ { p = <3>; };\n", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_the_tree_and_the_blob_are_those_of_dtc()
    {
        _host.Write("a.dts", "/dts-v1/;\n/ { z; a; l: n { }; };\n");
        Assert.Equal(0, _host.Dt("compile", "-@", "-A", "-s", "-b", "3", "-p", "16", "-a", "0x400", "-R", "2", "-o", "a.dtb",
            "a.dts"));
        byte[] blob = _host.Read("a.dtb");
        Assert.Equal(0x400, blob.Length);
        Tree tree = Read("a.dtb");
        Assert.Equal(3u, tree.BootCpu);
        Assert.Equal(["a", "z"], tree.Root.Properties.Select(property => property.Name));
        Assert.Equal("/n\0"u8, tree.Root.Child("__symbols__")!.Property("l")!.Value.Span);
        Assert.Equal("/n\0"u8, tree.Root.Child("aliases")!.Property("l")!.Value.Span);
        Assert.Equal(0, _host.Dt("compile", "-V", "16", "-S", "500", "-o", "b.dtb", "a.dts"));
        Assert.Equal(500, _host.Read("b.dtb").Length);
        Assert.Equal(16, _host.Read("b.dtb")[23]);
    }

    [Fact]
    public void A_blob_that_is_too_long_is_not_written()
    {
        _host.Write("a.dts", Good);
        Assert.Equal(1, _host.Dt("compile", "-S", "10", "-o", "a.dtb", "a.dts"));
        Assert.Contains("a.dts: error DT0021", _host.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_host.PathOf("a.dtb")));
    }

    [Fact]
    public void Many_sources_are_compiled_into_a_directory_and_a_bad_one_spoils_only_itself()
    {
        _host.Write("x/bad.dts", Bad);
        _host.Write("x/a.dts", Good);
        _host.Write("y/b.dtso", "/dts-v1/;\n/plugin/;\n&l { p; };\n");
        _host.Write("out/bad.dtb", "old");
        Assert.Equal(1, _host.Dt("compile", "--out-dir", "out", "x/bad.dts", "missing.dts", "x/a.dts", "y/b.dtso"));
        Assert.NotNull(Read("out/a.dtb").Root.Property("p"));
        Assert.NotNull(Read("out/b.dtbo").Root.Child("__fixups__"));
        Assert.Equal("old"u8, _host.Read("out/bad.dtb"));
        Assert.Equal(["a.dtb", "b.dtbo", "bad.dtb"], Directory.GetFiles(_host.PathOf("out")).Select(Path.GetFileName).Order());
        int bad = _host.Error.IndexOf("x/bad.dts:2:", StringComparison.Ordinal);
        Assert.InRange(bad, 0, _host.Error.IndexOf("missing.dts: error DT0001", StringComparison.Ordinal));
    }

    [Fact]
    public void Diagnostics_come_in_the_order_of_the_sources_however_many_threads_work()
    {
        string[] names = [.. Enumerable.Range(0, 60).Select(i => $"s{i}.dts")];
        foreach (string name in names)
            _host.Write(name, Bad);
        Assert.Equal(1, _host.Dt(["compile", "--out-dir", "out", .. names]));
        string[] reported = [.. _host.Error.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal))
            .Select(line => line.Split(':')[0])];
        Assert.Equal(names, reported);
    }

    [Fact]
    public void Sources_that_would_be_written_over_each_other_are_refused_before_anything_is_written()
    {
        _host.Write("x/a.dts", Good);
        _host.Write("y/a.dts", Good);
        Assert.Equal(1, _host.Dt("compile", "--out-dir", "out", "x/a.dts", "y/a.dts"));
        Assert.Contains("error DT0020", _host.Error, StringComparison.Ordinal);
        Assert.Contains("'x/a.dts' and 'y/a.dts'", _host.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_host.PathOf("out")));
        Assert.Equal(1, _host.Dt("compile", "-o", "./x/a.dts", "x/a.dts"));
        Assert.Contains("error DT0022", _host.Error, StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetBytes(Good), _host.Read("x/a.dts"));
    }

    [Fact]
    public void Dependencies_name_every_file_that_was_read_in_the_words_of_make()
    {
        _host.Write("a b.h", "#define X 1\n");
        _host.Write("c.dtsi", "/ { c = /incbin/(\"d$\"); };\n");
        _host.Write("d$", "d");
        _host.Write("a.dts", "/dts-v1/;\n#include \"a b.h\"\n#include \"a b.h\"\n/ { };\n/include/ \"c.dtsi\"\n");
        Assert.Equal(0, _host.Dt("compile", "-o", "a.dtb", "-d", "a.d", "a.dts"));
        Assert.Equal("a.dtb: a.dts a\\ b.h c.dtsi d$$\n"u8, _host.Read("a.d"));
        Assert.Equal(0, _host.Dt("compile", "--out-dir", "out", "--depfiles", "a.dts"));
        Assert.Equal("out/a.dtb: a.dts a\\ b.h c.dtsi d$$\n"u8, _host.Read("out/a.d"));
    }

    [Fact]
    public void Checks_can_be_switched_and_names_of_other_versions_are_known()
    {
        _host.Write("a.dts", "/dts-v1/;\n/ { n@1 { }; };\n");
        foreach (string option in (string[])["--dtc-checks", "-Wunit_address_vs_reg"])
        {
            Assert.Equal(0, _host.Dt("compile", option, "-o", "a.dtb", "a.dts"));
            Assert.Contains("a.dts:2:9: warning DTS117", _host.Error, StringComparison.Ordinal);
        }
        Assert.Equal(0, _host.Dt("compile", "-q", "--dtc-checks", "-o", "a.dtb", "a.dts"));
        Assert.Equal("", _host.Error);
        Assert.Equal(0, _host.Dt("compile", "--dtc-checks", "-Wno-unit_address_vs_reg", "-W", "no-graph_child_address", "-o",
            "a.dtb", "a.dts"));
        Assert.Equal("", _host.Error);
        Assert.Equal(1, _host.Dt("compile", "-E", "unit_address_vs_reg", "-o", "b.dtb", "a.dts"));
        Assert.False(File.Exists(_host.PathOf("b.dtb")));
        Assert.Equal(2, _host.Dt("compile", "-W", "nonsense", "-o", "b.dtb", "a.dts"));
        Assert.Contains("no check 'nonsense'", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Places_lead_through_includes_and_macros()
    {
        _host.Write("m.h", "#define NODE n { l; l; };\n");
        _host.Write("a.dts", "/dts-v1/;\n#include \"m.h\"\n/ { NODE };\n");
        Assert.Equal(1, _host.Dt("compile", "-o", "a.dtb", "a.dts"));
        Assert.Contains("a.dts:3:5: error", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_shows_its_progress_on_a_terminal_unless_it_is_to_be_quiet()
    {
        _host.Write("a.dts", Good);
        _host.Write("b.dts", Good);
        _host.Time = new LeapingClock();
        _host.ErrorIsTerminal = true;
        Assert.Equal(0, _host.Dt("compile", "--out-dir", "out", "a.dts", "b.dts"));
        Assert.Equal("\r\e[K1/2 a.dts\r\e[K2/2 b.dts\r\e[K", _host.Error);
        Assert.Equal(0, _host.Dt("compile", "--quiet", "--out-dir", "out", "a.dts", "b.dts"));
        Assert.Equal("", _host.Error);
    }

    [Fact]
    public void Reports_can_be_read_by_machines()
    {
        _host.Write("a.dts", Bad);
        Assert.Equal(1, _host.Dt("compile", "--format", "json", "-o", "a.dtb", "a.dts"));
        Assert.StartsWith("{", _host.Error, StringComparison.Ordinal);
        Assert.Contains("\"a.dts\"", _host.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.dts", "b.dts")]
    [InlineData("-o", "x", "--out-dir", "y", "a.dts")]
    [InlineData("--out-dir", "y")]
    [InlineData("-d", "x.d", "a.dts")]
    [InlineData("--depfiles", "-o", "x", "a.dts")]
    [InlineData("--no-cpp", "--preprocess-only", "a.dts")]
    [InlineData("--watch")]
    [InlineData("--symbol", "-o", "x", "a.dts")]
    [InlineData("-b", "x", "-o", "x", "a.dts")]
    [InlineData("-a", "7", "-o", "x", "a.dts")]
    [InlineData("-V", "5", "-o", "x", "a.dts")]
    [InlineData("-S", "300", "-p", "1", "-o", "x", "a.dts")]
    [InlineData("-p", "-1", "-o", "x", "a.dts")]
    [InlineData("-p", "0xffffffffff", "-o", "x", "a.dts")]
    public void Command_lines_that_contradict_themselves_are_refused(params string[] args)
    {
        _host.Write("a.dts", Good);
        _host.Write("b.dts", Good);
        Assert.Equal(2, _host.Dt(["compile", .. args]));
        Assert.Contains("dt compile --help", _host.Error, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(_host.Directory).Length);
    }

    [Fact]
    public void What_cannot_be_written_is_told_apart_from_what_is_wrong()
    {
        _host.Write("a.dts", Good);
        Assert.Equal(3, _host.Dt("compile", "-o", "no/such/directory/a.dtb", "a.dts"));
        Assert.Contains("cannot write no/such/directory/a.dtb", _host.Error, StringComparison.Ordinal);
        Assert.Equal(3, _host.Dt("compile", "-o", "b.dtb", "."));
        _host.Write("file", "");
        Assert.Equal(3, _host.Dt("compile", "--out-dir", "file", "a.dts"));
    }

    private Tree Read(string name)
    {
        Assert.True(FdtReader.TryRead(_host.Read(name), out Tree? tree, out FdtError? error), error?.ToString());
        return tree;
    }
}
