using System.Text;
using Devicetree.Compatibility;
using Devicetree.Decompilation;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Tests.Decompilation;

public class BlobReaderTests
{
    private static BlobBuilder Rooted() => new BlobBuilder().Begin("");

    private static byte[] Good() => Rooted().Prop(BlobBuilder.A, 7).EndNode().End().Build();

    /// <summary>The texts are dtc's; <c>BlobVerdictTests</c> of the conformance tests hold them against it.</summary>
    public static TheoryData<string, byte[], string> Refused => new()
    {
        { "no bytes", [], "EOF reading DT blob magic number" },
        { "other magic", [1, 2, 3, 4, 0, 0, 0, 40], "Blob has incorrect magic number" },
        { "magic only", Good()[..7], "EOF reading DT blob size" },
        { "total size of 27", BlobBuilder.Patch(Good(), 4, 27), "DT blob size (27) is too small" },
        { "cut", Good()[..^1], $"EOF before reading {Good().Length} bytes of DT blob" },
        { "total size of 2^31", BlobBuilder.Patch(Good(), 4, 0x80000000), "EOF before reading -2147483648 bytes of DT blob" },
        { "reservations at the end", BlobBuilder.Patch(Good(), 16, (uint)Good().Length), "Mem Reserve structure offset exceeds total size" },
        { "structure at the end", BlobBuilder.Patch(Good(), 8, (uint)Good().Length), "DT structure offset exceeds total size" },
        { "strings behind the end", BlobBuilder.Patch(Good(), 12, (uint)Good().Length + 1), "String table offset exceeds total size" },
        { "strings too long", BlobBuilder.Patch(Good(), 32, 11), "String table extends past total size" },
        { "strings that wrap around", BlobBuilder.Patch(Good(), 32, 0xffffffff), "String table extends past total size" },
        { "structure too long", BlobBuilder.Patch(Good(), 36, 0xfffffff0), "Structure block extends past total size" },
        { "NOP first", new BlobBuilder().Nop().Begin("").EndNode().End().Build(), "Device tree blob doesn't begin with FDT_BEGIN_NODE (begins with 0x00000004)" },
        { "case 65: NOP before END", Rooted().EndNode().Nop().End().Build(), "Device tree blob doesn't end with FDT_END" },
        { "END inside", Rooted().End().Build(), "Premature FDT_END in device tree blob" },
        { "unknown tag", Rooted().Words(0xabc).EndNode().End().Build(), "Invalid opcode word 00000abc in device tree blob" },
        { "string offset", Rooted().Prop(10, 1).EndNode().End().Build(), "String offset 10 overruns string table" },
        { "string offset of 2^31", Rooted().Prop(0x80000001, 1).EndNode().End().Build(), "String offset -2147483647 overruns string table" },
        { "case 64: length 0xffffffff", Rooted().Words(3, 0xffffffff, 0).EndNode().End().Build(), "Property length 4294967295 is not below 2 GiB" },
        { "length behind the end", Rooted().Words(3, 0x7fffffff, 0).EndNode().End().Build(), "Premature end of data parsing flat device tree" },
        { "path of another parent", new BlobBuilder().Begin("/a").Begin("/b").EndNode().EndNode().End().Build(3, 1), "Path \"/b\" is not valid as a child of \"/a\"" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void What_dtc_refuses_is_refused_in_its_words(string what, byte[] blob, string message)
    {
        _ = what;
        var diagnostics = new DiagnosticBag();

        Assert.Null(BlobReader.Read(blob, DtcVersion.Debian, diagnostics));

        Assert.Equal(message, Assert.Single(diagnostics.Items).Message);
    }

    [Fact]
    public void Case_64_a_length_that_crashes_dtc_is_refused_with_its_place()
    {
        var diagnostics = new DiagnosticBag();
        BlobReader.Read(Rooted().Words(3, 0x80000000, 0).EndNode().End().Build(), DtcVersion.Debian, diagnostics);
        Assert.Contains("offset 0x40", Assert.Single(diagnostics.Items).Remedy, StringComparison.Ordinal);
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
    public void Names_that_stand_twice_and_properties_after_children_are_read()
    {
        byte[] blob = Rooted().Prop(BlobBuilder.A, 1).Begin("n").EndNode().Prop(BlobBuilder.A, 2).Begin("n").EndNode().EndNode().End().Build(99, 98);
        var diagnostics = new DiagnosticBag();

        LiveTree tree = BlobReader.Read(blob, DtcVersion.Debian, diagnostics)!;

        Assert.Equal("Flat tree input has subnodes preceding a property.", Assert.Single(diagnostics.Items).Message);
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
