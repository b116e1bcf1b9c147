using System.Buffers.Binary;
using Devicetree.Flattened;

namespace Devicetree.Tests.Flattened;

public class FdtReaderTests
{
    private const int TotalSizeField = 4, StructOffsetField = 8, StringsOffsetField = 12, ReservationsField = 16,
        VersionField = 20,
        LastCompatibleField = 24, BootCpuField = 28, StringsSizeField = 32, StructSizeField = 36;

    public static TheoryData<string> RealBlobs => [.. Vectors.RealBlobs];

    [Theory, MemberData(nameof(RealBlobs))]
    public void A_real_blob_is_read_whole_and_written_so_that_it_reads_the_same(string name)
    {
        Tree tree = Read(Vectors.Real(name));

        byte[] written = FdtWriter.Write(tree);

        // The Resource Manager packs with libfdt, which shares strings in another order, so the bytes are not compared with its
        // own.
        Assert.Equal(Lines(tree), Lines(Read(written)));
        Assert.Equal(written, FdtWriter.Write(Read(written)));
        Assert.Equal(BinaryPrimitives.ReadUInt32BigEndian(Vectors.Real(name).AsSpan(BootCpuField)), tree.BootCpu);
    }

    /// <summary>What fdtget of dtc 1.6.1 prints of the blob.</summary>
    [Fact]
    public void The_real_primary_tree_has_the_nodes_and_values_that_fdtget_prints()
    {
        const string Rpc = "/hypervisor/qcom,resource-manager-rpc@0000000000000000";
        Tree tree = Read(Vectors.Real("primary.dtb"));

        Assert.Equal(
            ["/", "/hypervisor", Rpc, "/hypervisor/qcom,gunyah-vm", "/psci", "/memory@40000000", "/platform-bus@c000000"],
            tree.Root.SelfAndDescendants().Select(node => node.Path).Take(7));
        Assert.Equal(49, tree.Root.Children.Count);
        Assert.Equal("interrupt-parent model #size-cells #address-cells compatible".Split(' '),
            tree.Root.Properties.Select(property => property.Name));
        Assert.Equal("linux,dummy-virt\0"u8.ToArray(), tree.Root.Property("compatible")!.Value.ToArray());
        Assert.Equal("qcom,gunyah-hypervisor-1.0\0qcom,gunyah-hypervisor\0simple-bus\0"u8.ToArray(),
            tree.Find("/hypervisor")!.Property("compatible")!.Value.ToArray());
        Assert.Equal(Hex("0 0 0 1"), tree.Find(Rpc)!.Property("reg")!.Value.ToArray());
        Assert.Equal(Hex("0 3a0 1 0 3a1 1"), tree.Find(Rpc)!.Property("interrupts")!.Value.ToArray());
        Assert.Equal(Hex("0 40000000 0 40000000"), tree.Find("/memory@40000000")!.Property("reg")!.Value.ToArray());

        static byte[] Hex(string cells) => [.. cells.Split(' ').SelectMany(cell => Convert.FromHexString(cell.PadLeft(8, '0')))];
    }

    [Fact]
    public void Reading_does_not_depend_on_the_bytes_staying_as_they_were()
    {
        byte[] blob = Vectors.Real("primary.dtb");
        byte[] expected = FdtWriter.Write(Read(blob));

        Tree tree = Read(blob);
        blob.AsSpan().Fill(0xff);

        Assert.Equal(expected, FdtWriter.Write(tree));
    }

    [Fact]
    public void Bytes_after_the_blob_are_ignored() =>
        Assert.NotNull(Read([.. Minimal().Build(), 1, 2, 3]));

    [Fact]
    public void Nops_may_stand_between_any_two_tags()
    {
        byte[] blob = new BlobBuilder().Nop().Begin("").Nop().Prop(BlobBuilder.A, 5).Nop().Begin("n").Nop().EndNode().Nop()
            .EndNode().Nop()
            .End().Build();

        Tree tree = Read(blob);

        Assert.Equal(5u, tree.Root.Property("a")!.Cell(0));
        Assert.NotNull(tree.Find("/n"));
    }

    [Fact]
    public void A_version_16_blob_needs_no_structure_size()
    {
        byte[] blob = Minimal().Build(version: 16);
        BlobBuilder.Patch(blob, StructSizeField, 0xdeadbeef);

        Assert.NotNull(Read(blob));
    }

    [Fact]
    public void A_newer_version_that_calls_itself_compatible_is_read() =>
        Assert.NotNull(Read(Minimal().Build(version: 99, lastCompatible: 17)));

    [Theory]
    [InlineData(0, 0xfeed0dd0, FdtErrorKind.BadMagic)]
    [InlineData(VersionField, 15, FdtErrorKind.BadVersion)]
    [InlineData(VersionField, 2, FdtErrorKind.BadVersion)]
    [InlineData(LastCompatibleField, 18, FdtErrorKind.BadVersion)]
    [InlineData(TotalSizeField, 39, FdtErrorKind.Truncated)]
    [InlineData(TotalSizeField, 0x80000000, FdtErrorKind.Truncated)]
    [InlineData(TotalSizeField, 0x7fffffff, FdtErrorKind.Truncated)]
    [InlineData(TotalSizeField, 1000, FdtErrorKind.Truncated)]
    [InlineData(StructOffsetField, 57, FdtErrorKind.Alignment)]
    [InlineData(StructOffsetField, 36, FdtErrorKind.Truncated)]
    [InlineData(StructOffsetField, 0xfffffffc, FdtErrorKind.Truncated)]
    [InlineData(StructSizeField, 0xfffffff0, FdtErrorKind.Truncated)]
    [InlineData(StructSizeField, 8, FdtErrorKind.Truncated)]
    [InlineData(StringsOffsetField, 0xffffffff, FdtErrorKind.Truncated)]
    [InlineData(StringsOffsetField, 60, FdtErrorKind.BadLayout)]
    [InlineData(StringsSizeField, 0xfffffff0, FdtErrorKind.Truncated)]
    [InlineData(ReservationsField, 44, FdtErrorKind.Alignment)]
    [InlineData(ReservationsField, 0xfffffff8, FdtErrorKind.Truncated)]
    [InlineData(ReservationsField, 48, FdtErrorKind.BadLayout)]
    public void A_header_that_lies_is_refused(int field, uint value, FdtErrorKind expected) =>
        Assert.Equal(expected, Refuse(BlobBuilder.Patch(Minimal().Build(), field, value)).Kind);

    [Fact]
    public void A_structure_size_beyond_the_end_tag_is_refused()
    {
        FdtError error = Refuse(new BlobBuilder().Begin("").EndNode().End().Words(0).Build());

        Assert.Equal(FdtErrorKind.BadStructure, error.Kind);
        Assert.Equal(56 + 16, error.Offset);
    }

    public static TheoryData<string, FdtErrorKind> BrokenStructures => new()
    {
        { "no root", FdtErrorKind.BadStructure },
        { "named root", FdtErrorKind.BadStructure },
        { "two roots", FdtErrorKind.BadStructure },
        { "property before the root", FdtErrorKind.BadStructure },
        { "property after a child", FdtErrorKind.BadStructure },
        { "end inside a node", FdtErrorKind.BadStructure },
        { "end of no node", FdtErrorKind.BadStructure },
        { "unknown tag", FdtErrorKind.BadStructure },
        { "no end", FdtErrorKind.Truncated },
        { "empty child name", FdtErrorKind.BadStructure },
        { "slash in a name", FdtErrorKind.BadStructure },
        { "unterminated name", FdtErrorKind.Truncated },
        { "twin children", FdtErrorKind.Exists },
        { "twin properties", FdtErrorKind.Exists },
        { "twin phandles", FdtErrorKind.BadPhandle },
        { "name offset outside", FdtErrorKind.BadOffset },
        { "property too long", FdtErrorKind.Truncated },
        { "property of 4 GiB", FdtErrorKind.BadStructure },
        { "property cut short", FdtErrorKind.Truncated },
    };

    [Theory, MemberData(nameof(BrokenStructures))]
    public void A_broken_structure_is_refused(string what, FdtErrorKind expected)
    {
        var b = new BlobBuilder();
        const uint a = BlobBuilder.A;
        BlobBuilder broken = what switch
        {
            "no root" => b.End(),
            "named root" => b.Begin("x").EndNode().End(),
            "two roots" => b.Begin("").EndNode().Begin("").EndNode().End(),
            "property before the root" => b.Prop(a).Begin("").EndNode().End(),
            "property after a child" => b.Begin("").Begin("n").EndNode().Prop(a).EndNode().End(),
            "end inside a node" => b.Begin("").End(),
            "end of no node" => b.EndNode().End(),
            "unknown tag" => b.Begin("").Words(7).EndNode().End(),
            "no end" => b.Begin("").EndNode(),
            "empty child name" => b.Begin("").Begin("").EndNode().EndNode().End(),
            "slash in a name" => b.Begin("").Begin("a/b").EndNode().EndNode().End(),
            "unterminated name" => b.Begin("").Words(1, 0x61616161),
            "twin children" => b.Begin("").Begin("n").EndNode().Begin("n").EndNode().EndNode().End(),
            "twin properties" => b.Begin("").Prop(a).Prop(a).EndNode().End(),
            "twin phandles" =>
                b.Begin("").Begin("n").Prop(BlobBuilder.Phandle, 1).EndNode().Begin("m").Prop(BlobBuilder.Phandle, 1).EndNode()
                .EndNode().End(),
            "name offset outside" => b.Begin("").Prop(10).EndNode().End(),
            "property too long" => b.Begin("").Words(3, 100, a).EndNode().End(),
            "property of 4 GiB" => b.Begin("").Words(3, 0xffffffff, a).EndNode().End(), // case 64
            "property cut short" => b.Begin("").Words(3, 0),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };

        Assert.Equal(expected, Refuse(broken.Build()).Kind);
    }

    [Fact]
    public void A_property_name_must_end_inside_the_strings_block()
    {
        byte[] blob = new BlobBuilder { Strings = "abc"u8.ToArray() }.Begin("").Prop(0).EndNode().End().Build();

        Assert.Equal(FdtErrorKind.Truncated, Refuse(blob).Kind);
    }

    [Fact]
    public void The_error_tells_where_the_second_twin_stands()
    {
        FdtError error = Refuse(new BlobBuilder().Begin("").Prop(BlobBuilder.A, 1).Prop(BlobBuilder.A, 2).EndNode().End()
            .Build());

        Assert.Equal(56 + 8 + 16, error.Offset);
        Assert.Equal("EXISTS at offset 0x50: / has two properties named 'a'", error.ToString());
    }

    [Fact]
    public void A_phandle_may_be_given_under_both_names_in_one_node()
    {
        byte[] blob = new BlobBuilder { Strings = "phandle\0linux,phandle\0"u8.ToArray() }
            .Begin("").Prop(0, 1).Prop(8, 1).EndNode().End().Build();

        Assert.Equal(1u, Read(blob).Root.Phandle);
    }

    [Fact]
    public void Limits_are_kept()
    {
        byte[] blob = new BlobBuilder().Begin("").Begin("long-name").Begin("n").EndNode().EndNode().EndNode().End().Build();

        Assert.NotNull(Read(blob, new() { MaxNodes = 3, MaxDepth = 3, MaxNameLength = 9, MaxTotalSize = blob.Length }));
        Assert.Equal(FdtErrorKind.LimitExceeded, Refuse(blob, new() { MaxNodes = 2 }).Kind);
        Assert.Equal(FdtErrorKind.LimitExceeded, Refuse(blob, new() { MaxDepth = 2 }).Kind);
        Assert.Equal(FdtErrorKind.LimitExceeded, Refuse(blob, new() { MaxNameLength = 8 }).Kind);
        Assert.Equal(FdtErrorKind.LimitExceeded, Refuse(blob, new() { MaxTotalSize = blob.Length - 1 }).Kind);
    }

    [Fact]
    public void Words_of_errors_are_those_of_libfdt()
    {
        // fdt_strerror of libfdt, without FDT_ERR_; LIMIT is ours.
        Assert.Equal(
            "NOTFOUND EXISTS NOSPACE BADOFFSET BADPATH BADPHANDLE BADSTATE TRUNCATED BADMAGIC BADVERSION BADSTRUCTURE BADLAYOUT INTERNAL "
            + "BADVALUE BADOVERLAY NOPHANDLES ALIGNMENT LIMIT",
            string.Join(' ', Enum.GetValues<FdtErrorKind>().Order().Select(kind => kind.Word())));
    }

    /// <summary>All of a tree, in its order.</summary>
    private static IEnumerable<string> Lines(Tree tree) => tree.Reservations.Select(each => each.ToString()!)
        .Concat(tree.Root.SelfAndDescendants().SelectMany(node => node.Properties
            .Select(property => $"{node.Path}:{property.Name} {Convert.ToHexString(property.Value.Span)}").Prepend(node.Path)));

    private static BlobBuilder Minimal() => new BlobBuilder().Begin("").Prop(BlobBuilder.A, 1).EndNode().End();

    private static Tree Read(byte[] blob, FdtReaderOptions? options = null)
    {
        Assert.True(FdtReader.TryRead(blob, out Tree? tree, out FdtError? error, options), error?.ToString());
        Assert.Null(error);
        return tree;
    }

    private static FdtError Refuse(byte[] blob, FdtReaderOptions? options = null)
    {
        Assert.False(FdtReader.TryRead(blob, out Tree? tree, out FdtError? error, options));
        Assert.Null(tree);
        return error;
    }
}
