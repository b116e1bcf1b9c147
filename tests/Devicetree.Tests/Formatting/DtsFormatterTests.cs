using Devicetree.Formatting;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Formatting;

public class DtsFormatterTests
{
    /// <summary>What goes in and what comes out. Tabs are written as <c>→</c>.</summary>
    public static TheoryData<string, string, string> Layouts => new()
    {
        { "one statement a line", "/ { a=<1>;b; };", "/ {\n→a = <1>;\n→b;\n};\n" },
        { "a blank line around nodes", "/ {\na;\nn { x; };\nm { y; };\n};",
            "/ {\n→a;\n\n→n {\n→→x;\n→};\n\n→m {\n→→y;\n→};\n};\n" },
        { "an empty body stays on its line", "/ {\nn   {  } ;\n};", "/ {\n→n { };\n};\n" },
        { "labels have a blank behind them", "/ { a:b:  n{x;}; };", "/ {\n→a: b: n {\n→→x;\n→};\n};\n" },
        { "values have single blanks", "/ { p = < 1  2 > ,\"x\" , [ 00  11 ] ; };",
            "/ {\n→p = <1 2>, \"x\", [00  11];\n};\n".Replace("00  11", "00 11", StringComparison.Ordinal) },
        { "a broken value stays broken, below the first", "/ { p = <1>,\n<2>,\n<3>; };",
            "/ {\n→p = <1>,\n→    <2>,\n→    <3>;\n};\n" },
        { "a value on its own line hangs", "/ { p =\n<1>,\n<2>; };", "/ {\n→p =\n→→<1>,\n→→<2>;\n};\n" },
        { "the rows of a table keep their gaps", "/ { p = <\nA→1\nBB  2\n>; };", "/ {\n→p = <\n→→A→1\n→→BB  2\n→>;\n};\n" },
        { "blank lines come singly", "/ {\n\n\na;\n\n\n\nb;\n\n};", "/ {\n→a;\n\n→b;\n};\n" },
        { "a comment stays before what it explains", "/ {\na;\n/* about n */\nn { x; }; };",
            "/ {\n→a;\n\n→/* about n */\n→n {\n→→x;\n→};\n};\n" },
        { "a comment behind something stays there", "/ { a; // first\nb; /* second */ };",
            "/ {\n→a; // first\n→b; /* second */\n};\n" },
        { "a long comment moves as a block", "/ {\n  /*\n   * one\n   *   two\n   */\na; };",
            "/ {\n→/*\n→ * one\n→ *   two\n→ */\n→a;\n};\n" },
        { "directives stand in the first column", "/ {\n#ifdef A\na;\n#else\n  #include <b>\n#endif\n};",
            "/ {\n#ifdef A\n→a;\n#else\n#include <b>\n#endif\n};\n" },
        { "a property that looks like a directive is none", "/ {\n#address-cells=<1>;\n#if-cells = <0>;\n};",
            "/ {\n→#address-cells = <1>;\n→#if-cells = <0>;\n};\n" },
        { "both branches of a condition may open a node", "/ {\n#if A\nn {\n#else\nm {\n#endif\nx;\n};\n};",
            "/ {\n#if A\n→n {\n#else\n→m {\n#endif\n→→x;\n→};\n};\n" },
        { "a definition over several lines is left alone", "#define A(x) \\\n   x { \\\n }\n/ { };",
            "#define A(x) \\\n   x { \\\n }\n/ { };\n" },
        { "a macro may stand for a statement", "/ {\nNODES(1, 2)\na;\n};", "/ {\n→NODES(1, 2)\n→a;\n};\n" },
        { "expressions keep what joins and parts them", "/ { p = <(1<<A) (A -1) N-1>; };",
            "/ {\n→p = <(1<<A) (A -1) N-1>;\n};\n" },
        { "path references and keywords are words", "&{/soc/n@1} { /delete-property/  a; p = /bits/ 8 <1>; };",
            "&{/soc/n@1} {\n→/delete-property/ a;\n→p = /bits/ 8 <1>;\n};\n" },
        { "carriage returns and a byte order mark go", "\uFEFF/ {\r\na;\r\n};\r\n", "/ {\n→a;\n};\n" },
        { "strings are left alone", "/ { p = \"a  b;{\", \"\\\"//\"; };", "/ {\n→p = \"a  b;{\", \"\\\"//\";\n};\n" },
        { "a directive inside a value keeps its place", "/ {\np = <1>,\n#ifdef A\n<2>,\n#endif\n<3>;\n};",
            "/ {\n→p = <1>,\n#ifdef A\n→    <2>,\n#endif\n→    <3>;\n};\n" },
        {
            "a value that is too wide is broken after commas", "/ { p = \"" + new string('a', 50) + "\", \""
                + new string('b', 50) + "\"; };",
            "/ {\n→p = \"" + new string('a', 50) + "\",\n→    \"" + new string('b', 50) + "\";\n};\n"
        },
    };

    [Theory, MemberData(nameof(Layouts))]
    public void Layout_is_as_the_kernel_does_it_and_stays_when_repeated(string rule, string text, string expected)
    {
        expected = expected.Replace('→', '\t');
        string once = Format(text.Replace('→', '\t'));
        Assert.Equal(expected, once);
        Assert.True(once == Format(once), rule);
    }

    [Theory]
    [InlineData("/ {\n/* dts-format off */\n  map = <0 0   1>,   /* A */\n        <2 0 333>;\n/* dts-format on */\na=<1>;\n};\n",
        "/ {\n/* dts-format off */\n  map = <0 0   1>,   /* A */\n        <2 0 333>;\n/* dts-format on */\n→a = <1>;\n};\n")]
    [InlineData("/ {\nb=<1>;\n\n// dts-format off\n  n   {\n x=<1>;\n// dts-format on\ny=<1>;\n};\n};\n",
        "/ {\n→b = <1>;\n\n// dts-format off\n  n   {\n x=<1>;\n// dts-format on\n→→y = <1>;\n→};\n};\n")]
    [InlineData("/ {\np = < /* dts-format off */\n 1    2\n   3  4\n /* dts-format on */\n >;\nq=<1>;\n};\n",
        "/ {\np = < /* dts-format off */\n 1    2\n   3  4\n /* dts-format on */\n >;\n→q = <1>;\n};\n")]
    [InlineData("/ {\na;\n/* dts-format off */\n b  ;\n};\n", "/ {\n→a;\n/* dts-format off */\n b  ;\n};\n")]
    [InlineData("/ {\na; // dts-format off\n b  ;\n// dts-format on\nc  ;\n};\n",
        "/ {\n→a; // dts-format off\n b  ;\n// dts-format on\n→c;\n};\n")]
    [InlineData("/ { p = <0 0   1>,   /* A */\n<1 0  22>,\n  <2 0 333>; };\n",
        "/ {\n→p = <0 0   1>,   /* A */\n→    <1 0  22>,\n→    <2 0 333>;\n};\n")]
    [InlineData("/ { p = <&a   1>,\n<&bcd 2>; };\n", "/ {\n→p = <&a   1>,\n→    <&bcd 2>;\n};\n")]
    [InlineData("/ { p = <0  0 1>,\n<1 0  22>; };\n", "/ {\n→p = <0 0 1>,\n→    <1 0 22>;\n};\n")]
    public void Case_63_What_its_author_has_aligned_and_what_stands_between_markers_stays(string text, string expected)
    {
        string once = Format(text.Replace('→', '\t'));
        Assert.Equal(expected.Replace('→', '\t'), once);
        Assert.Equal(once, Format(once));
    }

    [Fact]
    public void Case_62_Comments_behind_includes_and_directives_in_nodes_stay_where_they_are()
    {
        string text = string.Join('\n',
            "/dts-v1/;", "#include \"x.h\" /* levels */", "#include \"x.h\" // again", "#ifdef LEVEL // yes",
            "#endif /* LEVEL */", "", "/ {",
            "#include \"part.dtsi\"", "#if LEVEL > 5", "\thigh = <LEVEL>;", "#else", "\tlow = <LEVEL>;", "#endif",
            "\t#address-cells = <1>;",
            "#define INNER 3", "\tinner = <INNER>;", "};", "");
        Assert.Equal(text, Format(text));
    }

    [Fact]
    public void Case_64_Headers_reservations_and_comments_are_kept_and_a_last_line_without_an_end_gets_one()
    {
        const string Text = "/* head */\n/dts-v1/;\n/plugin/;\n/memreserve/ 0x1000 0x10;\n#include \"x.h\"\n// a line\n"
            + "&i2c0 {status=\"okay\";#size-cells=<0>;\n  label: dev@1 { reg=<1>; };\n};\n// no newline";
        const string Expected = "/* head */\n/dts-v1/;\n/plugin/;\n/memreserve/ 0x1000 0x10;\n#include \"x.h\"\n// a line\n"
            + "&i2c0 {\n\tstatus = \"okay\";\n\t#size-cells = <0>;\n\n\tlabel: dev@1 {\n\t\treg = <1>;\n\t};\n};\n"
            + "// no newline\n";
        Assert.Equal(Expected, Format(Text));
        Assert.Equal(Expected, Format(Expected));
    }

    [Theory]
    [InlineData("/ { a = \"x; };", "FMT001", 9)]
    [InlineData("/ { /* a };", "FMT001", 5)]
    [InlineData("/ { a; }; };", "FMT002", 11)]
    [InlineData("/ { a; \\ };", "FMT004", 8)]
    [InlineData("/ { a; #endif\n };", "FMT005", 8)]
    [InlineData("/ { n { a; };", "FMT002", 14)]
    public void A_text_that_does_not_close_what_it_opens_is_left_alone(string text, string rule, int column)
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(DtsFormatter.Format(new SourceText("a.dts", text), diagnostics));
        Diagnostic found = Assert.Single(diagnostics.Items);
        Assert.Equal(rule, found.Rule.Id);
        Assert.Equal(new SourceLocation("a.dts", 1, column), found.Span.Location);
    }

    [Fact]
    public void Deep_nesting_is_refused_and_not_followed()
    {
        var diagnostics = new DiagnosticBag();
        string text = string.Concat(Enumerable.Repeat("n {", 100_000));
        Assert.Null(DtsFormatter.Format(new SourceText("deep.dts", text), diagnostics));
        Assert.Contains(diagnostics.Items, found => found.Rule == FormatRules.TooDeep);
    }

    [Fact]
    public void Damaged_texts_are_laid_out_or_refused_and_only_blanks_change()
    {
        const int Seed = 20261125;
        var random = new Random(Seed);
        byte[] good = System.Text.Encoding.UTF8.GetBytes(
            "/dts-v1/;\n#define A 1\n/ {\n\ta: n@1 {\n\t\tp = <1 (2 + A)>, \"x\\\"y\", [00 11]; /* c */\n\t\t// d\n\t};\n#ifdef A\n\tm { };\n#endif\n};\n");
        for (int round = 0; round < 5000; round++)
        {
            byte[] bytes = [.. good];
            for (int change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = good[random.Next(good.Length)];
            string? text = DtsFormatter.Format(new SourceText("a.dts", bytes), new DiagnosticBag());
            if (text is not null)
                Assert.True(Essence(System.Text.Encoding.UTF8.GetString(bytes) + "\n") == Essence(text),
                    $"seed {Seed}, round {round}\n{System.Text.Encoding.UTF8.GetString(bytes)}\nbecomes\n{text}");
        }
    }

    private static string Essence(string text) =>
        string.Concat(text.Replace("\\\n", "", StringComparison.Ordinal).Where(c => !char.IsWhiteSpace(c)));

    private static string Format(string text)
    {
        var diagnostics = new DiagnosticBag();
        string? result = DtsFormatter.Format(new SourceText("a.dts", text), diagnostics);
        Assert.Empty(diagnostics.Items);
        return result!;
    }
}
