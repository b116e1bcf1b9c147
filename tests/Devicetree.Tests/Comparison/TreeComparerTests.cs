using System.Globalization;
using System.Text;
using Devicetree.Comparison;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Comparison;

public class TreeComparerTests
{
    /// <summary>Two bodies of the root, and the differences as <c>kind path [newPath] [property]</c>.</summary>
    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "nothing", "a; n { b; }; m { };", "a; m { }; n { b; };", "" },
        { "a property that is gone, new and changed", "a; b = <1>;", "b = <2>; c;", "PropertyRemoved / a; PropertyChanged / b; PropertyAdded / c" },
        { "nodes that are gone and new", "a { x { }; };", "b { y { }; };", "NodeRemoved /a; NodeAdded /b" },
        { "one with another unit address", "a@1 { p; };", "a@2 { p; };", "NodeMoved /a@1 /a@2" },
        { "several with other unit addresses", "a@1 { }; a@2 { };", "a@3 { }; a@4 { };", "NodeRemoved /a@1; NodeRemoved /a@2; NodeAdded /a@3; NodeAdded /a@4" },
        { "one that its label finds elsewhere", "l: a { p; c { }; };", "b { l: x { p = <1>; c { }; }; };", "NodeAdded /b; NodeMoved /a /b/x; PropertyChanged /a /b/x p" },
        { "one that its label finds above", "b { l: x { q; }; };", "l: a { };", "NodeRemoved /b; NodeMoved /b/x /a; PropertyRemoved /b/x /a q" },
        { "labels count more than base names", "l: a@1 { }; n { };", "a@2 { }; n { l: b { }; };", "NodeAdded /a@2; NodeMoved /a@1 /n/b" },
        { "renumbered phandles", "m { p = <&x>; }; x: x { };", "q { r = <&y>; y: y { }; }; m { p = <&x>; }; x: x { };", "NodeAdded /q" },
        { "phandles that change sides", "p = <&x>; x: x { phandle = <1>; }; y { phandle = <2>; };", "p = <&x>; x: x { phandle = <2>; }; y { phandle = <1>; };", "" },
        { "a reference that leads elsewhere", "clocks = <&x>; x: x { #clock-cells = <0>; }; y: y { #clock-cells = <0>; };", "clocks = <&y>; x: x { #clock-cells = <0>; }; y: y { #clock-cells = <0>; };", "PropertyChanged / clocks" },
        { "another argument", "clocks = <&x 1>; x: x { #clock-cells = <1>; };", "clocks = <&x 2>; x: x { #clock-cells = <1>; };", "PropertyChanged / clocks" },
        { "an alias of a node that moved", "aliases { s = &l; }; l: a@1 { };", "aliases { s = &l; }; l: a@2 { };", "NodeMoved /a@1 /a@2" },
        { "an alias of another node", "aliases { s = \"/a\"; }; a { }; b { };", "aliases { s = \"/b\"; }; a { }; b { };", "PropertyChanged /aliases s" },
        { "a small number in an unknown property is a number", "p = <1>; x { phandle = <1>; };", "p = <2>; x { phandle = <2>; };", "PropertyChanged / p" },
        { "a value that got longer", "clocks = <&x>; x: x { #clock-cells = <0>; };", "clocks = <&x &x>; x: x { #clock-cells = <0>; };", "PropertyChanged / clocks" },
    };

    [Theory, MemberData(nameof(Cases))]
    public void What_differs_is_found(string what, string before, string after, string expected)
    {
        Assert.Equal((what, expected), (what, Describe(TreeComparer.Compare(Source(before), Source(after)))));
    }

    [Fact]
    public void In_blobs_phandles_of_unknown_properties_that_are_no_small_numbers_may_be_renumbered_together_with_their_nodes()
    {
        string Body(int first, int second) => string.Create(
            CultureInfo.InvariantCulture, $"acme,link = <{first} 5 {second}>; a {{ phandle = <{first}>; }}; b {{ phandle = <{second}>; }};");
        Assert.Equal("", Describe(TreeComparer.Compare(Blob(Body(100, 101)), Blob(Body(200, 201)))));
        Assert.Equal("PropertyChanged / acme,link", Describe(TreeComparer.Compare(Blob(Body(100, 101)), Blob(Body(200, 201).Replace("<200 5", "<201 5", StringComparison.Ordinal)))));
        Assert.Equal("PropertyChanged / acme,link", Describe(TreeComparer.Compare(Blob(Body(3, 101)), Blob(Body(4, 201)))));
    }

    [Fact]
    public void A_source_and_its_blob_are_the_same_with_symbols_too()
    {
        const string Body = "l: a@1 { #clock-cells = <1>; }; n { clocks = <&l 2>; acme,x = <&l>; path = &l; }; m: m { };";
        Assert.Equal("", Describe(TreeComparer.Compare(Source(Body), Blob(Body))));
        Assert.Equal("", Describe(TreeComparer.Compare(Blob(Body, symbols: true), Source(Body, symbols: true))));
        Assert.Equal("NodeAdded /__symbols__", Describe(TreeComparer.Compare(Blob(Body), Blob(Body, symbols: true))));
    }

    [Fact]
    public void Numbers_of_phandles_and_order_count_when_asked_for()
    {
        LiveTree before = Source("p; q; a { phandle = <3>; }; b { };"), after = Source("q; p; b { }; a { phandle = <4>; };");
        Assert.Equal("", Describe(TreeComparer.Compare(before, after)));
        Assert.Equal("PropertyChanged /a phandle", Describe(TreeComparer.Compare(before, after, new() { Phandles = true })));
        Assert.Equal("PropertiesReordered /; ChildrenReordered /", Describe(TreeComparer.Compare(before, after, new() { Order = true })));
    }

    [Fact]
    public void Reservations_and_the_boot_cpu_count()
    {
        LiveTree before = Tree("/memreserve/ 1 2; /memreserve/ 3 4; /memreserve/ 1 2;", "cpus { cpu@0 { reg = <0>; }; };");
        LiveTree after = Tree("/memreserve/ 3 4; /memreserve/ 1 2; /memreserve/ 5 6;", "cpus { cpu@0 { reg = <0>; }; };", bootCpu: 1);
        Assert.Equal(
            "BootCpuChanged 0x0 0x1; ReservationRemoved 0x1 0x2; ReservationAdded 0x5 0x6",
            Describe(TreeComparer.Compare(before, after)));
        Assert.Equal("", Describe(TreeComparer.Compare(Tree("/memreserve/ 1 2; /memreserve/ 3 4;", ""), Tree("/memreserve/ 3 4; /memreserve/ 1 2;", ""))));
        Assert.Equal("ReservationsReordered", Describe(TreeComparer.Compare(Tree("/memreserve/ 1 2; /memreserve/ 3 4;", ""), Tree("/memreserve/ 3 4; /memreserve/ 1 2;", ""), new() { Order = true })));
    }

    [Fact]
    public void Trees_of_hostile_shape_take_no_more_than_linear_time()
    {
        const int Nodes = 20_000;
        var many = new StringBuilder();
        for (int i = 0; i < Nodes; i++)
            many.Append(CultureInfo.InvariantCulture, $"x@{i:x}{{}};");
        string text = many.ToString();
        Assert.Equal(2 * Nodes, TreeComparer.Compare(Source(text), Source(text.Replace("x@", "x@f00000", StringComparison.Ordinal))).Differences.Count);

        // Each level is found by its label, and has a rest of its own.
        const int Depth = 200;
        string Deep(string name) => string.Concat(Enumerable.Range(0, Depth).Select(i => $"l{i}: {name}{i} {{ r{name}{i} {{ }}; ")) + string.Concat(Enumerable.Repeat("};", Depth));
        Assert.Equal(3 * Depth, TreeComparer.Compare(Source(Deep("a")), Source(Deep("b"))).Differences.Count);
    }

    private static string Describe(TreeComparison comparison) => string.Join("; ", comparison.Differences.Select(Describe));

    private static string Describe(TreeDifference difference)
    {
        string? old = difference.Kind == DifferenceKind.NodeAdded ? null : difference.Old?.Path;
        string? added = difference.Kind == DifferenceKind.NodeRemoved ? null : difference.New?.Path;
        bool tellsText = difference.Old is null && difference.New is null;
        string?[] parts =
        [
            difference.Kind.ToString(), old, added == old ? null : added, (difference.OldProperty ?? difference.NewProperty)?.Name,
            tellsText ? difference.OldText : null, tellsText ? difference.NewText : null,
        ];
        return string.Join(' ', parts.Where(part => part is not null));
    }

    private static LiveTree Source(string body, bool symbols = false) => Tree("", body, symbols);

    private static LiveTree Blob(string body, bool symbols = false)
    {
        var diagnostics = new DiagnosticBag();
        LiveTree tree = BlobReader.Read(FdtWriter.Write(Source(body, symbols)), DtcVersion.Newest, diagnostics)!;
        Restoration.RestoreLabels(tree, diagnostics);
        Assert.Empty(diagnostics.Items);
        return tree;
    }

    private static LiveTree Tree(string reservations, string body, bool symbols = false, uint? bootCpu = null)
    {
        var diagnostics = new DiagnosticBag();
        var source = new SourceText("a.dts", $"/dts-v1/;\n{reservations}\n/ {{ {body} }};\n");
        LiveTree? tree = DevicetreeCompiler.Compile(source, diagnostics, new() { GenerateSymbols = symbols, BootCpu = bootCpu });
        Assert.True(tree is not null, string.Join('\n', diagnostics.Items));
        return tree;
    }
}
