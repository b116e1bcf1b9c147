using Devicetree.Checks;
using Devicetree.Schema.Validation.Bindings;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs.Check;

/// <summary>What <c>dt check</c> is asked to do.</summary>
internal sealed record CheckOptions
{
    /// <summary>Blobs, sources, and directories of blobs.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Bindings, directories of them, or one file of processed schemas; core schemas alone when empty.</summary>
    public required IReadOnlyList<string> Schemas { get; init; }

    /// <summary>How the files are read.</summary>
    public InputOptions Input { get; init; } = new();

    /// <summary>Which checks of the compiler count for sources.</summary>
    public CheckSettings Checks { get; init; } = CheckSettings.DefaultOfVerbs();

    /// <summary>The directory of the core schemas; null to look for them.</summary>
    public string? CoreSchemas { get; init; }

    /// <summary>The directory of the cache of processed schemas; null for no cache.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>Which schemas are applied.</summary>
    public BindingFilter Filter { get; init; } = BindingFilter.All;

    /// <summary>Whether compatible strings that no schema documents are reported.</summary>
    public bool Undocumented { get; init; }

    /// <summary>The tree that the files are overlays for; null when they are trees themselves.</summary>
    public string? Base { get; init; }

    /// <summary>Whether what is wrong with the bindings is reported, too, which are not what is checked.</summary>
    public bool BindingFindings { get; init; }

    /// <summary>The part of the files that this process checks.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>What becomes of findings.</summary>
    public FindingSettings Findings { get; init; } = new();
}
