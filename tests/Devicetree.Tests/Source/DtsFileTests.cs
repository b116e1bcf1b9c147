using Devicetree.Compilation;
using Devicetree.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Source;

public class DtsFileTests
{
    private readonly MemoryFiles _files = [];

    [Fact]
    public void Files_are_included_anywhere_even_inside_a_value()
    {
        _files.Add("body", "a; n { /include/ \"more\" };");
        _files.Add("more", "b = /include/ \"value\";");
        _files.Add("value", "<1>, \"x\"");

        Tree tree = Dts.Compile("/ { /include/ \"body\" };", new() { Files = _files });

        Assert.Equal("a n(b)", Dts.Shape(tree.Root));
        Assert.Equal("000000017800", Dts.Hex(tree.Find("/n")!.Property("b")!));
    }

    [Fact]
    public void An_included_file_may_repeat_the_version()
    {
        _files.Add("soc.dtsi", "/dts-v1/;\n/ { a; };\n");

        Assert.Equal("a b", Dts.Shape(Dts.CompileFile("/dts-v1/;\n/include/ \"soc.dtsi\"\n/ { b; };",
            new() { Files = _files }).Root));
    }

    [Fact]
    public void An_error_in_an_included_file_is_reported_with_its_name()
    {
        _files.Add("inner.dtsi", "\n  p = <08>;");
        var diagnostics = new DiagnosticBag();

        Assert.Null(DtsParser.Parse(
            new SourceText("outer.dts", "/dts-v1/; / { /include/ \"inner.dtsi\" };"), diagnostics, new() { Files = _files }));

        Assert.StartsWith("inner.dtsi:2:8: error DTS004: '08'", Assert.Single(diagnostics.Items).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_files_including_is_a_diagnostic() =>
        Assert.Equal(["2:15 DTS018"], Dts.Errors("/ { /include/ \"f\" };"));

    [Fact]
    public void A_file_that_includes_itself_is_stopped_once()
    {
        _files.Add("f", "/include/ \"f\" /include/ \"f\"");

        Assert.EndsWith("DTS019", Assert.Single(Dts.Errors("/ { /include/ \"f\" };", new() { Files = _files })),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_double_at_each_level_are_stopped_by_their_size()
    {
        for (int i = 0; i < 60; i++)
            _files.Add($"f{i}", $"/include/ \"f{i + 1}\" /include/ \"f{i + 1}\"");
        _files.Add("f60", "");

        Assert.Contains(
            Dts.Errors("/ { /include/ \"f0\" };", new() { Files = _files, MaxSourceBytes = 100_000 }),
            error => error.EndsWith("DTS018", StringComparison.Ordinal));
    }

    [Theory] // Case 49.
    [InlineData("/incbin/(\"f\")", "30313233343536373839")]
    [InlineData("/incbin/(\"f\", 8, 100)", "3839")]
    [InlineData("/incbin/(\"f\", (2 * 2), 3)", "343536")]
    [InlineData("/incbin/(\"f\", 100, 1)", "")]
    [InlineData("/incbin/(\"f\\0g\", 0, 1), [ff]", "30ff")]
    public void Binary_files_are_values(string value, string expected)
    {
        _files.Add("f", "0123456789");

        Assert.Equal(expected, Dts.Hex(Dts.Compile($"/ {{ p = {value}; }};",
            new() { Files = _files, Strict = false }).Root.Property("p")!));
    }

    [Fact]
    public void A_binary_file_used_very_often_is_stopped_by_the_size_of_all_values()
    {
        _files.Add("f", new byte[1_000_000]);

        Assert.Contains(
            Dts.Errors("/ { p = " + string.Join(',', Enumerable.Repeat("/incbin/(\"f\")", 10_000)) + "; };",
                new() { Files = _files }),
            error => error.EndsWith("DTS020", StringComparison.Ordinal));
    }

    [Fact]
    public void A_long_path_used_very_often_is_stopped_too()
    {
        string name = new('n', 100_000);
        var options = new DtsParserOptions { GenerateSymbols = true, MaxValueBytes = 10_000_000 };

        foreach (string text in new[]
        {
            $"/dts-v1/; / {{ p = {string.Join(',', Enumerable.Repeat("&l", 100_000))}; l: {name} {{ }}; }};",
            $"/dts-v1/; /plugin/; / {{ l: {name} {{ p = <{string.Concat(Enumerable.Repeat("&x ", 100_000))}>; }}; }};",
            $"/dts-v1/; / {{ {string.Concat(Enumerable.Range(0, 100_000).Select(i => $"l{i}: "))} {name} {{ }}; }};",
        })
        {
            Assert.Contains(Dts.ErrorsOfFile(text, options), error => error.EndsWith("DTS020", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_source_over_the_limit_is_refused() =>
        Assert.Equal(["1:1 DTS020"], Dts.ErrorsOfFile("/dts-v1/; / { };", new() { MaxSourceBytes = 10 })[..1]);

    [Fact]
    public void Files_on_disk_are_found_beside_the_including_one_and_then_in_the_search_directories()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("devicetree-");
        try
        {
            string boards = directory.CreateSubdirectory("boards").FullName;
            string common = directory.CreateSubdirectory("common").FullName;
            File.WriteAllText(Path.Combine(boards, "soc.dtsi"), "/ { beside; };");
            File.WriteAllText(Path.Combine(common, "soc.dtsi"), "/ { searched; };");
            File.WriteAllText(Path.Combine(common, "other.dtsi"), "/ { other; };");
            string board = Path.Combine(boards, "board.dts");
            var files = new DiskSourceFiles(common);
            var source = new SourceText(board, "/dts-v1/; /include/ \"soc.dtsi\" /include/ \"other.dtsi\"");

            Assert.Equal("beside other", Dts.Shape(DtsParser.Parse(source, new DiagnosticBag(), new() { Files = files })!.Root));
            Assert.False(files.TryRead("missing", board, 10, out _, out string? reason));
            Assert.Equal("there is no such file", reason);
            Assert.False(files.TryRead("soc.dtsi", board, 5, out _, out reason));
            Assert.Contains("5 bytes", reason, StringComparison.Ordinal);
            Assert.False(files.TryRead("a\0b", board, 10, out _, out _));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void Line_markers_of_a_preprocessor_tell_where_the_text_came_from() // Case 47.
    {
        var diagnostics = new DiagnosticBag();
        const string Text = """
            # 1 "board.dts"
            /dts-v1/;
            # 10 "bar.dtsi" 1 3
            / { p = <08>; };
            #line 5 "board.dts"

            / { q = <09>; };

            """;

        Assert.Null(DtsParser.Parse(new SourceText("out.tmp", Text), diagnostics));

        Assert.Equal(["bar.dtsi:10:10", "board.dts:6:10"], diagnostics.Items.Select(item => $"{item.Span.Location}"));
    }

    [Theory]
    [InlineData("/ { };\n # 1 \"x\"\n/ { };")]
    [InlineData("/ { };\n#10 \"x\"\n/ { };")]
    [InlineData("/ { };\n# 10\n/ { };")]
    public void A_line_that_is_not_quite_a_marker_is_an_error(string text) =>
        Assert.Contains("DTS001", Dts.Errors(text)[0], StringComparison.Ordinal);

    [Fact]
    public void Properties_in_the_first_column_may_start_with_a_number_sign() =>
        Assert.Equal("#address-cells #size-cells",
        Dts.Shape(Dts.Compile("/ {\n#address-cells = <1>;\n#size-cells = <1>;\n};").Root));
}
