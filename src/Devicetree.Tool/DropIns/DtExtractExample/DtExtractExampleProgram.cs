using System.Text;
using Devicetree.Schema.Examples;
using Devicetree.Schema.Model;
using Devicetree.Text.Diagnostics;
using Devicetree.Tool.Bindings;

namespace Devicetree.Tool.DropIns.DtExtractExample;

/// <summary>dt-extract-example: the examples of a binding as one devicetree source.</summary>
internal static class DtExtractExampleProgram
{
    private const string Help =
        """
        usage: dt-extract-example [-h] yamlfile

        positional arguments:
          yamlfile    Filename of YAML encoded schema input file

        options:
          -h, --help  show this help message and exit

        """;

    /// <summary>Runs a command line.</summary>
    /// <returns>0; 1 for a file that cannot be read or has examples that are none; 2 for wrong usage.</returns>
    public static int Run(ToolHost host, string[] args)
    {
        var reader = new ArgparseReader("dt-extract-example", Help, []) { OperandNames = ["yamlfile"] };
        if (reader.Read(args, host) is int done)
            return done;
        string path = reader.Operands[0];
        var diagnostics = new DiagnosticBag();
        if (YamlFiles.Load(host, path, diagnostics) is not SchemaValue document)
            return Refuse(host, diagnostics);
        if (document is not SchemaObject binding)
            return 0;
        ExampleSource source = ExampleExtractor.Extract(binding, diagnostics);
        if (diagnostics.HasErrors)
            return Refuse(host, diagnostics);
        host.Output.Write(Encoding.UTF8.GetBytes(source.Text));
        host.Output.Flush();
        return 0;
    }

    private static int Refuse(ToolHost host, DiagnosticBag diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics.Items)
            YamlFiles.PrintError(host, diagnostic);
        host.Error.Flush();
        return 1;
    }
}
