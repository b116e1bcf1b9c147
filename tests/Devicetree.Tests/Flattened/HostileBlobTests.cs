using System.Buffers.Binary;
using Devicetree.Compatibility;
using Devicetree.Flattened;
using Devicetree.Overlays;
using Devicetree.Tests.Source;

namespace Devicetree.Tests.Flattened;

public class HostileBlobTests
{
    private const int Rounds = 10_000;

    /// <summary>
    /// Reading, writing and applying may allocate this much for each byte of a blob: far more than they need, far from harm.
    /// </summary>
    private const int AllocationPerByte = 400;

    public static TheoryData<string> Blobs => [.. Vectors.RealBlobs, "overlay", "small"];

    [Theory, MemberData(nameof(Blobs))]
    public void Every_proper_prefix_of_a_blob_is_refused(string name)
    {
        byte[] blob = Load(name);

        for (int length = 0; length < blob.Length; length++)
        {
            Assert.False(FdtReader.TryRead(blob.AsMemory(0, length), out _, out FdtError? error));
            Assert.InRange(error.Offset, 0, length);
        }
    }

    [Theory, MemberData(nameof(Blobs))]
    public void A_damaged_blob_is_read_or_refused_and_what_is_read_can_be_written(string name)
    {
        byte[] original = Load(name);
        int accepted = 0;
        for (int seed = 0; seed < Rounds; seed++)
        {
            byte[] blob = Mutations.Damage(original, new Random(seed));
            long before = GC.GetAllocatedBytesForCurrentThread();
            if (FdtReader.TryRead(blob, out Tree? tree, out FdtError? error))
            {
                accepted++;
                byte[] written = FdtWriter.Write(tree);
                Assert.True(FdtReader.TryRead(written, out Tree? again, out error), $"seed {seed}: {error}");
                Assert.True(written.AsSpan().SequenceEqual(FdtWriter.Write(again)), $"seed {seed}");
            }
            else
            {
                Assert.True(error.Offset >= 0 && error.Offset <= blob.Length, $"seed {seed}: {error}");
            }
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < AllocationPerByte * (original.Length + 1000), $"seed {seed}: {allocated} bytes");
        }
        Assert.InRange(accepted, 1, Rounds - 1);
    }

    [Fact]
    public void A_damaged_overlay_is_applied_or_refused_and_the_base_stays_as_it_was()
    {
        byte[] original = Load("overlay");
        Tree @base = Dts.Compile("/ { gic: intc { }; soc: soc { uart0: uart@1 { }; }; };", new() { GenerateSymbols = true });
        byte[] before = FdtWriter.Write(@base);
        int applied = 0, refused = 0;
        for (int seed = 0; seed < Rounds; seed++)
        {
            if (!FdtReader.TryRead(Mutations.Damage(original, new Random(seed)), out Tree? overlay, out _))
                continue;
            byte[] overlayBefore = FdtWriter.Write(overlay);
            if (OverlayApplier.TryApply(@base, overlay, out Tree? result, out OverlayError? error))
            {
                applied++;
                Assert.True(FdtReader.TryRead(FdtWriter.Write(result), out _, out FdtError? bad), $"seed {seed}: {bad}");
            }
            else
            {
                refused++;
                Assert.NotEmpty(error.Message);
            }
            Assert.True(overlayBefore.AsSpan().SequenceEqual(FdtWriter.Write(overlay)), $"seed {seed}");
        }
        Assert.Equal(before, FdtWriter.Write(@base));
        Assert.InRange(applied, 100, Rounds);
        Assert.InRange(refused, 100, Rounds);
    }

    [Theory]
    [InlineData(0xfffffff8u)]
    [InlineData(0xfffffffcu)]
    [InlineData(0xffffffffu)]
    public void A_property_whose_length_wraps_around_at_the_end_of_the_block_is_refused(uint length)
    {
        byte[] blob = FdtWriter.Write(Dts.Compile("/ { p = <0x12345678>; };"));
        int value = blob.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x12, 0x34, 0x56, 0x78]);
        BinaryPrimitives.WriteUInt32BigEndian(blob.AsSpan(value - 8), length);
        // The block ends between the length and the offset of the name.
        int structure = BinaryPrimitives.ReadInt32BigEndian(blob.AsSpan(8));
        BinaryPrimitives.WriteInt32BigEndian(blob.AsSpan(36), value - 4 - structure);
        foreach (DtcVersion version in (DtcVersion[])[DtcVersion.Debian, DtcVersion.Newest])
            Assert.Equal(FdtErrorKind.BadStructure, FdtChecker.Check(blob, version)?.Kind);
    }

    [Fact]
    public void A_blob_of_nothing_but_nodes_is_stopped_by_their_number()
    {
        var builder = new BlobBuilder().Begin("");
        for (int i = 0; i < 300_000; i++)
            builder.Begin($"{i:x}").EndNode();

        Assert.False(FdtReader.TryRead(builder.EndNode().End().Build(), out _, out FdtError? error));
        Assert.Equal(FdtErrorKind.LimitExceeded, error.Kind);
    }

    [Fact]
    public void A_very_wide_node_takes_no_longer_for_each_name()
    {
        var tree = new Tree();
        for (int i = 0; i < 100_000; i++)
        {
            tree.Root.AddChild($"n@{i:x}");
            tree.Root.SetFlag($"p{i:x}");
        }
        byte[] blob = FdtWriter.Write(tree);

        Assert.True(FdtReader.TryRead(blob, out Tree? again, out _));
        Assert.Equal(100_000, again.Root.Properties.Count);
        Assert.True(OverlayApplier.TryApply(again, Dts.Plugin("&{/n@5} { p; };"), out _, out _));
    }

    private static byte[] Load(string name) => name switch
    {
        "overlay" => FdtWriter.Write(Dts.Compile(
            """
            / {
                fragment@0 { target = <0xffffffff>; __overlay__ { q = <0xffffffff 1>; n: n { phandle = <1>; r = <1>; }; }; };
                fragment@1 { target-path = "/soc/uart"; __overlay__ { status = "okay"; }; };
                __symbols__ { n = "/fragment@0/__overlay__/n"; };
                __fixups__ { soc = "/fragment@0:target:0"; gic = "/fragment@0/__overlay__:q:0"; };
                __local_fixups__ { fragment@0 { __overlay__ { q = <4>; n { r = <0>; }; }; }; };
            };
            """)),
        "small" =>
            FdtWriter.Write(Dts.Compile(
                "/memreserve/ 1 2; / { a; p = <1>; phandle = <1>; n@1 { reg = <1>; phandle = <2>; }; };")),
        _ => Vectors.Real(name),
    };
}
