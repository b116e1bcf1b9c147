using Devicetree.Compilation;
using Devicetree.Live;
using Devicetree.Loading;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tool.DropIns.Dtc;

/// <summary>Reads what dtc is given: a source, a blob or a directory.</summary>
internal sealed class DtcInput(ToolHost host, DtcConsole console, DtcOptions options, DtcFiles files)
{
    private const int LargestBlob = 256 * 1024 * 1024;

    private readonly DiagnosticBag _diagnostics = new();

    /// <summary>What was read.</summary>
    public LiveTree? Tree { get; private set; }

    /// <summary>The file that comments about places start from; null for what is no source.</summary>
    public string? InitialPath { get; private set; }

    /// <summary>Reads the input of a format.</summary>
    /// <returns>The exit code of what is wrong with it; null when it was read.</returns>
    public int? Read(string format, CompilationOptions settings) => format switch
    {
        DtcFormats.Source => ReadSource(settings),
        DtcFormats.Blob => ReadBlob(settings),
        DtcFormats.Directory => ReadDirectory(settings),
        _ => console.Fatal($"Unknown input format \"{format}\""),
    };

    private int? ReadSource(CompilationOptions settings)
    {
        if (!files.TryReadInput(options.Input, settings.MaxSourceBytes, out SourceText? source, out string? reason))
            return Unopened(reason);
        DevicetreeDocument? document = LoaderOf(DocumentKinds.Source, settings).Load(source, _diagnostics, out bool stopped);
        if (document is null)
            return DtcSourceErrors.Print(_diagnostics, stopped, console);
        DtcSourceErrors.PrintWarnings(_diagnostics, console);
        (Tree, InitialPath) = (document.Live, document.InitialPath);
        return null;
    }

    private int? ReadBlob(CompilationOptions settings)
    {
        if (!files.TryReadInput(options.Input, LargestBlob, out SourceText? blob, out string? reason))
            return Unopened(reason);
        Tree = LoaderOf(DocumentKinds.Blob, settings).Load(blob, _diagnostics)?.Live;
        return Conclude("Warning");
    }

    private int? ReadDirectory(CompilationOptions settings)
    {
        Tree = LoaderOf(DocumentKinds.Directory, settings)
            .LoadDirectory(host.FullPath(options.Input), options.Input, _diagnostics)?.Live;
        return Conclude("WARNING");
    }

    private static DocumentLoader LoaderOf(DocumentKinds accepts, CompilationOptions settings) =>
        new(new() { Accepts = accepts, Blobs = BlobReading.AsDtc, Compilation = settings, Finishes = false });

    private int? Conclude(string warning)
    {
        foreach (Diagnostic finding in _diagnostics.Items)
        {
            if (finding.Rule.Severity == Severity.Error)
                return console.Fatal(DtcBlobWords.Of(finding));
            console.Line($"{warning}: {DtcBlobWords.Of(finding)}");
        }
        return null;
    }

    private int Unopened(string reason) => console.Fatal($"Couldn't open \"{options.Input}\": {reason}");
}
