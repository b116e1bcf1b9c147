using Devicetree.Text.Diagnostics;

namespace Devicetree.Text.Reports;

/// <summary>The program that a report is of.</summary>
/// <param name="Name">The command as users type it, for instance <c>dt check</c>.</param>
/// <param name="Version">Its version.</param>
public sealed record ReportTool(string Name, string Version);

/// <summary>How findings are reported.</summary>
/// <param name="Tool">The program that found them.</param>
/// <param name="Paths">How formats for machines write paths.</param>
public sealed record ReportSettings(ReportTool Tool, ReportPaths Paths)
{
    /// <summary>The format.</summary>
    public ReportFormat Format { get; init; }

    /// <summary>Whether text may use colours.</summary>
    public bool Color { get; init; }

    /// <summary>Whether text ends with a line that counts; remarks beside a result do not.</summary>
    public bool Counts { get; init; } = true;

    /// <summary>
    /// Whether errors alone are printed. What is not printed counts all the same (<see cref="ReportWriter.HasFailed"/>).
    /// </summary>
    public bool Quiet { get; init; }

    /// <summary>
    /// The least severity by which a run has failed: <see cref="Severity.Error"/> or <see cref="Severity.Warning"/>.
    /// </summary>
    public Severity FailOn { get; init; } = Severity.Error;
}
