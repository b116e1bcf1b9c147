using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs.Schema;

/// <summary>What <c>dt schema check</c> is asked to do.</summary>
internal sealed record SchemaCheckOptions
{
    /// <summary>Bindings and directories of them.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What examples are checked against besides the bindings themselves; found by where those are when empty.</summary>
    public required IReadOnlyList<string> Schemas { get; init; }

    /// <summary>Where examples find their headers; found by where the bindings are when empty.</summary>
    public required IReadOnlyList<string> Headers { get; init; }

    /// <summary>The directory of the core schemas; null to look for them.</summary>
    public string? CoreSchemas { get; init; }

    /// <summary>The directory of the cache of processed schemas; null for no cache.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>Whether examples are compiled and checked.</summary>
    public bool Examples { get; init; } = true;

    /// <summary>Whether compatible strings of examples that no schema documents are reported.</summary>
    public bool Undocumented { get; init; }

    /// <summary>What becomes of findings.</summary>
    public FindingSettings Findings { get; init; } = new();
}
