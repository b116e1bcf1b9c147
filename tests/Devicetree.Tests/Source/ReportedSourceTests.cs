using Devicetree.Checks;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Source;

/// <summary>What the strict compiler says of sources that people stumbled over.</summary>
public class ReportedSourceTests
{
    [Fact]
    public void Case_01_a_deletion_after_the_property_in_one_body_is_reported() => Assert.Equal(
        ["7:3 warning DTS023 Remove the assignment above it."],
        Said("/dts-v1/;\n\n/ {\n\tlamp {\n\t\tfuse;\n\t\tglow = <1>;\n\t\t/delete-property/ fuse;\n\t};\n};\n"));

    private const string Recreated =
        "/dts-v1/; / { pack { images { loader { }; stage1 { }; stage2 { }; }; }; };\n"
        + "/ { pack { /delete-node/ images; images { key-first { }; loader { }; stage0 { }; stage1 { }; }; }; };\n";

    [Fact]
    public void Case_02_an_order_that_is_not_the_written_one_is_reported_and_can_be_had()
    {
        Assert.Equal(["2:89 warning DTS028 Use '--written-order' to have nodes in the order in which they are written."],
            Said(Recreated));
        Assert.Equal("pack(images(loader() stage1() key-first() stage0()))", Shape(Recreated, new()));
        Assert.Equal("pack(images(key-first() loader() stage0() stage1()))", Shape(Recreated, new() { WrittenOrder = true }));
        Assert.Equal([], Said(Recreated, new() { WrittenOrder = true }));
    }

    [Fact]
    public void Case_31_a_deletion_from_the_base_has_the_same_words_in_a_body_and_outside()
    {
        const string Words = "Set it to another value; a node can be switched off with 'status = \"disabled\"'.";
        Assert.Equal(
            [$"3:6 warning DTS022 {Words}", $"4:6 warning DTS022 {Words}"],
            Said("/dts-v1/;\n/plugin/;\n&s { /delete-property/ on;\n     /delete-node/ ports; };\n"));
        Assert.Equal([$"3:15 error DTS022 {Words}"], Said("/dts-v1/;\n/plugin/;\n/delete-node/ &s;\n"));
    }

    [Fact]
    public void Case_32_numbers_that_are_no_phandles_are_warnings()
    {
        const string Source = "/dts-v1/;\n/ { d { dmas = <0xffffffff 1>; clocks = <0xffffffff>, <0>; interrupt-parent = <0xffffffff>; interrupts = <1>; }; };\n";
        string[] said = Said(Source, new() { Checks = CheckSettings.DefaultOf(DtcVersion.Newest) });
        Assert.NotEmpty(said);
        Assert.All(said, each => Assert.Contains(" warning ", each, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/dts-v1/ /plugin/;\n/ { };\n", "1:10 error DTS001 End the statement with ';'.")]
    [InlineData("/plugin/;\n/ { };\n", "1:1 error DTS010 Put '/dts-v1/;' on the first line.")]
    [InlineData("/ { s: s { }; };\n", "1:1 error DTS010 Put '/dts-v1/;' on the first line.")]
    public void Case_33_a_wrong_header_is_one_finding_at_its_place(string source, string expected) =>
        Assert.Equal([expected], Said(source));

    [Fact]
    public void Case_34_an_overlay_that_does_not_say_so_is_reported()
    {
        const string Remedy = "Put '/plugin/;' after '/dts-v1/;': the tree has an '__overlay__' and is an overlay.";
        Assert.Equal(
            [$"2:28 error DTS031 {Remedy}", $"3:13 error DTS031 {Remedy}"],
            Said("/dts-v1/;\n/ { fragment@0 { target = <&spi0>; __overlay__ {\n    pins = <&gpio 3 1>; }; }; };\n"));
        Assert.Equal(
            ["2:1 error DTS030 Put '/plugin/;' after '/dts-v1/;' if this is an overlay; otherwise include the file that defines the node first."],
            Said("/dts-v1/;\n&spi0 { };\n"));
        // Its references would get no fixups, and lead to other nodes when it is applied.
        Assert.Equal(
            ["2:5 warning DTS048 Put '/plugin/;' after '/dts-v1/;', so that references get their fixups."],
            Said("/dts-v1/;\n/ { fragment@0 { target-path = \"/\"; __overlay__ { n: n { p = <&n>; }; }; }; };\n"));
    }

    [Fact]
    public void Case_35_all_unknown_labels_are_found_in_one_pass_each_with_what_is_near()
    {
        Assert.Equal(
            [
                "3:1 error DTS030 Did you mean '&uart0'?",
                "4:10 error DTS031 Did you mean '&pinctrl_uart'?",
                "4:51 error DTS031 Give a node that label, or correct the name.",
            ],
            Said(
                "/dts-v1/;\n/ { soc { uart0: serial { }; pinctrl_uart: pins { }; }; };\n&uart_0 { new: n { }; };\n"
                + "/ { x = <&pinctrl_urat &new>; aliases { serial1 = &other_one; }; };\n",
                new() { Checks = CheckSettings.DefaultOf(DtcVersion.Newest) }));
    }

    [Fact]
    public void Case_35_a_wrong_path_has_a_near_miss_and_a_name_that_is_no_label_is_reported() => Assert.Equal(
        ["2:43 error DTS031 Did you mean '&{/soc/serial}'?",
            "2:63 error DTS031 Label /soc/serial, whose name that is, or refer to it as '&{/soc/serial}'."],
        Said("/dts-v1/;\n/ { soc { u: serial { }; }; aliases { a = &{/soc/seriel}; b = &serial; }; };\n",
            new() { Checks = CheckSettings.DefaultOf(DtcVersion.Newest) }));

    [Theory]
    [InlineData("/ { soc { ftfe: flash { }; }; }; / { soc { /delete-node/ ftfe; }; };",
        "It is the label of 'flash': write that name.")]
    [InlineData("/ { soc { ftfe: flash { }; }; }; / { /delete-node/ ftfe; };",
        "It is the label of /soc/flash: write '/delete-node/ &ftfe;' outside of nodes.")]
    [InlineData("/ { flash@10 { }; }; / { /delete-node/ flash; };",
        "Did you mean 'flash@10'? The name includes the unit address.")]
    [InlineData("/ { flash { }; }; / { /delete-node/ flsah; };", "Did you mean 'flash'?")]
    [InlineData("/ { flash { }; }; / { /delete-property/ flash; };", "It is a node: write '/delete-node/'.")]
    [InlineData("/ { flash; }; / { /delete-node/ flash; };", "It is a property: write '/delete-property/'.")]
    [InlineData("/ { status = \"a\"; }; / { /delete-property/ satus; };", "Did you mean 'status'?")]
    [InlineData("/ { a; }; / { /delete-property/ something; };", "Remove the line, or correct the name.")]
    [InlineData("/ { a; }; / { /delete-property/ a; }; / { /delete-property/ a; };", "Remove the line, or correct the name.")]
    public void Case_42_a_deletion_of_what_is_not_there_is_reported_with_what_may_be_meant(string source, string remedy)
    {
        string said = Assert.Single(Said("/dts-v1/; " + source));
        Assert.EndsWith(" warning DTS026 " + remedy, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"<'\\' 'x'>", "0000005c00000078")]
    [InlineData(@"<'\''>, <'\n'>, <'\x41'>, <'\\'>", "000000270000000a000000410000005c")]
    [InlineData("<((2 > 1) ? 10 : 20)>, /bits/ 8 <(-128) 255>, /bits/ 16 <0xffff (-1)>", "0000000a80ffffffffff")]
    public void Case_45_characters_and_expressions_are_as_in_c(string value, string bytes) =>
        Assert.Equal(bytes, Dts.Value(value));

    [Fact]
    public void Case_47_a_node_has_two_labels_and_gets_a_third_by_reference()
    {
        const string Source = "/dts-v1/; / { dma0: dma: n { x = <&dma0 &dma>; }; };\nnew: &dma0 { };\n/ { y = <&new>; };\n";
        Assert.Equal([], Said(Source));
        Assert.Equal("x phandle", Dts.Shape(Dts.CompileFile(Source).Find("/n")!));
        Assert.Equal(["2:6 error DTS030 Did you mean '&dma0'?"], Said("/dts-v1/; / { dma0: n { }; };\nnm2: &dam0 { };\n"));
    }

    private static string Shape(string source, CompilationOptions options) =>
        Dts.Shape(DevicetreeCompiler.Compile(new SourceText("t.dts", source), new DiagnosticBag(), options)!.ToTree().Root);

    /// <summary>Everything that is said: line, column, severity, rule, remedy.</summary>
    private static string[] Said(string source, CompilationOptions? options = null)
    {
        var diagnostics = new DiagnosticBag();
        LiveTree? tree = DevicetreeCompiler.Compile(new SourceText("t.dts", source), diagnostics, options ?? new());
        Assert.Equal(diagnostics.HasErrors, tree is null);
        return [.. diagnostics.Items.Select(item =>
            $"{item.Span.Location!.Value.Line}:{item.Span.Location.Value.Column} {Diagnostic.SeverityWord(item.Rule.Severity)} {item.Rule.Id} {item.Remedy}")];
    }
}
