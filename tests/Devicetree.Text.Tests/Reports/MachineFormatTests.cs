using System.Text.Json;
using System.Xml.Linq;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Tests.Reports;

/// <summary>What readers of the formats rely on, by the fields that their documentation lists.</summary>
public class MachineFormatTests
{
    private static readonly DiagnosticRule _wrong = new("T001", "wrong-thing", Severity.Error, "'{0}' is wrong", "Change '{0}'.")
    {
        What = "Nothing is wrong.",
        Why = "Wrong things break.",
    };

    private static readonly DiagnosticRule _odd = new("T002", "odd-thing", Severity.Warning, "{0}: {1}");

    public static TheoryData<ReportFormat> Json => [ReportFormat.Json, ReportFormat.Sarif, ReportFormat.GitLab];

    [Theory, MemberData(nameof(Json))]
    public void No_object_has_a_key_twice(ReportFormat format)
    {
        ReportItem item = Item(_wrong, 2) with { Details = [new("found", "1"), new("either", "2"), new("either", "3")] };

        Strict(Print(format, [item, item]));
    }

    /// <summary>docs.gitlab.com/ci/testing/code_quality, "Code Quality report format".</summary>
    [Fact]
    public void A_code_quality_report_has_the_documented_fields()
    {
        JsonElement[] issues = [.. Strict(Print(ReportFormat.GitLab, [Item(_wrong, 2), Item(_odd, 3), Blob()])).EnumerateArray()];

        string[] fields = ["description", "check_name", "fingerprint", "severity", "location"];
        Assert.All(issues, issue => Assert.Equal(fields, issue.EnumerateObject().Select(field => field.Name)));
        string[] severities = ["info", "minor", "major", "critical", "blocker"];
        Assert.All(issues, issue => Assert.Contains(issue.GetProperty("severity").GetString(), severities));
        Assert.Equal(["major", "minor", "major"], issues.Select(issue => issue.GetProperty("severity").GetString()));
        Assert.Equal(
            ["sub/a.dts:2", "sub/a.dts:3", "sub/b.dtb:1"],
            issues.Select(issue => issue.GetProperty("location")).Select(location =>
                $"{location.GetProperty("path").GetString()}:{location.GetProperty("lines").GetProperty("begin").GetInt32()}"));
        Assert.Equal("/n: p: 'x' is wrong Change 'x'.", issues[0].GetProperty("description").GetString());
        Assert.Equal("T001 wrong-thing", issues[0].GetProperty("check_name").GetString());
    }

    /// <summary>
    /// The elements and attributes that docs.gitlab.com/ci/testing/unit_test_reports and Jenkins read: testsuites, testsuite
    /// (name, tests, failures, errors, skipped), testcase (classname, name, file), failure (message, type, text), system-out.
    /// </summary>
    [Fact]
    public void A_test_report_has_the_documented_elements_and_a_case_for_what_is_good()
    {
        XElement report = XElement.Parse(Print(ReportFormat.JUnit, [Item(_wrong, 2), Item(_wrong, 3), Item(_odd, 3)],
            ["a.dts", "good.dts"]));

        Assert.Equal("testsuites", report.Name);
        Assert.Equal(["4", "2", "0"], new[] { "tests", "failures", "errors" }.Select(name => report.Attribute(name)?.Value));
        XElement[] suites = [.. report.Elements()];
        Assert.Equal(["sub/a.dts", "sub/good.dts"], suites.Select(suite => suite.Attribute("name")?.Value));
        string[] ofSuite = ["name", "tests", "failures", "errors", "skipped"];
        Assert.All(suites, suite => Assert.Equal(ofSuite, suite.Attributes().Select(attribute => attribute.Name.LocalName)));
        XElement[] cases = [.. suites[0].Elements("testcase")];
        Assert.Equal(
            ["T001 wrong-thing /n:p", "T001 wrong-thing /n:p (2)", "T002 odd-thing /n:p"],
            cases.Select(each => each.Attribute("name")?.Value));
        Assert.All(cases, each => Assert.Equal("sub/a.dts", each.Attribute("classname")?.Value));
        Assert.All(cases, each => Assert.Equal("sub/a.dts", each.Attribute("file")?.Value));
        XElement failure = Assert.Single(cases[0].Elements());
        Assert.Equal(("failure", "'x' is wrong", "T001"),
            (failure.Name, failure.Attribute("message")?.Value, failure.Attribute("type")?.Value));
        Assert.StartsWith("sub/a.dts:2:1: /n: p: 'x' is wrong", failure.Value, StringComparison.Ordinal);
        Assert.Equal("system-out", Assert.Single(cases[2].Elements()).Name);
        Assert.Empty(Assert.Single(suites[1].Elements("testcase")).Elements());
    }

    [Fact]
    public void A_test_report_fails_by_warnings_where_the_run_does()
    {
        XElement report = XElement.Parse(Print(ReportFormat.JUnit, [Item(_odd, 3)], [], failOn: Severity.Warning));

        Assert.Equal("failure", report.Descendants("testcase").Single().Elements().Single().Name);
    }

    [Fact]
    public void A_test_report_survives_what_xml_cannot_hold()
    {
        ReportItem item = Item(_wrong, 2) with { NodePath = "/a\u0001\ud800<&\"\ufffe", Details = [new("found", "\0]]>\e[31m")] };

        XElement report = XElement.Parse(Print(ReportFormat.JUnit, [item]));
        Assert.Contains("/a\ufffd\ufffd<&\"\ufffd", report.Descendants("testcase").Single().Attribute("name")?.Value,
            StringComparison.Ordinal);
    }

    public static TheoryData<ReportFormat> Fingerprinted => [ReportFormat.Sarif, ReportFormat.GitLab];

    [Theory, MemberData(nameof(Fingerprinted))]
    public void A_fingerprint_stays_when_lines_and_words_change_and_no_two_findings_have_one(ReportFormat format)
    {
        string[] old = Fingerprints(format, Print(format, [Item(_wrong, 2), Item(_wrong, 2), Item(_odd, 3), Blob()]));
        string[] moved = Fingerprints(format, Print(format,
            [Item(_wrong, 9, "y"), Item(_wrong, 8, "z"), Item(_odd, 7, "y"), Blob()]));

        Assert.Equal(old, moved);
        Assert.Equal(4, old.Distinct().Count());
        Assert.All(old, fingerprint => Assert.Matches("^[0-9a-f]{32}$", fingerprint));
    }

    [Fact]
    public void A_finding_about_no_node_is_known_by_the_text_of_its_line()
    {
        string[] Of(string text, int line)
        {
            var source = new SourceText("a.dts", text);
            var bag = new DiagnosticBag();
            bag.Report(_wrong, source.SpanAt(line, 1), "x");
            return Fingerprints(ReportFormat.GitLab, Print(ReportFormat.GitLab, [new(bag.Items[0]) { File = "a.dts" }]));
        }

        Assert.Equal(Of("one\ntwo\n", 2), Of("\n\n\n  two\n", 4));
        Assert.NotEqual(Of("one\ntwo\n", 2), Of("one\ntwo\n", 1));
    }

    /// <summary>SARIF 2.1.0: 3.49 (rules), 3.27.17 (partialFingerprints), 3.14.14 and 3.4.4 (base URIs).</summary>
    [Fact]
    public void Sarif_has_the_texts_of_rules_and_paths_from_the_root()
    {
        JsonElement run = Strict(Print(ReportFormat.Sarif,
            [Item(_wrong, 2), Item(_odd, 3), Blob() with { File = "/else/b.dtb" }])).GetProperty("runs")[0];

        JsonElement[] rules = [.. run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()];
        Assert.Equal("Nothing is wrong.", Text(rules[0], "shortDescription"));
        Assert.Equal("Nothing is wrong. Wrong things break.", Text(rules[0], "fullDescription"));
        Assert.Equal("Change '…'.", Text(rules[0], "help"));
        Assert.Equal("Odd thing.", Text(rules[1], "shortDescription"));
        Assert.Equal("warning", rules[1].GetProperty("defaultConfiguration").GetProperty("level").GetString());
        Assert.All(rules, rule => Assert.True(Uri.TryCreate(rule.GetProperty("helpUri").GetString(), UriKind.Absolute, out _)));
        JsonElement root = run.GetProperty("originalUriBaseIds").GetProperty("SRCROOT");
        Assert.Equal("file:///repo/", root.GetProperty("uri").GetString());
        JsonElement[] artifacts =
        [
            .. run.GetProperty("results").EnumerateArray().Select(result =>
                result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation")),
        ];
        Assert.Equal("sub/a.dts", artifacts[0].GetProperty("uri").GetString());
        Assert.Equal("SRCROOT", artifacts[0].GetProperty("uriBaseId").GetString());
        Assert.Equal("file:///else/b.dtb", artifacts[2].GetProperty("uri").GetString());
        Assert.False(artifacts[2].TryGetProperty("uriBaseId", out _));
        JsonElement fingerprints = run.GetProperty("results")[0].GetProperty("partialFingerprints");
        Assert.Equal(["findingIdentity/v1", "primaryLocationLineHash"], fingerprints.EnumerateObject().Select(each => each.Name));

        static string? Text(JsonElement rule, string name) => rule.GetProperty(name).GetProperty("text").GetString();
    }

    [Fact]
    public void A_quiet_report_prints_errors_alone_and_fails_all_the_same()
    {
        using var output = new StringWriter();
        ReportWriter report = ReportWriter.Create(output,
            Settings(ReportFormat.Text) with { Quiet = true, FailOn = Severity.Warning });
        report.Add(Item(_odd, 3));
        Assert.True(report.HasFailed);
        report.Complete();
        Assert.Equal("", output.ToString());
    }

    [Theory]
    [InlineData(Severity.Note, Severity.Warning, false)]
    [InlineData(Severity.Warning, Severity.Warning, true)]
    [InlineData(Severity.Warning, Severity.Error, false)]
    [InlineData(Severity.Error, Severity.Error, true)]
    public void A_run_fails_by_what_it_was_told(Severity found, Severity failOn, bool fails)
    {
        ReportWriter report = ReportWriter.Create(TextWriter.Null, Settings(ReportFormat.Text) with { FailOn = failOn });
        report.Add(Item(_odd with { Severity = found }, 3));
        Assert.Equal(fails, report.HasFailed);
    }

    [Theory]
    [InlineData("a.dts", "sub/a.dts")]
    [InlineData("./a.dts", "sub/a.dts")]
    [InlineData("x/../a.dts", "sub/a.dts")]
    [InlineData("../a.dts", "a.dts")]
    [InlineData("..//other/./a.dts", "other/a.dts")]
    [InlineData("../../a.dts", "/a.dts")]
    [InlineData("/repo/a.dts", "a.dts")]
    [InlineData("/repository/a.dts", "/repository/a.dts")]
    [InlineData("..", ".")]
    [InlineData("-", "-")]
    [InlineData("<stdin>", "<stdin>")]
    [InlineData("http://devicetree.org/schemas/a.yaml#", "http://devicetree.org/schemas/a.yaml#")]
    public void A_path_is_named_from_the_root_however_it_was_written(string written, string normal) =>
        Assert.Equal(normal, new ReportPaths("/repo/sub", "/repo").Normalize(written));

    [Fact]
    public void The_root_is_the_nearest_directory_with_git_in_it_be_that_a_file()
    {
        DirectoryInfo top = Directory.CreateTempSubdirectory("report-paths-");
        try
        {
            string inner = top.CreateSubdirectory("a/b/c").FullName;
            Assert.Equal(inner + "/", ReportPaths.Of(inner).Root);
            File.WriteAllText(Path.Combine(top.FullName, "a", ".git"), "gitdir: elsewhere\n");
            Assert.Equal("b/c/x.dts", ReportPaths.Of(inner).Normalize("x.dts"));
            Directory.CreateDirectory(Path.Combine(top.FullName, "a", "b", ".git"));
            Assert.Equal("c/x.dts", ReportPaths.Of(inner).Normalize("x.dts"));
        }
        finally
        {
            top.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("'{0}' is wrong", "'…' is wrong.")]
    [InlineData("{0:x}: {1}", "Some name.")]
    [InlineData("do {{ {0} }}", "Do { … }.")]
    [InlineData("Done?", "Done?")]
    public void A_rule_has_a_sentence_without_an_input(string message, string sentence) =>
        Assert.Equal(sentence, new DiagnosticRule("T003", "some-name", Severity.Error, message).Summary);

    private static JsonElement Strict(string text) =>
        JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement;

    private static string[] Fingerprints(ReportFormat format, string text) => format == ReportFormat.GitLab
        ? [.. Strict(text).EnumerateArray().Select(issue => issue.GetProperty("fingerprint").GetString()!)]
        : [
            .. Strict(text).GetProperty("runs")[0].GetProperty("results").EnumerateArray()
                .Select(result => result.GetProperty("partialFingerprints").GetProperty("findingIdentity/v1").GetString()!),
        ];

    private static ReportItem Item(DiagnosticRule rule, int line, string what = "x")
    {
        var source = new SourceText("./a.dts", string.Concat(Enumerable.Repeat("line\n", 10)));
        var bag = new DiagnosticBag();
        bag.Report(rule, source.SpanAt(line, 1), what, what);
        return new(bag.Items[0]) { File = "./a.dts", NodePath = "/n", Property = "p" };
    }

    private static ReportItem Blob()
    {
        var bag = new DiagnosticBag();
        bag.Report(_wrong, default, "x");
        return new(bag.Items[0]) { File = "x/../b.dtb", NodePath = "/n", Property = "p" };
    }

    private static ReportSettings Settings(ReportFormat format) =>
        new(new("dt check", "1.2"), new("/repo/sub", "/repo")) { Format = format };

    private static string Print(ReportFormat format, ReportItem[] items, string[]? inputs = null,
        Severity failOn = Severity.Error)
    {
        using var output = new StringWriter { NewLine = "\n" };
        ReportWriter report = ReportWriter.Create(output, Settings(format) with { FailOn = failOn });
        foreach (string input in inputs ?? [])
            report.Begin(input);
        foreach (ReportItem item in items)
            report.Add(item);
        report.Complete();
        return output.ToString();
    }
}
