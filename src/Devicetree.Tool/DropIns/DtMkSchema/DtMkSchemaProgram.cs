using System.Text;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;

namespace Devicetree.Tool.DropIns.DtMkSchema;

/// <summary>dt-mk-schema: bindings and core schemas as one file, worked out for checking blobs.</summary>
internal static class DtMkSchemaProgram
{
    private const string Name = "dt-mk-schema";

    private const string Help =
        """
        usage: dt-mk-schema [-h] [-o OUTFILE] [-j] [-u] [-V] [schemas ...]

        positional arguments:
          schemas               Names of directories, or YAML encoded schema files

        options:
          -h, --help            show this help message and exit
          -o OUTFILE, --outfile OUTFILE
                                Filename of the processed schema
          -j, --json            Encode the processed schema in json
          -u, --useronly        Only process user schemas
          -V, --version         Print version number

        Arguments can also be passed in a file prefixed with a "@" character.

        """;

    private static readonly ArgparseRule _output = new('o', "outfile", TakesValue: true);

    /// <summary>Without it the original writes YAML. JSON is YAML as well and is what ours always writes.</summary>
    private static readonly ArgparseRule _json = new('j', "json");

    /// <summary>Read and without effect, as in the original.</summary>
    private static readonly ArgparseRule _userOnly = new('u', "useronly");

    /// <summary>Runs a command line.</summary>
    /// <returns>0, also when files were left out; 1 for a file that cannot be read or written; 2 for wrong usage.</returns>
    public static int Run(ToolHost host, string[] args)
    {
        var reader = new ArgparseReader(Name, Help, [_output, _json, _userOnly])
        { Version = ProcessedSchemaFile.Release, ReadsArgumentFiles = true };
        if (reader.Read(args, host) is int done)
            return done;
        ProcessedSchemas? schemas = SchemaArgument.Load(host, Name, reader.Operands, cached: false);
        if (schemas is null)
            return 1;
        return reader.Value(_output) is string path ? Write(host, schemas, path) : Write(schemas, host.Output);
    }

    private static int Write(ToolHost host, ProcessedSchemas schemas, string path)
    {
        if (DropInOutput.TryOpen(path, host, out Stream? file, out string? reason))
        {
            using (file)
                return Write(schemas, file);
        }
        Print(host, $"{Name}: cannot write {path}: {reason}");
        host.Error.Flush();
        return 1;
    }

    private static int Write(ProcessedSchemas schemas, Stream stream)
    {
        ProcessedSchemaFile.Write(schemas, stream);
        stream.Flush();
        return 0;
    }

    private static void Print(ToolHost host, string line) => host.Error.Write(Encoding.UTF8.GetBytes(line + "\n"));
}
