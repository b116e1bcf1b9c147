using Devicetree.Text.Diagnostics;

namespace Devicetree.Text.Reports;

/// <summary>
/// Prints findings one by one in one of the formats, so that a run of any length needs little more memory than one finding (but
/// for JUnit's, which begins with its counts). Every command that prints findings of its own uses it; the drop-in names print as
/// their originals do. Not safe for several threads: who checks on many cores adds in the order of the inputs.
/// </summary>
public abstract class ReportWriter
{
    private bool _isComplete;

    private protected ReportWriter(TextWriter output, ReportSettings settings)
    {
        Output = output;
        Settings = settings;
    }

    /// <summary>Whether a finding was added that a run has failed by, printed or not.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>How many findings of severity <see cref="Severity.Error"/> were printed.</summary>
    public int Errors { get; private set; }

    /// <summary>How many findings of severity <see cref="Severity.Warning"/> were printed.</summary>
    public int Warnings { get; private set; }

    /// <summary>How many findings of severity <see cref="Severity.Note"/> were printed.</summary>
    public int Notes { get; private set; }

    private protected TextWriter Output { get; }

    private protected ReportSettings Settings { get; }

    /// <summary>A writer of the format that the settings name.</summary>
    /// <param name="output">Takes the report; not closed.</param>
    /// <param name="settings">How.</param>
    public static ReportWriter Create(TextWriter output, ReportSettings settings)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(settings);
        return ReportFormats.Rows.Single(row => row.Format == settings.Format).Create(output, settings);
    }

    /// <summary>
    /// Says that an input is looked at, for formats that name also those without findings. Its findings come after it.
    /// </summary>
    /// <param name="file">The input, as the user named it.</param>
    public virtual void Begin(string file)
    {
    }

    /// <summary>Prints a finding.</summary>
    public void Add(ReportItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        ObjectDisposedException.ThrowIf(_isComplete, this);
        Severity severity = item.Diagnostic.Rule.Severity;
        HasFailed |= severity <= Settings.FailOn;
        if (Settings.Quiet && severity != Severity.Error)
            return;
        switch (severity)
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
