using System.Text;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Tests.Loading;

public class YamlLoaderTests
{
    [Theory]
    // What ruamel.yaml 0.17.21, YAML(typ='safe'), makes of these scalars.
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("yes", "'yes'")]
    [InlineData("on", "'on'")]
    [InlineData("y", "'y'")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("Null", "null")]
    [InlineData("nULL", "'nULL'")]
    [InlineData("17", "17")]
    [InlineData("-17", "-17")]
    [InlineData("+17", "17")]
    [InlineData("0123", "123")]
    [InlineData("0o17", "15")]
    [InlineData("0x1F", "31")]
    [InlineData("-0x1f", "-31")]
    [InlineData("0xg", "'0xg'")]
    [InlineData("0b101", "5")]
    [InlineData("1_000", "1000")]
    [InlineData("1e3", "1000.0")]
    [InlineData("1.5", "1.5")]
    [InlineData("1.", "1.0")]
    [InlineData(".5", "0.5")]
    [InlineData(".5e3", "'.5e3'")]
    [InlineData(".5e+1", "5.0")]
    [InlineData("1.5.2", "'1.5.2'")]
    [InlineData("1:30", "'1:30'")]
    [InlineData("-", "'-'")]
    [InlineData("0xffffffffffffffff", "18446744073709551615")]
    [InlineData("2022-01-31", "date 2022-01-31")]
    [InlineData("2022-01-31x", "'2022-01-31x'")]
    [InlineData("'17'", "'17'")]
    [InlineData("\"17\"", "'17'")]
    [InlineData("!!str 17", "'17'")]
    [InlineData("! 17", "'17'")]
    [InlineData("!!int 17", "17")]
    public void A_scalar_means_what_it_means_to_the_original(string written, string expected) =>
        Assert.Equal($"[{expected}]", SchemaText.Show(
            SchemaText.Parse(written is "-" ? "[-]" : $"[ {written} ]".Replace("[  ]", "[ ~ ]", StringComparison.Ordinal))));

    [Theory]
    [InlineData("a: 1\nb:\n  - x\n  - {c: d}\n", "{a: 1, b: ['x', {c: 'd'}]}")]
    [InlineData("%YAML 1.2\n---\n$id: x#\nd: |\n  one\n  two\n...\n", "{$id: 'x#', d: 'one\ntwo\n'}")]
    [InlineData("a: >-\n  one\n  two\n\n  three\n", "{a: 'one two\nthree'}")]
    [InlineData("a: &x [1, 2]\nb: *x\n", "{a: [1, 2], b: [1, 2]}")]
    [InlineData("base: &x {a: 1, b: 2}\nc:\n  <<: *x\n  b: 3\n", "{base: {a: 1, b: 2}, c: {a: 1, b: 3}}")]
    [InlineData("- \u00e4: \U0001F600\n", "[{\u00e4: '\U0001F600'}]")]
    [InlineData("a: [p0, -, q]\n", "{a: ['p0', '-', 'q']}")]
    public void Documents_are_read(string yaml, string expected) =>
        Assert.Equal(expected, SchemaText.Show(SchemaText.Parse(yaml)));

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n")]
    public void A_file_without_a_value_is_null(string yaml) => Assert.IsType<SchemaNull>(SchemaText.Parse(yaml));

    [Theory]
    [InlineData("a: 1\nb: 2\na: 3\n", "YML003", "3:1")] // case 116
    [InlineData("a:\n  - {x: 1, x: 2}\n", "YML003", "2:12")]
    [InlineData("a: [1, 2\nb: 3\n", "YML001", "2:2")]
    [InlineData("a: b: c\n", "YML001", "1:5")]
    [InlineData("a: *nothing\n", "YML005", "1:4")]
    [InlineData("a: &x\n  b: *x\n", "YML006", "2:6")]
    [InlineData("1: x\n", "YML004", "1:1")]
    [InlineData("a: {true: x}\n", "YML004", "1:5")]
    [InlineData("[x]: y\n", "YML004", "1:1")]
    [InlineData("a: 0x\n", null, "")]
    [InlineData("a: 0x_\n", "YML009", "1:4")]
    [InlineData("a: 0xffffffffffffffffffffffffffffffffff\n", "YML009", "1:4")]
    [InlineData("a: !foo x\n", "YML010", "1:4")]
    [InlineData("a: !!int x\n", "YML010", "1:4")]
    [InlineData("a:\n  <<: 3\n", "YML011", "2:3")]
    [InlineData("a: 1\n---\nb: 2\n", "YML012", "2:1")]
    [InlineData("\u00e4: 1\n\u00e4: 2\n", "YML003", "2:1")]
    [InlineData("\u00e4\u20ac\U0001F600: {x: 1, x: 2}\n", "YML003", "1:19")]
    public void An_error_is_reported_with_its_place(string yaml, string? rule, string place)
    {
        var diagnostics = new DiagnosticBag();
        SchemaValue? value = YamlLoader.Load(new SourceText("t.yaml", yaml), diagnostics);
        Assert.Equal(rule is null, value is not null);
        Assert.Equal(rule is null ? [] : [$"t.yaml:{place}: {rule}"],
            diagnostics.Items.Select(item => $"{item.Span.Location}: {item.Rule.Id}"));
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused_at_their_place()
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(YamlLoader.Load(new SourceText("t.yaml", "a: \u00e4"u8.ToArray().Concat<byte>([0x0A, 0x62, 0xFF]).ToArray()),
            diagnostics));
        Diagnostic error = Assert.Single(diagnostics.Items);
        Assert.Equal("t.yaml:2:2: error YML002: byte 0xff is not part of valid UTF-8", error.ToString());
    }

    [Fact]
    public void Spans_are_bytes_of_the_file()
    {
        var source = new SourceText("t.yaml", "\u00e4: \u20ac\nreg: [0x10, abc]\n");
        var mapping = (SchemaObject)YamlLoader.Load(source, new DiagnosticBag())!;
        string Text(SourceSpan span) => Encoding.UTF8.GetString(source.Bytes.Span[span.Start..span.End]);
        Assert.Equal("\u00e4", Text(mapping.Entries[0].KeySpan));
        Assert.Equal("\u20ac", Text(mapping.Entries[0].Value.Span));
        Assert.Equal("reg", Text(mapping.Entries[1].KeySpan));
        Assert.Equal("[0x10, abc]", Text(mapping.Entries[1].Value.Span));
        Assert.Equal("abc", Text(((SchemaArray)mapping["reg"]!).Items[1].Span));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        var source = new SourceText("t.yaml", (byte[])[0xEF, 0xBB, 0xBF, .. "key: 1"u8]);
        var mapping = (SchemaObject)YamlLoader.Load(source, new DiagnosticBag())!;
        Assert.Equal(new SourceSpan(source, 3, 6), mapping.Entries[0].KeySpan);
    }

    /// <summary>Many times what any of them takes, and nothing beside what they would take.</summary>
    private const long MostForBomb = 1L << 20;

    public static TheoryData<string, string> Bombs => new()
    {
        { "YML007", new string('[', 10_000) },
        { "YML007", string.Concat(Enumerable.Range(0, 10_000).Select(i => new string(' ', i) + "a:\n").Take(300)) },
        { "YML007", string.Concat(Enumerable.Repeat("{a: ", 10_000)) },
        { "YML007", string.Concat(Enumerable.Repeat("- ", 10_000)) },
        { "YML008", "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + string.Concat(
            Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n")) },
        { "YML008", "a0: &a0 {x: 1}\n" + string.Concat(
            Enumerable.Range(1, 40).Select(i => $"a{i}: &a{i} {{p: *a{i - 1}, q: *a{i - 1}}}\n")) },
    };

    [Theory, MemberData(nameof(Bombs))]
    public void A_bomb_is_refused_before_it_grows(string rule, string yaml)
    {
        var diagnostics = new DiagnosticBag();
        long bytes = Allocations.Of(() => Assert.Null(YamlLoader.Load(new SourceText("t.yaml", yaml), diagnostics)));
        Assert.Equal(rule, Assert.Single(diagnostics.Items).Rule.Id);
        Assert.InRange(bytes, 1, MostForBomb);
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_diagnostic()
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(YamlLoader.LoadFile(Path.Combine(AppContext.BaseDirectory, "no such.yaml"), diagnostics));
        Assert.Equal("YML013", Assert.Single(diagnostics.Items).Rule.Id);
    }

    [Fact]
    public void Texts_made_of_the_signs_of_yaml_never_end_in_an_exception()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        const string Signs = "abc01 \n\n  -:?,[]{}#&*!|>'\"%@`\\~<=.\t\r\u00e4\0\u0085";
        for (int i = 0; i < 20_000; i++)
        {
            string yaml = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => Signs[random.Next(Signs.Length)]));
            var diagnostics = new DiagnosticBag();
            SchemaValue? value = null;
            Exception? thrown = Record.Exception(() => value = YamlLoader.Load(new SourceText("t.yaml", yaml), diagnostics));
            Assert.True(thrown is null, $"seed {seed}, text {System.Text.Json.JsonSerializer.Serialize(yaml)}: {thrown}");
            Assert.True(value is null == diagnostics.HasErrors,
                $"seed {seed}, text {System.Text.Json.JsonSerializer.Serialize(yaml)}");
        }
    }
}
