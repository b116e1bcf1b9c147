using Devicetree;
using Gunyah.Guest.Platform;

namespace Gunyah.Tool.Inspection;

/// <summary>
/// What Linux makes of a devicetree by itself: a device of each node below the root, and of the nodes below one only where
/// that is a bus of a kind that it knows. Seen with Debian's kernel 6.1, which has the Resource Manager's device in the
/// <c>qcom</c> dialect and not in the others (gunyah-rm.md 8).
/// </summary>
internal static class LinuxDevices
{
    /// <summary>What makes a node a bus whose children become devices (Linux, drivers/of/platform.c).</summary>
    private static readonly string[] _buses = ["simple-bus", "simple-mfd", "isa", "arm,amba-bus"];

    /// <summary>Whether Linux makes a device of a node without a driver for the nodes above it.</summary>
    public static bool Makes(Node node)
    {
        if (!IsThere(node) || node.Property("compatible") is null)
            return false;
        for (Node? above = node.Parent; above?.Parent is not null; above = above.Parent)
        {
            if (!IsThere(above) || !_buses.Any(above.IsCompatible))
                return false;
        }

        return true;
    }

    /// <summary>Whether Linux makes the Resource Manager's device; null where there is no such node.</summary>
    public static bool? MakesResourceManager(Tree tree, GuestPlatform platform) =>
        platform.ResourceManager is { } manager && tree.Find(manager.Path) is { } node ? Makes(node) : null;

    private static bool IsThere(Node node) =>
        node.Property("status") is not { } status || !status.TryGetString(out string? word) || word is "okay" or "ok";
}
