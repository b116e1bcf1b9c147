using Devicetree.Tool.Tests.DropIns;

namespace Devicetree.Tool.Tests.Verbs;

/// <summary>What every verb that prints findings does with them: baselines, <c>--fail-on</c>, <c>-q</c>.</summary>
public sealed class FindingOptionTests : IDisposable
{
    /// <summary>A source with one warning, about a node.</summary>
    private const string Odd = "/dts-v1/;\n/ { #address-cells = <1>; #size-cells = <1>; thing@10 { reg = <0x10>; }; };\n";

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Case_72_a_baseline_of_dt_compile_survives_shifted_lines_and_changed_words()
    {
        _host.Write("boards/a.dts", Odd);
        Assert.Equal(0, _host.Dt("compile", "-o", "a.dtb", "--write-baseline", "known.txt", "boards/a.dts"));
        Assert.Equal("dt: 1 findings are in known.txt now\n", _host.Error);
        Assert.Equal("# dt baseline 2\n1\tDTS114\tboards/a.dts\t/thing@10\treg\n",
            System.Text.Encoding.UTF8.GetString(_host.Read("known.txt")));
        // Other lines, and other words: the length is part of the message.
        _host.Write("boards/a.dts", "// One.\n\n" + Odd.Replace("<0x10>", "<0x10 1 2>", StringComparison.Ordinal));
        Assert.Equal(0, _host.Dt("compile", "-o", "a.dtb", "--baseline", "known.txt", "--fail-on", "warning", "boards/a.dts"));
        Assert.Equal("dt: 1 known findings left out\n", _host.Error);
        _host.Write("boards/a.dts", Odd.Replace("thing@10 {", "other@10 { reg = <0x10>; }; thing@10 {",
            StringComparison.Ordinal));
        Assert.Equal(1, _host.Dt("compile", "-o", "a.dtb", "--baseline", "known.txt", "--fail-on", "warning",
            "./boards/../boards/a.dts"));
        Assert.Contains("/other@10", _host.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("/thing@10:reg", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_of_a_source_are_reported_whatever_a_baseline_says()
    {
        _host.Write("a.dts", "/dts-v1/;\n/ { a = <&nowhere>; };\n");
        Assert.Equal(1, _host.Dt("compile", "-o", "a.dtb", "--write-baseline", "known.txt", "a.dts"));
        Assert.Contains("DTS031", _host.Error, StringComparison.Ordinal);
        Assert.Equal(1, _host.Dt("compile", "-o", "a.dtb", "--baseline", "known.txt", "a.dts"));
        Assert.Contains("DTS031", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_of_dt_check_holds_the_warnings_of_sources_too()
    {
        AcmeBindings.Write(_host);
        _host.Write("a.dts", Odd.Replace("{ reg", "{ compatible = \"acme,thing\"; wrong; reg", StringComparison.Ordinal));
        Assert.Equal(0, _host.Dt("check", "-s", "bindings", "--write-baseline", "known.txt", "a.dts"));
        string known = System.Text.Encoding.UTF8.GetString(_host.Read("known.txt"));
        Assert.Contains("1\tBND002\ta.dts\t/thing@10\twrong\n", known, StringComparison.Ordinal);
        Assert.Contains("1\tDTS114\ta.dts\t/thing@10\treg\n", known, StringComparison.Ordinal);
        Assert.Equal(0, _host.Dt("check", "-s", "bindings", "--fail-on", "warning", "--baseline", "known.txt", "a.dts"));
        Assert.Equal("", _host.Output);
    }

    [Fact]
    public void A_baseline_of_dt_schema_check_lets_new_findings_through()
    {
        AcmeBindings.Write(_host);
        string[] check = ["schema", "check", "--no-examples", "--core-schemas", "core"];
        Assert.Equal(0, _host.Dt([.. check, "--write-baseline", "known.txt", "bindings"]));
        Assert.Equal(0, _host.Dt([.. check, "--fail-on", "warning", "--baseline", "known.txt", "bindings"]));
        Assert.Equal("", _host.Output);
        _host.Write("bindings/new.yaml", "%YAML 1.2\n---\n$id: http://devicetree.org/schemas/new.yaml#\n\n\n\n\n\ntitle:   x\n");
        Assert.Equal(1, _host.Dt([.. check, "--fail-on", "warning", "--baseline", "known.txt", "bindings"]));
        Assert.DoesNotContain("acme", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Baselines_name_files_from_the_root_of_the_repository()
    {
        Directory.CreateDirectory(_host.PathOf(".git"));
        _host.Write("boards/a.dts", Odd);
        Assert.Equal(0, _host.Dt("compile", "-o", "a.dtb", "--write-baseline", "known.txt", _host.PathOf("boards/a.dts")));
        Assert.Contains("\tboards/a.dts\t", System.Text.Encoding.UTF8.GetString(_host.Read("known.txt")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_of_an_earlier_program_is_read()
    {
        _host.Write("a.dts", Odd);
        _host.Write("known.txt", "# dt check baseline 1\n1\tDTS114\t./x/../a.dts\t/thing@10\treg\twords that no longer count\n");
        Assert.Equal(0, _host.Dt("compile", "-o", "a.dtb", "--baseline", "known.txt", "--fail-on", "warning", "a.dts"));
        Assert.Equal("dt: 1 known findings left out\n", _host.Error);
    }

    [Theory]
    [InlineData("# dt baseline 3\n", 1)]
    [InlineData("", 1)]
    [InlineData("# dt baseline 2\n1\tDTS114\ta.dts\t/thing@10\treg\twords\n", 2)]
    [InlineData("# dt baseline 2\n\n0\tDTS114\ta.dts\t/thing@10\treg\n", 3)]
    public void A_file_that_is_no_baseline_is_refused_with_what_to_do(string text, int line)
    {
        _host.Write("a.dts", Odd);
        _host.Write("known.txt", text);
        Assert.Equal(1, _host.Dt("compile", "-o", "a.dtb", "--baseline", "known.txt", "a.dts"));
        Assert.Contains($"known.txt:{line}:1: error DT0012: line {line} of the baseline cannot be read", _host.Error,
            StringComparison.Ordinal);
        Assert.Contains("help: Write it again with --write-baseline.", _host.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_host.PathOf("a.dtb")));
    }

    [Fact]
    public void A_run_that_comes_to_no_input_leaves_the_baseline_alone()
    {
        _host.Write("known.txt", "old");
        Assert.Equal(1, _host.Dt("check", "-s", "nowhere", "--write-baseline", "known.txt", "a.dts"));
        Assert.Equal("old", System.Text.Encoding.UTF8.GetString(_host.Read("known.txt")));
    }

    /// <summary>Command lines that meet one warning and nothing worse.</summary>
    public static TheoryData<string> Warned =>
    [
        "compile -o out.dtb a.dts", "check --core-schemas core a.dts", "overlay cut.dtb o.dts -o out.dtb",
        "decompile cut.dtb -o out.dts", "get cut.dtb /:a",
        "print cut.dtb", "diff cut.dtb cut.dtb", "schema check --no-examples Documentation/devicetree/bindings/long.yaml",
    ];

    [Theory, MemberData(nameof(Warned))]
    public void Every_verb_fails_by_a_warning_when_asked_and_writes_its_result_all_the_same(string line)
    {
        Prepare();
        string[] words = line.Split(' ');
        Assert.Equal(0, _host.Dt(words));
        Assert.Contains("warning", _host.Output + _host.Error, StringComparison.Ordinal);
        string output = _host.Output;
        Assert.Equal(1, _host.Dt([.. words, "--fail-on", "warning"]));
        Assert.Equal(output, _host.Output);
        Assert.Equal(0, _host.Dt([.. words, "--fail-on", "error"]));
        Assert.Equal(2, _host.Dt([.. words, "--fail-on", "note"]));
        if (words.SkipWhile(word => word != "-o").Skip(1).FirstOrDefault() is string written)
            Assert.True(File.Exists(_host.PathOf(written)));
    }

    [Theory, MemberData(nameof(Warned))]
    public void A_quiet_verb_prints_no_warning_and_ends_as_it_would(string line)
    {
        Prepare();
        string[] words = line.Split(' ');
        Assert.Equal(0, _host.Dt([.. words, "-q"]));
        Assert.DoesNotContain("warning", _host.Output + _host.Error, StringComparison.Ordinal);
        Assert.Equal(1, _host.Dt([.. words, "-q", "--fail-on", "warning"]));
        Assert.DoesNotContain("warning", _host.Output + _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quiet_verb_prints_errors()
    {
        _host.Write("bad.dts", "/dts-v1/;\n/ { a = <1> };\n");
        foreach (string line in (string[])["compile -q -o out.dtb bad.dts", "check -q bad.dts", "print -q bad.dts",
            "format -q --check bad.dts"])
        {
            Assert.Equal(1, _host.Dt(line.Split(' ')));
            Assert.Contains(": error ", _host.Output + _host.Error, StringComparison.Ordinal);
        }
    }

    private void Prepare()
    {
        AcmeBindings.Write(_host);
        _host.Variables.Clear();
        _host.Write("a.dts", Odd);
        _host.Write("o.dts", "/dts-v1/;\n/plugin/;\n&{/} { a; };\n");
        _host.Write("good.dts", "/dts-v1/;\n/ { a; };\n");
        Assert.Equal(0, _host.Dt("compile", "-o", "good.dtb", "good.dts"));
        _host.Write("cut.dtb", [.. _host.Read("good.dtb"), 1, 2, 3, 4]);
        _host.Write("Documentation/devicetree/bindings/long.yaml", Binding);
    }

    /// <summary>With one finding of style.</summary>
    private const string Binding =
        """
        # SPDX-License-Identifier: GPL-2.0-only
        %YAML 1.2
        ---
        $id: http://devicetree.org/schemas/long.yaml#
        $schema: http://devicetree.org/meta-schemas/core.yaml#

        title: A thing

        description: A text in one line that is longer than the style of the kernel allows, as everyone sees who counts its characters

        maintainers:
          - Someone <someone@example.org>

        properties:
          compatible:
            const: acme,long

        additionalProperties: false

        """;
}
