using Devicetree;
using Devicetree.Compilation;
using Devicetree.Flattened;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Gunyah.ResourceManager.Tests.Harness;

/// <summary>Trees from text, and trees as text that two of them can be compared by.</summary>
internal static class Trees
{
    public static Tree Parse(string dts)
    {
        var diagnostics = new DiagnosticBag();
        Tree? tree = DtsParser.Parse(new SourceText("test.dts", dts), diagnostics);
        return tree ?? throw new InvalidDataException(string.Join('\n', diagnostics));
    }

    public static byte[] Blob(string dts) => FdtWriter.Write(Parse(dts));

    /// <summary>Every node and property in order, one a line, values in hexadecimal.</summary>
    public static string Dump(Tree tree) => Dump(tree.Root);

    public static string Dump(Node root)
    {
        var lines = new List<string>();
        foreach (Node node in root.SelfAndDescendants())
        {
            lines.Add(node.Path);
            foreach (Property property in node.Properties)
                lines.Add($"{node.Path}:{property.Name} = {Convert.ToHexString(property.Value.Span)}");
        }
        return string.Join('\n', lines);
    }
}
