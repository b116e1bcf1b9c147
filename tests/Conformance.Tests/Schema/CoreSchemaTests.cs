using Conformance.Tests.Bindings;
using Conformance.Tests.Boards;

namespace Conformance.Tests.Schema;

/// <summary>
/// Our own core schemas on the boards of linux-source-6.1: with them is found what the newest dt-schema finds with its own, no
/// more and no less. The digests are in this directory, so that a checkout and Debian's packages are enough; to record them
/// again, set GUNYAH_REFERENCE and GUNYAH_RECORD_FINDINGS=1.
/// </summary>
public sealed class CoreSchemaTests(ReferenceCore core)
{
    private const int Arm64Boards = 766;
    private const int ArmBoards = 1_516;

    [Fact]
    public void With_our_core_schemas_every_arm64_board_has_the_findings_that_the_newest_dt_validate_printed()
    {
        BindingCorpus.Require();
        if (FindingDigests.Records)
        {
            ReferenceCore.Require();
            FindingDigests.Write(
                FindingDigests.OfDtValidate, BoardFindings.ReadAll()
                    .Select(board => KeyValuePair.Create(board.Key, FindingDigests.Of(board.Value))));
        }
        Compare("arm64", FindingDigests.OfDtValidate, Arm64Boards);
    }

    [Fact]
    public void With_our_core_schemas_every_arm_board_has_the_findings_that_were_recorded()
    {
        BindingCorpus.Require();
        if (FindingDigests.Records)
        {
            ReferenceCore.Require();
            FindingDigests.Write(FindingDigests.OfArm, core.Verdicts.Of(KernelCorpus.Boards("arm")).Select(
                board => KeyValuePair.Create(board.Key, FindingDigests.Of(board.Value))));
        }
        Compare("arm", FindingDigests.OfArm, ArmBoards);
    }

    /// <summary>
    /// The rule for core schemas of our own: what they cannot know is silent, not wrong. Of the arm boards a share, as what was
    /// recorded of them was found with both.
    /// </summary>
    [Theory]
    [InlineData("arm64", Arm64Boards)]
    [InlineData("arm", ArmBoards)]
    public void What_is_found_with_our_core_schemas_is_found_with_those_of_dt_schema_too(string architecture, int all)
    {
        BindingCorpus.Require();
        ReferenceCore.Require();
        string[] boards = [.. KernelCorpus.Boards(architecture)];
        Assert.Equal(all, boards.Length);
        string[] asked = architecture == "arm64" ? boards : [.. boards.Where((_, number) => LiveShare.Has(number))];
        string[] more =
        [
            .. asked.AsParallel().SelectMany(board =>
                Left(ReferenceCore.OwnVerdicts.Value.Of(board), core.Verdicts.Of(board)).Select(line => $"{board}: {line}")),
        ];
        Assert.True(more.Length == 0, $"{LiveShare.Description}\n{string.Join('\n', more.Take(10))}");
    }

    private static void Compare(string architecture, string file, int boards)
    {
        Dictionary<string, string> recorded = FindingDigests.Read(file);
        Dictionary<string, IReadOnlyList<string>> found = ReferenceCore.OwnVerdicts.Value.Of(KernelCorpus.Boards(architecture))
            .ToDictionary(board => FindingDigests.BoardOf(board.Key), board => board.Value, StringComparer.Ordinal);
        Assert.Equal(boards, recorded.Count);
        string[] different =
        [
            .. recorded.Where(row => FindingDigests.IsComplete(row.Value))
                .Where(row => !found.TryGetValue(row.Key, out IReadOnlyList<string>? findings)
                    || FindingDigests.Of(findings) != row.Value)
                .Select(row => $"{row.Key}: recorded {row.Value}"),
        ];
        Assert.True(different.Length == 0, string.Join('\n', different.Take(10))
            + "\nAre the files those of linux-source-6.1 6.1.192-2?");
    }

    /// <summary>What of a list is not in another, as often as it is missing there.</summary>
    private static IEnumerable<string> Left(IReadOnlyList<string> findings, IReadOnlyList<string> others)
    {
        Dictionary<string, int> counts = others.CountBy(each => each, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        return findings.CountBy(each => each, StringComparer.Ordinal)
            .Where(each => each.Value > counts.GetValueOrDefault(each.Key)).Select(each => each.Key);
    }
}
