using Devicetree;

namespace Gunyah.Guest.Platform;

/// <summary>The spellings of the devicetree binding (gunyah-rm.md 8).</summary>
public enum Dialect
{
    /// <summary>The binding up to its sixth version (D1).</summary>
    V6,

    /// <summary>The binding since then, as Linux drivers read it (D2).</summary>
    Upstream,

    /// <summary>What the open-source Resource Manager and shipping phones write, also from Haven's time (D3 to D6).</summary>
    Qcom,
}

/// <summary>Recognises the dialect of a tree by the procedure of gunyah-rm.md 8.</summary>
internal static class Dialects
{
    /// <summary>True for a node that is the way to the Resource Manager in any dialect.</summary>
    public static bool IsResourceManager(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.IsCompatible(Compatibles.ResourceManager) || node.IsCompatible(Compatibles.ResourceManagerQcom);
    }

    /// <summary>The dialect of a node for which <see cref="IsResourceManager"/> is true.</summary>
    public static Dialect OfResourceManager(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (!node.IsCompatible(Compatibles.ResourceManager))
            return Dialect.Qcom;
        if (node.IsCompatible(Compatibles.ResourceManagerV6))
            return Dialect.V6;
        return node.IsCompatible(Compatibles.ResourceManagerQcom) ? Dialect.Qcom : Dialect.Upstream;
    }

    /// <summary>
    /// The dialect of the hypervisor node of a VM that has no way to the Resource Manager; null if the node is not Gunyah's.
    /// </summary>
    public static Dialect? OfHypervisor(Node hypervisor)
    {
        ArgumentNullException.ThrowIfNull(hypervisor);
        if (hypervisor.Property("compatible") is not Property property || !property.TryGetStrings(out string[]? names))
            return null;
        if (names.Any(IsQcomHypervisor))
            return Dialect.Qcom;
        if (names.Contains(Compatibles.HypervisorV6))
            return Dialect.V6;
        return names.Contains(Compatibles.Hypervisor) ? Dialect.Upstream : null;
    }

    private static bool IsQcomHypervisor(string name) =>
        name is Compatibles.HypervisorQcom or Compatibles.HypervisorQcomVersion
        || name.StartsWith(Compatibles.HypervisorHavenPrefix, StringComparison.Ordinal);
}
