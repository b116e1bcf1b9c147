using System.Collections.Concurrent;
using Conformance.Tests.Bindings;
using Conformance.Tests.Boards;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Validation.Bindings;

namespace Conformance.Tests.Schema;

/// <summary>
/// Our own core schemas on the boards of linux-source-6.1: with them is found what the newest dt-schema finds with its own, no
/// more and no less. The digests are in this directory, so that a checkout and Debian's packages are enough; to record them
/// again, set GUNYAH_REFERENCE and GUNYAH_RECORD_FINDINGS=1.
/// </summary>
public sealed class CoreSchemaTests(ReferenceCore core) : IClassFixture<ReferenceCore>
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
            FindingDigests.Write(FindingDigests.OfArm, Check("arm", CoreSchemas.In(core.Directory)).Select(
                board => KeyValuePair.Create(board.Key, FindingDigests.Of(board.Value))));
        }
        Compare("arm", FindingDigests.OfArm, ArmBoards);
    }

    /// <summary>The rule for core schemas of our own: what they cannot know is silent, not wrong.</summary>
    [Theory]
    [InlineData("arm64")]
    [InlineData("arm")]
    public void What_is_found_with_our_core_schemas_is_found_with_those_of_dt_schema_too(string architecture)
    {
        BindingCorpus.Require();
        ReferenceCore.Require();
        ConcurrentDictionary<string, List<string>> theirs = Check(architecture, CoreSchemas.In(core.Directory));
        string[] more =
        [
            .. Check(architecture, CoreSchemas.BuiltIn).SelectMany(board => Left(board.Value, theirs[board.Key])),
        ];
        Assert.Empty(more);
        Assert.Equal(architecture == "arm64" ? Arm64Boards : ArmBoards, theirs.Count);
    }

    private static void Compare(string architecture, string file, int boards)
    {
        Dictionary<string, string> recorded = FindingDigests.Read(file);
        Dictionary<string, List<string>> found = Check(architecture, CoreSchemas.BuiltIn)
            .ToDictionary(board => FindingDigests.BoardOf(board.Key), board => board.Value, StringComparer.Ordinal);
        Assert.Equal(boards, recorded.Count);
        string[] different =
        [
            .. recorded.Where(row => FindingDigests.IsComplete(row.Value))
                .Where(row => !found.TryGetValue(row.Key, out List<string>? findings) || FindingDigests.Of(findings) != row.Value)
                .Select(row => $"{row.Key}: recorded {row.Value}"),
        ];
        Assert.True(different.Length == 0, string.Join('\n', different.Take(10))
            + "\nAre the files those of linux-source-6.1 6.1.192-2?");
    }

    /// <summary>What is found in each board of an architecture, by the names of their blobs in the reference.</summary>
    private static ConcurrentDictionary<string, List<string>> Check(string architecture, CoreSchemas core)
    {
        var validator = new BindingValidator(
            SchemaLoader.Load([BindingCorpus.Root], core, new SchemaLoadReport(), Environment.ProcessorCount),
            BoardFindingsTests.Original);
        var blobs = new BoardBlobs();
        var found = new ConcurrentDictionary<string, List<string>>(StringComparer.Ordinal);
        Parallel.ForEach(KernelCorpus.Boards(architecture), source =>
        {
            string name = Path.ChangeExtension(Path.GetRelativePath(KernelCorpus.Source!, source).Replace('/', '_'), ".dtb");
            found[name] = BoardFindings.Split(BoardFindingsTests.Check(name, blobs.Compile(source), validator));
        });
        return found;
    }

    /// <summary>What of a list is not in another, as often as it is missing there.</summary>
    private static IEnumerable<string> Left(List<string> findings, List<string> others)
    {
        Dictionary<string, int> counts = others.CountBy(each => each, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        return findings.CountBy(each => each, StringComparer.Ordinal)
            .Where(each => each.Value > counts.GetValueOrDefault(each.Key)).Select(each => each.Key);
    }
}
