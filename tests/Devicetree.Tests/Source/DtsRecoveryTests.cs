using Devicetree.Compilation;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Source;

public class DtsRecoveryTests
{
    [Fact]
    public void Every_error_of_a_file_is_found_in_one_pass() =>
        Assert.Equal(
            ["3:6 DTS004", "4:5 DTS001", "6:8 DTS001", "8:13 DTS017", "9:1 DTS012", "11:2 DTS030", "12:1 DTS001"],
            Dts.Errors("""
                / {
                p = <08>;
                q = ;
                n {
                r = <1 +>;
                };
                m { s = <(1 / 0)>; };
                t;
                };
                 &nobody { };
                what;
                / { };
                """));

    [Fact]
    public void A_missing_semicolon_is_reported_where_it_belongs_and_costs_nothing_else()
    {
        Assert.Equal(["2:12 DTS001", "3:16 DTS001", "4:2 DTS001"], Dts.Errors("/ { p = <1>\n q = <2>; n { }\n}\n/ { r; };"));
        Assert.Equal(["2:12 DTS001"], Dts.Errors("/ { p = <1> };"));
        Assert.Equal(["2:6 DTS001"], Dts.Errors("/ { p };"));
        Assert.Equal(["2:12 DTS001", "3:10 DTS004"], Dts.Errors("/ { p = <1>\n 1abc = <09>; };").Distinct().ToArray());
    }

    [Fact]
    public void An_open_body_is_reported_once_at_the_end() =>
        Assert.Equal(["3:1 DTS001"], Dts.Errors("/ { a { b { c {\n"));

    [Fact]
    public void Closing_too_often_is_reported_once_each() =>
        Assert.Equal(["2:8 DTS001", "2:11 DTS001"], Dts.Errors("/ { }; }; };"));

    [Fact]
    public void After_a_syntax_error_no_reference_is_called_missing() =>
        Assert.Equal(["2:7 DTS001"], Dts.Errors("/ { x ? l: n { }; p = <&l>; };"));

    [Fact]
    public void Names_and_duplicates_are_checked_even_after_a_syntax_error() =>
        Assert.Equal(["2:10 DTS001", "2:17 DTS033"], Dts.Errors("/ { p = <?>; a; a; };").Order(StringComparer.Ordinal).ToArray());

    [Fact]
    public void Nodes_can_nest_only_so_deep_in_one_body_and_by_merging()
    {
        string Nested(int depth) =>
            string.Concat(Enumerable.Repeat("n { ", depth)) + string.Concat(Enumerable.Repeat("}; ", depth));

        Dts.Compile($"/ {{ {Nested(255)} }};");
        Assert.EndsWith("DTS013", Assert.Single(Dts.Errors($"/ {{ {Nested(256)} }};")), StringComparison.Ordinal);
        Assert.EndsWith("DTS013", Assert.Single(Dts.Errors($"/ {{ {Nested(100_000)} }};")), StringComparison.Ordinal);
        string merged = "/ { l0: n { }; }; "
            + string.Concat(Enumerable.Range(0, 300).Select(
                i => $"&l{i} {{ {Nested(100)[..^300]} l{i + 1}: m {{ }}; {string.Concat(Enumerable.Repeat("}; ", 100))} }}; "));
        Assert.EndsWith("DTS013", Assert.Single(Dts.Errors(merged)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_diagnostic_says_what_and_where_and_what_to_do()
    {
        var diagnostics = new DiagnosticBag();
        DtsParser.Parse(new SourceText("board.dts", "/dts-v1/;\n/ {\n\tl: a { };\n\tl: b { };\n};\n"), diagnostics);

        Assert.Equal(
            """
            board.dts:4:2: error DTS037: label 'l' is already in use
            board.dts:3:2: note: first used here
                Rename one of the two.
            """,
            Assert.Single(diagnostics.Items).Render());
    }

    [Fact]
    public void A_million_errors_are_counted_and_ten_thousand_kept()
    {
        var diagnostics = new DiagnosticBag();

        Assert.Null(DtsParser.Parse(
            new SourceText("t.dts", "/dts-v1/; / { " + string.Concat(Enumerable.Repeat("! ;", 1_000_000)) + "};"), diagnostics));

        Assert.Equal(10_000, diagnostics.Items.Count);
        Assert.Equal(1_000_000, diagnostics.ErrorCount);
        Assert.Equal((0, 990_000), (diagnostics.Dropped, diagnostics.DroppedErrors));
    }

    [Fact]
    public void Errors_of_an_earlier_source_do_not_refuse_this_one()
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(DtsParser.Parse(new SourceText("a.dts", ""), diagnostics));
        Assert.NotNull(DtsParser.Parse(new SourceText("b.dts", "/dts-v1/; / { };"), diagnostics));
    }
}
