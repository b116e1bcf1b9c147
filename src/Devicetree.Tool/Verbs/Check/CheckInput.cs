using Devicetree.Compilation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Overlays;
using Devicetree.Source;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Files;
using Devicetree.Text.Sources;

namespace Devicetree.Tool.Verbs.Check;

/// <summary>A tree that is to be checked.</summary>
/// <param name="Tree">The tree.</param>
/// <param name="Source">What it was compiled from; null for a blob.</param>
internal sealed record CheckedTree(Tree Tree, LiveTree? Source);

/// <summary>Brings in the trees that are checked: blobs and sources, overlays applied to their base. Used by several threads.</summary>
internal sealed class CheckInput
{
    private static readonly FdtReaderOptions _blobLimits = new();
    private static readonly int _largestFile = new DtsParserOptions().MaxSourceBytes;

    private readonly ToolHost _host;
    private readonly PreprocessorOptions? _preprocessing;
    private readonly CompilationOptions _compilation;

    /// <param name="host">Where relative paths start.</param>
    /// <param name="options">How sources are read.</param>
    public CheckInput(ToolHost host, CheckOptions options)
    {
        _host = host;
        _compilation = new() { Files = new HostSourceFiles(host, options.IncludeFolders) };
        if (options.Preprocess)
        {
            _preprocessing = new()
            {
                IncludeFolders = options.IncludeFolders,
                Macros = options.Macros,
                Files = new HostIncludeFiles(host),
                Cache = new IncludeCache(),
                Now = host.Time.GetLocalNow(),
            };
        }
    }

    /// <summary>Reads a tree; what it is, its first bytes say.</summary>
    /// <param name="path">The file as the user wrote it.</param>
    /// <param name="symbols">Whether a source keeps its labels, so that overlays can refer to them.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <param name="failure">What the system refused; null when nothing.</param>
    public CheckedTree? Load(string path, bool symbols, DiagnosticBag diagnostics, out string? failure)
    {
        FileProblem problem = BoundedFile.Read(_host.FullPath(path), _largestFile, mayBeSpecial: true, out byte[]? bytes);
        failure = null;
        if (problem == FileProblem.Missing)
            diagnostics.Report(InputRules.Missing, default, path);
        else if (bytes is null)
            failure = $"cannot read {path}: {BoundedFile.Describe(problem, _largestFile)}";
        if (bytes is null)
            return null;
        if (bytes.Length == 0)
        {
            diagnostics.Report(CheckRules.EmptyFile, default);
            return null;
        }
        if (!FdtReader.IsBlob(bytes))
            return Compile(new SourceText(path, bytes), symbols, diagnostics);
        if (FdtReader.TryRead(bytes, out Tree? tree, out FdtError? error, _blobLimits))
            return new(tree, null);
        diagnostics.Report(CheckRules.BadBlob, default, error);
        return null;
    }

    /// <summary>Applies an overlay.</summary>
    /// <param name="base">The tree it is for.</param>
    /// <param name="name">What the user called that.</param>
    /// <param name="overlay">The overlay.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public static CheckedTree? Apply(CheckedTree @base, string name, CheckedTree overlay, DiagnosticBag diagnostics)
    {
        if (!OverlayApplier.IsOverlay(overlay.Tree))
        {
            diagnostics.Report(CheckRules.NoOverlay, default, name);
            return null;
        }
        if (OverlayApplier.TryApply(@base.Tree, overlay.Tree, out Tree? merged, out OverlayError? error))
            return new(merged, null);
        diagnostics.Report(CheckRules.NotApplied, default, name, error);
        return null;
    }

    private CheckedTree? Compile(SourceText source, bool symbols, DiagnosticBag diagnostics)
    {
        if (source.Bytes.Span.IndexOfAnyInRange((byte)0, (byte)8) is int offset and >= 0)
        {
            diagnostics.Report(CheckRules.NoDevicetree, default, $"0x{source.Bytes.Span[offset]:x2}", offset);
            return null;
        }
        if (_preprocessing is not null)
        {
            PreprocessedSource? preprocessed = Preprocessor.Run(source, _preprocessing, diagnostics);
            if (preprocessed is null)
                return null;
            source = preprocessed.Text;
        }
        LiveTree? live = DevicetreeCompiler.Compile(source, diagnostics, _compilation with { GenerateSymbols = symbols });
        return live is null ? null : new(live.ToTree(), live);
    }
}
