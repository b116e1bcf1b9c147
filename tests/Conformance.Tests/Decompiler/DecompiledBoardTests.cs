using System.Collections.Concurrent;
using System.Text;
using Conformance.Tests.Boards;
using Conformance.Tests.Checks;
using Conformance.Tests.Tools;
using Devicetree.Compatibility;
using Devicetree.Text.Sources;

namespace Conformance.Tests.Decompiler;

/// <summary>
/// Every arm64 board of the kernel, compiled with and without symbols, decompiled by dtc (<see cref="BoardAnswers"/>)
/// and by us, and compiled again.
/// </summary>
public class DecompiledBoardTests
{
    private const int Boards = 766;
    private const int Shown = 5;

    private static readonly bool[] _symbols = [false, true];

    [Fact]
    public void Every_board_decompiles_to_the_text_of_dtc_where_that_compiles_back_and_to_one_that_does_where_it_does_not()
    {
        KernelCorpus.Require();
        var problems = new ConcurrentBag<string>();
        var lost = new ConcurrentBag<string>();
        int compared = 0;
        var texts = new BoardTexts("arm64");
        BoardAnswers answers = BoardAnswers.Of("arm64");
        Parallel.ForEach(KernelCorpus.Boards("arm64"), DtcChecks.OneEachCore, board =>
        {
            byte[]? source = texts.Of(board, out string refusal);
            Assert.True(source is not null, $"{board}: {refusal}");
            byte[][] blobs = [.. _symbols.Select(symbols =>
                Recompiled.Compile(new SourceText(board, source), symbols, Path.GetDirectoryName(board)!))];
            string[] ours = [.. blobs.Select(blob => Recompiled.Decompile(blob, DtcChecks.Version))];
            string[]? theirs = null;
            if (!answers.Settle(board, BoardQuestion.Decompiled, DigestOf(ours)))
            {
                theirs = [.. blobs.Select(Decompile)];
                answers.Note(board, BoardQuestion.Decompiled, DigestOf(theirs));
            }
            for (int i = 0; i < blobs.Length; i++)
            {
                string what = $"{Path.GetFileName(Path.GetDirectoryName(board))}/{Path.GetFileNameWithoutExtension(board)}"
                    + (_symbols[i] ? " -@" : "");
                if (Recompiled.Difference(ours[i], blobs[i]) is string difference)
                    problems.Add($"{what}: our text {difference}");
                if (theirs is not null && ours[i] != theirs[i])
                {
                    lost.Add(what);
                    if (Recompiled.Difference(theirs[i], blobs[i]) is null)
                        problems.Add($"{what}: the text is not dtc's, which compiles back\n{Recompiled.FirstLines(theirs[i], ours[i])}");
                }
                Interlocked.Increment(ref compared);
            }
        });
        answers.Save();
        Assert.True(problems.IsEmpty,
            $"{problems.Count} problems:\n{string.Join('\n', problems.Order(StringComparer.Ordinal).Take(Shown))}");
        Assert.Equal(2 * Boards, compared);
        // The list is of what 1.6.1 loses; a version that splits strings loses none.
        string[] expected = DtcChecks.Version.Has(DtcChanges.SplitStrings)
            ? [] : File.ReadAllLines(Checkout.File("tests", "Conformance.Tests", "Decompiler", "lost-by-dtc-1.6.1.txt"));
        Assert.True(lost.ToHashSet().SetEquals(expected),
            $"lost by dtc:\n{string.Join('\n', lost.Order(StringComparer.Ordinal))}");
    }
    private static string Decompile(byte[] blob)
    {
        using var directory = new TemporaryDirectory();
        return ExternalTool.Start("dtc", "-q", "-I", "dtb", "-O", "dts", directory.Write("in.dtb", blob)).StandardOutput;
    }

    private static string DigestOf(string[] texts) => BoardAnswers.Digest([.. texts.Select(Encoding.UTF8.GetBytes)]);
}
