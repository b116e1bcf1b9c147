using Conformance.Tests.Tools;
using Devicetree;
using Devicetree.Decompilation;
using Devicetree.Flattened;

namespace Conformance.Tests.Devicetree;

public class DtcPrintTests
{
    public static TheoryData<string> RealBlobs => ["primary-base.dtb", "primary.dtb", "secondary.dtb"];

    [Theory, MemberData(nameof(RealBlobs))]
    public void A_real_tree_prints_as_dtc_prints_it(string name)
    {
        ExternalTool.Require("dtc");
        byte[] blob = File.ReadAllBytes(Checkout.RealVector(name));
        using var directory = new TemporaryDirectory();
        string output = directory.PathOf("out.dts");
        ExternalTool.Run("dtc", "-q", "-q", "-I", "dtb", "-O", "dts", "-o", output, directory.Write("in.dtb", blob));

        // dtc before 1.7 writes a list of strings as one string, which does not always read back as the same bytes.
        string theirs = File.ReadAllText(output).Replace("\\0", "\", \"", StringComparison.Ordinal);
        Assert.Equal(theirs, DtsPrinter.Print(Dtc.Read(blob)));
    }

    [Theory, MemberData(nameof(RealBlobs))]
    public void A_printed_real_tree_is_compiled_by_dtc_to_the_same_blob(string name)
    {
        ExternalTool.Require("dtc");
        Compare(Dtc.Read(File.ReadAllBytes(Checkout.RealVector(name))), name);
    }

    [Fact]
    public void A_printed_random_tree_is_compiled_by_dtc_to_the_same_blob()
    {
        ExternalTool.Require("dtc");
        for (int seed = 0; seed < 200; seed++)
            Compare(RandomTree(new Random(seed)), $"seed {seed}");
    }

    private static void Compare(Tree tree, string what)
    {
        string text = DtsPrinter.Print(tree);
        byte[]? theirs = Dtc.Compile(text, "-b", $"{tree.BootCpu}");

        Assert.True(FdtWriter.Write(tree).AsSpan().SequenceEqual(theirs), $"{what}: other bytes\n{text}");
    }

    private static Tree RandomTree(Random random)
    {
        var tree = new Tree { BootCpu = (uint)random.Next(8) };
        for (int i = random.Next(3); i > 0; i--)
            tree.Reservations.Add(new((ulong)random.NextInt64(), (ulong)random.NextInt64(1, long.MaxValue)));
        List<Node> nodes = [tree.Root];
        for (int i = random.Next(20); i > 0; i--)
            nodes.Add(nodes[random.Next(nodes.Count)].AddChild($"n@{i:x}"));
        foreach (Node node in nodes)
        {
            for (int i = random.Next(6); i > 0; i--)
                node.Set($"p{i}", RandomValue(random));
        }
        return tree;
    }

    /// <summary>Values that look like strings, nearly like strings, like cells and like nothing.</summary>
    private static byte[] RandomValue(Random random)
    {
        var value = new byte[random.Next(12)];
        string alphabet = random.Next(3) switch
        {
            0 => "ab1\0\0",
            1 => "a\"\\\a\b\t\n\v\f\r\0",
            _ =>
            "a\u007f\u00e9\u0001\0\0\0"
        };
        for (int i = 0; i < value.Length; i++)
            value[i] = (byte)alphabet[random.Next(alphabet.Length)];
        if (value.Length > 0 && random.Next(2) == 0)
            value[^1] = 0;
        return value;
    }
}
