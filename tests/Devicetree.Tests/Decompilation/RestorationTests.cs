using System.Text;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Decompilation;

/// <summary>What dtc 1.8 and later restores of a compiled tree, and what earlier versions lose.</summary>
public class RestorationTests
{
    private const string Overlay =
        "/dts-v1/;\n/plugin/;\n&uart { clocks = <&clk 1 &ext>, <&own>; status = \"okay\"; own: n { }; };\n&{/soc} { p = <&own>; };\n";

    [Fact]
    public void Case_62_an_overlay_gets_its_labels_and_references_back_and_compiles_to_the_same_bytes()
    {
        foreach (bool symbols in (bool[])[false, true])
        {
            byte[] blob = Compile(Overlay, symbols);

            string text = Decompile(blob, DtcVersion.Newest);

            Assert.StartsWith("/dts-v1/;\n/plugin/;\n", text, StringComparison.Ordinal);
            Assert.Contains("target = <&uart>;", text, StringComparison.Ordinal);
            string own = symbols ? "&own" : "&{/fragment@0/__overlay__/n}";
            Assert.Contains($"clocks = <&clk>, <0x01>, <&ext>, <{own}>;", text, StringComparison.Ordinal);
            Assert.Equal(symbols, text.Contains("own: n {", StringComparison.Ordinal));
            Assert.Equal(blob, Compile(text, symbols: false));
        }
    }

    [Fact]
    public void Before_1_8_numbers_are_all_that_is_left_of_references()
    {
        string text = Decompile(Compile(Overlay, symbols: true), DtcVersion.Debian);

        Assert.DoesNotContain("/plugin/", text, StringComparison.Ordinal);
        Assert.Contains("target = <0xffffffff>;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("&", text, StringComparison.Ordinal);
    }

    private static byte[] Compile(string text, bool symbols)
    {
        var diagnostics = new DiagnosticBag();
        LiveTree? tree = DevicetreeCompiler.Compile(
            new SourceText("a.dts", Encoding.Latin1.GetBytes(text)), diagnostics,
            new() { Version = DtcVersion.Newest, GenerateSymbols = symbols });
        Assert.True(tree is not null, string.Join('\n', diagnostics.Items));
        return FdtWriter.Write(tree).ToArray();
    }

    private static string Decompile(byte[] blob, DtcVersion version)
    {
        var diagnostics = new DiagnosticBag();
        LiveTree? tree = BlobReader.Read(blob, version, diagnostics);
        Assert.NotNull(tree);
        Assert.True(DevicetreeCompiler.Finish(tree, diagnostics, new() { Version = version, Strict = false }),
            string.Join('\n', diagnostics.Items));
        return Encoding.Latin1.GetString(LivePrinter.Print(tree, new() { Version = version }));
    }
}
