using Devicetree.Flattened;
using Devicetree.Loading;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Programs;
using Devicetree.Text.Sources;
using Devicetree.Tool.Input;

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
    private readonly ToolHost _host;
    private readonly CompileOptions _options;
    private readonly LoadingOptions _loading;
    private readonly WatchedFiles? _watched;

    /// <param name="host">The outside.</param>
    /// <param name="options">What to do with every source.</param>
    /// <param name="watched">Gets the files that were read or looked for; null when nobody wants to know.</param>
    public SourceCompiler(ToolHost host, CompileOptions options, WatchedFiles? watched)
    {
        _host = host;
        _options = options;
        _watched = watched;
        LoadingOptions loading = DocumentInput.Settings(host, options.Input, watched is null ? null : watched.Add,
            options.PreprocessOnly);
        _loading = loading with
        {
            Accepts = DocumentKinds.Source,
            Compilation = loading.Compilation with
            {
                Checks = options.Checks,
                GenerateAliases = options.Aliases,
                GenerateFixups = options.LocalFixups,
                Sort = options.Sort,
                WrittenOrder = options.WrittenOrder,
                BootCpu = options.BootCpu,
            },
        };
    }

    /// <summary>Compiles a source and writes what is asked for; nothing is written when anything is wrong.</summary>
    public CompileOutcome Compile(string path)
    {
        var diagnostics = new DiagnosticBag();
        ReadOnlyMemory<byte> bytes = default;
        _watched?.Add(path);
        if (DocumentInput.Read(_host, path, diagnostics, out string? failure) is SourceText source)
        {
            List<string> files = path == VerbConsole.Standard ? [] : [path];
            ReadOnlyMemory<byte>? made = _options.PreprocessOnly
                ? new DocumentLoader(_loading).Preprocess(source, diagnostics, out _)?.Bytes : Make(source, diagnostics, files);
            if (made is not null)
                (bytes, failure) = Write(path, made.Value, files);
        }
        return new(path, diagnostics, failure, bytes);
    }

    private ReadOnlyMemory<byte>? Make(SourceText source, DiagnosticBag diagnostics, List<string> files)
    {
        var noted = new List<string>();
        var loader = new DocumentLoader(_loading with
        {
            Compilation = _loading.Compilation with { Files = new NotedFiles(_loading.Compilation.Files!, noted) },
        });
        if (loader.Load(source, diagnostics) is not DevicetreeDocument document)
            return null;
        files.AddRange(document.IncludedFiles);
        files.AddRange(noted);
        ReadOnlyMemory<byte> blob = FdtWriter.Write(document.Live, _options.Blob);
        if (_options.Blob.MinimumSize == 0 || blob.Length <= _options.Blob.MinimumSize)
            return blob;
        // What alignment adds may go beyond the size.
        int unaligned = FdtWriter.Write(document.Live, _options.Blob with { Alignment = 1 }).Length;
        if (unaligned <= _options.Blob.MinimumSize)
            return blob;
        diagnostics.Report(CompileRules.TooLong, default, unaligned, _options.Blob.MinimumSize);
        return null;
    }

    private (ReadOnlyMemory<byte> Bytes, string? Failure) Write(string path, ReadOnlyMemory<byte> bytes, List<string> files)
    {
        string output = OutputName.Of(_options, path);
        string? dependencies = _options.DependencyFiles ? Path.ChangeExtension(output, ".d") : _options.DependencyFile;
        bool isStandard = output == VerbConsole.Standard;
        // First, so that make never has a new output with an old rule.
        if (dependencies is not null
            && !ResultFile.TryWrite(_host.FullPath(dependencies), DependencyText.Of(output, files), out string? failure))
            return (default, $"cannot write {dependencies}: {failure}");
        if (!isStandard && !ResultFile.TryWrite(_host.FullPath(output), bytes.Span, out failure))
            return (default, $"cannot write {output}: {failure}");
        return (isStandard ? bytes : default, null);
    }
}
