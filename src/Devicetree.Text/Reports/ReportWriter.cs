using Devicetree.Text.Diagnostics;

namespace Devicetree.Text.Reports;

/// <summary>The program that a report is of.</summary>
/// <param name="Name">The command as users type it, for instance <c>dt check</c>.</param>
/// <param name="Version">Its version.</param>
public sealed record ReportTool(string Name, string Version);

/// <summary>
/// Prints findings one by one in one of the formats, so that a run of any length needs no more memory than one finding. Every
/// command that prints findings of its own uses it; the drop-in names print as their originals do. Not safe for several threads:
/// who checks on many cores adds in the order of the inputs.
/// </summary>
public abstract class ReportWriter
{
    private bool _isComplete;

    private protected ReportWriter(TextWriter output, ReportTool tool)
    {
        Output = output;
        Tool = tool;
    }

    /// <summary>How many findings of severity <see cref="Severity.Error"/> were added.</summary>
    public int Errors { get; private set; }

    /// <summary>How many findings of severity <see cref="Severity.Warning"/> were added.</summary>
    public int Warnings { get; private set; }

    /// <summary>How many findings of severity <see cref="Severity.Note"/> were added.</summary>
    public int Notes { get; private set; }

    private protected TextWriter Output { get; }

    private protected ReportTool Tool { get; }

    /// <summary>A writer of a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="output">Takes the report; not closed.</param>
    /// <param name="tool">The program that found it all.</param>
    /// <param name="color">Whether text may use colours.</param>
    public static ReportWriter Create(ReportFormat format, TextWriter output, ReportTool tool, bool color)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(tool);
        return format switch
        {
            ReportFormat.Text => new TextReport(output, tool, color),
            ReportFormat.Json => new JsonReport(output, tool),
            ReportFormat.Sarif => new SarifReport(output, tool),
            ReportFormat.GitHub => new GitHubReport(output, tool),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "no such format"),
        };
    }

    /// <summary>Prints a finding.</summary>
    public void Add(ReportItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        ObjectDisposedException.ThrowIf(_isComplete, this);
        switch (item.Diagnostic.Rule.Severity)
        {
            case Severity.Error: Errors++; break;
            case Severity.Warning: Warnings++; break;
            default: Notes++; break;
        }
        Write(item with { Diagnostic = WrittenPlaces.Of(item.Diagnostic) });
    }

    /// <summary>Prints everything that a bag has kept.</summary>
    /// <param name="diagnostics">The bag.</param>
    /// <param name="file">The input, for diagnostics without a place.</param>
    public void Add(DiagnosticBag diagnostics, string? file = null)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        foreach (Diagnostic diagnostic in diagnostics.Items)
            Add(new ReportItem(diagnostic) { File = file });
    }

    /// <summary>Prints what comes after the last finding; nothing can be added afterwards.</summary>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(_isComplete, this);
        _isComplete = true;
        WriteEnd();
        Output.Flush();
    }

    private protected abstract void Write(ReportItem item);

    private protected abstract void WriteEnd();
}
