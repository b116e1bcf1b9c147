using Devicetree.Schema.Validation.Bindings;
using Devicetree.Text.Reports;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs.Check;

/// <summary>What <c>dt check</c> is asked to do.</summary>
internal sealed record CheckOptions
{
    /// <summary>Blobs, sources, and folders of blobs.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Bindings, folders of them, or one file of processed schemas; core schemas alone when empty.</summary>
    public required IReadOnlyList<string> Schemas { get; init; }

    /// <summary>How the files are read.</summary>
    public InputOptions Input { get; init; } = new();

    /// <summary>The folder of the core schemas; null to look for them.</summary>
    public string? CoreSchemas { get; init; }

    /// <summary>The folder of the cache of processed schemas; null for no cache.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Which schemas are applied.</summary>
    public BindingFilter Filter { get; init; } = BindingFilter.All;

    /// <summary>Whether compatible strings that no schema documents are reported.</summary>
    public bool Undocumented { get; init; }

    /// <summary>The tree that the files are overlays for; null when they are trees themselves.</summary>
    public string? Base { get; init; }

    /// <summary>The file of findings that do not count.</summary>
    public string? Baseline { get; init; }

    /// <summary>Where a baseline of all findings is written.</summary>
    public string? WriteBaseline { get; init; }

    /// <summary>The part of the files that this process checks.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>How findings are printed.</summary>
    public ReportFormat Format { get; init; }
}
