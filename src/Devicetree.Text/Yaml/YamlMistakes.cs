using YamlDotNet.Core;

namespace Devicetree.Text.Yaml;

/// <summary>How YamlDotNet ends at texts that are no YAML.</summary>
internal static class YamlErrors
{
    /// <summary>
    /// Whether an exception is the text's fault. YamlDotNet stumbles over some wrong texts instead of refusing them: an anchor
    /// without a name, a key across two lines.
    /// </summary>
    public static bool IsOne(Exception error) => error is YamlException or ArgumentException or InvalidOperationException;
}
