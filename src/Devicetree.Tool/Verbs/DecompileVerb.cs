using System.CommandLine;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Decompilation.Annotation;
using Devicetree.Live;
using Devicetree.Loading;
using Devicetree.Text.Diagnostics;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs;

/// <summary><c>dt decompile FILE [-o OUT] [--annotate]</c>: makes source text of a blob that compiles to the same blob.</summary>
internal static class DecompileVerb
{
    public static Command Create(VerbConsole console)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A blob (.dtb, .dtbo), a directory such as /proc/device-tree, or '-' for a blob on the standard input.",
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Where the text goes.",
            DefaultValueFactory = _ => VerbConsole.Standard,
            HelpName = "FILE",
        };
        var annotate = new Option<bool>("--annotate", "-a")
        {
            Description = "Write labels and references instead of phandles, the entries of lists apart, and comments on addresses and interrupts.",
        };
        var sort = new Option<bool>("--sort", "-s")
        { Description = "Sort properties and nodes by name; the text then compiles to a blob in that order." };
        var force = new Option<bool>("--force", "-f")
        { Description = "Print even what does not compile again, such as a tree with a duplicate name." };
        var input = new InputSwitches();
        var findings = new FindingSwitches();
        var command = new Command("decompile", "Turn a blob or a directory into source text that compiles to the same blob.")
        {
            file, output, annotate, sort, force,
        };
        input.AddBlobs(command);
        findings.AddTo(command);
        command.SetAction(result =>
        {
            var report = new FindingReport(console, "decompile", findings.Read(result));
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
            var reading = new DocumentInput(console.Host, new()
            {
                Accepts = DocumentKinds.Blob | DocumentKinds.Directory,
                Blobs = settings.Force ? BlobReading.Looking : BlobReading.Working,
                Compilation = settings,
                Entry = input.Read(result).Entry,
            });
            LiveTree? tree = Read(console, reading, path, settings, diagnostics, ref code);
            report.Begin(path);
            report.Add(diagnostics, path);
            code = report.Complete(code);
            if (tree is null)
                return Math.Max(code, ExitCodes.Findings);
            ITreeComments? comments = result.GetValue(annotate) ? TreeAnnotator.Annotate(tree) : null;
            byte[] text = LivePrinter.Print(tree, new() { Version = DtcVersion.Newest, Comments = comments });
            return Math.Max(code, console.Write(result.GetRequiredValue(output), text));
        });
        return command;
    }

    /// <summary>Reads a tree and finishes it, which restores labels and references as far as it tells them.</summary>
    private static LiveTree? Read(
        VerbConsole console, DocumentInput input, string path, CompilationOptions settings, DiagnosticBag diagnostics,
        ref int code)
    {
        LiveTree? tree = console.Load(input, path, diagnostics, ref code)?.Live;
        if (tree is null)
            return null;
        PathFixups paths = PathFixups.Of(tree);
        paths.Remove();
        if (!DevicetreeCompiler.Finish(tree, diagnostics, settings))
            return null;
        paths.Restore(diagnostics);
        if (diagnostics.HasErrors)
            code = Math.Max(code, ExitCodes.Findings);
        return tree;
    }
}
