namespace Devicetree.Tool.Tests.Verbs;

/// <summary>What <c>dt compile</c> says of the slips that people make most: each at its place, with what to do.</summary>
public sealed class WrittenWrongTests : IDisposable
{
    private const string EndStatement = "End the statement with ';'.";
    private const string DefineMacro = "If it is a macro, include the file that defines it.";
    private const string MoveUp = "Move it before the first child of its node.";
    private const string Rename = "Rename one of the two.";

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Case_10_Every_word_that_no_macro_defines_is_named() => AssertErrors(
        "/dts-v1/;\n/ {\n\tgpios = <1 18 GPIO_LOW>;\n\tmux = <1 2 PIN(3, 4)>;\n};\n",
        $"a.dts:3:16 DTS007 {DefineMacro}",
        $"a.dts:4:13 DTS007 {DefineMacro}");

    [Fact]
    public void Case_14_A_fault_in_an_included_file_has_its_place_there_and_the_chain_of_includes()
    {
        _host.Write("board.dtsi", "#include \"soc.dtsi\"\n");
        _host.Write("soc.dtsi", "/ {\n\tuart {\n\t\tspeed = <1>\n\t\tmode = <2>;\n\t};\n};\n");
        AssertErrors("/dts-v1/;\n#include \"board.dtsi\"\n/ { };\n", $"soc.dtsi:3:14 DTS001 {EndStatement}");
        Assert.Contains("expected ';', found 'mode'", _host.Error, StringComparison.Ordinal);
        Assert.Contains(
            "    board.dtsi:1:1: included from here\n    a.dts:2:1: included from here\n", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_37_A_missing_semicolon_is_shown_behind_what_it_is_to_end()
    {
        AssertErrors("/dts-v1/;\n/ { u: u { }; };\n&u {\n\ton;\n}\n\n&u { };\n", $"a.dts:5:2 DTS001 {EndStatement}");
        AssertErrors(
            "/dts-v1/;\n/ {\n\ta {\n\t}\n\tb: b {\n\t\tlabel = \"open;\n\t};\n};\n",
            $"a.dts:4:3 DTS001 {EndStatement}",
            "a.dts:6:11 DTS002 Close it with '\"'; a backslash cannot stand at the end of a line.");
        AssertErrors(
            "/dts-v1/;\n/ {\n\ta {\n\t\tb {\n\t\t\tx;\n\t};\n};\n",
            "a.dts:8:1 DTS001 A node above is not closed: look for the one after which the indentation goes wrong, "
            + "and end it with '};'.");
    }

    [Fact]
    public void Case_38_A_brace_too_many_is_one_finding() => AssertErrors(
        "/dts-v1/;\n/ {\n\tsoc {{\n\t\tx;\n\t};\n};\n",
        "a.dts:3:7 DTS001 Remove the extra '{', or write the name of a node before it.");

    [Fact]
    public void Case_39_A_backslash_before_a_directive_is_named() => AssertErrors(
        "/dts-v1/;\n\\#include \"x.dtsi\"\n/ { };\n",
        "a.dts:2:1 DTS001 Remove the backslash: with it, '#include' is no directive.");

    [Fact]
    public void Case_40_Every_property_behind_a_child_has_a_finding() => AssertErrors(
        "/dts-v1/;\n/ {\n\tchild { };\n\tmodel = \"late\";\n\t/delete-property/ other;\n};\n",
        $"a.dts:4:2 DTS012 {MoveUp}",
        $"a.dts:5:2 DTS012 {MoveUp}");

    [Fact]
    public void Case_44_A_label_that_stands_twice_is_shown_at_both_places()
    {
        AssertErrors(
            "/dts-v1/;\n/ {\n\tone: a { };\n\tone: b { };\n\ttwo: c { q = two: \"x\"; };\n};\n",
            $"a.dts:4:2 DTS037 {Rename}",
            $"a.dts:5:15 DTS037 {Rename}");
        Assert.Contains("    a.dts:3:2: first used here\n", _host.Error, StringComparison.Ordinal);
        Assert.Contains("    a.dts:5:2: first used here\n", _host.Error, StringComparison.Ordinal);
    }

    /// <summary>Holds all errors of a source: file, line, column, rule, remedy.</summary>
    private void AssertErrors(string source, params string[] expected)
    {
        _host.Write("a.dts", source);
        Assert.Equal(1, _host.Dt("compile", "a.dts", "-o", "a.dtb"));
        Assert.False(File.Exists(_host.PathOf("a.dtb")));
        string[] lines = _host.Error.Split('\n');
        string[] said = [.. Enumerable.Range(0, lines.Length)
            .Where(at => lines[at].Contains(": error DTS", StringComparison.Ordinal))
            .Select(at => string.Join(' ', Place(lines[at]), lines.Skip(at).First(IsHelp)["    help: ".Length..]))];
        Assert.Equal(expected, said);

        static bool IsHelp(string line) => line.StartsWith("    help: ", StringComparison.Ordinal);

        static string Place(string line) =>
            line[..line.IndexOf(": ", line.IndexOf("error", StringComparison.Ordinal), StringComparison.Ordinal)]
                .Replace(": error", "", StringComparison.Ordinal);
    }
}
