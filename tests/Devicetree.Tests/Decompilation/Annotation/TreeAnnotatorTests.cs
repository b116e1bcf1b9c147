using System.Text;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Decompilation.Annotation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Decompilation.Annotation;

public class TreeAnnotatorTests
{
    private const string Board =
        """
        /dts-v1/;
        / {
            #address-cells = <2>; #size-cells = <1>;
            interrupt-parent = <&gic>;
            gic: intc@8000000 { compatible = "arm,gic-v3"; interrupt-controller; #interrupt-cells = <3>; reg = <0 0x8000000 0x10000>; };
            soc {
                #address-cells = <1>; #size-cells = <1>;
                ranges = <0 0x1 0x40000000 0x1000000>;
                pins: pins@1000 { reg = <0x1000 0x100>; gpio-controller; #gpio-cells = <2>; interrupt-controller; #interrupt-cells = <2>; };
                dev@2000 {
                    reg = <0x2000 0x1000>, <0x3000 0x10>;
                    interrupts = <0 5 4>, <1 2 0xf08>;
                    reset-gpios = <&pins 3 1>;
                    size = <1>;
                };
                key { interrupts-extended = <&pins 7 2>, <&gic 0 9 1>; };
                far@2000000 { reg = <0x2000000 0x10>; };
            };
            bus { #address-cells = <1>; #size-cells = <0>; dev@5 { reg = <5>; }; };
        };
        """;

    [Theory]
    [InlineData("interrupt-parent = <&intc_8000000>;")]
    [InlineData("intc_8000000: intc@8000000 {")]
    [InlineData("reset-gpios = <&pins_1000 0x03 0x01>;")]
    [InlineData("interrupts-extended = <&pins_1000 0x07 0x02>, <&intc_8000000 0x00 0x09 0x01>; /* line 7, edge falling; SPI 9 (ID 41), edge rising */")]
    [InlineData("interrupts = <0x00 0x05 0x04>, <0x01 0x02 0xf08>; /* intc_8000000: SPI 5 (ID 37), level high; PPI 2 (ID 18), level low */")]
    [InlineData("reg = <0x00 0x8000000 0x10000>; /* 0x8000000-0x800ffff (64 KiB) */")]
    [InlineData("reg = <0x2000 0x1000>, <0x3000 0x10>; /* 0x140002000-0x140002fff (4 KiB), 0x140003000-0x14000300f (16 B) */")]
    [InlineData("reg = <0x2000000 0x10>;\n")]
    [InlineData("reg = <0x05>;\n")]
    [InlineData("size = <0x01>;\n")]
    public void A_blob_becomes_readable(string line) => Assert.Contains(line, Annotate(Compile(Board)), StringComparison.Ordinal);

    [Fact]
    public void The_text_compiles_back()
    {
        byte[] blob = Compile(Board);
        Assert.Equal(blob, Compile(Annotate(blob)));
    }

    [Fact]
    public void Labels_come_back_from_symbols()
    {
        string text = Annotate(Compile(Board, symbols: true));

        Assert.Contains("gic: intc@8000000 {", text, StringComparison.Ordinal);
        Assert.Contains("reset-gpios = <&pins 0x03 0x01>;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("pins_1000", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Generated_labels_never_clash_and_are_legal()
    {
        byte[] blob = Compile(
            """
            /dts-v1/;
            / {
                a: x { b: 1,2 { }; }; c: y { d: 1,2 { }; e: x_1,2 { }; }; f: 1,2 { };
                n { cpus = <&a &b &c &d &e &f &{/}>; };
            };
            """);

        string text = Annotate(blob);

        Assert.Contains("cpus = <&x>, <&_1_2>, <&y>, <&y_1_2>, <&x_1_2>, <&_1_2_2>, <&root>;", text, StringComparison.Ordinal);
        Assert.Equal(blob, Compile(text));
    }

    [Fact]
    public void An_overlay_keeps_the_references_that_its_fixups_tell_and_no_others()
    {
        byte[] blob = Compile("/dts-v1/; /plugin/; &ext { clocks = <&clk 1>, <&inner>; mixed = [78 00 00], <&clk>; vcc-supply = <1>; inner: clk { #clock-cells = <0>; }; };");

        string text = Annotate(blob);

        Assert.Contains("clocks = <&clk 0x01>, <&__overlay___clk>;", text, StringComparison.Ordinal);
        Assert.Contains("mixed = [78 00 00], <&clk>;", text, StringComparison.Ordinal);
        Assert.Contains("vcc-supply = <0x01>;", text, StringComparison.Ordinal);
        Assert.Equal(blob, Compile(text));
    }

    [Fact]
    public void Comments_end_where_they_are_meant_to()
    {
        LiveTree tree = BlobReader.Read(Compile("/dts-v1/; / { a = <1>; };"), DtcVersion.Newest, new DiagnosticBag())!;

        string text = Encoding.Latin1.GetString(LivePrinter.Print(tree, new() { Comments = new HostileComments() }));

        Assert.Contains("a = <0x01>; /* * /??x */\n", text, StringComparison.Ordinal);
    }

    /// <summary>Loops and nonsense in what the comments follow; all of it is legal in a blob.</summary>
    [Theory]
    [InlineData("a: a { interrupt-parent = <&b>; interrupts = <1>; }; b: b { interrupt-parent = <&a>; };")]
    [InlineData("a: a { interrupt-parent = <&a>; interrupts = <1 2 3>; };")]
    [InlineData("a: a { #interrupt-cells = <0>; }; n { interrupt-parent = <&a>; interrupts = <1>; };")]
    [InlineData("a: a { #interrupt-cells = <0xffffffff>; }; n { interrupt-parent = <&a>; interrupts = <1>; interrupts-extended = <&a 1>; };")]
    [InlineData("n { #address-cells = <0xffffffff>; #size-cells = <0xffffffff>; m { reg = <1 2>; ranges = <1>; }; };")]
    [InlineData("n { #address-cells = <0>; #size-cells = <0>; m { reg = <1 2>; ranges = <1>; }; };")]
    [InlineData("n { #address-cells = <2>; #size-cells = <2>; ranges; m { reg = <0xffffffff 0xffffffff 0xffffffff 0xffffffff>; }; };")]
    [InlineData("n { #address-cells = <1>; #size-cells = <1>; ranges = <0>; m { reg = <0 1>; }; };")]
    [InlineData("a: a { #clock-cells = <0xffffffff>; }; n { clocks = <&a>; };")]
    public void Hostile_numbers_are_printed_as_they_are(string nodes)
    {
        byte[] blob = Compile($"/dts-v1/; / {{ {nodes} }};");
        Assert.Equal(blob, Compile(Annotate(blob)));
    }

    [Fact]
    public void Damaged_blobs_are_annotated_or_refused_but_nothing_crashes()
    {
        byte[] original = Compile(Board, symbols: true);
        int printed = 0;
        for (int seed = 0; seed < 2000; seed++)
        {
            LiveTree? tree = BlobReader.Read(Mutations.Damage(original, new Random(seed)), DtcVersion.Newest,
                new DiagnosticBag());
            if (tree is null)
                continue;
            ITreeComments comments = TreeAnnotator.Annotate(tree);
            Assert.StartsWith("/dts-v1/;", Encoding.Latin1.GetString(
                LivePrinter.Print(tree, new() { Version = DtcVersion.Newest, Comments = comments })), StringComparison.Ordinal);
            printed++;
        }
        Assert.NotEqual(0, printed);
    }

    private static string Annotate(byte[] blob)
    {
        var diagnostics = new DiagnosticBag();
        LiveTree tree = BlobReader.Read(blob, DtcVersion.Newest, diagnostics)!;
        Assert.True(DevicetreeCompiler.Finish(tree, diagnostics, new() { Version = DtcVersion.Newest, Strict = false }));
        ITreeComments comments = TreeAnnotator.Annotate(tree);
        return Encoding.Latin1.GetString(LivePrinter.Print(tree, new() { Version = DtcVersion.Newest, Comments = comments }));
    }

    private static byte[] Compile(string text, bool symbols = false)
    {
        var diagnostics = new DiagnosticBag();
        var options = new CompilationOptions { Version = DtcVersion.Newest, Strict = false, GenerateSymbols = symbols };
        LiveTree? tree = DevicetreeCompiler.Compile(new SourceText("in.dts", Encoding.Latin1.GetBytes(text)), diagnostics,
            options);
        Assert.True(tree is not null, string.Join('\n', diagnostics.Items));
        return FdtWriter.Write(tree).ToArray();
    }

    private sealed class HostileComments : ITreeComments
    {
        public string? Of(LiveNode node) => null;

        public string? Of(LiveNode node, LiveProperty property) => "*/\n\0x";
    }
}
