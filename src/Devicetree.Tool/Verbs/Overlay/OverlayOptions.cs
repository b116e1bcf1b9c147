using Devicetree.Source.Preprocessing;
using Devicetree.Text.Reports;

namespace Devicetree.Tool.Verbs.Overlay;

/// <summary>What <c>dt overlay</c> is asked to do.</summary>
internal sealed record OverlayOptions
{
    /// <summary>The blob or source that the overlays are applied to.</summary>
    public required string Base { get; init; }

    /// <summary>The overlays, blobs or sources, in the order in which they are applied.</summary>
    public required IReadOnlyList<string> Overlays { get; init; }

    /// <summary>Where the result goes; null to write none.</summary>
    public string? Output { get; init; }

    /// <summary>Whether it is said what each overlay does.</summary>
    public bool Explain { get; init; }

    /// <summary>Where sources look for what they include.</summary>
    public IReadOnlyList<string> IncludeFolders { get; init; } = [];

    /// <summary>Macros for sources.</summary>
    public IReadOnlyList<CommandLineMacro> Macros { get; init; } = [];

    /// <summary>How findings, and what overlays do, are printed.</summary>
    public ReportFormat Format { get; init; }
}
