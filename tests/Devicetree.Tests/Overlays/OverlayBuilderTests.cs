using Devicetree.Flattened;
using Devicetree.Overlays;

namespace Devicetree.Tests.Overlays;

public class OverlayBuilderTests
{
    private readonly OverlayBuilder _builder = new();

    [Fact]
    public void Fragments_are_numbered_and_say_their_target_first()
    {
        _builder.Fragment("/").AddChild("hypervisor");
        _builder.Fragment(7).SetFlag("p");

        Tree overlay = _builder.Build();

        Assert.Equal(["fragment@0", "fragment@1"], overlay.Root.Children.Select(child => child.Name));
        Assert.Equal("/\0"u8.ToArray(), overlay.Root.Children[0].Property("target-path")!.Value.ToArray());
        Assert.Equal(7u, overlay.Root.Children[1].Property("target")!.Cell(0));
        Assert.NotNull(overlay.Find("/fragment@0/__overlay__/hypervisor"));
    }

    [Fact]
    public void Fixups_are_written_only_when_there_are_some_or_when_asked_for()
    {
        Assert.Empty(_builder.Build().Root.Children);
        Assert.Equal(["__fixups__", "__local_fixups__"],
            new OverlayBuilder(emptyFixups: true).Build().Root.Children.Select(child => child.Name));
    }

    [Fact]
    public void What_is_built_applies_to_a_base_with_phandles_of_its_own()
    {
        var board = new Tree();
        board.Root.AddChild("intc").SetCells("phandle", 1);
        board.Root.AddChild("__symbols__").SetString("gic", "/intc");

        Node body = _builder.Fragment("/");
        Node hypervisor = body.AddChild("hypervisor");
        Node queue = hypervisor.AddChild("queue");
        Node user = hypervisor.AddChild("user");
        user.SetCells("interrupt-parent", uint.MaxValue);
        user.SetCells("mboxes", 0, _builder.PhandleOf(queue), 5, _builder.PhandleOf(queue));
        _builder.AddLabelReference(user, "interrupt-parent", 0, "gic");
        _builder.AddLocalReference(user, "mboxes", 4);
        _builder.AddLocalReference(user, "mboxes", 12);
        _builder.FragmentForLabel("gic").SetFlag("touched");
        _builder.AddSymbol("rm", queue);
        Tree overlay = _builder.Build();

        Assert.True(FdtReader.TryRead(FdtWriter.Write(overlay), out Tree? read, out _));
        Assert.True(OverlayApplier.TryApply(board, read, out Tree? result, out OverlayError? error), error?.ToString());
        Assert.Equal(2u, result.Find("/hypervisor/queue")!.Phandle);
        Assert.True(result.Find("/hypervisor/user")!.Property("mboxes")!.TryGetCells(out uint[]? cells));
        Assert.Equal([0u, 2u, 5u, 2u], cells);
        Assert.Equal(1u, result.Find("/hypervisor/user")!.Property("interrupt-parent")!.Cell(0));
        Assert.NotNull(result.Find("/intc")!.Property("touched"));
        Assert.Equal("/hypervisor/queue\0"u8.ToArray(), result.Find("/__symbols__")!.Property("rm")!.Value.ToArray());
    }

    [Fact]
    public void What_was_built_does_not_change_when_the_builder_goes_on()
    {
        Node body = _builder.Fragment("/");
        Tree overlay = _builder.Build();

        body.SetFlag("late");

        Assert.Empty(overlay.Find("/fragment@0/__overlay__")!.Properties);
    }

    [Fact]
    public void A_reference_without_its_cell_is_our_own_error()
    {
        Node body = _builder.Fragment("/");
        body.SetCells("p", 1);
        _builder.AddLocalReference(body, "p", 1);

        Assert.Throws<InvalidOperationException>(() => _builder.Build());
    }

    [Fact]
    public void A_node_of_another_tree_is_our_own_error()
    {
        _builder.AddSymbol("s", new Tree().Root.AddChild("n"));

        Assert.Throws<InvalidOperationException>(() => _builder.Build());
    }
}
