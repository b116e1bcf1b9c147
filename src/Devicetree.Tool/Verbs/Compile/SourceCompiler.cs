using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Source;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Files;
using Devicetree.Text.Sources;

namespace Devicetree.Tool.Verbs.Compile;

/// <summary>What came of one source.</summary>
/// <param name="File">The source as the user named it.</param>
/// <param name="Diagnostics">What is wrong with it.</param>
/// <param name="Failure">What the system refused; null when nothing.</param>
/// <param name="Bytes">What goes to the standard output.</param>
internal sealed record CompileOutcome(string File, DiagnosticBag Diagnostics, string? Failure, ReadOnlyMemory<byte> Bytes);

/// <summary>Brings one source after the other from text to output; used by several threads.</summary>
internal sealed class SourceCompiler
{
    private static readonly int _largestFile = new DtsParserOptions().MaxSourceBytes;

    private readonly ToolHost _host;
    private readonly CompileOptions _options;
    private readonly PreprocessorOptions _preprocessing;
    private readonly CompilationOptions _compilation;
    private readonly HostSourceFiles _files;
    private readonly WatchedFiles? _watched;

    /// <param name="host">The outside.</param>
    /// <param name="options">What to do with every source.</param>
    /// <param name="watched">Gets the files that were read or looked for; null when nobody wants to know.</param>
    public SourceCompiler(ToolHost host, CompileOptions options, WatchedFiles? watched)
    {
        _host = host;
        _options = options;
        _watched = watched;
        Action<string>? asked = watched is null ? null : watched.Add;
        _files = new HostSourceFiles(host, [.. options.SearchFolders, .. options.IncludeFolders], asked);
        _preprocessing = new()
        {
            IncludeFolders = options.IncludeFolders,
            Macros = options.Macros,
            ForcedIncludes = options.ForcedIncludes,
            Files = new HostIncludeFiles(host, asked),
            Cache = new IncludeCache(),
            Now = host.Time.GetLocalNow(),
            EmitLineMarkers = options.PreprocessOnly,
        };
        _compilation = new()
        {
            Version = DtcVersion.Newest,
            Checks = options.Checks,
            GenerateSymbols = options.Symbols,
            GenerateAliases = options.Aliases,
            GenerateFixups = options.LocalFixups,
            Sort = options.Sort,
            BootCpu = options.BootCpu,
        };
    }

    /// <summary>Compiles a source and writes what is asked for; nothing is written when anything is wrong.</summary>
    public CompileOutcome Compile(string path)
    {
        var diagnostics = new DiagnosticBag();
        var files = new List<string>();
        ReadOnlyMemory<byte> bytes = default;
        if (Read(path, diagnostics, files, out string? failure) is SourceText source)
        {
            ReadOnlyMemory<byte>? made = Make(source, diagnostics, files);
            if (made is not null)
                (bytes, failure) = Write(path, made.Value, files);
        }
        return new(path, diagnostics, failure, bytes);
    }

    private SourceText? Read(string path, DiagnosticBag diagnostics, List<string> files, out string? failure)
    {
        failure = null;
        bool isInput = path == VerbConsole.Standard;
        _watched?.Add(path);
        FileProblem problem = isInput
            ? BoundedFile.Read(_host.Input, _largestFile, out byte[]? bytes)
            : BoundedFile.Read(_host.FullPath(path), _largestFile, mayBeSpecial: true, out bytes);
        if (!isInput)
            files.Add(path);
        if (bytes is not null)
            return new(isInput ? "<stdin>" : path, bytes);
        if (problem == FileProblem.Missing)
            diagnostics.Report(InputRules.Missing, default, path);
        else
            failure = $"cannot read {path}: {BoundedFile.Describe(problem, _largestFile)}";
        return null;
    }

    private ReadOnlyMemory<byte>? Make(SourceText source, DiagnosticBag diagnostics, List<string> files)
    {
        if (_options.Preprocess)
        {
            PreprocessedSource? preprocessed = Preprocessor.Run(source, _preprocessing, diagnostics);
            if (preprocessed is null)
                return null;
            files.AddRange(preprocessed.Files);
            source = preprocessed.Text;
        }
        if (_options.PreprocessOnly)
            return source.Bytes;
        var options = _compilation with { Files = new NotedFiles(_files, files) };
        LiveTree? tree = DevicetreeCompiler.Compile(source, diagnostics, options);
        if (tree is null || diagnostics.HasErrors)
            return null;
        ReadOnlyMemory<byte> blob = FdtWriter.Write(tree, _options.Blob);
        if (_options.Blob.MinimumSize == 0 || blob.Length <= _options.Blob.MinimumSize)
            return blob;
        diagnostics.Report(CompileRules.TooLong, default, blob.Length, _options.Blob.MinimumSize);
        return null;
    }

    private (ReadOnlyMemory<byte> Bytes, string? Failure) Write(string path, ReadOnlyMemory<byte> bytes, List<string> files)
    {
        string output = OutputName.Of(_options, path);
        string? dependencies = _options.DependencyFiles ? Path.ChangeExtension(output, ".d") : _options.DependencyFile;
        bool isStandard = output == VerbConsole.Standard;
        // First, so that make never has a new output with an old rule.
        if (dependencies is not null && !AtomicFile.TryWrite(_host.FullPath(dependencies), DependencyText.Of(output, files), out string? failure))
            return (default, $"cannot write {dependencies}: {failure}");
        if (!isStandard && !AtomicFile.TryWrite(_host.FullPath(output), bytes.Span, out failure))
            return (default, $"cannot write {output}: {failure}");
        return (isStandard ? bytes : default, null);
    }
}
