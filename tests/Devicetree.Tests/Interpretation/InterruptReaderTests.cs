using Devicetree.Interpretation;

namespace Devicetree.Tests.Interpretation;

public class InterruptReaderTests
{
    private readonly Tree _tree = new();
    private readonly Node _gic;
    private readonly Node _device;

    public InterruptReaderTests()
    {
        _gic = _tree.Root.AddChild("intc");
        _gic.SetCells("phandle", 1);
        _gic.SetCells("#interrupt-cells", 3);
        _tree.Root.SetCells("interrupt-parent", 1);
        _device = _tree.Root.AddChild("soc").AddChild("device");
    }

    [Fact]
    public void The_interrupt_parent_is_inherited_from_the_root()
    {
        _device.SetCells("interrupts", 0, 5, 1, 0, 6, 4);

        IReadOnlyList<InterruptSpecifier> interrupts = Read(_device);

        Assert.Equal(2, interrupts.Count);
        Assert.All(interrupts, interrupt => Assert.Same(_gic, interrupt.Controller));
        Assert.Equal([0u, 5u, 1u], interrupts[0].Cells);
        Assert.Equal([0u, 6u, 4u], interrupts[1].Cells);
    }

    [Fact]
    public void A_tree_parent_with_interrupt_cells_is_the_interrupt_parent()
    {
        _device.Parent!.SetCells("#interrupt-cells", 1);
        _device.SetCells("interrupts", 9);

        Assert.Same(_device.Parent, Assert.Single(Read(_device)).Controller);
    }

    [Fact]
    public void Extended_interrupts_name_their_controllers_and_win()
    {
        Node gpio = _tree.Root.AddChild("gpio");
        gpio.SetCells("phandle", 2);
        gpio.SetCells("#interrupt-cells", 2);
        _device.SetCells("interrupts", 0, 5, 1);
        _device.SetCells("interrupts-extended", 2, 7, 8, 1, 0, 5, 1);

        IReadOnlyList<InterruptSpecifier> interrupts = Read(_device);

        Assert.Equal([gpio, _gic], interrupts.Select(interrupt => interrupt.Controller));
        Assert.Equal([7u, 8u], interrupts[0].Cells);
    }

    [Fact]
    public void A_node_without_interrupts_has_none() => Assert.Empty(Read(_device));

    [Fact]
    public void A_real_tree_is_read()
    {
        Assert.True(Devicetree.Flattened.FdtReader.TryRead(Vectors.Real("primary.dtb"), out Tree? tree, out _));
        Node rm = tree.Find("/hypervisor")!.Children.First(node => node.IsCompatible("gunyah-resource-manager"));

        Assert.True(InterruptReader.TryGetInterrupts(tree, rm, out var interrupts, out string? reason), reason);

        Assert.Equal([[0u, 928u, 1u], [0u, 929u, 1u]], interrupts.Select(interrupt => interrupt.Cells));
        Assert.True(AddressReader.TryGetRegions(rm, out var capabilities, out _));
        Assert.Equal([new(0, 0), new(1, 0)], capabilities);
    }

    [Fact]
    public void A_cell_count_that_does_not_fit_is_an_error()
    {
        _device.SetCells("interrupts", 0, 5);
        Assert.Contains("multiple of 3 cells", Refuse(_device), StringComparison.Ordinal);

        _gic.SetCells("#interrupt-cells", uint.MaxValue);
        Assert.Contains("no usable number", Refuse(_device), StringComparison.Ordinal);

        _device.SetCells("interrupts-extended", 1, 2);
        Assert.Contains("not as many cells", Refuse(_device), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dangling_interrupt_parent_is_an_error()
    {
        _device.SetCells("interrupts", 1, 2, 3);
        _tree.Root.SetCells("interrupt-parent", 77);

        Assert.Contains("0x4d", Refuse(_device), StringComparison.Ordinal);
    }

    [Fact]
    public void Interrupt_parents_in_a_circle_end()
    {
        _device.SetCells("interrupts", 1);
        Node a = _tree.Root.AddChild("a");
        a.SetCells("phandle", 10);
        a.SetCells("interrupt-parent", 11);
        Node b = _tree.Root.AddChild("b");
        b.SetCells("phandle", 11);
        b.SetCells("interrupt-parent", 10);
        _device.SetCells("interrupt-parent", 10);

        Assert.Contains("lead back", Refuse(_device), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void Interrupt_parents_are_followed_for_as_many_nodes_as_a_tree_may_be_deep(uint count, bool isFound)
    {
        _device.SetCells("interrupt-parent", 100);
        Node last = _device;
        for (uint i = 0; i < count; i++)
        {
            last = _tree.Root.AddChild($"n{i}");
            last.SetCells("phandle", 100 + i);
            last.SetCells("interrupt-parent", 101 + i);
        }
        last.SetCells("#interrupt-cells", 1);

        Assert.Equal(isFound, InterruptReader.TryGetParent(_tree, _device, out Node? found, out _));
        Assert.Equal(isFound ? last : null, found);
        Assert.Equal(found, new InterruptMap(_tree).ParentOf(_device));
    }

    private IReadOnlyList<InterruptSpecifier> Read(Node node)
    {
        Assert.True(InterruptReader.TryGetInterrupts(_tree, node, out var interrupts, out string? reason), reason);
        return interrupts;
    }

    private string Refuse(Node node)
    {
        Assert.False(InterruptReader.TryGetInterrupts(_tree, node, out _, out string? reason));
        return reason;
    }
}
