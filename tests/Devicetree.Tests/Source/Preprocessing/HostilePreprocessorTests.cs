using System.Text;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Source.Preprocessing;

/// <summary>Sources that are made to take all memory or never to end.</summary>
public class HostilePreprocessorTests
{
    private const int Seeds = 3000;

    private static string Refusal(string text, PreprocessorOptions? options = null)
    {
        string[] errors = Cpp.Errors(text, options);
        return errors[0][^6..];
    }

    [Fact]
    public void Files_that_include_each_other_in_a_circle_are_refused()
    {
        var files = new MemoryIncludes
        {
            ["a.h"] = "#include \"b.h\"\n",
            ["b.h"] = "#include \"a.h\"\n",
            ["t.dts"] =
            "#include \"t.dts\"\n"
        };
        Assert.Equal("CPP003", Refusal("#include \"a.h\"\n", new() { Files = files }));
        Assert.Equal("CPP003", Refusal("#include \"t.dts\"\n", new() { Files = files }));
    }

    [Fact]
    public void Files_that_include_two_others_each_are_refused_long_before_they_end()
    {
        var files = new MemoryIncludes();
        for (int i = 0; i < 100; i++)
            files[$"{i}.h"] = $"#include \"{i + 1}.h\"\n#include \"{i + 1}.h\"\n";
        files["100.h"] = "x\n";
        Assert.Equal("CPP004", Refusal("#include \"0.h\"\n", new() { Files = files, MaxIncludes = 10_000 }));
    }

    [Fact]
    public void Macros_that_double_are_refused_long_before_they_end()
    {
        var text = new StringBuilder("#define A0 + 1\n");
        for (int i = 1; i < 100; i++)
            text.Append($"#define A{i} A{i - 1} A{i - 1}\n");
        Assert.Equal("CPP052", Refusal(text + "A99\n", new() { MaxExpandedTokens = 100_000 }));
        Assert.Equal("CPP052", Refusal(text + "#if A99\n#endif\n", new() { MaxExpandedTokens = 100_000 }));
    }

    [Fact]
    public void Text_that_grows_by_expansion_is_refused_at_the_limit() =>
        Assert.Equal("CPP004", Refusal($"#define A {new string('x', 1000)}\n{string.Concat(Enumerable.Repeat("A ", 2000))}\n",
        new() { MaxOutputBytes = 100_000 }));

    [Fact]
    public void Calls_and_parentheses_nest_only_so_deep()
    {
        string Nested(string open, int depth) => string.Concat(Enumerable.Repeat(open, depth)) + "1" + new string(')', depth);

        Assert.Equal("CPP053", Refusal("#define f(x) x\n" + Nested("f(", 1000) + "\n"));
        // Each level reads all that is within it again.
        Assert.Equal("CPP052", Refusal("#define f(x) x\n" + Nested("f(", 100_000) + "\n"));
        Assert.Equal("CPP053", Refusal($"#if {Nested("(", 100_000)}\n#endif\n"));
        Assert.Equal("CPP053", Refusal($"#if {new string('!', 100_000)}1\n#endif\n"));
        Assert.Equal("1", Cpp.Lines("#define f(x) x\n" + Nested("f(", 200) + "\n"));
    }

    [Fact]
    public void Many_conditionals_may_be_open() =>
        Assert.Equal("x", Cpp.Lines(string.Concat(Enumerable.Repeat("#if 1\n", 50_000)) + "x\n"
        + string.Concat(Enumerable.Repeat("#endif\n", 50_000))));

    [Fact]
    public void Ten_thousands_of_joined_lines_keep_their_number()
    {
        // More newlines come back after the joined lines than the text has without them.
        string text = string.Concat(Enumerable.Repeat("a\\\nb\n", 60_000));
        Assert.Equal("120001", Cpp.Lines(text + "__LINE__\n").Split('\n')[^1]);
    }

    [Fact]
    public void A_device_is_no_file_to_include()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no /dev/zero");
        Assert.Equal("CPP002", Refusal("#include \"/dev/zero\"\n", new() { Files = new DiskIncludeFiles() }));
    }

    [Fact]
    public void Damaged_sources_are_read_or_refused_with_a_place()
    {
        string[] sources = [.. PreprocessorCase.All.Values.Select(row => row.Source)];
        var cache = new IncludeCache();
        for (int seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            byte[] bytes = Encoding.UTF8.GetBytes(sources[random.Next(sources.Length)] + "\n"
                + sources[random.Next(sources.Length)]);
            for (int i = random.Next(1, 6); i > 0 && bytes.Length > 0; i--)
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0
                    ? (byte)random.Next(256) : bytes[random.Next(bytes.Length)];
            var diagnostics = new DiagnosticBag();
            PreprocessedSource? made;
            try
            {
                made = Preprocessor.Run(new SourceText("t.dts", bytes), new() { Cache = cache }, diagnostics);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"seed {seed}: {Encoding.Latin1.GetString(bytes)}", exception);
            }
            Assert.True((made is null) == diagnostics.HasErrors, $"seed {seed}");
            Assert.All(diagnostics.Items, item => Assert.NotNull(item.Span.Location));
        }
    }
}
