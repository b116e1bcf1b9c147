using System.Globalization;
using System.Text;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

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

    /// <summary>Breaks rules of the output as YAML, not of the blob.</summary>
    public static TheoryData<string, string, string, string> YamlOutputs => new()
    {
        { "BLB051", "Write", "b = \"M\u00fcnster\";", "b = [4d fc 00];" },
        { "BLB052", "Write", "b = [], <1>;", "b = <1>;" },
    };

    [Theory, MemberData(nameof(YamlOutputs))]
    public void Doing_what_the_remedy_says_makes_yaml(string id, string deed, string broken, string mended)
    {
        var diagnostics = new DiagnosticBag();

        Assert.Null(YamlPrinter.Print(Source(broken), diagnostics));

        Diagnostic found = Assert.Single(diagnostics.Items);
        Assert.Equal((id, deed), (found.Rule.Id, found.Remedy.Split(' ')[0]));
        Assert.Contains("'b' of /a ", found.Message, StringComparison.Ordinal);
        Assert.NotNull(YamlPrinter.Print(Source(mended), diagnostics));
        Assert.Single(diagnostics.Items);

        static LiveTree Source(string property) => DevicetreeCompiler.Compile(
            new SourceText("a.dts", Encoding.Latin1.GetBytes($"/dts-v1/; / {{ a {{ {property} }}; }};")), new DiagnosticBag())!;
    }

    [Fact]
    public void A_blob_is_no_source_of_yaml()
    {
        BlobExample example = Of(BlobRules.BadMagic.Id);
        var diagnostics = new DiagnosticBag();

        Assert.Null(YamlPrinter.Print(BlobReader.Read(example.Mended, DtcVersion.Newest, diagnostics)!, diagnostics));

        Diagnostic found = Assert.Single(diagnostics.Items);
        Assert.Equal("BLB050 only the bytes of property 'a' of / are known, not the parts of its value",
            $"{found.Rule.Id} {found.Message}");
        Assert.Equal("Give the source: YAML can be written from nothing else.", found.Remedy);
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
