using System.Globalization;
using Devicetree.Text.Diagnostics;

namespace Gunyah.Tool;

/// <summary>Prints diagnostics where they belong.</summary>
internal sealed class DiagnosticPrinter(ToolHost host)
{
    private const string Red = "\e[31m";
    private const string Plain = "\e[0m";

    /// <summary>Prints everything in a bag.</summary>
    /// <param name="diagnostics">The bag.</param>
    /// <param name="file">The file that findings without a place are about; null when they are about none.</param>
    public void Print(DiagnosticBag diagnostics, string? file = null)
    {
        foreach (Diagnostic diagnostic in diagnostics.Items)
        {
            string text = file is not null && diagnostic.Span.Source is null ? $"{file}: {diagnostic.Render()}" : diagnostic.Render();
            host.Error.WriteLine(host.ErrorColor && diagnostic.Rule.Severity == Severity.Error ? $"{Red}{text}{Plain}" : text);
        }
        if (diagnostics.Dropped + diagnostics.DroppedErrors is int more and > 0)
            host.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {more} more"));
    }

    /// <summary>Prints one diagnostic about something that the command line names.</summary>
    public int Refuse(DiagnosticRule rule, params ReadOnlySpan<object> arguments)
    {
        var diagnostics = new DiagnosticBag();
        diagnostics.Report(rule, default, arguments);
        Print(diagnostics);
        return ExitCodes.Findings;
    }

    /// <summary>Says that a file cannot be read.</summary>
    public int CannotRead(string path, string reason) => Fail($"gunyah: cannot read {path}: {reason}");

    /// <summary>Says that a file cannot be written.</summary>
    public int CannotWrite(string path, string reason) => Fail($"gunyah: cannot write {path}: {reason}");

    private int Fail(string message)
    {
        host.Error.WriteLine(message);
        return ExitCodes.InputOutput;
    }
}
