using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Folders;
using Devicetree.Live;
using Devicetree.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tool.DropIns.Dtc;

/// <summary>Reads what dtc is given: a source, a blob or a folder.</summary>
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
        DtcFormats.Blob => ReadBlob(),
        DtcFormats.Folder => ReadFolder(),
        _ => console.Fatal($"Unknown input format \"{format}\""),
    };

    private int? ReadSource(CompilationOptions settings)
    {
        if (!files.TryReadInput(options.Input, settings.MaxSourceBytes, out SourceText? source, out string? reason))
            return Unopened(reason);
        SourceReading reading = SourceReader.Read(source, _diagnostics, settings);
        if (!reading.IsGood)
            return DtcSourceErrors.Print(_diagnostics, reading.Stopped, console);
        DtcSourceErrors.PrintWarnings(_diagnostics, console);
        (Tree, InitialPath) = (reading.Tree, reading.InitialPath);
        return null;
    }

    private int? ReadBlob()
    {
        if (!files.TryReadInput(options.Input, LargestBlob, out SourceText? blob, out string? reason))
            return Unopened(reason);
        Tree = BlobReader.Read(blob.Bytes, options.DtcVersion, _diagnostics);
        return Conclude("Warning");
    }

    private int? ReadFolder()
    {
        Tree = LiveFolderReader.Read(host.FullPath(options.Input), _diagnostics, name: options.Input);
        return Conclude("WARNING");
    }

    private int? Conclude(string warning)
    {
        foreach (Diagnostic finding in _diagnostics.Items)
        {
            if (finding.Rule.Severity == Severity.Error)
                return console.Fatal(finding.Message);
            console.Line($"{warning}: {finding.Message}");
        }
        return null;
    }

    private int Unopened(string reason) => console.Fatal($"Couldn't open \"{options.Input}\": {reason}");
}
