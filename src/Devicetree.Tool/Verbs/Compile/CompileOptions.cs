using Devicetree.Checks;
using Devicetree.Flattened;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs.Compile;

/// <summary>What <c>dt compile</c> is asked to do.</summary>
internal sealed record CompileOptions
{
    /// <summary>The sources.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The output of the one source; null when there is a directory for all outputs.</summary>
    public string? Output { get; init; }

    /// <summary>The directory of all outputs.</summary>
    public string? OutputDirectory { get; init; }

    /// <summary>The dependency file of the one source.</summary>
    public string? DependencyFile { get; init; }

    /// <summary>Whether every output gets a dependency file beside it.</summary>
    public bool DependencyFiles { get; init; }

    /// <summary>How the sources are read.</summary>
    public InputOptions Input { get; init; } = new();

    /// <summary>Whether what the preprocessor makes is the output.</summary>
    public bool PreprocessOnly { get; init; }

    /// <summary>Which checks count.</summary>
    public CheckSettings Checks { get; init; } = CheckSettings.DefaultOfVerbs();

    /// <summary>Whether labels become <c>/aliases</c>.</summary>
    public bool Aliases { get; init; }

    /// <summary>Whether fixups are written for trees that are no overlays.</summary>
    public bool LocalFixups { get; init; }

    /// <summary>Whether everything is sorted.</summary>
    public bool Sort { get; init; }

    /// <summary>Whether what is deleted and written again stands where it is written.</summary>
    public bool WrittenOrder { get; init; }

    /// <summary>The boot CPU; null for the one that the tree says.</summary>
    public uint? BootCpu { get; init; }

    /// <summary>How blobs are laid out.</summary>
    public FdtWriterOptions Blob { get; init; } = new();

    /// <summary>Whether to go on when a file changes, until stopped.</summary>
    public bool Watch { get; init; }

    /// <summary>What becomes of findings; when errors alone are printed, no progress is shown either.</summary>
    public FindingSettings Findings { get; init; } = new();
}
