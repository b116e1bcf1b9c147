using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;

namespace Devicetree.Tool.Input;

/// <summary>What is to become of what a verb finds: the same words for every verb.</summary>
internal sealed record FindingSettings
{
    /// <summary>How findings are printed.</summary>
    public ReportFormat Format { get; init; }

    /// <summary>The least severity by which the verb ends with <see cref="ExitCodes.Findings"/>.</summary>
    public Severity FailOn { get; init; } = Severity.Error;

    /// <summary>Whether errors alone are printed; results and the exit code stay what they are.</summary>
    public bool Quiet { get; init; }

    /// <summary>The file of findings that do not count.</summary>
    public string? Baseline { get; init; }

    /// <summary>Where a baseline of all findings is written.</summary>
    public string? WriteBaseline { get; init; }
}
