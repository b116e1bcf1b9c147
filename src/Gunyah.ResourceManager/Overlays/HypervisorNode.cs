using Devicetree;

namespace Gunyah.ResourceManager.Overlays;

/// <summary>The node that everything of the Resource Manager goes under.</summary>
internal static class HypervisorNode
{
    public const string Name = "hypervisor";

    /// <summary>
    /// True where a tree has the node already. One with a unit address counts: an overlay's node without one would merge into
    /// it.
    /// </summary>
    public static bool Exists(Tree tree) => tree.Root.Children.Any(node => node.BaseName == Name);
}
