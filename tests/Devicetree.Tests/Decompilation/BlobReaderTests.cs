using System.Text;
using Devicetree.Compatibility;
using Devicetree.Decompilation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Tests.Decompilation;

public class BlobReaderTests
{
    private static BlobBuilder Rooted() => new BlobBuilder().Begin("");

    private static byte[] Good() => Rooted().Prop(BlobBuilder.A, 7).EndNode().End().Build();

    /// <summary>What the words for them are in dtc, <c>DtcBlobWordsTests</c> says.</summary>
    public static TheoryData<string, byte[], string> Refused => new()
    {
        { "no bytes", [], "BLB001 0x0" },
        { "other magic", [1, 2, 3, 4, 0, 0, 0, 40], "BLB002 0x0" },
        { "magic only", Good()[..7], "BLB003 0x7" },
        { "total size of 27", BlobBuilder.Patch(Good(), 4, 27), "BLB004 0x4" },
        { "cut", Good()[..^1], $"BLB005 0x{Good().Length - 1:x}" },
        { "reservations at the end", BlobBuilder.Patch(Good(), 16, (uint)Good().Length), "BLB006 0x10" },
        { "structure at the end", BlobBuilder.Patch(Good(), 8, (uint)Good().Length), "BLB007 0x8" },
        { "strings behind the end", BlobBuilder.Patch(Good(), 12, (uint)Good().Length + 1), "BLB008 0xc" },
        { "strings too long", BlobBuilder.Patch(Good(), 32, 11), "BLB009 0x20" },
        { "structure too long", BlobBuilder.Patch(Good(), 36, 0xfffffff0), "BLB010 0x24" },
        { "NOP first", new BlobBuilder().Nop().Begin("").EndNode().End().Build(), "BLB012 0x38" },
        { "case 65: NOP before END", Rooted().EndNode().Nop().End().Build(), "BLB013 0x44" },
        { "END inside", Rooted().End().Build(), "BLB014 0x40" },
        { "unknown tag", Rooted().Words(0xabc).EndNode().End().Build(), "BLB015 0x40" },
        { "string offset", Rooted().Prop(10, 1).EndNode().End().Build(), "BLB016 0x40" },
        { "case 64: length 0xffffffff", Rooted().Words(3, 0xffffffff, 0).EndNode().End().Build(), "BLB020 0x40" },
        { "length behind the end", Rooted().Words(3, 0x7fffffff, 0).EndNode().End().Build(), "BLB011 0x40" },
        { "path of another parent", new BlobBuilder().Begin("/a").Begin("/b").EndNode().EndNode().End()
            .Build(3, 1), "BLB017 0x40" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void What_dtc_refuses_is_refused_with_its_place(string what, byte[] blob, string expected)
    {
        _ = what;
        var diagnostics = new DiagnosticBag();

        Assert.Null(BlobReader.Read(blob, DtcVersion.Debian, diagnostics));

        Diagnostic refusal = Assert.Single(diagnostics.Items);
        Assert.Equal(expected, $"{refusal.Rule.Id} 0x{refusal.Arguments[0]:x}");
        Assert.StartsWith($"at offset 0x{refusal.Arguments[0]:x}: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_64_a_length_that_crashes_dtc_is_refused_with_its_place()
    {
        var diagnostics = new DiagnosticBag();
        BlobReader.Read(Rooted().Words(3, 0x80000000, 0).EndNode().End().Build(), DtcVersion.Debian, diagnostics);
        Assert.Contains("offset 0x40", Assert.Single(diagnostics.Items).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_proper_prefix_of_a_good_blob_is_refused()
    {
        byte[] good = Good();
        for (int length = 0; length < good.Length; length++)
        {
            var diagnostics = new DiagnosticBag();
            Assert.Null(BlobReader.Read(good.AsMemory(0, length), DtcVersion.Debian, diagnostics));
            Assert.True(diagnostics.HasErrors);
        }
    }

    [Fact]
    public void Nodes_nested_deeper_than_the_limit_are_refused_and_up_to_it_read()
    {
        Assert.NotNull(BlobReader.Read(Nested(100), new BlobReaderOptions { MaxDepth = 100 }, new DiagnosticBag()));
        var diagnostics = new DiagnosticBag();
        Assert.Null(BlobReader.Read(Nested(101), new BlobReaderOptions { MaxDepth = 100 }, diagnostics));
        Assert.Equal(BlobRules.TooDeep, Assert.Single(diagnostics.Items).Rule);
        Assert.Null(BlobReader.Read(Nested(200_000), DtcVersion.Debian, new DiagnosticBag()));
    }

    [Fact]
    public void Values_that_are_added_to_the_tree_of_a_blob_have_a_limit()
    {
        var diagnostics = new DiagnosticBag();
        LiveTree tree = BlobReader.Read(Good(), DtcVersion.Debian, diagnostics)!;

        Assert.True(tree.Budget.TryTake(int.MaxValue));
        Assert.Empty(diagnostics.Items);
        Assert.False(tree.Budget.TryTake(1));

        Assert.Equal("at offset 0x0: there are more than 2147483647 bytes of values", Assert.Single(diagnostics.Items).Message);
        Assert.True(tree.Budget.IsExhausted);
    }

    [Fact]
    public void Names_that_stand_twice_and_properties_after_children_are_read()
    {
        byte[] blob = Rooted().Prop(BlobBuilder.A, 1).Begin("n").EndNode().Prop(BlobBuilder.A, 2).Begin("n").EndNode().EndNode()
            .End().Build(99, 98);
        var diagnostics = new DiagnosticBag();

        LiveTree tree = BlobReader.Read(blob, DtcVersion.Debian, diagnostics)!;

        Assert.Equal(BlobRules.PropertyAfterNode, Assert.Single(diagnostics.Items).Rule);
        Assert.Equal(["a", "a"], tree.Root!.Properties.Live.Select(property => property.Name));
        Assert.Equal(["n", "n"], tree.Root.Children.Live.Select(child => child.Name));
    }

    [Fact]
    public void Before_version_16_names_are_full_paths_and_long_values_are_aligned()
    {
        byte[] blob = new BlobBuilder().Begin("/").Words(3, 8, 0, 0).Words(1, 2).Nop()
            .Begin("/cpus").Begin("/cpus/cpu@0").EndNode().EndNode().EndNode().End().Build(3, 1);
        var diagnostics = new DiagnosticBag();

        LiveTree tree = BlobReader.Read(blob, DtcVersion.Debian, diagnostics)!;

        Assert.Equal(BlobRules.NopInOldVersion, Assert.Single(diagnostics.Items).Rule);
        Assert.Equal(["/", "/cpus", "/cpus/cpu@0"], tree.Nodes.Select(node => node.Path));
        Assert.Equal("0000000100000002", Convert.ToHexString(tree.Root!.Properties.All[0].Value.Bytes.Span));
    }

    [Fact]
    public void A_damaged_blob_is_read_or_refused_but_never_crashes()
    {
        byte[] original = Vectors.Real("secondary.dtb");
        for (int seed = 0; seed < 3000; seed++)
        {
            var diagnostics = new DiagnosticBag();
            LiveTree? tree = BlobReader.Read(Mutations.Damage(original, new Random(seed)), DtcVersion.Newest, diagnostics);
            Assert.True((tree is null) == diagnostics.HasErrors, $"seed {seed}");
            if (tree is null)
                continue;
            Restoration.RestoreLabels(tree, diagnostics);
            Restoration.RestoreReferences(tree, diagnostics);
            Assert.StartsWith("/dts-v1/;", Encoding.Latin1.GetString(LivePrinter.Print(tree)), StringComparison.Ordinal);
        }
    }

    private static byte[] Nested(int depth)
    {
        var blob = Rooted();
        for (int i = 1; i < depth; i++)
            blob.Begin("n");
        for (int i = 0; i < depth; i++)
            blob.EndNode();
        return blob.End().Build();
    }
}
