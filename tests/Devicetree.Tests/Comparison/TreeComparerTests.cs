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
        { "a property that is gone, new and changed", "a; b = <1>;", "b = <2>; c;",
            "PropertyRemoved / a; PropertyChanged / b; PropertyAdded / c" },
        { "nodes that are gone and new", "a { x { }; };", "b { y { }; };", "NodeRemoved /a; NodeAdded /b" },
        { "one with another unit address", "a@1 { p; };", "a@2 { p; };", "NodeMoved /a@1 /a@2" },
        { "several with other unit addresses", "a@1 { }; a@2 { };", "a@3 { }; a@4 { };",
            "NodeRemoved /a@1; NodeRemoved /a@2; NodeAdded /a@3; NodeAdded /a@4" },
        { "one that its label finds elsewhere", "l: a { p; c { }; };", "b { l: x { p = <1>; c { }; }; };",
            "NodeAdded /b; NodeMoved /a /b/x; PropertyChanged /a /b/x p" },
        { "one that its label finds above", "b { l: x { q; }; };", "l: a { };",
            "NodeRemoved /b; NodeMoved /b/x /a; PropertyRemoved /b/x /a q" },
        { "labels count more than base names", "l: a@1 { }; n { };", "a@2 { }; n { l: b { }; };",
            "NodeAdded /a@2; NodeMoved /a@1 /n/b" },
        { "renumbered phandles", "m { p = <&x>; }; x: x { };", "q { r = <&y>; y: y { }; }; m { p = <&x>; }; x: x { };",
            "NodeAdded /q" },
        { "phandles that change sides", "p = <&x>; x: x { phandle = <1>; }; y { phandle = <2>; };",
            "p = <&x>; x: x { phandle = <2>; }; y { phandle = <1>; };", "" },
        { "a reference that leads elsewhere", "clocks = <&x>; x: x { #clock-cells = <0>; }; y: y { #clock-cells = <0>; };",
            "clocks = <&y>; x: x { #clock-cells = <0>; }; y: y { #clock-cells = <0>; };", "PropertyChanged / clocks" },
        { "another argument", "clocks = <&x 1>; x: x { #clock-cells = <1>; };", "clocks = <&x 2>; x: x { #clock-cells = <1>; };",
            "PropertyChanged / clocks" },
        { "an alias of a node that moved", "aliases { s = &l; }; l: a@1 { };", "aliases { s = &l; }; l: a@2 { };",
            "NodeMoved /a@1 /a@2" },
        { "an alias of another node", "aliases { s = \"/a\"; }; a { }; b { };", "aliases { s = \"/b\"; }; a { }; b { };",
            "PropertyChanged /aliases s" },
        { "a cell of an unknown property that follows its node", "p = <1 7>; x { phandle = <1>; };",
            "p = <2 7>; x { phandle = <2>; };", "" },
        { "one that does not", "p = <1 7>; x { phandle = <1>; };", "p = <2 8>; x { phandle = <2>; };", "PropertyChanged / p" },
        { "a number with a unit", "a-us = <1>; x { phandle = <1>; };", "a-us = <2>; x { phandle = <2>; };",
            "PropertyChanged / a-us" },
        { "a standard number", "bus-width = <1>; x { phandle = <1>; };", "bus-width = <2>; x { phandle = <2>; };",
            "PropertyChanged / bus-width" },
        { "an address", "x@1 { reg = <1 1>; phandle = <1>; };", "x@1 { reg = <2 1>; phandle = <2>; };",
            "PropertyChanged /x@1 reg" },
        { "an argument", "gpios = <&x 1>; x: x { #gpio-cells = <1>; phandle = <1>; };",
            "gpios = <&x 2>; x: x { #gpio-cells = <1>; phandle = <2>; };", "PropertyChanged / gpios" },
        { "a value that got longer", "clocks = <&x>; x: x { #clock-cells = <0>; };",
            "clocks = <&x &x>; x: x { #clock-cells = <0>; };", "PropertyChanged / clocks" },
    };

    [Theory, MemberData(nameof(Cases))]
    public void What_differs_is_found(string what, string before, string after, string expected)
    {
        Assert.Equal((what, expected), (what, Describe(TreeComparer.Compare(Source(before), Source(after)))));
    }

    /// <summary>
    /// A body as a blob in which a new node in front has moved every phandle by one, against the same without it.
    /// </summary>
    private static string Moved(string before, string after)
    {
        const string Front = "front { phandle = <1>; };";
        const string Nodes = " k1: k1 { #mbox-cells = <1>; #gpio-cells = <1>; phandle = <KA>; }; k2: k2 { phandle = <KB>; };";
        string Fill(string body, int first) => (body + Nodes)
            .Replace("KA", first.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("KB", (first + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return Describe(TreeComparer.Compare(Blob(Fill(before, 1)), Blob(Fill(after, 2) + Front)));
    }

    [Theory]
    [InlineData("use { a = <KA>; b = <KB 5>; };", "use { b = <KB 6>; a = <KA>; };", "PropertyChanged /use b")]
    [InlineData("use { acme,link = <KA 0x9 KB>; };", "use { acme,link = <KA 0x9 KB>; };", "")]
    [InlineData("use { acme,link = <KA>; };", "use { acme,link = <KB>; };", "PropertyChanged /use acme,link")]
    [InlineData("use { acme-us = <1>; };", "use { acme-us = <2>; };", "PropertyChanged /use acme-us")]
    [InlineData("use { mboxes = <KA KB>; };", "use { mboxes = <KA KB>; };", "")]
    [InlineData("use { gpios = <KA 1>; };", "use { gpios = <KA 2>; };", "PropertyChanged /use gpios")]
    [InlineData("hog { gpio-hog; gpios = <1 0>; };", "hog { gpio-hog; gpios = <2 0>; };", "PropertyChanged /hog gpios")]
    [InlineData("gic: g { interrupt-controller; #interrupt-cells = <4>; }; use { interrupt-parent = <&gic>; interrupts = <1 2 4 KA>; };",
        "gic: g { interrupt-controller; #interrupt-cells = <4>; }; use { interrupt-parent = <&gic>; interrupts = <1 2 4 KA>; };",
        "")]
    [InlineData("gic: g { interrupt-controller; #interrupt-cells = <4>; }; use { interrupt-parent = <&gic>; interrupts = <1 1 4 KA>; };",
        "gic: g { interrupt-controller; #interrupt-cells = <4>; }; use { interrupt-parent = <&gic>; interrupts = <1 2 4 KA>; };",
        "PropertyChanged /use interrupts")]
    public void Case_08_In_blobs_a_cell_that_follows_its_node_is_no_difference_unless_name_or_place_says_that_it_is_a_number(
        string before, string after, string expected)
    {
        string[] others = [.. Moved(before, after).Split("; ").Where(each => each != "NodeAdded /front")];
        Assert.Equal(expected, string.Join("; ", others));
    }

    [Fact]
    public void Case_08_What_is_passed_over_is_shown_where_the_numbers_of_phandles_count()
    {
        LiveTree before = Blob("p = <1>; x { phandle = <1>; };"), after = Blob("p = <2>; x { phandle = <2>; };");
        Assert.Equal("", Describe(TreeComparer.Compare(before, after)));
        Assert.Equal("PropertyChanged / p; PropertyChanged /x phandle",
            Describe(TreeComparer.Compare(before, after, new() { Phandles = true })));
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
        Assert.Equal("PropertiesReordered /; ChildrenReordered /",
            Describe(TreeComparer.Compare(before, after, new() { Order = true })));
    }

    [Fact]
    public void Reservations_and_the_boot_cpu_count()
    {
        LiveTree before = Tree("/memreserve/ 1 2; /memreserve/ 3 4; /memreserve/ 1 2;", "cpus { cpu@0 { reg = <0>; }; };");
        LiveTree after = Tree("/memreserve/ 3 4; /memreserve/ 1 2; /memreserve/ 5 6;", "cpus { cpu@0 { reg = <0>; }; };",
            bootCpu: 1);
        Assert.Equal(
            "BootCpuChanged 0x0 0x1; ReservationRemoved 0x1 0x2; ReservationAdded 0x5 0x6",
            Describe(TreeComparer.Compare(before, after)));
        Assert.Equal("", Describe(TreeComparer.Compare(Tree("/memreserve/ 1 2; /memreserve/ 3 4;", ""),
            Tree("/memreserve/ 3 4; /memreserve/ 1 2;", ""))));
        Assert.Equal("ReservationsReordered",
            Describe(TreeComparer.Compare(Tree("/memreserve/ 1 2; /memreserve/ 3 4;", ""),
                Tree("/memreserve/ 3 4; /memreserve/ 1 2;", ""), new() { Order = true })));
    }

    [Fact]
    public void Trees_of_hostile_shape_take_no_more_than_linear_time()
    {
        const int Nodes = 20_000;
        var many = new StringBuilder();
        for (int i = 0; i < Nodes; i++)
            many.Append(CultureInfo.InvariantCulture, $"x@{i:x}{{}};");
        string text = many.ToString();
        Assert.Equal(2 * Nodes, TreeComparer.Compare(Source(text),
            Source(text.Replace("x@", "x@f00000", StringComparison.Ordinal))).Differences.Count);

        // Each level is found by its label, and has a rest of its own.
        const int Depth = 200;
        string Deep(string name) =>
            string.Concat(Enumerable.Range(0, Depth).Select(i => $"l{i}: {name}{i} {{ r{name}{i} {{ }}; "))
            + string.Concat(Enumerable.Repeat("};", Depth));
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
            difference.Kind.ToString(), old, added == old
                ? null : added, (difference.OldProperty ?? difference.NewProperty)?.Name,
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
