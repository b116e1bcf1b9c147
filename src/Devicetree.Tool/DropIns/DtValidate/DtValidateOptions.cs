using Devicetree.Schema.Loading;
using Devicetree.Schema.Validation.Bindings;

namespace Devicetree.Tool.DropIns.DtValidate;

/// <summary>The command line of dt-validate.</summary>
internal sealed class DtValidateOptions
{
    public const string Program = "dt-validate";

    private const string Help =
        """
        usage: dt-validate [-h] [-s SCHEMA] [-p PREPARSE] [-l LIMIT] [-c] [-m] [-n]
                           [-v] [--json-output JSON_OUTPUT] [--cache-dir CACHE_DIR]
                           [-u URL_PATH] [-V]
                           [dtbs ...]

        positional arguments:
          dtbs                  blobs, and directories of which all *.dtb are checked

        options:
          -h, --help            show this help message and exit
          -s, --schema SCHEMA   a file that dt-mk-schema wrote, a binding, or a directory of them
          -p, --preparse PREPARSE
                                the same as -s
          -l, --limit LIMIT     only schemas whose $id holds LIMIT; several are separated by ':'
          -c, --compatible-match
                                only the schema that a node's compatible strings choose
          -m, --show-unmatched  print compatible strings that no schema documents
          -n, --line-number     without effect
          -v, --verbose         name each file; long messages
          --json-output JSON_OUTPUT
                                write the findings to a file as JSON, too
          --cache-dir CACHE_DIR
                                without effect: checking is faster than reading a cache
          -u, --url-path URL_PATH
                                directories that are taken off the parts of LIMIT
          -V, --version         print the version

        Arguments can also be passed in a file prefixed with a "@" character.

        """;

    private static readonly ArgparseRule _schema = new('s', "schema", TakesValue: true);
    private static readonly ArgparseRule _preparse = new('p', "preparse", TakesValue: true);
    private static readonly ArgparseRule _limit = new('l', "limit", TakesValue: true);
    private static readonly ArgparseRule _compatibleMatch = new('c', "compatible-match");
    private static readonly ArgparseRule _showUnmatched = new('m', "show-unmatched");
    private static readonly ArgparseRule _lineNumber = new('n', "line-number");
    private static readonly ArgparseRule _verbose = new('v', "verbose");
    private static readonly ArgparseRule _jsonOutput = new('\0', "json-output", TakesValue: true);
    private static readonly ArgparseRule _cacheDir = new('\0', "cache-dir", TakesValue: true);
    private static readonly ArgparseRule _urlPath = new('u', "url-path", TakesValue: true);

    private readonly ArgparseReader _reader = new(
        Program, Help,
        [_schema, _preparse, _limit, _compatibleMatch, _showUnmatched, _lineNumber, _verbose, _jsonOutput, _cacheDir, _urlPath])
    {
        ReadsArgumentFiles = true,
        Version = ProcessedSchemaFile.Release,
    };

    /// <summary>The blobs and directories.</summary>
    public IReadOnlyList<string> Paths => _reader.Operands;

    /// <summary>The schemas; null for the core schemas alone.</summary>
    public string? Schema => _reader.Value(_preparse) ?? _reader.Value(_schema);

    /// <summary>Whether compatible strings that no schema documents are reported.</summary>
    public bool ShowUnmatched => _reader.Has(_showUnmatched);

    /// <summary>Whether files are named and messages are long.</summary>
    public bool Verbose => _reader.Has(_verbose);

    /// <summary>Where the findings are written as JSON.</summary>
    public string? JsonOutput => _reader.Value(_jsonOutput);

    /// <summary>The directory of the original's cache of findings.</summary>
    public string? CacheDir => _reader.Value(_cacheDir);

    /// <summary>Which schemas are applied.</summary>
    public BindingFilter Filter => new() { CompatibleOnly = _reader.Has(_compatibleMatch), Parts = Parts() };

    /// <summary>Reads a command line; prints help or what is wrong.</summary>
    /// <returns>The exit code where nothing is left to do.</returns>
    public int? Read(string[] args, ToolHost host) => _reader.Read(args, host);

    private string[] Parts()
    {
        // An empty text is a part of every identifier.
        if (_reader.Value(_limit) is not { Length: > 0 } limit)
            return [];
        string[] parts = limit.Split(':');
        string[] directories = (_reader.Value(_urlPath) ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < parts.Length; i++)
        {
            foreach (string directory in directories)
            {
                if (parts[i].StartsWith(directory, StringComparison.Ordinal))
                    parts[i] = parts[i][Math.Min(directory.Length + 1, parts[i].Length)..];
            }
        }
        return parts;
    }
}
