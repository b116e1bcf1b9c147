using Devicetree.Interpretation;

namespace Devicetree.Tests.Interpretation;

public class AddressReaderTests
{
    private readonly Tree _tree = new();

    [Fact]
    public void Without_cell_counts_an_address_has_two_cells_and_a_size_one()
    {
        Node node = _tree.Root.AddChild("n@100000002");
        node.SetCells("reg", 1, 2, 3, 4, 5, 6);

        Assert.True(AddressReader.TryGetRegions(node, out var regions, out _));
        Assert.Equal([new(0x1_0000_0002, 3), new(0x4_0000_0005, 6)], regions);
    }

    [Fact]
    public void Cell_counts_are_not_inherited()
    {
        _tree.Root.SetCells("#address-cells", 1);
        _tree.Root.SetCells("#size-cells", 0);
        Node bus = _tree.Root.AddChild("bus");

        Assert.Equal(1u, AddressReader.AddressCells(_tree.Root));
        Assert.Equal(0u, AddressReader.SizeCells(_tree.Root));
        Assert.Equal(2u, AddressReader.AddressCells(bus));
        Assert.Equal(1u, AddressReader.SizeCells(bus));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 2)]
    [InlineData(2, 3)]
    [InlineData(2, 2)]
    public void Cells_that_do_not_fit_are_refused(uint addressCells, uint sizeCells)
    {
        _tree.Root.SetCells("#address-cells", addressCells);
        _tree.Root.SetCells("#size-cells", sizeCells);
        Node node = _tree.Root.AddChild("n");
        node.SetCells("reg", 1, 2, 3, 4, 5);

        Assert.False(AddressReader.TryGetRegions(node, out _, out string? reason));
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void Memory_is_what_calls_itself_memory_by_device_type()
    {
        _tree.Root.AddChild("memory@5").SetCells("reg", 0, 5, 5);
        Node bank = _tree.Root.AddChild("ram");
        bank.SetString("device_type", "memory");
        bank.SetCells("reg", 0, 0x40000000, 0x1000, 1, 0, 0x2000);

        Assert.True(AddressReader.TryGetMemory(_tree, out var banks, out _));
        Assert.Equal([new(0x40000000, 0x1000), new(0x1_0000_0000, 0x2000)], banks);
    }
}
