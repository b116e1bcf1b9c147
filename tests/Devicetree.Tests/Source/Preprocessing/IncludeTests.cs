using System.Text;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Source.Preprocessing;

public class IncludeTests
{
    [Fact]
    public void Quotes_begin_beside_the_including_file_and_brackets_at_the_search_directories()
    {
        var files = new MemoryIncludes
        {
            ["x/a.h"] = "beside",
            ["i/a.h"] = "first",
            ["j/a.h"] = "second",
            ["j/b.h"] = "only there",
            ["i/sub/c.h"] = "#include \"d.h\"\n#include <b.h>",
            ["i/sub/d.h"] = "beside c",
        };
        PreprocessorOptions options = new() { Files = files, IncludeDirectories = ["i", "j"] };
        string Lines(string text)
        {
            var made = Preprocessor.Run(new SourceText("x/t.dts", text), options, new DiagnosticBag());
            Assert.NotNull(made);
            return PreprocessorCase.LinesOf(made.Text.Bytes.Span);
        }

        Assert.Equal("beside", Lines("#include \"a.h\""));
        Assert.Equal("first", Lines("#include <a.h>"));
        Assert.Equal("only there", Lines("#include \"b.h\""));
        Assert.Equal("beside c\nonly there", Lines("#include <sub/c.h>"));
        Assert.Equal("first", Lines("#define H <a.h>\n#include H"));
    }

    [Fact]
    public void The_next_file_of_a_name_is_that_of_the_next_directory()
    {
        var files = new MemoryIncludes { ["i/a.h"] = "one\n#include_next <a.h>\n", ["j/a.h"] = "two\n" };
        Assert.Equal("one\ntwo", Cpp.Lines("#include <a.h>\n", new() { Files = files, IncludeDirectories = ["i", "j"] }));
    }

    [Fact]
    public void What_is_guarded_or_meant_once_is_read_once_and_anything_else_each_time()
    {
        var files = new MemoryIncludes
        {
            ["guard.h"] = "/* c */\n#ifndef G\n#define G\nguarded\n#endif\n",
            ["once.h"] = "#pragma once\nonce\n",
            ["plain.h"] = "plain __INCLUDE_LEVEL__ __FILE__\n",
        };
        const string Twice = "#include \"guard.h\"\n#include \"guard.h\"\n#include \"once.h\"\n#include \"once.h\"\n#include \"plain.h\"\n#include \"plain.h\"\n";
        Assert.Equal("guarded\nonce\nplain 1 \"plain.h\"\nplain 1 \"plain.h\"", Cpp.Lines(Twice, new() { Files = files }));
        Assert.Equal(["guard.h", "once.h", "plain.h"], Cpp.Run(Twice, out _, new() { Files = files })!.Files);
    }

    [Fact]
    public void Forced_includes_come_first_and_files_can_be_asked_for()
    {
        var files = new MemoryIncludes { ["./f.h"] = "#define F forced\n", ["i/x.h"] = "" };
        PreprocessorOptions options = new() { Files = files, ForcedIncludes = ["f.h"], IncludeDirectories = ["i"] };
        Assert.Equal("forced", Cpp.Lines("F", options));
        Assert.Equal("yes\nno", Cpp.Lines("#if __has_include(<x.h>)\nyes\n#endif\n#if !__has_include(\"y.h\")\nno\n#endif\n",
            options));
    }

    [Fact]
    public void Line_markers_say_where_files_begin_and_end()
    {
        var files = new MemoryIncludes { ["a.h"] = "in\n" };
        PreprocessedSource? made = Cpp.Run("1\n#include \"a.h\"\n3\n\n\n\n\n\n\n\n\n\n\n14\n", out _,
            new() { Files = files, EmitLineMarkers = true });
        Assert.Equal(
            """
            # 0 "t.dts"
            # 0 "<built-in>"
            # 0 "<command-line>"
            # 1 "t.dts"
            1
            # 1 "a.h" 1
            in
            # 3 "t.dts" 2
            3
            # 14 "t.dts"
            14

            """,
            Encoding.UTF8.GetString(made!.Text.Bytes.Span));
    }

    [Fact]
    public void Sources_of_a_batch_share_what_was_read_and_do_not_see_each_others_macros()
    {
        var files = new MemoryIncludes { ["i/a.h"] = "#define A(x) [x]\n#ifdef M\nM\n#endif\n" };
        PreprocessorOptions options = new() { Files = files, IncludeDirectories = ["none", "i"], Cache = new() };
        string[] made = new string[64];
        // So many can find at once that nobody has read a file yet.
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = 4 };
        Parallel.For(0, made.Length, atOnce, i => made[i] =
            Cpp.Lines(i % 2 == 0 ? $"#include <a.h>\nA({i}) M" : $"#define M {i}\n#include <a.h>\nA(M) B\n#define B", options));

        for (int i = 0; i < made.Length; i++)
            Assert.Equal(i % 2 == 0 ? $"[{i}] M" : $"{i}\n[{i}] B", made[i]);
        Assert.InRange(files.Asked["i/a.h"], 1, atOnce.MaxDegreeOfParallelism);
        Assert.InRange(files.Asked["none/a.h"], 1, atOnce.MaxDegreeOfParallelism);
    }

    [Fact]
    public void A_file_that_is_missing_or_refused_is_reported_where_it_is_asked_for()
    {
        var files = new MemoryIncludes { ["big.h"] = new('x', 10_000), ["a.h"] = "\n #include <none.h>\n" };
        Assert.Equal(["a.h:2:11 CPP001"], Cpp.Errors("#include \"a.h\"", new() { Files = files }));
        Assert.EndsWith("CPP002",
            Assert.Single(Cpp.Errors("#include \"big.h\"", new() { Files = files, MaxSourceBytes = 5000 })),
            StringComparison.Ordinal);
        Assert.Equal(["t.dts:1:10 CPP001"], Cpp.Errors("#include \"a.h\""));
    }
}
