using System.CommandLine;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Programs;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs.Setup;

/// <summary><c>dt links DIR</c>: makes links of the names of the original tools to this program.</summary>
internal static class LinksVerb
{
    /// <summary>Declares the verb.</summary>
    /// <param name="console">The outside.</param>
    /// <param name="names">The names of the original tools.</param>
    public static Command Create(VerbConsole console, IReadOnlyList<string> names)
    {
        var directory = new Argument<string>("DIR") { Description = "Where the links go; created if it is missing." };
        var force = new Option<bool>("--force", "-f") { Description = "Replace files that are in the way." };
        var command = new Command("links",
            "Link the names of dtc, fdtoverlay, dt-validate and the other originals to this program.")
        {
            directory, force,
        };
        var findings = new FindingSwitches();
        findings.AddTo(command);
        command.SetAction(result => Run(
            console, new FindingReport(console, "links", findings.Read(result)), names, result.GetRequiredValue(directory),
            result.GetValue(force)));
        return command;
    }

    private static int Run(VerbConsole console, FindingReport report, IReadOnlyList<string> names, string directory, bool force)
    {
        string full = console.Host.FullPath(directory);
        var diagnostics = new DiagnosticBag();
        string? program = console.Host.Program();
        if (program is null)
        {
            diagnostics.Report(SetupRules.NoProgram, default);
        }
        else
        {
            // All names are looked at before the first link is made.
            foreach (string name in names.Where(name => !force && IsInTheWay(Path.Combine(full, name), program)))
                diagnostics.Report(SetupRules.InTheWay, default, Path.Combine(directory, name));
        }
        report.Add(diagnostics);
        int code = report.Complete(ExitCodes.Good);
        if (diagnostics.HasErrors)
            return Math.Max(code, ExitCodes.Findings);
        if (Refusal(names, full, program!) is string refusal)
            return console.Fail($"cannot make links in {directory}: {refusal}");
        foreach (string name in names)
            console.Output.WriteLine(console.Piece(Path.Combine(directory, name)));
        return ExitCodes.Good;
    }

    private static string? Refusal(IReadOnlyList<string> names, string directory, string program)
    {
        try
        {
            Directory.CreateDirectory(directory);
            foreach (string name in names)
                Link(Path.Combine(directory, name), program);
            return null;
        }
        catch (Exception refusal) when (OutputFailedException.IsRefusal(refusal))
        {
            return OutputFailedException.ReasonOf(refusal);
        }
    }

    private static bool IsInTheWay(string path, string program)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is string target)
            return Path.GetFileName(target) != Path.GetFileName(program);
        return file.Exists || Directory.Exists(path);
    }

    /// <summary>
    /// Makes a link and puts it in the place of what is there in one step, so that no build meets a name that is missing.
    /// </summary>
    private static void Link(string path, string program)
    {
        string beside = Path.GetDirectoryName(path) == Path.GetDirectoryName(program) ? Path.GetFileName(program) : program;
        string half = path + ".new";
        File.Delete(half);
        File.CreateSymbolicLink(half, beside);
        File.Move(half, path, overwrite: true);
    }
}
