using System.Collections.Immutable;
using Devicetree;
using Gunyah.Machine.Platform;
using Gunyah.Machine.Tests.Running;

namespace Gunyah.Machine.Tests.Platform;

public class VirtioNodesTests
{
    [Fact]
    public void Devices_stand_one_behind_the_other_with_an_interrupt_each()
    {
        Tree board = Machines.Board;
        Assert.Null(VirtioNodes.TryAdd(board, 3, out ImmutableArray<BoardPlace> places));
        Assert.Equal([new(0x0A00_0000, 48), new(0x0A00_0200, 49), new(0x0A00_0400, 50)], places);
        Assert.True(board.Find("/virtio_mmio@a000400")!.IsCompatible("virtio,mmio"));
    }

    [Fact]
    public void What_the_board_has_there_already_is_left_alone()
    {
        Tree board = Machines.Board;
        Node other = board.Root.AddChild("other@a000100");
        other.SetCells("reg", 0, 0x0A00_0100, 0, 0x200);
        other.SetCells("interrupts", 0, 17, 4);
        Assert.Null(VirtioNodes.TryAdd(board, 2, out ImmutableArray<BoardPlace> places));
        Assert.Equal([new(0x0A00_0400, 48), new(0x0A00_0600, 50)], places);
    }

    [Fact]
    public void A_board_of_32_bits_gets_addresses_of_one_cell()
    {
        Tree board = Machines.Board;
        board.Root.SetCells("#address-cells", 1);
        board.Root.SetCells("#size-cells", 1);
        Assert.Null(VirtioNodes.TryAdd(board, 1, out ImmutableArray<BoardPlace> places));
        Assert.True(board.Root.Children[^1].Property("reg")!.TryGetCells(out uint[]? cells));
        Assert.Equal([(uint)places[0].Address, 0x200u], cells);
    }

    [Fact]
    public void A_board_that_cannot_have_them_stays_as_it_is()
    {
        var board = new Tree();
        Assert.NotNull(VirtioNodes.TryAdd(board, 1, out ImmutableArray<BoardPlace> places));
        Assert.Empty(places);
        Assert.Empty(board.Root.Children);
        Assert.Null(VirtioNodes.TryAdd(board, 0, out _));
    }
}
