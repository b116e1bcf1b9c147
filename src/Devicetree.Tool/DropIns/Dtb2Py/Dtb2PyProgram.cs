using System.Text;
using Devicetree.Schema.Decoding;
using Devicetree.Schema.Decoding.Trees;
using Devicetree.Schema.Findings.Python;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;

namespace Devicetree.Tool.DropIns.Dtb2Py;

/// <summary>dtb2py: a blob, decoded by the types of bindings, as a Python literal.</summary>
internal static class Dtb2PyProgram
{
    private const string Name = "dtb2py";

    /// <summary>The columns of Python's <c>pprint</c>.</summary>
    private const int Width = 80;

    private const string Help =
        """
        usage: dtb2py [-h] [-s SCHEMA] [-V] dtbfile

        positional arguments:
          dtbfile               the blob

        options:
          -h, --help            show this help message and exit
          -s, --schema SCHEMA   a file that dt-mk-schema wrote, a binding, or a directory of them
          -V, --version         print the version

        """;

    private static readonly ArgparseRule _schema = new('s', "schema", TakesValue: true);

    /// <summary>Runs a command line.</summary>
    /// <returns>0; 1 when the blob or the schemas cannot be read; 2 for wrong usage.</returns>
    public static int Run(ToolHost host, string[] args)
    {
        var reader = new ArgparseReader(Name, Help, [_schema])
        { Version = ProcessedSchemaFile.Release, OperandNames = ["dtbfile"] };
        if (reader.Read(args, host) is int done)
            return done;
        string path = reader.Operands[0];
        if (!File.Exists(host.FullPath(path)))
            return 1;
        ProcessedSchemas? schemas = SchemaArgument.Load(host, Name, reader.Value(_schema) is string named ? [named] : [],
            cached: true);
        if (schemas is null)
            return 1;
        if (StrictBlob.Read(host, path, out string reason) is not Tree tree)
        {
            Print(host.Error, $"{Name}: {path}: {reason}");
            return 1;
        }
        DecodedTree decoded = TreeDecoder.Decode(tree, new PropertyTypeTable(schemas.PropertyTypes));
        foreach (DecodeProblem problem in decoded.Problems.Where(problem => !problem.IsSilentInOriginal))
            Print(host.Error, OriginalText.OfProblem(problem, path));
        Print(host.Output, new PythonPrinter(Width, compact: true, sortKeys: true).Print(new DecodedList([decoded.Root])));
        return 0;
    }

    private static void Print(Stream stream, string line)
    {
        stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        stream.Flush();
    }
}
