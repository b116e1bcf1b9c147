using System.Collections.Concurrent;
using System.Text;
using Conformance.Tests.Boards;
using Conformance.Tests.Tools;
using Devicetree.Tests.Source.Preprocessing;

namespace Conformance.Tests.Preprocessing;

/// <summary>Our preprocessor held against the installed cpp.</summary>
public class CppTests
{
    private const int Shown = 5;

    private static readonly string[] _tokens =
    [
        "1", "a", "\"s\"", "'c'", "L\"w\"", ".5", ".", "...", "-", "--", "->", "-=", "+", "++", "+=", "<", "<<", "<=", "<<=",
        ">", ">>", ">=", ">>=",
        "&", "&&", "&=", "|", "||", "|=", "=", "==", "/", "/=", "*", "*=", "%", "%=", "^", "^=", "!", "!=", "~", "?", ":", "::",
        ";", "{", "}",
        "[", "]", "@", "$", "`", "#", "##", "%:", "<:", "<%", "%>", ":>", "%:%:", "\\", "ä", "0x1e", "u8", "R", "L",
    ];

    [Fact]
    public void What_was_recorded_is_what_cpp_says()
    {
        ExternalTool.Require("cpp");
        Parallel.ForEach(PreprocessorCase.All.Values, CppPair.OneEachCore, row =>
        {
            using var directory = new TemporaryDirectory();
            byte[]? theirs = CppPair.Theirs(directory.Write("in.dts", Encoding.UTF8.GetBytes(row.Source + "\n")),
                directory.PathOf("out"));
            Assert.Equal((row.Name, row.Expected), (row.Name, theirs is null ? null : PreprocessorCase.LinesOf(theirs)));
        });
    }

    [Fact]
    public void Any_two_tokens_that_meet_out_of_macros_are_set_apart_as_cpp_does()
    {
        ExternalTool.Require("cpp");
        var text = new StringBuilder("#define D(x...) x\n");
        foreach (string first in _tokens)
        {
            foreach (string second in _tokens)
            {
                foreach (string line in (string[])[$"{first}D({second})", $"D({first}){second}", $"D({first} {second})",
                    $"D({first}{second})", $". {first} D({second}) {second}"])
                {
                    // What opens a comment would hide the rest.
                    if (!line.Contains("//", StringComparison.Ordinal) && !line.Contains("/*", StringComparison.Ordinal))
                        text.Append(line).Append('\n');
                }
            }
        }
        using var directory = new TemporaryDirectory();
        string source = directory.Write("in.dts", Encoding.UTF8.GetBytes(text.ToString()));
        byte[]? theirs = CppPair.Theirs(source, directory.PathOf("out"));
        Assert.NotNull(theirs);
        byte[]? ours = CppPair.Ours(source, new() { EmitLineMarkers = true }, out string diagnostics);
        Assert.True(CppPair.Difference(theirs, ours) is null, CppPair.Difference(theirs, ours) + diagnostics);
    }

    [Theory]
    [InlineData("arm64", 766, false)]
    [InlineData("arm", 1400, true)]
    public void Every_board_comes_out_byte_for_byte_as_from_cpp(string architecture, int atLeast, bool isLong)
    {
        KernelCorpus.Require();
        Assert.SkipUnless(!isLong || Environment.GetEnvironmentVariable("GUNYAH_LONG_TESTS") == "1",
            "GUNYAH_LONG_TESTS=1 runs it");
        var differences = new ConcurrentBag<string>();
        var texts = new BoardTexts(architecture);
        BoardAnswers answers = BoardAnswers.Of(architecture);
        int compared = 0;
        Parallel.ForEach(KernelCorpus.Boards(architecture), CppPair.OneEachCore, board =>
        {
            byte[]? ours = texts.Of(board, out string diagnostics);
            if (!answers.Settle(board, BoardQuestion.Text, BoardTexts.DigestOf(ours)))
            {
                using var directory = new TemporaryDirectory();
                string output = directory.PathOf("out");
                byte[]? theirs = KernelCorpus.TryPreprocess(architecture, board, output) ? File.ReadAllBytes(output) : null;
                if (CppPair.Difference(theirs, ours) is string difference)
                    differences.Add($"{board}: {difference}\n{diagnostics}");
                answers.Note(board, BoardQuestion.Text, BoardTexts.DigestOf(theirs));
            }
            if (ours is not null)
                Interlocked.Increment(ref compared);
        });
        answers.Save();
        Assert.True(differences.IsEmpty,
            $"{differences.Count} differ:\n{string.Join('\n', differences.Order(StringComparer.Ordinal).Take(Shown))}");
        Assert.InRange(compared, atLeast, int.MaxValue);
    }
}
