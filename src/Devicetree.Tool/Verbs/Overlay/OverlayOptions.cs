using Devicetree.Tool.Input;

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

    /// <summary>How the files are read; sources get symbols.</summary>
    public required InputOptions Input { get; init; }

    /// <summary>How findings, and what overlays do, are printed.</summary>
    public FindingSettings Findings { get; init; } = new();
}
