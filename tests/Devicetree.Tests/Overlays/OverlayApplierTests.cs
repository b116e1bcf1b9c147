using System.Text;
using Devicetree.Flattened;
using Devicetree.Overlays;

namespace Devicetree.Tests.Overlays;

public class OverlayApplierTests
{
    private readonly Tree _base = new();
    private readonly Tree _overlay = new();

    /// <summary>Case 68.</summary>
    [Fact]
    public void New_properties_and_children_come_first_and_in_reverse()
    {
        Node n = _base.Root.AddChild("n");
        n.SetCells("p", 1);
        n.SetCells("phandle", 1);
        n.AddChild("c1");
        Node body = Body("/n");
        body.SetFlag("z");
        body.SetCells("p", 9);
        body.SetFlag("y");
        body.AddChild("n1");
        body.AddChild("n2");
        body.AddChild("c1").SetFlag("w");

        Node result = Apply().Find("/n")!;

        Assert.Equal(["y", "z", "p", "phandle"], result.Properties.Select(property => property.Name));
        Assert.Equal(9u, result.Property("p")!.Cell(0));
        Assert.Equal(["n2", "n1", "c1"], result.Children.Select(child => child.Name));
        Assert.NotNull(result.Child("c1")!.Property("w"));
    }

    [Fact]
    public void Neither_tree_is_changed_and_an_error_gives_no_result()
    {
        _base.Root.AddChild("a").SetCells("phandle", 5);
        Symbols(_base).SetString("a", "/a");
        Node body = Body("/a");
        body.SetCells("ref", uint.MaxValue);
        body.AddChild("n").SetCells("phandle", 1);
        Fixups().SetString("a", "/fragment@0/__overlay__:ref:0");
        byte[] before = FdtWriter.Write(_base), overlay = FdtWriter.Write(_overlay);

        Apply();
        Body("/missing");
        byte[] broken = FdtWriter.Write(_overlay);
        Refuse(FdtErrorKind.NotFound);

        Assert.Equal(before, FdtWriter.Write(_base));
        Assert.Equal(broken, FdtWriter.Write(_overlay));
        _overlay.Root.RemoveChild("fragment@1");
        Assert.Equal(overlay, FdtWriter.Write(_overlay));
    }

    [Fact]
    public void Phandles_of_the_overlay_move_above_those_of_the_base_and_references_follow()
    {
        _base.Root.AddChild("a").SetCells("phandle", 5);
        Node body = Body("/a");
        body.SetCells("ref", 7, 1, 2);
        body.AddChild("n").SetCells("phandle", 1);
        body.AddChild("m").SetCells("linux,phandle", 2);
        _overlay.Root.AddChild("__local_fixups__").AddChild("fragment@0").AddChild("__overlay__").SetCells("ref", 4, 8);

        Tree result = Apply();

        Assert.Equal(6u, result.Find("/a/n")!.Phandle);
        Assert.Equal(7u, result.Find("/a/m")!.Phandle);
        Assert.True(result.Find("/a")!.Property("ref")!.TryGetCells(out uint[]? cells));
        Assert.Equal([7u, 6u, 7u], cells);
    }

    [Fact]
    public void An_unaligned_local_fixup_is_followed()
    {
        Body("/").Set("ref", new byte[] { 9, 0, 0, 0, 1, 9 });
        _base.Root.SetCells("phandle", 3);
        _overlay.Root.AddChild("__local_fixups__").AddChild("fragment@0").AddChild("__overlay__").SetCells("ref", 1);

        Assert.Equal([9, 0, 0, 0, 4, 9], Apply().Root.Property("ref")!.Value.ToArray());
    }

    [Fact]
    public void Labels_are_resolved_through_the_symbols_of_the_base()
    {
        _base.Root.AddChild("soc").AddChild("gic@1").SetCells("phandle", 0x11);
        Symbols(_base).SetString("gic", "/soc/gic@1");
        Node body = Body("/");
        body.SetCells("a", 1, uint.MaxValue);
        body.SetCells("b", uint.MaxValue);
        Fixups().SetString("gic", "/fragment@0/__overlay__:a:4", "/fragment@0/__overlay__:b: 0");

        Tree result = Apply();

        Assert.Equal(0x11u, result.Root.Property("a")!.Cell(1));
        Assert.Equal(0x11u, result.Root.Property("b")!.Cell(0));
    }

    /// <summary>Case 73.</summary>
    [Fact]
    public void A_target_of_zero_means_the_path()
    {
        Body("/").SetFlag("p");
        Fragment(0).SetCells("target", 0);

        Assert.NotNull(Apply().Root.Property("p"));
        Fragment(0).RemoveProperty("target-path");
        Refuse(FdtErrorKind.BadOverlay);
        Fragment(0).SetCells("target", uint.MaxValue);
        Refuse(FdtErrorKind.BadPhandle);
        Fragment(0).SetCells("target", 1, 2);
        Refuse(FdtErrorKind.BadPhandle);
        Fragment(0).SetCells("target", 1234);
        OverlayError error = Refuse(FdtErrorKind.NotFound);
        Assert.Equal("fragment@0", error.Fragment);
        Assert.Equal("target", error.Property);
    }

    /// <summary>Case 74.</summary>
    [Fact]
    public void Paths_and_children_may_leave_out_the_unit_address_of_the_base_only()
    {
        _base.Root.AddChild("x@1").AddChild("y@2");
        Body("/x").AddChild("y").SetFlag("p");
        Body("/").AddChild("z@1");
        _base.Root.AddChild("z");

        Tree result = Apply();

        Assert.NotNull(result.Find("/x@1/y@2")!.Property("p"));
        Assert.Null(result.Find("/x@1/y"));
        Assert.Equal(["z@1", "x@1", "z"], result.Root.Children.Select(child => child.Name));
    }

    [Fact]
    public void An_alias_may_begin_a_path()
    {
        _base.Root.AddChild("soc").AddChild("uart@1");
        _base.Root.AddChild("aliases").SetString("serial0", "/soc/uart@1");
        Body("serial0").SetFlag("p");

        Assert.NotNull(Apply().Find("/soc/uart@1")!.Property("p"));
    }

    [Fact]
    public void A_later_fragment_may_target_what_an_earlier_one_made()
    {
        Body("/").AddChild("new");
        Body("/new").SetFlag("p");

        Assert.NotNull(Apply().Find("/new")!.Property("p"));
    }

    /// <summary>Case 70: symbols are made as the root's first child.</summary>
    [Fact]
    public void Symbols_of_the_overlay_become_paths_of_the_base()
    {
        _base.Root.AddChild("a");
        Body("/a").AddChild("n");
        Body("/").AddChild("m");
        Symbols(_overlay).SetString("n", "/fragment@0/__overlay__/n");
        Symbols(_overlay).SetString("m", "/fragment@1/__overlay__/m");
        Symbols(_overlay).SetString("own", "/elsewhere");
        Symbols(_overlay).SetString("other", "/elsewhere/node");

        Tree result = Apply();

        Assert.Equal("__symbols__", result.Root.Children[0].Name);
        Assert.Equal(
            [("m", "/m"), ("n", "/a/n")],
            result.Root.Children[0].Properties.Select(property => (property.Name, Text(property))));
    }

    /// <summary>Case 71.</summary>
    [Fact]
    public void A_symbol_on_the_body_itself_gets_a_trailing_slash()
    {
        _base.Root.AddChild("a");
        Body("/a");
        Body("/");
        Symbols(_overlay).SetString("x", "/fragment@0/__overlay__");
        Symbols(_overlay).SetString("r", "/fragment@1/__overlay__");

        Node symbols = Apply().Find("/__symbols__")!;

        Assert.Equal("/a/", Text(symbols.Property("x")!));
        Assert.Equal("/", Text(symbols.Property("r")!));
    }

    [Fact]
    public void A_phandle_of_the_base_stays_and_the_overlay_uses_it()
    {
        Node n = _base.Root.AddChild("n");
        n.SetCells("phandle", 3);
        _base.Root.SetCells("user", 3);
        Node body = Body("/");
        body.AddChild("n").SetCells("phandle", 1);
        body.SetCells("ref", 1);
        _overlay.Root.AddChild("__local_fixups__").AddChild("fragment@0").AddChild("__overlay__").SetCells("ref", 0);

        Tree result = Apply();

        Assert.Equal(3u, result.Find("/n")!.Phandle);
        Assert.Equal(3u, result.Root.Property("ref")!.Cell(0));
        Assert.Equal(3u, result.Root.Property("user")!.Cell(0));
    }

    [Fact]
    public void A_target_may_be_a_phandle_that_an_earlier_fragment_gave()
    {
        Body("/").AddChild("n").SetCells("phandle", 1);
        Body("unused").SetFlag("p");
        Fragment(1).SetCells("target", 1);
        _overlay.Root.AddChild("__local_fixups__").AddChild("fragment@1").SetCells("target", 0);

        Assert.NotNull(Apply().Find("/n")!.Property("p"));
    }

    [Theory]
    [InlineData("abc", FdtErrorKind.BadOverlay)]
    [InlineData("/fragment@0/__overlay__:p:0", FdtErrorKind.BadOverlay, false)]
    [InlineData("/fragment@0/__overlay__::0", FdtErrorKind.BadOverlay)]
    [InlineData("/fragment@0/__overlay__:p:", FdtErrorKind.BadOverlay)]
    [InlineData("/fragment@0/__overlay__:p:0x4", FdtErrorKind.BadOverlay)]
    [InlineData("/fragment@0/__overlay__:p:-4", FdtErrorKind.BadOverlay)] // case 76
    [InlineData("/fragment@0/__overlay__:p:0:0", FdtErrorKind.BadOverlay)]
    [InlineData("", FdtErrorKind.BadOverlay)]
    [InlineData(":p:0", FdtErrorKind.BadPath)]
    [InlineData("/nowhere:p:0", FdtErrorKind.BadOverlay)]
    [InlineData("/fragment@0/__overlay__:q:0", FdtErrorKind.NotFound)]
    [InlineData("/fragment@0/__overlay__:p:1", FdtErrorKind.NoSpace)]
    [InlineData("/fragment@0/__overlay__:p:4294967295", FdtErrorKind.NoSpace)]
    public void A_fixup_that_is_wrong_is_refused(string place, FdtErrorKind expected, bool terminated = true) // case 77
    {
        _base.Root.AddChild("a").SetCells("phandle", 1);
        Symbols(_base).SetString("a", "/a");
        Body("/").SetCells("p", uint.MaxValue);
        Fixups().Set("a", Encoding.ASCII.GetBytes(place + (terminated ? "\0" : "")));

        Refuse(expected);
    }

    [Fact]
    public void A_label_that_the_base_does_not_have_is_named()
    {
        Body("/").SetCells("p", uint.MaxValue);
        Fixups().SetString("gic", "/fragment@0/__overlay__:p:0");
        Assert.Contains("dtc -@", Refuse(FdtErrorKind.NotFound).Message, StringComparison.Ordinal);

        Symbols(_base);
        Assert.Contains("'gic'", Refuse(FdtErrorKind.NotFound).Message, StringComparison.Ordinal);
        Symbols(_base).SetString("gic", "/gone");
        Assert.Contains("'/gone'", Refuse(FdtErrorKind.NotFound).Message, StringComparison.Ordinal);
        Symbols(_base).SetString("gic", "/");
        Assert.Contains("no phandle", Refuse(FdtErrorKind.NotFound).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_fixup_outside_of_its_property_is_refused()
    {
        Body("/").SetCells("p", 1);
        Node fixups = _overlay.Root.AddChild("__local_fixups__").AddChild("fragment@0").AddChild("__overlay__");
        fixups.SetCells("p", 1);
        Refuse(FdtErrorKind.BadOverlay);
        fixups.SetCells("p", uint.MaxValue);
        Refuse(FdtErrorKind.BadOverlay);
        fixups.Set("p", new byte[3]);
        Refuse(FdtErrorKind.BadOverlay);
        fixups.SetFlag("p");
        Apply();
        fixups.SetFlag("q");
        Refuse(FdtErrorKind.BadOverlay);
        fixups.RemoveProperty("q");
        fixups.AddChild("nowhere");
        Refuse(FdtErrorKind.BadOverlay);
    }

    [Fact]
    public void Phandles_that_cannot_move_are_refused()
    {
        _base.Root.SetCells("phandle", 2);
        Node n = Body("/").AddChild("n");
        n.SetCells("phandle", uint.MaxValue - 2);
        Refuse(FdtErrorKind.NoPhandles);
        n.SetCells("phandle", uint.MaxValue - 3);
        Assert.Equal(uint.MaxValue - 1, Apply().Find("/n")!.Phandle);
        n.SetCells("phandle", 1, 1);
        Refuse(FdtErrorKind.BadPhandle);
    }

    [Fact]
    public void A_symbol_must_be_one_absolute_path_into_a_fragment()
    {
        Body("/");
        Symbols(_overlay).SetString("s", "fragment@0/__overlay__");
        Refuse(FdtErrorKind.BadValue);
        Symbols(_overlay).SetString("s", "/a", "/b");
        Refuse(FdtErrorKind.BadValue);
        Symbols(_overlay).SetFlag("s");
        Refuse(FdtErrorKind.BadValue);
        Symbols(_overlay).SetString("s", "/fragment@9/__overlay__/x");
        Refuse(FdtErrorKind.BadOverlay);
    }

    [Fact]
    public void Children_of_the_root_without_a_body_are_ignored()
    {
        _overlay.Root.AddChild("notes").SetFlag("p");

        Assert.Equal(FdtWriter.Write(_base), FdtWriter.Write(Apply()));
    }

    [Fact]
    public void Many_symbols_with_a_long_path_do_not_fill_the_memory()
    {
        string name = new('n', 200_000);
        _base.Root.AddChild(name);
        Body("/" + name);
        for (int i = 0; i < 1000; i++)
            Symbols(_overlay).SetString($"s{i}", "/fragment@0/__overlay__");

        Refuse(FdtErrorKind.NoSpace);
    }

    private Tree Apply()
    {
        Assert.True(OverlayApplier.TryApply(_base, _overlay, out Tree? result, out OverlayError? error), error?.ToString());
        return result;
    }

    private OverlayError Refuse(FdtErrorKind expected)
    {
        Assert.False(OverlayApplier.TryApply(_base, _overlay, out Tree? result, out OverlayError? error));
        Assert.Null(result);
        Assert.Equal(expected, error.Kind);
        return error;
    }

    /// <summary>The body of the next fragment.</summary>
    private Node Body(string targetPath)
    {
        int number = _overlay.Root.Children.Count(child => child.Name.StartsWith("fragment@", StringComparison.Ordinal));
        Node fragment = _overlay.Root.AddChild($"fragment@{number}");
        fragment.SetString("target-path", targetPath);
        return fragment.AddChild("__overlay__");
    }

    private Node Fragment(int number) => _overlay.Root.Child($"fragment@{number}")!;

    private static Node Symbols(Tree tree) => tree.Root.GetOrAddChild("__symbols__");

    private Node Fixups() => _overlay.Root.GetOrAddChild("__fixups__");

    private static string Text(Property property)
    {
        Assert.True(property.TryGetString(out string? text));
        return text;
    }
}
