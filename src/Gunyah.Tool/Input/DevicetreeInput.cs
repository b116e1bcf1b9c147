using System.CommandLine;
using Devicetree.Loading;
using Devicetree.Overlays;
using Devicetree.Schema.Findings.Explained;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Files;
using Devicetree.Text.Sources;
using Devicetree.Tool.Input;

namespace Gunyah.Tool.Input;

/// <summary>Brings devicetrees in from the disk: blobs, sources and directories.</summary>
internal sealed class DevicetreeInput
{
    /// <summary>Many times what any board needs; larger files are refused unread.</summary>
    private const int LargestFile = 64 * 1024 * 1024;

    private readonly ToolHost _host;
    private readonly DocumentLoader _loader;
    private readonly DocumentLoader _bases;

    /// <summary>Reads with the options of a command line.</summary>
    /// <param name="host">The outside.</param>
    /// <param name="options">What the command line says of sources.</param>
    public DevicetreeInput(ToolHost host, InputOptions options)
    {
        _host = host;
        _loader = LoaderOf(options);
        // An overlay's labels are looked up in the symbols of its base.
        _bases = LoaderOf(options with { Symbols = true });
    }

    /// <summary>The option that names what overlays are for.</summary>
    public static Option<string?> BaseOption() => new("--base")
    {
        Description = "The input is an overlay: apply it to this tree, a blob or a source.",
        HelpName = "TREE",
    };

    /// <summary>Reads a devicetree.</summary>
    /// <param name="path">A file or a directory.</param>
    /// <param name="diagnostics">Takes what is wrong with it; that the system refuses to read it is printed.</param>
    /// <param name="code">The exit code where there is no tree.</param>
    public InputTree? Load(string path, DiagnosticBag diagnostics, out int code) =>
        Load(_loader, path, diagnostics, out code) is DevicetreeDocument document ? InputTree.Of(document) : null;

    /// <summary>Reads the base of overlays.</summary>
    /// <inheritdoc cref="Load(string, DiagnosticBag, out int)"/>
    public InputTree? LoadBase(string path, DiagnosticBag diagnostics, out int code) =>
        Load(_bases, path, diagnostics, out code) is DevicetreeDocument document ? InputTree.Of(document) : null;

    /// <summary>Reads a devicetree that is an overlay if, and only if, there is a base, and applies it.</summary>
    /// <param name="path">A file or a directory.</param>
    /// <param name="baseName">What the user called the base.</param>
    /// <param name="base">The base; null where there is none.</param>
    /// <param name="diagnostics">Takes what is wrong with it; that the system refuses to read it is printed.</param>
    /// <param name="code">The exit code where there is no tree.</param>
    public InputTree? Load(string path, string? baseName, InputTree? @base, DiagnosticBag diagnostics, out int code)
    {
        if (Load(_loader, path, diagnostics, out code) is not { } document)
            return null;
        bool isOverlay = OverlayApplier.IsOverlay(document.Tree);
        if (@base is null && !isOverlay)
            return InputTree.Of(document);
        code = ExitCodes.Findings;
        if (@base is null || !isOverlay)
        {
            diagnostics.Report(@base is null ? InputRules.NoBase : InputRules.NoOverlay, default, baseName ?? "");
            return null;
        }
        var places = new OverlayPlaces(@base.Places, new SourcePlaces(document.Source));
        var stack = new OverlayStack(@base.Tree);
        if (stack.Apply(document.Tree, places) is { } error)
        {
            diagnostics.Report(InputRules.NotApplied, default, baseName!, error.Message);
            return null;
        }
        code = ExitCodes.Good;
        return new(stack.Tree, places);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The path as the user wrote it.</param>
    /// <param name="diagnostics">Takes that there is no such file; that the system refuses to read it is printed.</param>
    /// <param name="code">The exit code where it cannot be read.</param>
    public SourceText? ReadFile(string path, DiagnosticBag diagnostics, out int code)
    {
        FileProblem problem = BoundedFile.Read(_host.FullPath(path), LargestFile, mayBeSpecial: true, out byte[]? bytes);
        code = ExitCodes.Good;
        if (bytes is not null)
            return new(path, bytes);
        if (problem == FileProblem.Missing)
        {
            diagnostics.Report(InputRules.Missing, default, path);
            code = ExitCodes.Findings;
        }
        else
        {
            code = CommandReport.CannotRead(_host, path, BoundedFile.Describe(problem, LargestFile));
        }
        return null;
    }

    private DocumentLoader LoaderOf(InputOptions options)
    {
        LoadingOptions settings = InputSettings.Of(new(_host.FullPath, _host.Time, _host.Variable), options);
        return new(settings with { PlainTrees = true, Compilation = settings.Compilation with { KeepPathsOfBase = true } });
    }

    private DevicetreeDocument? Load(DocumentLoader loader, string path, DiagnosticBag diagnostics, out int code)
    {
        DevicetreeDocument? document;
        if (Directory.Exists(_host.FullPath(path)))
        {
            document = loader.LoadDirectory(_host.FullPath(path), path, diagnostics);
        }
        else
        {
            if (ReadFile(path, diagnostics, out code) is not { } source)
                return null;
            document = loader.Load(source, diagnostics);
        }
        code = document is null ? ExitCodes.Findings : ExitCodes.Good;
        return document;
    }
}
