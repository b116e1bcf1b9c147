using System.CommandLine;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Decompilation.Annotation;
using Devicetree.Folders;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;

namespace Devicetree.Tool.Verbs;

/// <summary><c>dt decompile FILE [-o OUT] [--annotate]</c>: makes source text of a blob that compiles to the same blob.</summary>
internal static class DecompileVerb
{
    public static Command Create(VerbConsole console)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A blob (.dtb, .dtbo), a folder such as /proc/device-tree, or '-' for a blob on the standard input.",
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Where the text goes.",
            DefaultValueFactory = _ => VerbConsole.Standard,
            HelpName = "FILE",
        };
        var annotate = new Option<bool>("--annotate", "-a")
        {
            Description = "Labels and references instead of phandles, lists told apart by entry, comments on addresses and interrupts.",
        };
        var sort = new Option<bool>("--sort", "-s") { Description = "Sort properties and nodes by name; the text then compiles to a blob in that order." };
        var force = new Option<bool>("--force", "-f") { Description = "Print what does not compile again, such as a tree with a name that stands twice." };
        Option<string> format = VerbConsole.FormatOption();
        var command = new Command("decompile", "Make source text of a blob or a folder; it compiles to the same blob.")
        {
            file, output, annotate, sort, force, format,
        };
        command.SetAction(result =>
        {
            ReportWriter report = console.Report("decompile", ReportFormats.Parse(result.GetRequiredValue(format)));
            var settings = new CompilationOptions
            {
                Version = DtcVersion.Newest,
                Strict = false,
                Sort = result.GetValue(sort),
                Force = result.GetValue(force),
            };
            string path = result.GetRequiredValue(file);
            int code = ExitCodes.Good;
            var diagnostics = new DiagnosticBag();
            LiveTree? tree = Read(console, path, settings, diagnostics, ref code);
            report.Add(diagnostics, path);
            report.Complete();
            if (tree is null)
                return Math.Max(code, ExitCodes.Findings);
            ITreeComments? comments = result.GetValue(annotate) ? TreeAnnotator.Annotate(tree) : null;
            byte[] text = LivePrinter.Print(tree, new() { Version = DtcVersion.Newest, Comments = comments });
            return Math.Max(code, console.Write(result.GetRequiredValue(output), text));
        });
        return command;
    }

    /// <summary>Reads a tree and finishes it, which restores labels and references as far as it tells them.</summary>
    private static LiveTree? Read(VerbConsole console, string path, CompilationOptions settings, DiagnosticBag diagnostics, ref int code)
    {
        LiveTree? tree = null;
        if (path != VerbConsole.Standard && Directory.Exists(console.Host.FullPath(path)))
            tree = LiveFolderReader.Read(console.Host.FullPath(path), diagnostics, name: path);
        else if (console.Read(path, diagnostics, ref code) is SourceText blob)
            tree = BlobReader.Read(blob.Bytes, settings.Version, diagnostics);
        if (tree is null || !DevicetreeCompiler.Finish(tree, diagnostics, settings))
            return null;
        if (diagnostics.HasErrors)
            code = Math.Max(code, ExitCodes.Findings);
        return tree;
    }
}
