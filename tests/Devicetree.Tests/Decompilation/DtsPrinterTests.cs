using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Flattened;
using Devicetree.Tests.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Decompilation;

public class DtsPrinterTests
{
    public static TheoryData<string> RealBlobs => [.. Vectors.RealBlobs];

    [Fact]
    public void A_tree_prints_in_the_format_of_dtc()
    {
        Tree tree = Dts.Compile(
            "/memreserve/ 0x10 0x20; / { a=[01020304 05]; b=\"xyz\", \"\\\"q\\\"\\n\"; c=<1 0x10 0x123 0x12345678>; n@1 { k; m { }; }; o { }; };");

        Assert.Equal(
            "/dts-v1/;\n\n/memreserve/\t0x0000000000000010 0x0000000000000020;\n/ {\n"
            + "\ta = [01 02 03 04 05];\n\tb = \"xyz\", \"\\\"q\\\"\\n\";\n\tc = <0x01 0x10 0x123 0x12345678>;\n"
            + "\n\tn@1 {\n\t\tk;\n\n\t\tm {\n\t\t};\n\t};\n\n\to {\n\t};\n};\n",
            DtsPrinter.Print(tree));
    }

    [Theory] // The table of devicetree.md 1.16, newest column.
    [InlineData("61626300", "\"abc\"")]
    [InlineData("61006200", "\"a\", \"b\"")]
    [InlineData("61620000", "\"ab\", \"\"")]
    [InlineData("00616200", "\"\", \"ab\"")]
    [InlineData("00", "[00]")]
    [InlineData("0000", "[00 00]")]
    [InlineData("00000000", "<0x00>")]
    [InlineData("6100006200", "[61 00 00 62 00]")]
    [InlineData("636166c3a900", "[63 61 66 c3 a9 00]")]
    [InlineData("6100313200", "\"a\", \"12\"")] // Case 61.
    public void Bytes_are_classified_as_dtc_does(string bytes, string expected)
    {
        var tree = new Tree();
        tree.Root.Set("p", Convert.FromHexString(bytes));

        Assert.Contains($"\tp = {expected};\n", DtsPrinter.Print(tree), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(RealBlobs))]
    public void A_printed_real_tree_compiles_back_to_the_same_blob(string name)
    {
        Assert.True(FdtReader.TryRead(Vectors.Real(name), out Tree? tree, out _));

        var diagnostics = new DiagnosticBag();
        Tree? again = DtsParser.Parse(new SourceText(name, DtsPrinter.Print(tree)), diagnostics);

        Assert.NotNull(again);
        Assert.Equal(FdtWriter.Write(tree), FdtWriter.Write(again));
    }

    [Fact]
    public void A_tree_deeper_than_any_stack_can_be_printed()
    {
        var tree = new Tree();
        Node node = tree.Root;
        for (int i = 0; i < 3_000; i++)
            node = node.AddChild("n");

        Assert.Contains(new string('\t', 3_000) + "n {", DtsPrinter.Print(tree), StringComparison.Ordinal);
    }
}
