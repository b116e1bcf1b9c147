using Devicetree.Source;

namespace Devicetree.Tests.Source;

/// <summary>The numbers are the cases of devicetree.md 7.1; the tables without one are those of devicetree.md 1.7.</summary>
public class DtsTreeTests
{
    [Theory]
    [InlineData("/{a;b;n1{};n2{};}; /{c;a=<9>;n3{};n1{z;};};", "a b c n1(z) n2() n3()")]
    [InlineData("/{a;b;}; /{/delete-property/ a;}; /{c;a;};", "a b c")]
    [InlineData("/{a=<1>;}; /{/delete-property/ a; a=<7>;};", "a")]
    [InlineData("/{a=<1>;}; /{a=<9>; /delete-property/ a;};", "")]
    [InlineData("/{n{x;s{};};m{};}; /{/delete-node/ n;}; /{o{};n{y;};};", "n(y) m() o()")] // 22
    [InlineData("/{a=<1>; /delete-property/ a;};", "a")] // 19
    [InlineData("/{/delete-node/ n; n { };};", "n()")] // 20
    [InlineData("/{l: n {};}; /delete-node/ &l; /{m{l: k{};};};", "m(k())")] // 23
    [InlineData("/{l: n{};}; &l {p;}; &{/n} {q;};", "n(p q)")]
    [InlineData("/{n{};}; x: &{/n} {p;}; &x {q;};", "n(p q)")]
    [InlineData("/{name=\"\"; n@1{name=\"n\"; p;};};", "n@1(p)")] // 37
    [InlineData("/{\\a; \\n{};};", "a n()")]
    [InlineData("/{n{};}; /{n{a;}; n{b;};};", "n(a b)")]
    public void Merging_keeps_places_as_dtc_does(string text, string shape) =>
        Assert.Equal(shape, Dts.Shape(Dts.Compile(text, new() { Strict = false }).Root));

    [Fact]
    public void Deleting_something_absent_in_a_body_is_silent_as_in_dtc() => // 26
        Assert.Equal("", Dts.Shape(Dts.Compile("/{/delete-property/ p; /delete-node/ n;};", new() { Strict = false }).Root));

    [Theory]
    [InlineData("/ { n { }; /delete-node/ n; };", "2:12 DTS060")] // 20
    [InlineData("/ { n { }; n { }; };", "2:12 DTS032")]
    [InlineData("/ { p; p = <1>; };", "2:8 DTS033")]
    [InlineData("/ { a?b { }; };", "2:5 DTS034")]
    [InlineData("/ { a@1@2 { }; };", "2:5 DTS034")]
    [InlineData("/ { a@b; };", "2:5 DTS035")]
    [InlineData("/ { n { name = \"m\"; }; };", "2:9 DTS036")] // 37
    [InlineData("/ { l: a { }; l: b { }; };", "2:15 DTS037")]
    [InlineData("/ { l: a { p = l: <1>; }; };", "2:16 DTS037")]
    [InlineData("/ { a { }; p; };", "2:12 DTS012")] // 25
    [InlineData("/ { a { }; /delete-property/ p; };", "2:12 DTS012")]
    [InlineData("/ { p = <&l>; };", "2:10 DTS031")]
    [InlineData("/ { p = &l; };", "2:9 DTS031")]
    [InlineData("/ { p = <&{/a/b}>; a { }; };", "2:10 DTS031")]
    [InlineData("/ { }; &l { };", "2:8 DTS030")]
    [InlineData("/ { }; l: &{/n} { };", "2:11 DTS030")]
    [InlineData("/ { }; /delete-node/ &l;", "2:22 DTS030")] // 26
    [InlineData("/ { }; /omit-if-no-ref/ &l;", "2:25 DTS030")]
    [InlineData("/ { }; /delete-node/ &{/};", "2:22 DTS040")]
    [InlineData("&l { };", "2:1 DTS030")]
    [InlineData("/ { n@1 { }; }; &{/n} { };", "2:17 DTS030")]
    [InlineData("/ { l: n { }; m { /delete-node/ &l; }; };", "2:33 DTS001")]
    [InlineData("a : / { };", "2:1 DTS001")] // 5
    [InlineData("l: / { };", "2:4 DTS001")]
    [InlineData("/ { a : node { }; };", "2:7 DTS001")] // 5
    [InlineData("/ { }; /memreserve/ 1 2;", "2:8 DTS001")]
    [InlineData("/memreserve/ 1+2 3; / { };", "2:15 DTS001")]
    [InlineData("/ { ; };", "2:5 DTS001")]
    [InlineData("/ { } ", "2:6 DTS001")]
    [InlineData("/ { ", "2:5 DTS001")]
    [InlineData("", "2:1 DTS001")]
    [InlineData("/ { p = \"abc; };\n", "2:9 DTS002")]
    [InlineData("/ { n { }; }; a: b: &{/n} { };", "2:21 DTS001")]
    [InlineData("/ { }; /* ", "2:8 DTS003")]
    [InlineData("/ { }; // no newline", "2:8 DTS003")]
    public void An_error_is_reported_once_and_where_it_is(string text, string expected) =>
        Assert.Equal(expected, Dts.Errors(text)[0]);

    [Fact]
    public void A_label_in_braces_is_wrong_before_1_7_0() // 52
    {
        Assert.Equal("2:13 DTS001", Dts.Errors("/ { p = <&l &{l}>; l: n { }; };", new() { Version = new(1, 6, 1) })[0]);
        Assert.Equal("0000000100000001", Dts.Hex(Dts.Compile("/ { p = <&l &{l}>; l: n { }; };").Root.Property("p")!));
    }

    [Fact]
    public void A_file_starts_with_its_version()
    {
        Assert.Equal("1:1 DTS010", Dts.ErrorsOfFile("")[0]); // 1
        Assert.Equal(["1:1 DTS010"], Dts.ErrorsOfFile("/ { };"));
        Assert.Equal("1:1 DTS010", Dts.ErrorsOfFile("\uFEFF/dts-v1/; / { };")[0]); // 4
        Dts.CompileFile("/dts-v1/; /dts-v1/; / { };"); // 2
        Assert.Equal(["1:11 DTS011"], Dts.ErrorsOfFile("/dts-v1/; /dts-v1/; /plugin/; / { };")); // 2
        Assert.Equal("1:10 DTS001", Dts.ErrorsOfFile("/dts-v1/ /plugin/; / { };")[0]);
    }

    [Fact]
    public void Line_ends_do_not_matter() => // 4
        Assert.Equal("p n(q)", Dts.Shape(Dts.CompileFile("/dts-v1/;\r\n/ {\r\n\tp;\r\n\tn {\r\n\t\tq;\r\n\t};\r\n};\r\n").Root));

    [Fact]
    public void Phandles_are_given_in_the_order_of_use_and_come_last() // 29
    {
        Tree tree = Dts.Compile("/ { u { p = <&c>, <&a>; }; x { phandle = <1>; }; a: a { q; }; c: c { q; }; };");

        Assert.Equal("0000000200000003", Dts.Hex(tree.Find("/u")!.Property("p")!));
        Assert.Equal(3u, tree.Find("/a")!.Phandle);
        Assert.Equal("q phandle", Dts.Shape(tree.Find("/c")!));
    }

    [Fact]
    public void A_phandle_of_its_own_node_means_any()
    {
        Tree tree = Dts.Compile("/ { a: a { phandle = <&a>; q; }; b { phandle = <1>; }; };");

        Assert.Equal(2u, tree.Find("/a")!.Phandle);
        Assert.Equal("phandle q", Dts.Shape(tree.Find("/a")!));
    }

    [Theory]
    [InlineData("/ { a { phandle = <0>; }; };", "DTS038")]
    [InlineData("/ { a { phandle = <0xffffffff>; }; };", "DTS038")]
    [InlineData("/ { a { phandle = <1 2>; }; };", "DTS038")]
    [InlineData("/ { a { phandle = <1>; linux,phandle = <2>; }; };", "DTS038")]
    [InlineData("/ { a { phandle = <&b>; }; b: b { }; };", "DTS038")]
    [InlineData("/ { a { phandle = <1>; }; b { phandle = <1>; }; };", "DTS039")]
    public void A_phandle_that_cannot_be_is_refused(string text, string id) =>
        Assert.EndsWith(id, Assert.Single(Dts.Errors(text)), StringComparison.Ordinal);

    [Fact]
    public void Path_references_become_strings_where_they_stand() =>
        Assert.Equal(
            Convert.ToHexStringLower("x\0/n@1\0"u8) + "00000001" + Convert.ToHexStringLower("/n@1/m\0"u8),
            Dts.Hex(Dts.Compile("/ { p = \"x\", &n, <&m>, &{/n@1/m}; n: n@1 { m: m { }; }; };").Root.Property("p")!));

    [Fact]
    public void Nodes_to_be_omitted_stay_only_when_something_refers_to_them() // 31
    {
        Tree tree = Dts.Compile("/ { /omit-if-no-ref/ a: n{p=<&b>;}; /omit-if-no-ref/ b: m{}; c: o{}; }; /omit-if-no-ref/ &c;");

        Assert.Equal("m(phandle)", Dts.Shape(tree.Root));
    }

    [Fact]
    public void With_symbols_labels_keep_their_nodes_and_their_order() // 28, 32
    {
        var symbols = new DtsParserOptions { GenerateSymbols = true };

        Tree tree = Dts.Compile("/ { a: b: n{}; }; /{ c: d: n{}; }; e: &a {};", symbols);
        Assert.Equal("n(phandle) __symbols__(e d c a b)", Dts.Shape(tree.Root));
        Assert.Equal(Convert.ToHexStringLower("/n\0"u8), Dts.Hex(tree.Find("/__symbols__")!.Property("d")!));
        Assert.Equal("n(phandle) __symbols__(a)", Dts.Shape(Dts.Compile("/ { /omit-if-no-ref/ a: n { }; };", symbols).Root));
        Assert.Equal("n()", Dts.Shape(Dts.Compile("/ { n { }; };", symbols).Root));
    }

    [Theory]
    [InlineData("/ { cpus { cpu@3 { reg = <3>; }; cpu@4 { reg = <4>; }; }; };", 3)]
    [InlineData("/ { cpus { cpu@3 { reg = <0 3>; }; }; };", 0)]
    [InlineData("/ { cpus { map { }; cpu@3 { reg = <3>; }; }; };", 0)]
    [InlineData("/ { cpus { c: cpu@3 { reg = <3>; }; cpu@4 { reg = <4>; }; }; }; /delete-node/ &c;", 0)]
    [InlineData("/ { };", 0)]
    public void The_boot_cpu_is_the_first_one(string text, uint expected) // 34
    {
        Assert.Equal(expected, Dts.Compile(text).BootCpu);
        Assert.Equal(9u, Dts.Compile(text, new() { BootCpu = 9 }).BootCpu);
    }

    [Fact]
    public void Reservations_keep_the_order_of_the_source() => // 40
        Assert.Equal(
            [new(0x20, 3), new(0x10, 1)],
            Dts.Compile("l: /memreserve/ 0x20 (1 + 2); /memreserve/ 0x10 1; / { };").Reservations);
}
