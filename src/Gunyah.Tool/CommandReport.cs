using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Tool.Input;

namespace Gunyah.Tool;

/// <summary>What a command says of its inputs and of the system, in the report of both tools.</summary>
/// <param name="host">The outside.</param>
/// <param name="command">The command.</param>
internal sealed class CommandReport(ToolHost host, string command)
{
    /// <summary>The report of a command that finds and does nothing else, which is its result.</summary>
    /// <param name="settings">What the user asked for.</param>
    public ReportWriter OfResult(FindingSettings settings) => ReportWriter.Create(host.Output, Settings() with
    {
        Format = settings.Format,
        FailOn = settings.FailOn,
        Quiet = settings.Quiet,
        Color = host.OutputColor,
    });

    /// <summary>Prints everything in a bag, for people.</summary>
    /// <param name="diagnostics">The bag.</param>
    /// <param name="file">The file that findings without a place are about; null when they are about none.</param>
    public void Print(DiagnosticBag diagnostics, string? file = null)
    {
        ReportWriter report = ReportWriter.Create(host.Error, Settings() with { Color = host.ErrorColor, Counts = false });
        report.Add(diagnostics, file);
        report.Complete();
    }

    /// <summary>Says that a file cannot be read.</summary>
    public static int CannotRead(ToolHost host, string path, string reason) =>
        Fail(host, $"gunyah: cannot read {path}: {reason}");

    /// <summary>Says that a file cannot be written.</summary>
    public int CannotWrite(string path, string reason) => Fail(host, $"gunyah: cannot write {path}: {reason}");

    /// <summary>Says that a port cannot be listened on.</summary>
    public int CannotListen(string reason) => Fail(host, $"gunyah: cannot listen for GDB: {reason}");

    private ReportSettings Settings() => new(new($"gunyah {command}", ToolVersion.Text), ReportPaths.Of(host.WorkingDirectory));

    private static int Fail(ToolHost host, string message)
    {
        host.Error.WriteLine(message);
        return ExitCodes.InputOutput;
    }
}
