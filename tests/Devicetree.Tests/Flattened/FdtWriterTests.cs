using System.Buffers.Binary;
using System.Text;
using Devicetree.Flattened;

namespace Devicetree.Tests.Flattened;

public class FdtWriterTests
{
    /// <summary>The worked example of devicetree.md 1.15, as dtc 1.6.1 and 1.8.1 write it.</summary>
    private const string ExampleBytes =
        "d00dfeed0000008c00000048000000880000002800000011000000100000000000000004000000400000000000000010000000000000002000000000"
        + "00000000000000000000000000000001000000000000000300000008000000000102030405060708000000030000000400000002"
        + "78797a00000000016e4031000000000200000002" + "00000009" + "61006200";

    [Fact]
    public void The_worked_example_has_the_bytes_that_dtc_writes()
    {
        byte[] blob = FdtWriter.Write(Example());

        Assert.Equal(140, blob.Length);
        Assert.Equal(ExampleBytes, Convert.ToHexStringLower(blob));
    }

    [Fact]
    public void A_name_that_ends_an_earlier_one_shares_its_bytes()
    {
        var tree = new Tree();
        foreach (string name in new[] { "xreg", "reg", "eg", "reg2", "g2x", "g2" })
            tree.Root.SetFlag(name);

        byte[] blob = FdtWriter.Write(tree);

        Assert.Equal("xreg\0reg2\0g2x\0", Encoding.ASCII.GetString(blob[StringsOffset(blob)..]));
        Assert.True(FdtReader.TryRead(blob, out Tree? read, out _));
        Assert.Equal(["xreg", "reg", "eg", "reg2", "g2x", "g2"], read.Root.Properties.Select(property => property.Name));
    }

    [Fact]
    public void A_longer_name_after_its_ending_is_stored_again()
    {
        var tree = new Tree();
        tree.Root.SetFlag("reg");
        tree.Root.SetFlag("xreg");

        byte[] blob = FdtWriter.Write(tree);

        Assert.Equal("reg\0xreg\0", Encoding.ASCII.GetString(blob[StringsOffset(blob)..]));
    }

    /// <summary>Case 38: the totals of dtc's -S 300, -p 16, -a 64 and -p 1 -a 8 on the 140-byte example.</summary>
    [Theory]
    [InlineData(300, 0, 1, 300)]
    [InlineData(0, 16, 1, 156)]
    [InlineData(0, 0, 64, 192)]
    [InlineData(0, 1, 8, 144)]
    [InlineData(100, 0, 1, 140)]
    public void Room_is_added_as_dtc_adds_it(int minimum, int padding, int alignment, int total)
    {
        byte[] blob = FdtWriter.Write(Example(), new() { MinimumSize = minimum, Padding = padding, Alignment = alignment });

        Assert.Equal(total, blob.Length);
        Assert.Equal((uint)total, BinaryPrimitives.ReadUInt32BigEndian(blob.AsSpan(4)));
        Assert.True(blob.AsSpan(140).IndexOfAnyExcept((byte)0) < 0);
        Assert.True(FdtReader.TryRead(blob, out _, out _));
    }

    [Fact]
    public void Spare_reservations_are_zero_entries_before_the_end_of_the_list()
    {
        byte[] blob = FdtWriter.Write(Example(), new() { SpareReservations = 2 });

        Assert.Equal(140 + 32, blob.Length);
        Assert.True(FdtReader.TryRead(blob, out Tree? tree, out _));
        Assert.Equal(new MemoryReservation(0x10, 0x20), Assert.Single(tree.Reservations));
    }

    [Fact]
    public void An_alignment_that_is_no_power_of_two_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FdtWriter.Write(Example(), new() { Alignment = 7 }));

    [Fact]
    public void A_tree_deeper_than_any_stack_is_written_and_refused_by_the_reader_for_its_depth()
    {
        var tree = new Tree();
        Node node = tree.Root;
        for (int i = 0; i < 200_000; i++)
            node = node.AddChild("n");

        byte[] blob = FdtWriter.Write(tree.Clone());

        Assert.False(FdtReader.TryRead(blob, out _, out FdtError? error));
        Assert.Equal(FdtErrorKind.LimitExceeded, error.Kind);
    }

    private static Tree Example()
    {
        var tree = new Tree();
        tree.Reservations.Add(new(0x10, 0x20));
        tree.Root.Set("a", new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 });
        tree.Root.SetString("b", "xyz");
        tree.Root.AddChild("n@1");
        return tree;
    }

    private static int StringsOffset(byte[] blob) => BinaryPrimitives.ReadInt32BigEndian(blob.AsSpan(12));
}
