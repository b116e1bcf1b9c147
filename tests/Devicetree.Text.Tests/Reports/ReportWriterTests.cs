using System.Text.Json;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Tests.Reports;

public class ReportWriterTests
{
    private static readonly DiagnosticRule _wrong = new("T001", "wrong-thing", Severity.Error, "'{0}' is wrong", "change '{0}'");
    private static readonly DiagnosticRule _odd = new("T002", "odd-thing", Severity.Warning, "'{0}' is odd");
    private static readonly SourceText _source = new("my boards/a.dts", "/ {\n\tgrün = <1>;\n\tb;\n};\n");

    [Fact]
    public void Text_shows_the_source_line_with_a_caret_then_what_helps()
    {
        Assert.Equal(
            """
            my boards/a.dts:2:10: error T001: 'grün' is wrong
                2 |  grün = <1>;
                  |         ^~~
                in /: grün
                expected: <2>
                my boards/a.dts:3:2: set here
                help: change 'grün'
            b.dtb: /n@1: reg: warning T002: 'reg' is odd
            1 error, 1 warning

            """,
            Print(ReportFormat.Text, Both()));
    }

    [Fact]
    public void Text_without_findings_is_empty() => Assert.Equal("", Print(ReportFormat.Text, []));

    [Fact]
    public void Colours_go_around_words_and_never_into_them()
    {
        string text = Print(ReportFormat.Text, Both(), color: true);

        Assert.Contains("\e[31merror T001\e[0m: 'grün' is wrong\n", text, StringComparison.Ordinal);
        Assert.Contains("\e[33mwarning T002\e[0m: 'reg' is odd\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_fact_cannot_write_to_the_terminal()
    {
        ReportItem item = Both()[1] with { Details = [new("found", "\e]0;title\a")] };

        Assert.DoesNotContain('\e', Print(ReportFormat.Text, [item]));
    }

    [Fact]
    public void A_long_line_is_cut_around_the_place()
    {
        var source = new SourceText("l", new string('a', 5000) + "X" + new string('b', 5000));
        var bag = new DiagnosticBag();
        bag.Report(_odd, source.Span(5000, 5001), "X");

        string[] lines = Print(ReportFormat.Text, [new(bag.Items[0])]).Split('\n');
        Assert.True(lines[1].Length < 200);
        Assert.Equal(lines[1].IndexOf('X', StringComparison.Ordinal), lines[2].IndexOf('^', StringComparison.Ordinal));
    }

    [Fact]
    public void Github_annotations_are_one_escaped_line_each()
    {
        Assert.Equal(
            """
            ::error file=sub/my boards/a.dts,line=2,col=9,title=T001 wrong-thing::/: grün: 'grün' is wrong%0Aexpected: <2>%0Asub/my boards/a.dts:3:2: set here%0Achange 'grün'
            ::warning file=sub/b.dtb,title=T002 odd-thing::/n@1: reg: 'reg' is odd

            """,
            Print(ReportFormat.GitHub, Both()));
    }

    [Fact]
    public void Github_properties_cannot_be_ended_by_a_file_name()
    {
        ReportItem item = Both()[1] with { File = "a,line=9:b%.dtb" };

        Assert.StartsWith("::warning file=sub/a%2Cline=9%3Ab%25.dtb,title=", Print(ReportFormat.GitHub, [item]),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_the_same_members_for_every_finding()
    {
        JsonElement report = JsonDocument.Parse(Print(ReportFormat.Json, Both())).RootElement;

        Assert.Equal("dt check", report.GetProperty("tool").GetString());
        Assert.Equal([1, 1, 0], new[] { "errors", "warnings", "notes" }.Select(name => report.GetProperty(name).GetInt32()));
        JsonElement[] findings = [.. report.GetProperty("findings").EnumerateArray()];
        string[] members = ["id", "rule", "severity", "file", "line", "column", "node", "property", "message", "remedy",
            "details", "related"];
        Assert.All(findings, finding => Assert.Equal(members, finding.EnumerateObject().Select(member => member.Name)));
        Assert.Equal(9, findings[0].GetProperty("column").GetInt32());
        Assert.Equal("<2>", findings[0].GetProperty("details")[0].GetProperty("value").GetString());
        Assert.Equal("set here", findings[0].GetProperty("related")[0].GetProperty("message").GetString());
        Assert.Equal("b.dtb", findings[1].GetProperty("file").GetString());
        Assert.Equal(JsonValueKind.Null, findings[1].GetProperty("line").ValueKind);
    }

    /// <summary>
    /// The members that SARIF 2.1.0 requires (its sections 3.13, 3.14, 3.18, 3.27 to 3.30), and how they hang together.
    /// </summary>
    [Fact]
    public void Sarif_names_rules_by_index_and_places_by_line_and_column()
    {
        JsonElement log = JsonDocument.Parse(Print(ReportFormat.Sarif, [.. Both(), .. Both()])).RootElement;

        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        JsonElement run = log.GetProperty("runs")[0];
        JsonElement driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("dt check", driver.GetProperty("name").GetString());
        JsonElement[] rules = [.. driver.GetProperty("rules").EnumerateArray()];
        Assert.Equal(["T001", "T002"], rules.Select(rule => rule.GetProperty("id").GetString()));
        JsonElement[] results = [.. run.GetProperty("results").EnumerateArray()];
        Assert.Equal(4, results.Length);
        Assert.All(results, result =>
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(),
                rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            Assert.NotEqual("", result.GetProperty("message").GetProperty("text").GetString());
        });
        Assert.Equal(["error", "warning", "error", "warning"], results.Select(result => result.GetProperty("level").GetString()));

        JsonElement location = results[0].GetProperty("locations")[0];
        Assert.Equal("sub/my%20boards/a.dts", location.GetProperty("physicalLocation").GetProperty("artifactLocation")
            .GetProperty("uri").GetString());
        JsonElement region = location.GetProperty("physicalLocation").GetProperty("region");
        Assert.Equal([2, 9, 12], new[] { "startLine", "startColumn", "endColumn" }.Select(
            name => region.GetProperty(name).GetInt32()));
        Assert.Equal("/:grün", location.GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString());
        Assert.Equal("set here.", results[0].GetProperty("relatedLocations")[0].GetProperty("message").GetProperty("text")
            .GetString());
    }

    [Fact]
    public void An_absolute_path_is_a_file_uri()
    {
        ReportItem item = Both()[1] with { File = "/tmp/a b.dtb" };
        JsonElement result = JsonDocument.Parse(Print(ReportFormat.Sarif, [item])).RootElement.GetProperty("runs")[0]
            .GetProperty("results")[0];

        Assert.Equal(
            "file:///tmp/a%20b.dtb",
            result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri")
                .GetString());
    }

    [Theory]
    [InlineData(ReportFormat.Json), InlineData(ReportFormat.Sarif)]
    public void A_report_without_findings_is_a_whole_document(ReportFormat format) => JsonDocument.Parse(Print(format, []));

    [Fact]
    public void Every_format_has_its_word()
    {
        foreach (ReportFormat format in Enum.GetValues<ReportFormat>())
            Assert.Equal(format, ReportFormats.Parse(ReportFormats.Words[(int)format]));
        Assert.Throws<ArgumentException>(() => ReportFormats.Parse("xml"));
    }

    [Fact]
    public void Nothing_can_be_added_to_a_complete_report()
    {
        ReportWriter report = ReportWriter.Create(TextWriter.Null, Settings(ReportFormat.Text));
        report.Complete();

        Assert.Throws<ObjectDisposedException>(() => report.Add(Both()[0]));
    }

    /// <summary>In the directory <c>sub</c> of a repository.</summary>
    private static ReportSettings Settings(ReportFormat format) =>
        new(new("dt check", "1.2"), new("/repo/sub", "/repo")) { Format = format };

    private static ReportItem[] Both()
    {
        var bag = new DiagnosticBag();
        bag.Report(_wrong, _source.Span(13, 16), [new(_source.Span(19, 20), "set here")], "grün");
        bag.Report(_odd, default, "reg");
        return
        [
            new(bag.Items[0]) { File = "my boards/a.dts", NodePath = "/", Property = "grün", Details = [new("expected", "<2>")] },
            new(bag.Items[1]) { File = "b.dtb", NodePath = "/n@1", Property = "reg" },
        ];
    }

    private static string Print(ReportFormat format, IReadOnlyList<ReportItem> items, bool color = false)
    {
        using var output = new StringWriter { NewLine = "\n" };
        ReportWriter report = ReportWriter.Create(output, Settings(format) with { Color = color });
        foreach (ReportItem item in items)
            report.Add(item);
        report.Complete();
        return output.ToString();
    }
}
