using System.Collections.Concurrent;
using Conformance.Tests.Bindings;
using Conformance.Tests.Boards;

namespace Conformance.Tests.Schema;

/// <summary>
/// What is found in every arm64 board of the kernel, held against what the newest dt-validate found in the same blobs with the
/// same bindings (dt-schema 2026.06 and 15 commits, 01b5073; Python hash seed 0; the reference's dt-validate-arm64.txt.gz).
/// </summary>
public sealed class BoardFindingsTests(ReferenceCore core)
{
    /// <summary>
    /// Boards in which the original stopped with an exception: a mixture of types it cannot choose from, or a malformed
    /// reference.
    /// </summary>
    private const int Crashes = 42;

    private const int Boards = 766;

    [Fact]
    public void Every_board_has_the_findings_of_the_newest_dt_validate()
    {
        BindingCorpus.Require();
        ReferenceCore.Require();
        Dictionary<string, BoardFindings> expected = BoardFindings.ReadAll();
        var problems = new ConcurrentQueue<string>();
        int compared = 0;
        int same = 0;
        Parallel.ForEach(KernelCorpus.Boards("arm64"), source =>
        {
            // Overlays have the same ending; the list has only what is a board by itself.
            if (!expected.TryGetValue(BoardVerdicts.NameOf(source), out BoardFindings? board))
                return;
            Interlocked.Increment(ref compared);
            IReadOnlyList<string> ours = core.Verdicts.Of(source);
            string[] certain = [.. board.Certain()];
            string? difference = board.Crashed ? Missing(certain, ours) : Missing(certain, ours)
                ?? Missing(ours, certain, "more");
            if (difference is not null)
                problems.Enqueue($"{source}: {difference}");
            else if (!board.Crashed && certain.Length == board.Findings.Count)
                Interlocked.Increment(ref same);
        });

        Assert.True(problems.IsEmpty, string.Join('\n', problems.Take(10)));
        Assert.Equal(Boards, compared);
        Assert.Equal(Crashes, expected.Values.Count(board => board.Crashed));
        int chance = expected.Values.Count(board => !board.Crashed && board.Certain().Count() != board.Findings.Count);
        Assert.Equal(Boards - Crashes - chance, same);
        Assert.True(chance < 12, $"{chance} boards depend on chance");
    }

    /// <summary>The first finding that stands in one list more often than in another.</summary>
    private static string? Missing(IReadOnlyList<string> wanted, IReadOnlyList<string> found, string word = "missing")
    {
        Dictionary<string, int> counts = found.CountBy(each => each, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        foreach ((string finding, int count) in wanted.CountBy(each => each, StringComparer.Ordinal))
        {
            if (count > counts.GetValueOrDefault(finding))
                return $"{word}: {finding}";
        }
        return null;
    }
}
