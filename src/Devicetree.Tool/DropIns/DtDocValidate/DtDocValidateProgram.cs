using System.Text;
using Devicetree.Schema.Documents;
using Devicetree.Schema.Documents.Python;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Text.Diagnostics;
using Devicetree.Tool.Bindings;

namespace Devicetree.Tool.DropIns.DtDocValidate;

/// <summary>dt-doc-validate: bindings against the rules for bindings.</summary>
internal static class DtDocValidateProgram
{
    private const string Name = "dt-doc-validate";

    private const string Help =
        """
        usage: dt-doc-validate [-h] [-v] [-n] [-u URL_PATH] [-V] [yamldt ...]

        positional arguments:
          yamldt                Directory or filename of YAML encoded devicetree schema file

        options:
          -h, --help            show this help message and exit
          -v, --verbose         verbose mode
          -n, --line-number     Print line and column numbers (slower)
          -u URL_PATH, --url-path URL_PATH
                                Additional search path for references
          -V, --version         Print version number

        Arguments can also be passed in a file prefixed with a "@" character.

        """;

    private static readonly ArgparseRule _verbose = new('v', "verbose");
    private static readonly ArgparseRule _places = new('n', "line-number");

    /// <summary>Read and without effect, as in the original.</summary>
    private static readonly ArgparseRule _urlPath = new('u', "url-path", TakesValue: true);

    /// <summary>Runs a command line.</summary>
    /// <returns>
    /// 1 when a file breaks a rule or cannot be read, else 0: IDs and references do not count. 2 for wrong usage.
    /// </returns>
    public static int Run(ToolHost host, string[] args)
    {
        var reader = new ArgparseReader(Name, Help, [_verbose, _places, _urlPath])
        { Version = ProcessedSchemaFile.Release, ReadsArgumentFiles = true };
        if (reader.Read(args, host) is int done)
            return done;
        string[] files = [.. reader.Operands.SelectMany(path => YamlFiles.Expand(host, path))];
        var checker = DocumentCheckers.Create(host);
        var results = new (int Code, string Text)[files.Length];
        Parallel.For(0, files.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(host.Workers, 1) },
            i => results[i] = Check(host, checker, files[i], reader.Has(_places), reader.Has(_verbose)));
        int code = 0;
        foreach ((int ofFile, string text) in results)
        {
            code |= ofFile;
            host.Error.Write(Encoding.UTF8.GetBytes(text));
        }
        host.Error.Flush();
        return code;
    }

    private static (int Code, string Text) Check(ToolHost host, DocumentChecker checker, string path, bool places, bool verbose)
    {
        var diagnostics = new DiagnosticBag();
        if (YamlFiles.Load(host, path, diagnostics) is not SchemaValue document)
            return (1, string.Concat(diagnostics.Items.Select(item => YamlFiles.ErrorLine(item) + "\n")));
        string file = host.FullPath(path);
        DocumentResult result = checker.Check(document, file);
        if (result.Refusal is Diagnostic refusal)
            return (1, YamlFiles.ErrorLine(refusal) + "\n");
        var form = new OriginalDocumentText(file, places, verbose);
        var text = new StringBuilder();
        foreach (string error in form.Of(result.Errors))
            text.Append(error).Append('\n');
        foreach (ReferenceProblem problem in result.References)
            text.Append(form.Of(problem)).Append('\n');
        return (result.Errors.Count > 0 ? 1 : 0, text.ToString());
    }
}
