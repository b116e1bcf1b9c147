using System.CommandLine;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Tool.Input;
using Gunyah.Guest.Platform;
using Gunyah.Tool.Checking;
using Gunyah.Tool.Input;

namespace Gunyah.Tool.Commands;

/// <summary><c>gunyah check [--dialect …] FILE…</c>: whether devicetrees follow the Gunyah binding.</summary>
internal static class CheckCommand
{
    /// <summary>The first word lets each tree choose; the others are those of <see cref="Dialect"/> in its order.</summary>
    private static readonly string[] _dialectWords = ["auto", "v6", "upstream", "qcom"];

    public static Command Create(ToolHost host)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description =
            "Devicetree blobs or sources, or directories like /proc/device-tree.",
            Arity = ArgumentArity.OneOrMore
        };
        var dialect = new Option<string>("--dialect")
        {
            Description = "The dialect that the trees must use.",
            DefaultValueFactory = _ =>
            _dialectWords[0],
            HelpName = string.Join('|', _dialectWords)
        };
        dialect.AcceptOnlyFromAmong(_dialectWords);
        var findings = new FindingSwitches();
        var sources = new InputSwitches();
        Option<string?> @base = DevicetreeInput.BaseOption();
        var command = new Command(
            "check", "Check devicetrees against the Gunyah binding, and against what no schema can express.")
        { files, dialect, @base };
        sources.AddSources(command);
        findings.AddTo(command);
        command.SetAction(result =>
        {
            int word = Array.IndexOf(_dialectWords, result.GetRequiredValue(dialect));
            return Run(
                host, new DevicetreeInput(host, sources.Read(result)), result.GetRequiredValue(files), result.GetValue(@base),
                word == 0 ? null : (Dialect)(word - 1), findings.Read(result));
        });
        return command;
    }

    private static int Run(
        ToolHost host, DevicetreeInput input, IReadOnlyList<string> files, string? baseName, Dialect? dialect,
        FindingSettings settings)
    {
        ReportWriter report = new CommandReport(host, "check").OfResult(settings);
        int code = ExitCodes.Good;
        InputTree? @base = null;
        if (baseName is not null)
        {
            var diagnostics = new DiagnosticBag();
            @base = input.LoadBase(baseName, diagnostics, out code);
            report.Add(diagnostics, baseName);
            if (@base is null)
                files = [];
        }
        foreach (string file in files)
        {
            var diagnostics = new DiagnosticBag();
            InputTree? tree = input.Load(file, baseName, @base, diagnostics, out int unread);
            report.Begin(file);
            report.Add(diagnostics, file);
            code = Math.Max(code, unread);
            if (tree is null)
                continue;
            var found = new TreeFindings(file, tree.Places);
            GunyahTreeCheck.Run(tree.Tree, PlatformDiscovery.Discover(tree.Tree), dialect, found);
            foreach (ReportItem item in found.Items)
                report.Add(item);
        }
        report.Complete();
        return report.HasFailed ? Math.Max(code, ExitCodes.Findings) : code;
    }
}
