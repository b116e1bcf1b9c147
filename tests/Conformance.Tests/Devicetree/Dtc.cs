using System.Text;
using Conformance.Tests.Tools;
using Devicetree;
using Devicetree.Compilation;
using Devicetree.Flattened;
using Devicetree.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Conformance.Tests.Devicetree;

/// <summary>The two compilers, theirs and ours, side by side.</summary>
internal static class Dtc
{
    /// <summary>What dtc makes of a source; null when it refuses it.</summary>
    public static byte[]? Compile(string text, params string[] options)
    {
        using var directory = new TemporaryDirectory();
        string output = directory.PathOf("out.dtb");
        ToolResult result = ExternalTool.Start(
            "dtc", [.. options, "-q", "-I", "dts", "-O", "dtb", "-o", output,
                directory.Write("in.dts", Encoding.UTF8.GetBytes(text))]);
        return result.ExitCode == 0 ? File.ReadAllBytes(output) : null;
    }

    /// <summary>What we make of a source; null when we refuse it.</summary>
    public static byte[]? CompileHere(string text, out string diagnostics, DtsParserOptions? options = null)
    {
        var bag = new DiagnosticBag();
        Tree? tree = DtsParser.Parse(new SourceText("t.dts", text), bag,
            (options ?? new()) with { Version = ExternalTool.Dtc, Strict = false });
        diagnostics = string.Join('\n', bag.Items.Select(item => item.Render()));
        return tree is null ? null : FdtWriter.Write(tree);
    }

    public static Tree Read(byte[] blob)
    {
        Assert.True(FdtReader.TryRead(blob, out Tree? tree, out FdtError? error), error?.ToString());
        return tree;
    }
}
