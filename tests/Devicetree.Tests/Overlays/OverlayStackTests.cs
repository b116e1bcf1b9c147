using Devicetree.Compilation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Overlays;
using Devicetree.Tests.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Overlays;

/// <summary>
/// How <c>dt overlay</c> applies overlays: references in the result lead somewhere, and what was written is there.
/// </summary>
public class OverlayStackTests
{
    [Fact]
    public void Case_29_new_nodes_and_properties_stand_in_the_order_in_which_they_are_written()
    {
        Tree result = Apply(Base("/ { s: snd { old { }; }; };"),
            Plugin("&s { a; b; first { }; second { n: x { }; y { }; }; third { }; };"));
        Assert.Equal("phandle a b old() first() second(x(phandle) y()) third()", Dts.Shape(result.Find("/snd")!));
    }

    [Theory]
    [InlineData("/ { soc { gpio@3 { }; }; t: touch { }; };")]
    [InlineData("/ { soc { gpio3: gpio@3 { }; }; t: touch { }; };")]
    [InlineData("/ { soc { gpio@3 { phandle = <77>; }; }; t: touch { }; };")]
    public void Case_77_a_reference_to_a_path_of_the_base_leads_to_that_node(string @base)
    {
        Tree result = Apply(Base(@base), Plugin("&t { p = <&{/soc/gpio@3} 3 0>; };"));
        Property p = result.Find("/touch")!.Property("p")!;
        Assert.Equal("/soc/gpio@3", result.FindByPhandle(p.Cell(0))!.Path);
        Assert.Equal((3u, 0u), (p.Cell(1), p.Cell(2)));
    }

    [Fact]
    public void Case_77_a_path_that_the_base_does_not_have_is_an_error_at_its_place()
    {
        OverlayError error = Refuse(Base("/ { t: touch { }; };"), Plugin("&t { p = <0 &{/soc} 3>; };"));
        Assert.Equal((FdtErrorKind.NotFound, "/soc", "/fragment@0/__overlay__:p:4"), (error.Kind, error.Label, error.Place));
    }

    [Theory]
    [InlineData("/ { fragment@0 { target-path = \"/n\"; __overlay__ { p = <1 &seq>; }; }; seq: seq { }; };",
        "/fragment@0/__overlay__:p:4")]
    [InlineData("/ { fragment@0 { target = <&seq>; __overlay__ { }; }; seq: seq { }; };", "/fragment@0:target:0")]
    [InlineData("/ { fragment@0 { target = <&late>; __overlay__ { }; }; fragment@1 { target-path = \"/n\"; __overlay__ { late: m { }; }; }; };", "/fragment@0:target:0")]
    [InlineData("/ { fragment@0 { target-path = \"/n\"; __overlay__ { p = <&d>; }; }; fragment@1 { target-path = \"/n\"; __dormant__ { d: m { }; }; }; };", "/fragment@0/__overlay__:p:0")]
    public void Case_79_a_reference_to_a_node_that_no_fragment_brings_is_an_error_that_names_both(string overlay, string place)
    {
        OverlayError error = Refuse(Base("/ { n: n { }; };"), Plugin(overlay));
        Assert.Equal((FdtErrorKind.NotFound, place), (error.Kind, error.Place));
        Assert.Contains("it refers to /", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_79_and_27_what_is_not_applied_is_named()
    {
        var stack = new OverlayStack(Base("/ { n: n { }; };"));
        Assert.Null(stack.Apply(Plugin("""
            / {
                compatible = "a";
                other;
                fragment@0 { target = <&n>; __overlay__ { a; }; };
                fragment@1 { target = <&n>; __dormant__ { b; }; };
                fragment@2 { target = <&n>; __overlay_ { c; }; };
                beside { };
                __overrides__ { gain; loud; };
            };
            """)));
        Assert.Equal(
            [
                new(OverlayNoteKind.RootProperties, "/", "compatible, other"),
                new(OverlayNoteKind.Dormant, "/fragment@1", ""),
                new(OverlayNoteKind.WithoutBody, "/fragment@2", "__overlay_"),
                new(OverlayNoteKind.OutsideNode, "/beside", ""),
                new(OverlayNoteKind.Parameters, "/__overrides__", "gain, loud"),
            ],
            stack.Notes);
        Assert.Equal("n(phandle a) __symbols__(n)", Dts.Shape(stack.Tree.Root));
    }

    [Fact]
    public void Case_83_an_overlay_on_an_overlay_gets_fixups_for_its_references()
    {
        Tree one = Plugin("&i2c { codec: codec { v = <&v33>; }; }; &{/} { osc: osc { }; };");
        Tree two = Plugin("&codec { extra = <&osc 7 &v33>; };");
        Tree @base = Base("/ { a: a { x = <&a>; }; i2c: i2c { }; v33: v33 { }; };");
        Tree merged = Apply(one, two);
        Assert.Equal("codec(v phandle extra)", Dts.Shape(merged.Find("/fragment@0/__overlay__")!));

        Tree result = Apply(@base, merged);
        Property extra = result.Find("/i2c/codec")!.Property("extra")!;
        Assert.Equal(["/osc", "/v33"], [result.FindByPhandle(extra.Cell(0))!.Path, result.FindByPhandle(extra.Cell(2))!.Path]);
        Assert.Equal(Same(Apply(@base, one, two)), Same(result));
    }

    [Fact]
    public void Case_83_what_only_the_base_of_both_knows_is_carried_along_in_its_order()
    {
        Tree @base = Base("/ { bus: bus { c: dev { p = <1>; }; }; };");
        Tree one = Plugin("&bus { d: dev { p = <2>; }; }; &c { p = <3>; };");
        Tree two = Plugin("&d { p = <4>; q = <&bus>; };");
        Tree merged = Apply(one, two);
        Tree result = Apply(@base, merged);
        Assert.Equal(4u, result.Find("/bus/dev")!.Property("p")!.Cell(0));
        Assert.Equal(Same(Apply(@base, one, two)), Same(result));
    }

    [Fact]
    public void A_replaced_value_loses_the_fixups_of_the_old_one()
    {
        Tree one = Plugin("&a { n: n { p = <&a &n 5>; }; };");
        Tree merged = Apply(one, Plugin("&n { p = <1 2 3>; };"));
        Tree result = Apply(Base("/ { x: x { y = <&x>; }; a: a { }; };"), merged);
        Assert.Equal("000000010000000200000003", Dts.Hex(result.Find("/a/n")!.Property("p")!));
    }

    [Fact]
    public void Two_phandles_for_one_node_become_one_and_references_follow()
    {
        Tree result = Apply(
            Base("/ { r = <&b>; b: b { }; k: k { phandle = <9>; }; };"),
            Plugin("&b { one: n { p = <&one &two>; }; three: k2 { }; }; &{/b} { two: n { q = <&two &one &three>; }; }; &{/} { old: k { s = <&old>; }; };"));
        Node n = result.Find("/b/n")!;
        uint[] cells = [n.Property("p")!.Cell(0), n.Property("p")!.Cell(1), n.Property("q")!.Cell(0), n.Property("q")!.Cell(1)];
        Assert.All(cells, cell => Assert.Equal(n.Phandle, cell));
        Assert.Equal(result.Find("/b/k2")!.Phandle, n.Property("q")!.Cell(2));
        Assert.Equal(9u, result.Find("/k")!.Property("s")!.Cell(0));
        Assert.Equal(9u, result.Find("/k")!.Phandle);
    }

    [Fact]
    public void A_name_means_the_child_of_exactly_that_name_and_else_is_reported()
    {
        var stack = new OverlayStack(Base("/ { b: b { n@1 { }; n { }; m@2 { }; }; };"));
        Assert.Null(stack.Apply(Plugin("&b { n { p; }; m { q; }; o@1 { }; o { r; }; };")));
        Assert.Equal("phandle n@1() n(p) m@2(q) o@1() o(r)", Dts.Shape(stack.Tree.Find("/b")!));
        Assert.Equal([new(OverlayNoteKind.MetLoosely, "/fragment@0/__overlay__/m", "/b/m@2")], stack.Notes);
    }

    [Fact]
    public void An_overlay_that_cannot_be_applied_changes_nothing()
    {
        Tree @base = Base("/ { n: n { p = <1>; }; };");
        string before = Same(@base);
        var stack = new OverlayStack(@base);
        Assert.NotNull(stack.Apply(Plugin("&n { p = <2>; q; }; &{/m} { };")));
        Assert.Equal(before, Same(stack.Tree));
        Assert.Same(@base, stack.Tree);
    }

    [Theory]
    [InlineData("phandle = <0>;", FdtErrorKind.BadPhandle)]
    [InlineData("phandle = <1 2>;", FdtErrorKind.BadPhandle)]
    [InlineData("phandle = <0xfffffff0>;", FdtErrorKind.NoPhandles)]
    public void A_phandle_that_no_node_can_have_is_refused(string property, FdtErrorKind kind)
    {
        Tree overlay = Plugin("&n { m { }; };");
        overlay.Find("/fragment@0/__overlay__/m")!.Set("phandle",
            Dts.Compile($"/ {{ n {{ p = {property[10..]} }}; }};").Find("/n")!.Property("p")!.Value);
        Assert.Equal(kind, Refuse(Base("/ { n: n { phandle = <16>; }; };"), overlay).Kind);
    }

    private static Tree Base(string text) => Dts.Compile(text, new() { GenerateSymbols = true });

    private static Tree Plugin(string text)
    {
        var diagnostics = new DiagnosticBag();
        // As a compiler that is not strict makes it: what is lost must be found when it is applied.
        LiveTree? live = DevicetreeCompiler.Compile(
            new SourceText("o.dtso", "/dts-v1/; /plugin/; " + text), diagnostics,
            new() { GenerateSymbols = true, KeepPathsOfBase = true, Strict = false });
        Assert.True(live is not null, string.Join('\n', diagnostics.Items.Select(item => item.Render())));
        return live.ToTree();
    }

    private static Tree Apply(Tree @base, params Tree[] overlays)
    {
        var stack = new OverlayStack(@base);
        foreach (Tree overlay in overlays)
            Assert.Null(stack.Apply(overlay));
        return stack.Tree;
    }

    private static OverlayError Refuse(Tree @base, Tree overlay)
    {
        var stack = new OverlayStack(@base);
        OverlayError? error = stack.Apply(overlay);
        Assert.NotNull(error);
        return error;
    }

    private static string Same(Tree tree) => OverlayLawTests.Canonical(tree, _ => false);
}
