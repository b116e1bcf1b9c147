using Devicetree.Schema.Style;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Tests.Style;

public class StyleConfigurationTests
{
    private const string Newer =
        """
        extends: relaxed
        rules:
          quoted-strings:
            required: only-when-needed
            extra-allowed:
              - '[$^[]'
              - '^/$'
          line-length: {max: 30, allow-non-breakable-words: true, level: warning}
          comments: {require-starting-space: true, min-spaces-from-content: 1}
          comments-indentation: disable
          document-start: {present: true}
          empty-lines: {max: 1, max-end: 1}
          trailing-spaces: false
        """;

    /// <summary>Texts behind "---", and what yamllint 1.29 says of them with the configuration above.</summary>
    [Theory]
    [InlineData("a: 'b'\n", "2:4 error quoted-strings")]
    [InlineData("a: \"b\"\n", "2:4 error quoted-strings")]
    [InlineData("a: ['b', \"c\"]\n", "2:5 error quoted-strings|2:10 error quoted-strings")]
    [InlineData("a: '1'\n", "")]
    [InlineData("a: 'yes'\n", "")]
    [InlineData("a: '#b'\n", "")]
    [InlineData("a: '^b$'\n", "")]
    [InlineData("a: '/'\n", "")]
    [InlineData("a: 'b: c'\n", "")]
    [InlineData("'a': b\n", "")]
    [InlineData("a: b #c\n", "2:7 error comments")]
    [InlineData("a: b# c\n", "")]
    [InlineData("#a\nb: c\n", "2:2 error comments")]
    [InlineData("##\nb: c\n", "")]
    [InlineData("a: b\n\n\nc: d\n", "4:1 warning empty-lines")]
    [InlineData("a: b  \n", "")]
    [InlineData("a: b b b b b b b b b b b b b b b b b\n", "2:31 warning line-length")]
    public void The_configuration_of_a_tree_decides(string text, string expected)
    {
        var problems = new DiagnosticBag();
        StyleSettings settings = StyleConfiguration.Read(new SourceText(".yamllint", Newer), problems);
        Assert.Empty(problems.Items);
        Assert.Equal(expected, Lint("---\n" + text, settings));
    }

    [Theory]
    [InlineData("a: 'b' #c\n\n\n\n", "5:1 warning empty-lines")]
    [InlineData("a: b# c\n", "")]
    public void Without_one_that_of_Linux_6_1_counts(string text, string expected) =>
        Assert.Equal(expected, Lint("---\n" + text, null));

    [Fact]
    public void What_is_not_known_is_reported_at_its_place_and_does_not_count()
    {
        var problems = new DiagnosticBag();
        StyleConfiguration.Read(
            new SourceText(".yamllint",
                "extends: default\nrules:\n  anchors: enable\n  hyphens: {max-spaces-after: many, odd: 1}\n  key-ordering: disable\n  anchored: false\n"), problems);
        Assert.Equal(["1:10 STY018", "3:3 STY017", "4:13 STY018", "4:37 STY018"],
            problems.Items.Select(item => $"{item.Span.Location!.Value.Line}:{item.Span.Location!.Value.Column} {item.Rule.Id}"));
    }

    private static string Lint(string text, StyleSettings? settings)
    {
        var diagnostics = new DiagnosticBag();
        StyleChecker.Check(new SourceText("t.yaml", text), diagnostics, settings);
        return string.Join('|', diagnostics.Items.Select(item =>
            $"{item.Span.Location!.Value.Line}:{item.Span.Location!.Value.Column} {(item.Rule.Severity == Severity.Error ? "error" : "warning")} {item.Rule.Name}"));
    }
}
