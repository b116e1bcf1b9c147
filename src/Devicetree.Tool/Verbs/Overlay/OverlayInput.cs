using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tool.Verbs.Overlay;

/// <summary>
/// Brings in bases and overlays. Blobs are read strictly; sources are preprocessed and compiled here, with symbols, so that what is
/// wrong with them later has a place in them.
/// </summary>
internal sealed class OverlayInput
{
    private readonly VerbConsole _console;
    private readonly PreprocessorOptions _preprocessing;
    private readonly CompilationOptions _compilation;

    public OverlayInput(VerbConsole console, OverlayOptions options)
    {
        _console = console;
        _preprocessing = new()
        {
            IncludeFolders = options.IncludeFolders,
            Macros = options.Macros,
            Files = new HostIncludeFiles(console.Host),
            Cache = new IncludeCache(),
            Now = console.Host.Time.GetLocalNow(),
        };
        _compilation = new()
        {
            Version = DtcVersion.Newest,
            GenerateSymbols = true,
            Files = new HostSourceFiles(console.Host, options.IncludeFolders),
        };
    }

    /// <summary>Reads a file; what it is, its first bytes say.</summary>
    /// <param name="path">The file as the user wrote it.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <param name="code">Raised to the exit code of what went wrong.</param>
    public OverlayTree? Load(string path, DiagnosticBag diagnostics, ref int code)
    {
        if (_console.Read(path, diagnostics, ref code) is not SourceText text)
            return null;
        if (!FdtReader.IsBlob(text.Bytes.Span))
            return Compile(path, text, diagnostics);
        if (FdtReader.TryRead(text.Bytes, out Tree? tree, out FdtError? error))
            return new(path, text.Bytes, tree, null);
        diagnostics.Report(OverlayRules.BadBlob, default, error);
        return null;
    }

    private OverlayTree? Compile(string path, SourceText text, DiagnosticBag diagnostics)
    {
        PreprocessedSource? preprocessed = Preprocessor.Run(text, _preprocessing, diagnostics);
        LiveTree? live = preprocessed is null ? null : DevicetreeCompiler.Compile(preprocessed.Text, diagnostics, _compilation);
        return live is null || diagnostics.HasErrors ? null : new(path, FdtWriter.Write(live), live.ToTree(), live);
    }
}
