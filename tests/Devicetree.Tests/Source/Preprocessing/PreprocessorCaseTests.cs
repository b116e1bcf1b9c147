using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Tests.Source.Preprocessing;

public class PreprocessorCaseTests
{
    public static TheoryData<string> Names => [.. PreprocessorCase.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_source_becomes_what_cpp_makes_of_it(string name)
    {
        PreprocessorCase row = PreprocessorCase.All[name];
        PreprocessedSource? made = Cpp.Run(row.Source + "\n", out DiagnosticBag diagnostics);

        Assert.Equal(row.Expected, made is null ? null : PreprocessorCase.LinesOf(made.Text.Bytes.Span));
        Assert.Equal(made is null, diagnostics.HasErrors);
        Assert.All(diagnostics.Items, item => Assert.NotNull(item.Span.Source));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_source_cut_anywhere_is_read_or_refused_with_a_place(string name)
    {
        string source = PreprocessorCase.All[name].Source;
        for (int length = 0; length < source.Length; length++)
        {
            PreprocessedSource? made = Cpp.Run(source[..length], out DiagnosticBag diagnostics);
            Assert.Equal(made is null, diagnostics.HasErrors);
            Assert.All(diagnostics.Items, item => Assert.NotNull(item.Span.Location));
        }
    }

    [Fact]
    public void Macros_of_the_command_line_come_before_the_source()
    {
        PreprocessorOptions options = new()
        {
            Macros = [CommandLineMacro.Define("A"), CommandLineMacro.Define("B=2 3"), CommandLineMacro.Define("f(x)=[x]"),
                CommandLineMacro.Define("C=1"), CommandLineMacro.Undefine("C")],
        };
        Assert.Equal("1 2 3 [4] C", Cpp.Lines("A B f(4) C", options));
        Assert.Equal("__DTS__", Cpp.Lines("__DTS__", new() { PredefineDts = false }));
    }

    [Fact]
    public void Without_a_clock_the_date_is_unknown_and_with_one_it_is_that()
    {
        Assert.Equal("\"??? ?? ????\" \"??:??:??\"", Cpp.Lines("__DATE__ __TIME__"));
        Assert.Equal(
            "\"Feb  3 2024\" \"04:05:06\"", Cpp.Lines("__DATE__ __TIME__",
                new() { Now = new(2024, 2, 3, 4, 5, 6, TimeSpan.Zero) }));
    }

    [Fact]
    public void Several_errors_are_reported_in_one_pass() =>
        Assert.Equal(
            ["t.dts:1:10 CPP001", "t.dts:2:9 CPP041", "t.dts:4:3 CPP050", "t.dts:5:8 CPP010"],
            Cpp.Errors("#include \"none.h\"\n#define 5\n#define f(x) x\n  f(1,2)\n#error no\n"));
}
