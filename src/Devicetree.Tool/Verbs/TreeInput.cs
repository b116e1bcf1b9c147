using System.CommandLine;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Flattened;
using Devicetree.Folders;
using Devicetree.Live;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tool.Verbs;

/// <summary>
/// Brings in the trees that verbs look at: blobs, folders such as <c>/proc/device-tree</c>, and sources, preprocessed and compiled. Blobs
/// and folders are taken as they are, also where the compiler's checks would refuse them.
/// </summary>
internal sealed class TreeInput
{
    private readonly Option<string[]> _includes = new("-I", "--include-dir")
    {
        Description = "Where #include looks, and /include/ last; for sources.",
        HelpName = "DIR",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _defines = new("-D", "--define")
    {
        Description = "Define a macro, as 1 without a value; for sources.",
        HelpName = "NAME[=VALUE]",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _symbols = new("-@", "--symbols") { Description = "Give sources the symbols that 'dt compile -@' writes." };

    /// <summary>Declares the options that say how sources are read.</summary>
    public void AddTo(Command command)
    {
        command.Add(_includes);
        command.Add(_defines);
        command.Add(_symbols);
    }

    /// <summary>Reads a tree; what it is, its first bytes say.</summary>
    /// <param name="console">The outside.</param>
    /// <param name="result">The command line.</param>
    /// <param name="path">The file as the user wrote it.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <param name="code">Raised to the exit code of what went wrong.</param>
    /// <returns>The tree; null when it is of no use.</returns>
    public LiveTree? Read(VerbConsole console, ParseResult result, string path, DiagnosticBag diagnostics, ref int code)
    {
        int errors = diagnostics.ErrorCount;
        LiveTree? tree = null;
        if (path != VerbConsole.Standard && Directory.Exists(console.Host.FullPath(path)))
            tree = LiveFolderReader.Read(console.Host.FullPath(path), diagnostics, name: path);
        else if (console.Read(path, diagnostics, ref code) is SourceText file)
            tree = FdtReader.IsBlob(file.Bytes.Span) ? ReadBlob(file, diagnostics) : Compile(console.Host, result, file, diagnostics);
        if (diagnostics.ErrorCount == errors)
            return tree;
        code = Math.Max(code, ExitCodes.Findings);
        return null;
    }

    private static LiveTree? ReadBlob(SourceText file, DiagnosticBag diagnostics)
    {
        LiveTree? tree = BlobReader.Read(file.Bytes, DtcVersion.Newest, diagnostics);
        if (tree is null)
            return null;
        Restoration.RestoreLabels(tree, diagnostics);
        Restoration.RestoreReferences(tree, diagnostics);
        return tree;
    }

    private LiveTree? Compile(ToolHost host, ParseResult result, SourceText source, DiagnosticBag diagnostics)
    {
        string[] folders = result.GetValue(_includes) ?? [];
        PreprocessedSource? preprocessed = Preprocessor.Run(source, new()
        {
            IncludeFolders = folders,
            Macros = [.. (result.GetValue(_defines) ?? []).Select(CommandLineMacro.Define)],
            Files = new HostIncludeFiles(host),
            Now = host.Time.GetLocalNow(),
        }, diagnostics);
        if (preprocessed is null)
            return null;
        return DevicetreeCompiler.Compile(preprocessed.Text, diagnostics, new()
        {
            Version = DtcVersion.Newest,
            Files = new HostSourceFiles(host, folders),
            GenerateSymbols = result.GetValue(_symbols),
        });
    }
}
