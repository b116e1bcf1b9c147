using System.Text;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;

namespace Devicetree.Tool.DropIns.DtCheckCompatible;

/// <summary>dt-check-compatible: which compatible strings a schema documents.</summary>
internal static class DtCheckCompatibleProgram
{
    private const string Name = "dt-check-compatible";
    private const string Strings = "compatible_str";

    /// <summary>What the original ends with when nothing is printed, and where there are no such schemas: -1.</summary>
    private const int Nothing = 255;

    private const string Help =
        """
        usage: dt-check-compatible [-h] [-q] [-v] [-V] -s SCHEMA
                                   compatible_str [compatible_str ...]

        positional arguments:
          compatible_str        the compatible strings

        options:
          -h, --help            show this help message and exit
          -q, --quiet           print nothing
          -v, --invert-match    print those that no schema documents
          -V, --version         print the version
          -s, --schema SCHEMA   a file that dt-mk-schema wrote, or a directory of bindings

        Arguments can also be passed in a file prefixed with a "@" character.

        """;

    private static readonly ArgparseRule _quiet = new('q', "quiet");
    private static readonly ArgparseRule _invert = new('v', "invert-match");
    private static readonly ArgparseRule _schema = new('s', "schema", TakesValue: true);

    /// <summary>Runs a command line.</summary>
    /// <returns>
    /// 0 when any string is printed or would be; 255 when none is; 1 for schemas that cannot be read; 2 for wrong usage.
    /// </returns>
    public static int Run(ToolHost host, string[] args)
    {
        var reader = new ArgparseReader(Name, Help, [_quiet, _invert, _schema])
        { Version = ProcessedSchemaFile.Release, ReadsArgumentFiles = true };
        if (reader.Read(args, host) is int done)
            return done;
        if (reader.Operands.Count == 0 || !reader.Has(_schema))
        {
            string[] missing = [.. reader.Operands.Count == 0 ? [Strings] : (string[])[],
                .. reader.Has(_schema) ? [] : (string[])[_schema.Names]];
            return reader.Refuse(host, $"the following arguments are required: {string.Join(", ", missing)}");
        }
        string path = reader.Value(_schema)!;
        if (path.Length > 0 && !SchemaArgument.Exists(host, path))
            return Nothing;
        ProcessedSchemas? schemas = SchemaArgument.Load(host, Name, path.Length > 0 ? [path] : [], cached: true);
        if (schemas is null)
            return 1;
        bool documented = !reader.Has(_invert);
        // Without -v the original prints a set: no string twice, in an order of chance.
        IEnumerable<string> asked = documented ? reader.Operands.Distinct(StringComparer.Ordinal) : reader.Operands;
        string[] found = [.. asked.Where(each => schemas.IsDocumented(each) == documented)];
        if (!reader.Has(_quiet))
        {
            host.Output.Write(Encoding.UTF8.GetBytes(string.Concat(found.Select(each => each + "\n"))));
            host.Output.Flush();
        }
        return found.Length > 0 ? 0 : Nothing;
    }
}
