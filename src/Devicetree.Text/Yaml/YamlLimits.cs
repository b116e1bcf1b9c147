namespace Devicetree.Text.Yaml;

/// <summary>What a YAML file may ask for. The largest binding needs a hundredth of each.</summary>
/// <param name="MaxBytes">The longest file.</param>
/// <param name="MaxDepth">How deep collections may nest.</param>
/// <param name="MaxValues">The most values, those behind every alias counted again at each use.</param>
/// <param name="PlainOnly">Whether anchors, aliases and tags are refused.</param>
internal sealed record YamlLimits(int MaxBytes = 16 << 20, int MaxDepth = 100, int MaxValues = 1_000_000, bool PlainOnly = false)
{
    /// <summary>The limits when nothing else is said.</summary>
    public static YamlLimits Default { get; } = new();
}
