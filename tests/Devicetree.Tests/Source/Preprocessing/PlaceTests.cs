using System.Text;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Source.Preprocessing;

/// <summary>Where the bytes of a preprocessed text came from.</summary>
public class PlaceTests
{
    private static SourceSpan Find(PreprocessedSource made, string word)
    {
        int at = Encoding.UTF8.GetString(made.Text.Bytes.Span).IndexOf(word, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{word}' is not there");
        return made.Text.Span(at, at + word.Length);
    }

    private static PreprocessedSource Run(string text, MemoryIncludes? files = null)
    {
        PreprocessedSource? made = Cpp.Run(text, out DiagnosticBag diagnostics, new() { Files = files });
        Assert.True(made is not null, string.Join('\n', diagnostics.Items.Select(item => item.Render())));
        return made;
    }

    [Theory]
    [InlineData("one\n  two three\n", "three", "t.dts:2:7")]
    [InlineData("/* a\n b */ two\n", "two", "t.dts:2:7")]
    [InlineData("a\\\nb c /* */ d\n", "d", "t.dts:2:11")]
    [InlineData("#if 0\nx\n#endif\n\ttwo\n", "two", "t.dts:4:2")]
    [InlineData("#define A five\n x A\n", "five", "t.dts:2:4")]
    [InlineData("#define f(x) [x]\n f( in )\n", "in", "t.dts:2:5")]
    [InlineData("#define f(x) [x out]\n f( in )\n", "out", "t.dts:2:2")]
    [InlineData("#define f(x) [x]\n f(\n\n in) after\n", "in", "t.dts:4:2")]
    [InlineData("#define f(x) [x]\n f(\n\n in) after\n", "after", "t.dts:4:6")]
    [InlineData("#line 70 \"other.dts\"\n two\n", "two", "other.dts:70:2")]
    [InlineData("#define J(a,b) a##b\n J(x,y)\n", "xy", "t.dts:2:4")]
    public void A_word_is_where_a_person_wrote_it(string source, string word, string place) =>
        Assert.Equal(place, Find(Run(source), word).Location.ToString());

    [Fact]
    public void A_word_of_an_included_file_knows_who_included_it()
    {
        var files = new MemoryIncludes { ["a.h"] = "\n#include \"b.h\"\n", ["b.h"] = "\n\n word\n" };
        SourceOrigin origin = Find(Run("x\n#include \"a.h\"\n", files), "word").Origin!;

        Assert.Equal("b.h:3:2", origin.Span.Location.ToString());
        Assert.Equal(["a.h:2", "t.dts:2"], origin.IncludedFrom.Select(
            span => $"{span.Location!.Value.Path}:{span.Location.Value.Line}"));
        Assert.Empty(origin.Macros);
    }

    [Fact]
    public void A_word_out_of_macros_knows_each_call_and_definition()
    {
        var files = new MemoryIncludes { ["m.h"] = "#define INNER deep\n#define OUTER(x) x INNER\n" };
        SourceOrigin origin = Find(Run("#include \"m.h\"\n  OUTER(1)\n", files), "deep").Origin!;

        Assert.Equal("t.dts:2:3", origin.Span.Location.ToString());
        Assert.Equal(["INNER", "OUTER"], origin.Macros.Select(macro => macro.Name));
        Assert.Equal(["m.h:2:20", "t.dts:2:3"], origin.Macros.Select(macro => macro.Call.Location.ToString()));
        Assert.Equal(["m.h:1:9", "m.h:2:9"], origin.Macros.Select(macro => macro.Definition.Location.ToString()));
        Assert.Equal("m.h:1:15", origin.Macros[0].Token.Location.ToString());
    }

    [Fact]
    public void Every_byte_of_a_text_has_a_place()
    {
        foreach (PreprocessorCase row in PreprocessorCase.All.Values.Where(row => row.Expected is not null))
        {
            PreprocessedSource made = Run(row.Source);
            for (int i = 0; i <= made.Text.Bytes.Length; i++)
            {
                SourceLocation location = made.Text.LocationOf(i);
                Assert.True(location.Line >= 1 && location.Column >= 1, $"{row.Name}: {location}");
                SourceOrigin origin = made.Text.Resolve(i, Math.Min(i + 1, made.Text.Bytes.Length));
                Assert.Equal((row.Name, location), (row.Name, origin.Span.Location!.Value));
            }
        }
    }
}
