namespace Devicetree.Tests.Source;

/// <summary>The numbers are the cases of devicetree.md 7.2.</summary>
public class DtsPluginTests
{
    [Fact]
    public void References_to_another_tree_become_fixups() // 55
    {
        Tree tree = Dts.Plugin("/ { n { p = <&bar 1 &c 2 &foo>, <&bar>; }; c: c { }; };");

        Assert.Equal("ffffffff000000010000000100000002ffffffffffffffff", Dts.Hex(tree.Find("/n")!.Property("p")!));
        Assert.Equal("n(p) c(phandle) __fixups__(bar foo) __local_fixups__(n(p))", Dts.Shape(tree.Root));
        Assert.Equal(Convert.ToHexStringLower("/n:p:0\0/n:p:20\0"u8), Dts.Hex(tree.Find("/__fixups__")!.Property("bar")!));
        Assert.Equal(Convert.ToHexStringLower("/n:p:16\0"u8), Dts.Hex(tree.Find("/__fixups__")!.Property("foo")!));
        Assert.Equal("00000008", Dts.Hex(tree.Find("/__local_fixups__/n")!.Property("p")!));
    }

    [Fact]
    public void Unknown_labels_make_fragments_and_known_ones_merge()
    {
        Tree tree = Dts.Plugin("&ext { a; }; &{/soc} { b; }; / { l: n { }; }; &l { c; };");

        Assert.Equal("fragment@0(target __overlay__(a)) fragment@1(target-path __overlay__(b)) n(c) __fixups__(ext)",
            Dts.Shape(tree.Root));
        Assert.Equal("ffffffff", Dts.Hex(tree.Find("/fragment@0")!.Property("target")!));
        Assert.Equal(Convert.ToHexStringLower("/soc\0"u8), Dts.Hex(tree.Find("/fragment@1")!.Property("target-path")!));
        Assert.Equal(Convert.ToHexStringLower("/fragment@0:target:0\0"u8), Dts.Hex(tree.Find("/__fixups__")!.Property("ext")!));
    }

    [Fact]
    public void Fragments_are_counted_in_decimal() // 56
    {
        Tree tree = Dts.Plugin(string.Concat(Enumerable.Range(0, 12).Select(i => $"&l{i} {{ }};\n")));

        Assert.NotNull(tree.Find("/fragment@11"));
    }

    [Fact]
    public void A_path_in_another_tree_cannot_be_known() // 58
    {
        Assert.Equal(["1:29 DTS031"], Dts.ErrorsOfFile("/dts-v1/; /plugin/; / { p = &external; };"));
        Assert.Equal(["1:30 DTS041"], Dts.ErrorsOfFile("/dts-v1/; /plugin/; / { p = <&{/external}>; };"));
    }

    [Fact]
    public void Deletions_in_a_fragment_leave_no_trace() => // 59
        Assert.Equal(
            "fragment@0(target __overlay__(q)) __fixups__(external)",
            Dts.Shape(Dts.Plugin("&external { /delete-property/ p; q; /delete-node/ n; };", new() { Strict = false }).Root));

    [Fact]
    public void A_label_of_its_own_needs_a_target_in_this_tree() =>
        Assert.Equal(["1:24 DTS030"], Dts.ErrorsOfFile("/dts-v1/; /plugin/; l: &x { };"));
}
