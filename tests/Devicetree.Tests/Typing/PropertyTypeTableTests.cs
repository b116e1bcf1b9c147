using System.Text;
using Devicetree.Checks;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Decompilation.Annotation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Devicetree.Typing;

namespace Devicetree.Tests.Typing;

public class PropertyTypeTableTests
{
    [Theory]
    [InlineData("/n", "regulator-min-microvolt", ValueShape.SignedCells)]
    [InlineData("/n", "opp-microvolt-speed0", ValueShape.SignedCells)]
    [InlineData("/n", "acme,delay-us", ValueShape.Cells)]
    [InlineData("/n", "clock-frequency", ValueShape.Cells)]
    [InlineData("/n", "#acme,thing-cells", ValueShape.Cells)]
    [InlineData("/n", "vdd-supply", ValueShape.Cells)]
    [InlineData("/n", "clock-names", ValueShape.Text)]
    [InlineData("/n", "status", ValueShape.Text)]
    [InlineData("/n", "local-mac-address", ValueShape.Bytes)]
    [InlineData("/n", "opp-hz", ValueShape.Elements64)]
    [InlineData("/aliases", "serial0", ValueShape.Text)]
    [InlineData("/__symbols__", "clock-frequency", ValueShape.Text)]
    [InlineData("/__local_fixups__/n", "status", ValueShape.Cells)]
    [InlineData("/n", "acme,thing", null)]
    [InlineData("/n/aliases", "serial0", null)]
    [InlineData("/n", "refresh-interval-ms", null)]
    [InlineData("/n", "opp-suspend-hz", null)]
    public void Name_and_place_say_the_type(string path, string name, object? expected)
    {
        LiveNode node = new("");
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var child = new LiveNode(part);
            node.AddChild(child);
            node = child;
        }
        Assert.Equal(expected, PropertyTypeTable.Find(node, name)?.Shape);
    }

    /// <summary>What the compiler's checks ask of a property is what the table says of it.</summary>
    [Fact]
    public void Checks_and_table_agree()
    {
        int compared = 0;
        foreach (CheckRow row in CheckTable.Rows)
        {
            (string Form, ValueShape Shape)? asked =
                row.Name.EndsWith("_is_string", StringComparison.Ordinal)
                || row.Name.EndsWith("_is_string_list", StringComparison.Ordinal) ? ("is_string", ValueShape.Text)
                : row.Name.EndsWith("_is_cell", StringComparison.Ordinal) ? ("is_cell", ValueShape.Cells)
                : null;
            // The texts of the rows name the property in backquotes.
            string name = row.Tests.Split('`') is [_, string quoted, ..] ? quoted : "x-names";
            if (asked is null)
                continue;
            Assert.Equal((row.Name, asked.Value.Shape),
                (row.Name, PropertyTypeTable.Find(new LiveNode("n"), name.StartsWith('-') ? "x" + name : name)?.Shape));
            compared++;
        }
        Assert.InRange(compared, 20, 200);
    }

    [Theory]
    [InlineData("a = <0x00324b00>;", "a = <0x324b00>;")]
    [InlineData("a = <0x41420000>;", "a = <0x41420000>;")]
    [InlineData("a = <0x0a0b0d00>;", "a = <0xa0b0d00>;")]
    [InlineData("a = \"K\";", "a = \"K\";")]
    [InlineData("a = \"ab\", \"c\\td\";", "a = \"ab\", \"c\\td\";")]
    [InlineData("clock-frequency = <0x41424300>;", "clock-frequency = <0x41424300>;")]
    [InlineData("opp-hz = /bits/ 64 <0x4142434445464700>;", "opp-hz = /bits/ 64 <0x4142434445464700>;")]
    [InlineData("clock-names = \"a\", \"\", \"\", \"\", \"b\";", "clock-names = \"a\", \"\", \"\", \"\", \"b\";")]
    [InlineData("label = \"\";", "label = \"\";")]
    [InlineData("model = \"caf\\xc3\\xa9\";", "model = \"caf\\xc3\\xa9\";")]
    [InlineData("status = <0>;", "status = <0x00>;")]
    [InlineData("acme-us = [01 02];", "acme-us = [01 02];")]
    public void Case_04_A_value_of_a_blob_is_printed_as_what_its_name_says_and_else_as_what_it_looks_like(string written,
    string printed)
    {
        var diagnostics = new DiagnosticBag();
        LiveTree source = DevicetreeCompiler.Compile(new SourceText("a.dts", $"/dts-v1/; / {{ {written} }};"), diagnostics)!;
        byte[] blob = FdtWriter.Write(source).ToArray();
        LiveTree tree = BlobReader.Read(blob, DtcVersion.Newest, diagnostics)!;
        TreeAnnotator.Annotate(tree);
        byte[] text = LivePrinter.Print(tree);
        Assert.Contains("\t" + printed + "\n", Encoding.Latin1.GetString(text), StringComparison.Ordinal);
        LiveTree again = DevicetreeCompiler.Compile(new SourceText("b.dts", text), diagnostics)!;
        Assert.Equal(blob, FdtWriter.Write(again).ToArray());
    }
}
