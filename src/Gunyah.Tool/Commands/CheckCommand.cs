using System.CommandLine;
using Devicetree;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Gunyah.Guest.Platform;
using Gunyah.Tool.Checking;

namespace Gunyah.Tool.Commands;

/// <summary><c>gunyah check [--dialect …] FILE…</c>: whether devicetrees follow the Gunyah binding.</summary>
internal static class CheckCommand
{
    /// <summary>The first word lets each tree choose; the others are those of <see cref="Dialect"/> in its order.</summary>
    private static readonly string[] DialectWords = ["auto", "v6", "upstream", "qcom"];

    public static Command Create(ToolHost host)
    {
        var files = new Argument<string[]>("FILE") { Description = "Devicetree blobs or sources, or folders like /proc/device-tree.", Arity = ArgumentArity.OneOrMore };
        var dialect = new Option<string>("--dialect") { Description = "The dialect that the trees have to be in.", DefaultValueFactory = _ => DialectWords[0], HelpName = string.Join('|', DialectWords) };
        dialect.AcceptOnlyFromAmong(DialectWords);
        var format = new Option<string>("--format") { Description = "How to print findings.", DefaultValueFactory = _ => ReportFormats.Words[0], HelpName = string.Join('|', ReportFormats.Words) };
        format.AcceptOnlyFromAmong([.. ReportFormats.Words]);
        var command = new Command("check", "Check devicetrees against the Gunyah binding, and what no schema can say.") { files, dialect, format };
        command.SetAction(result =>
        {
            int word = Array.IndexOf(DialectWords, result.GetRequiredValue(dialect));
            return Run(
                host, result.GetRequiredValue(files), word == 0 ? null : (Dialect)(word - 1),
                ReportFormats.Parse(result.GetRequiredValue(format)));
        });
        return command;
    }

    private static int Run(ToolHost host, IReadOnlyList<string> files, Dialect? dialect, ReportFormat format)
    {
        var report = ReportWriter.Create(format, host.Output, new("gunyah check", ToolVersion.Text), host.OutputColor);
        var input = new DevicetreeInput(host);
        int code = ExitCodes.Good;
        foreach (string file in files)
        {
            var diagnostics = new DiagnosticBag();
            Tree? tree = input.Load(file, diagnostics, out int unread);
            report.Add(diagnostics, file);
            code = Math.Max(code, unread);
            if (tree is null)
                continue;
            var findings = new TreeFindings(file, static (_, _) => default);
            GunyahTreeCheck.Run(tree, dialect, findings);
            foreach (ReportItem item in findings.Items)
                report.Add(item);
        }
        report.Complete();
        return report.Errors > 0 ? Math.Max(code, ExitCodes.Findings) : code;
    }
}
