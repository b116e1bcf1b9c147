using System.Text;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.References;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.References;

public class ReferenceReaderTests
{
    /// <summary>Providers with numbers of arguments that differ, so that a list read wrongly leads nowhere.</summary>
    private const string Providers =
        """
        a: a { #clock-cells = <0>; #gpio-cells = <2>; #interrupt-cells = <1>; #address-cells = <1>; #iommu-cells = <1>; };
        b: b { #clock-cells = <2>; #msi-cells = <1>; };
        c: c { };
        """;

    /// <summary>A property, the cells at which it refers to something, and the cells at which its entries begin.</summary>
    public static TheoryData<string, int[], int[]> Known => new()
    {
        { "clocks = <&a>", [0], [0] },
        { "clocks = <&a &b 1 2 &a>", [0, 1, 4], [0, 1, 4] },
        { "clocks = <0 &b 1 2>", [0, 1], [0, 1] },
        { "cs-gpios = <0>, <&a 1 0>", [0, 1], [0, 1] },
        { "vcc-supply = <&c>", [0], [0] },
        { "pinctrl-12 = <&a &b>", [0, 1], [0, 1] },
        { "interrupts-extended = <&a 7 &a 8>", [0, 2], [0, 2] },
        { "msi-parent = <&b 1 &c>", [0, 2], [0, 2] },
        { "gpio-ranges = <&c 1 2 3 &c 4 5 6>", [0, 4], [0, 4] },
        { "iommu-map = <1 &a 2 3 4 &a 5 6>", [1, 5], [0, 4] },
        { "interrupt-map = <0 0 1 &a 0 5>, <0 0 2 &a 0 6>", [3, 9], [0, 6] },
        { "nvmem-cells = <&a &b>", [0, 1], [0, 1] },
    };

    [Theory, MemberData(nameof(Known))]
    public void Phandles_in_known_properties_are_references(string property, int[] cells, int[] starts)
    {
        IReadOnlyList<ReferenceEntry> entries = ReadFromBlob(property);

        Assert.Equal(cells, entries.Select(entry => entry.Offset / 4));
        Assert.Equal(starts, entries.Select(entry => entry.Start / 4));
    }

    /// <summary>The numbers are phandles of nodes each time: <c>a</c> has 1, <c>b</c> 2 and <c>c</c> 3.</summary>
    [Theory]
    [InlineData("other = <1>")]
    [InlineData("clocks = <2 1>")]
    [InlineData("clocks = <3>")]
    [InlineData("clocks = <1 9>")]
    [InlineData("clocks = [00 00 00 01 00]")]
    [InlineData("pinctrl-x = <1>")]
    [InlineData("pinctrl- = <1>")]
    [InlineData("gpio-ranges = <1 1 1>")]
    [InlineData("interrupt-map = <0 0 1 1 0>")]
    [InlineData("vcc-supply = <1 77>")]
    [InlineData("clocks")]
    public void What_does_not_fit_to_the_last_cell_holds_none(string property) => Assert.Empty(ReadFromBlob(property));

    [Fact]
    public void What_a_source_refers_to_needs_no_known_property()
    {
        var diagnostics = new DiagnosticBag();
        LiveTree tree = DevicetreeCompiler.Compile(Source("other = <7 &c>, [00], <&a>"), diagnostics)!;
        LiveNode node = tree.Find("/n")!;

        IReadOnlyList<ReferenceEntry> entries = new ReferenceReader(tree).Read(node, node.Properties.FindLive("other")!);

        Assert.Equal([4, 9], entries.Select(entry => entry.Offset));
        Assert.Equal(["/c", "/a"], entries.Select(entry => entry.Target!.Path));
        Assert.Equal(["c", "a"], entries.Select(entry => entry.Name));
    }

    [Fact]
    public void Targets_are_the_nodes_with_the_phandles()
    {
        IReadOnlyList<ReferenceEntry> entries = ReadFromBlob("clocks = <0>, <&b 3 3>, <0xffffffff>, <&a>");
        Assert.Equal([null, "/b", null, "/a"], entries.Select(entry => entry.Target?.Path));
    }

    private static SourceText Source(string property) => new(
        "in.dts",
        Encoding.ASCII.GetBytes(
            $"/dts-v1/; / {{ {Providers} keep {{ one = <&a>; two = <&b>; three = <&c>; }}; n {{ #interrupt-cells = <1>; {property}; }}; }};"));

    private static ReferenceEntry[] ReadFromBlob(string property)
    {
        var diagnostics = new DiagnosticBag();
        LiveTree compiled = DevicetreeCompiler.Compile(Source(property), diagnostics, new() { Strict = false })!;
        LiveTree tree = BlobReader.Read(FdtWriter.Write(compiled).ToArray(), DtcVersion.Newest, diagnostics)!;
        LiveNode node = tree.Find("/n")!;
        return [.. new ReferenceReader(tree).Read(node, node.Properties.Live.Last())];
    }
}
