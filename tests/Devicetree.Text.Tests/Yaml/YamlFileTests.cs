using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;

namespace Devicetree.Text.Tests.Yaml;

public class YamlFileTests
{
    [Fact]
    public void Every_node_has_the_place_where_it_is_written()
    {
        var root = (YamlMapping)Load("é: [x, 'y']\nb:\n  - 0x10\n")!;

        Assert.Equal(["é 1:1", "b 2:1"], root.Entries.Select(static entry => $"{entry.Key.Value} {Place(entry.Key)}"));
        var flow = (YamlSequence)root.Entries[0].Value;
        Assert.Equal("1:5", Place(flow));
        Assert.Equal([("x", true, "1:6"), ("y", false, "1:9")],
            flow.Items.Cast<YamlScalar>().Select(static item => (item.Value, item.IsPlain, Place(item))));
        var block = (YamlSequence)root.Entries[1].Value;
        Assert.Equal(("0x10", "3:5"), (((YamlScalar)block.Items[0]).Value, Place(block.Items[0])));
    }

    [Fact]
    public void A_file_without_a_document_is_an_empty_scalar() =>
        Assert.Equal("", Assert.IsType<YamlScalar>(Load("# nothing\n")).Value);

    [Fact]
    public void A_key_that_stands_twice_is_left_to_the_reader_of_the_nodes() =>
        Assert.Equal(["a", "a"], ((YamlMapping)Load("a: 1\na: 2\n")!).Entries.Select(static entry => entry.Key.Value));

    /// <summary>A wrong text, with | for a line break, and the rule and the place that are reported.</summary>
    [Theory]
    [InlineData("a: [b", "YML001 1:6")]
    [InlineData("a: *b", "YML005 1:4")]
    [InlineData("a: &b [*b]", "YML006 1:8")]
    [InlineData("? [a]|: b", "YML004 1:3")]
    [InlineData("a: b|---|c: d", "YML012 2:1")]
    [InlineData("a: !!seq {}", "YML010 1:4")]
    [InlineData("a: \u0001", "YML001 1:4")]
    [InlineData("a: \u007f", "YML001 1:4")]
    [InlineData("é: \uffff", "YML001 1:5")]
    public void A_text_that_is_not_a_document_is_refused_where_it_is_wrong(string text, string expected)
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(YamlFile.Load(new SourceText("t.yaml", text.Replace('|', '\n')), diagnostics));
        Diagnostic found = Assert.Single(diagnostics.Items);
        Assert.Equal(expected, $"{found.Rule.Id} {found.Span.Location!.Value.Line}:{found.Span.Location.Value.Column}");
    }

    [Theory]
    [InlineData("a: &b c")]
    [InlineData("a: *b")]
    [InlineData("a: !!str b")]
    [InlineData("a: ! b")]
    public void Where_only_plain_values_are_read_anchors_aliases_and_tags_are_refused(string text)
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(YamlFile.Load(new SourceText("t.yaml", text), diagnostics, new(PlainOnly: true)));
        Assert.Equal(YamlRules.NotPlain, Assert.Single(diagnostics.Items).Rule);
    }

    /// <summary>Whatever stands in a file, the answer is a node or one finding.</summary>
    [Fact]
    public void Mutated_texts_give_a_node_or_a_finding_and_never_an_exception()
    {
        const string Good = "a: &x\nb:\n  - c: *x\n    d: {e: 240, f: [8, \"g\"]}\nh: {<<: *x, i: >\n  j\n}\n";
        const string Letters = "\n\t :-{}[]?!&*#|>'\"%@`,x0\u00e9\0\\";
        var random = new Random(1);
        for (int i = 0; i < 5_000; i++)
        {
            char[] text = Good.ToCharArray();
            for (int changes = random.Next(4); changes >= 0; changes--)
                text[random.Next(text.Length)] = Letters[random.Next(Letters.Length)];
            string mutated = new(text, 0, text.Length - random.Next(text.Length));
            var diagnostics = new DiagnosticBag();
            YamlNode? root = YamlFile.Load(new SourceText("t.yaml", mutated), diagnostics);
            Assert.True(diagnostics.Items.Count == (root is null ? 1 : 0), mutated);
        }
    }

    [Theory]
    [InlineData("[[[]]]", 2, 100, 100, null)]
    [InlineData("[[[]]]", 1, 100, 100, "YML007")]
    [InlineData("[a, b]", 2, 3, 100, null)]
    [InlineData("[a, b]", 2, 2, 100, "YML008")]
    [InlineData("[&a [x, y], *a]", 3, 7, 100, null)]
    [InlineData("[&a [x, y], *a]", 3, 6, 100, "YML008")]
    [InlineData("abc", 1, 1, 3, null)]
    [InlineData("abc", 1, 1, 2, "YML013")]
    public void Limits_are_met_exactly(string text, int depth, int values, int bytes, string? expected)
    {
        var diagnostics = new DiagnosticBag();
        YamlFile.Load(new SourceText("t.yaml", text), diagnostics, new(bytes, depth, values));
        Assert.Equal(expected, diagnostics.Items.SingleOrDefault()?.Rule.Id);
    }

    private static YamlNode? Load(string text)
    {
        var diagnostics = new DiagnosticBag();
        YamlNode? root = YamlFile.Load(new SourceText("t.yaml", text), diagnostics);
        Assert.Empty(diagnostics.Items);
        return root;
    }

    private static string Place(YamlNode node) => $"{node.Span.Location!.Value.Line}:{node.Span.Location.Value.Column}";
}
