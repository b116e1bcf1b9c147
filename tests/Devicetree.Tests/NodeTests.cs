namespace Devicetree.Tests;

public class NodeTests
{
    private readonly Tree _tree = new();

    [Fact]
    public void A_path_is_found_by_whole_components_and_any_number_of_slashes()
    {
        Node uart = _tree.Root.AddChild("soc").AddChild("uart@10000");

        Assert.Same(uart, _tree.Find("/soc/uart@10000"));
        Assert.Same(uart, _tree.Find("//soc///uart@10000/"));
        Assert.Same(uart, _tree.Find("soc/uart@10000"));
        Assert.Same(_tree.Root, _tree.Find("/"));
        Assert.Null(_tree.Find("/soc/uart"));
        Assert.Equal("/soc/uart@10000", uart.Path);
        Assert.Equal("uart", uart.BaseName);
        Assert.Equal("10000", uart.UnitAddress);
    }

    [Fact]
    public void A_second_child_of_the_same_name_is_refused_and_changes_nothing()
    {
        Node first = _tree.Root.AddChild("a");

        Assert.Throws<ArgumentException>(() => _tree.Root.AddChild("a"));
        Assert.Same(first, Assert.Single(_tree.Root.Children));
        Assert.Same(first, _tree.Root.GetOrAddChild("a"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a#")]
    [InlineData("a@1@2")]
    [InlineData("é")]
    public void An_illegal_node_name_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => _tree.Root.AddChild(name));

    [Theory]
    [InlineData("")]
    [InlineData("a@1")]
    [InlineData("a:b")]
    public void An_illegal_property_name_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => _tree.Root.SetFlag(name));

    [Fact]
    public void Setting_a_property_again_keeps_its_place()
    {
        _tree.Root.SetCells("a", 1);
        _tree.Root.SetCells("b", 2);
        _tree.Root.SetString("a", "x", "yz");

        Assert.Equal(["a", "b"], _tree.Root.Properties.Select(property => property.Name));
        Assert.Equal("x\0yz\0"u8.ToArray(), _tree.Root.Property("a")!.Value.ToArray());
    }

    [Fact]
    public void A_wide_node_keeps_order_and_finds_and_removes_every_name()
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(i => $"n{i}")];
        foreach (string name in names)
        {
            _tree.Root.AddChild(name);
            _tree.Root.SetFlag(name);
        }

        Assert.Equal(names, _tree.Root.Children.Select(child => child.Name));
        Assert.True(_tree.Root.RemoveChild("n50"));
        Assert.False(_tree.Root.RemoveChild("n50"));
        Assert.True(_tree.Root.RemoveProperty("n50"));
        Assert.Null(_tree.Root.Child("n50"));
        Assert.Null(_tree.Root.Property("n50"));
        Assert.Equal(names.Where(name => name != "n50"), _tree.Root.Children.Select(child => child.Name));
        Assert.Equal("n99", _tree.Root.Child("n99")!.Name);
        Assert.Same(_tree.Root.Child("n50"), null);
        _tree.Root.AddChild("n50");
        Assert.Equal("n50", _tree.Root.Children[^1].Name);
    }

    [Fact]
    public void Children_added_first_come_before_the_others_and_can_be_removed()
    {
        _tree.Root.AddChild("b");
        _tree.Root.TryAddChild("a", first: true);
        _tree.Root.TryAddChild("z", first: true);

        Assert.Equal(["z", "a", "b"], _tree.Root.Children.Select(child => child.Name));
        Assert.Null(_tree.Root.TryAddChild("b", first: true));
        Assert.True(_tree.Root.RemoveChild("a"));
        Assert.Equal(["z", "b"], _tree.Root.Children.Select(child => child.Name));
    }

    [Fact]
    public void A_name_without_unit_address_means_the_first_child_of_that_base_name()
    {
        Node second = _tree.Root.AddChild("x@2");
        Assert.Same(second, _tree.Root.FindChildLoosely("x"));
        Node plain = _tree.Root.AddChild("x");
        Assert.Same(second, _tree.Root.FindChildLoosely("x"));
        Node front = _tree.Root.TryAddChild("x@0", first: true)!;
        Assert.Same(front, _tree.Root.FindChildLoosely("x"));
        Assert.Null(_tree.Root.FindChildLoosely("x@1"));
        _tree.Root.RemoveChild("x@0");
        _tree.Root.RemoveChild("x@2");
        Assert.Same(plain, _tree.Root.FindChildLoosely("x"));
    }

    [Fact]
    public void A_phandle_is_found_under_both_its_names()
    {
        Node modern = _tree.Root.AddChild("modern");
        modern.SetCells("phandle", 7);
        Node old = _tree.Root.AddChild("old");
        old.SetCells("linux,phandle", 9);
        _tree.Root.AddChild("zero").SetCells("phandle", 0);
        _tree.Root.AddChild("ones").SetCells("phandle", uint.MaxValue);
        _tree.Root.AddChild("long").SetCells("phandle", 1, 2);

        Assert.Same(modern, _tree.FindByPhandle(7));
        Assert.Same(old, _tree.FindByPhandle(9));
        Assert.Equal(9u, _tree.HighestPhandle);
        Assert.Null(_tree.FindByPhandle(0));
        Assert.Equal(2, _tree.Root.SelfAndDescendants().Count(node => node.Phandle is not null));
        Assert.Equal(0u, new Tree().HighestPhandle);
    }

    [Fact]
    public void A_clone_does_not_see_later_changes()
    {
        _tree.Root.AddChild("a").SetCells("p", 1);
        _tree.Reservations.Add(new(1, 2));
        _tree.BootCpu = 3;

        Tree clone = _tree.Clone();
        _tree.Find("/a")!.SetCells("p", 2);
        _tree.Find("/a")!.AddChild("b");
        _tree.Reservations.Clear();

        Assert.Equal(1u, clone.Find("/a")!.Property("p")!.Cell(0));
        Assert.Empty(clone.Find("/a")!.Children);
        Assert.Equal(new MemoryReservation(1, 2), Assert.Single(clone.Reservations));
        Assert.Equal(3u, clone.BootCpu);
    }

    [Fact]
    public void Descendants_come_in_the_order_of_the_blob()
    {
        Node a = _tree.Root.AddChild("a");
        a.AddChild("b").AddChild("c");
        a.AddChild("d");
        _tree.Root.AddChild("e");

        Assert.Equal(["/", "/a", "/a/b", "/a/b/c", "/a/d", "/e"], _tree.Root.SelfAndDescendants().Select(node => node.Path));
    }
}
