using System.Globalization;
using Devicetree.Compatibility;
using Devicetree.Decompilation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Tests.Messages;

/// <summary>
/// Every rule of blobs is reached by a blob that breaks it and no other, and its remedy is what ends it: nobody can write a rule
/// or a remedy without having seen it.
/// </summary>
public class BlobExampleTests
{
    public static TheoryData<string> Rules => [.. BlobExamples.All.Select(example => example.Rule.Id)];

    public static TheoryData<string> RulesWithOffset =>
        [.. BlobExamples.All.Where(example => example.HasOffset).Select(example => example.Rule.Id)];

    [Fact]
    public void Every_rule_of_blobs_has_one_example() => Assert.Equal(
        BlobRules.All.Concat(RestorationRules.All).Select(rule => rule.Id).Order(StringComparer.Ordinal),
        Rules.Select(row => row.Data).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Rules))]
    public void The_example_of_a_rule_breaks_it_alone_and_at_its_place(string id)
    {
        BlobExample example = Of(id);

        Diagnostic found = Assert.Single(Read(example.Broken, example));

        Assert.Equal(id, found.Rule.Id);
        Assert.Contains(example.HasOffset ? $"at offset {example.Place}: " : example.Place, found.Message,
            StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Rules))]
    public void Doing_what_the_remedy_says_ends_it(string id)
    {
        BlobExample example = Of(id);

        string remedy = Assert.Single(Read(example.Broken, example)).Remedy;

        Assert.Equal(example.Deed, remedy.Split(' ')[0]);
        Assert.Matches(@"^[A-Z][^.!?]*( \([^)]*\))?\.$", remedy);
        Assert.Empty(Read(example.Mended, example));
    }

    [Theory, MemberData(nameof(RulesWithOffset))]
    public void The_offset_counts_from_the_start_of_the_file_that_holds_the_blob(string id)
    {
        BlobExample example = Of(id);
        const int Start = 0x1000;
        int offset = int.Parse(example.Place.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"at offset 0x{Start + offset:x}: "),
            Assert.Single(Read(example.Broken, example, Start)).Message, StringComparison.Ordinal);
    }

    private static BlobExample Of(string id) => BlobExamples.All.Single(example => example.Rule.Id == id);

    private static IReadOnlyList<Diagnostic> Read(byte[] blob, BlobExample example, long start = 0)
    {
        var diagnostics = new DiagnosticBag();
        LiveTree? tree = BlobReader.Read(
            blob, example.Tolerance, DtcVersion.Newest, new BlobFaults(diagnostics, start), diagnostics);
        Assert.Equal(tree is null, diagnostics.HasErrors);
        if (tree is not null)
        {
            Restoration.RestoreLabels(tree, diagnostics);
            Restoration.RestoreReferences(tree, diagnostics);
        }
        return diagnostics.Items;
    }
}
