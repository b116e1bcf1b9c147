using Devicetree;
using Gunyah.Guest.Platform;

namespace Gunyah.Tool.Checking;

/// <summary>
/// What the open-source Resource Manager writes although rules of devicetrees speak against it (gunyah-rm.md 12).
/// </summary>
internal static class VendorHabits
{
    private const string SimpleBus = "simple-bus";

    /// <summary>
    /// The strings of the vendor's nodes under <c>/hypervisor</c>, which ours writes in every dialect (docs/decisions/0403).
    /// </summary>
    private static readonly string[] _kinds =
    [
        Compatibles.VmId, Compatibles.Capability, Compatibles.SharedMemory, Compatibles.SharedMemoryDoorbell, "qcom,gh-watchdog",
    ];

    /// <summary>True for a secondary VM: it has an owner.</summary>
    public static bool IsSecondary(Node? hypervisor) =>
        hypervisor?.Children.Any(child => child.Property("qcom,owner-vmid") is not null) == true;

    /// <summary>True for a node that the qcom dialect describes and the others do not.</summary>
    public static bool IsVendorNode(Node node) => !Dialects.IsResourceManager(node) && _kinds.Any(node.IsCompatible);

    /// <summary>In the dialects v6 and upstream: the vendor's nodes that their bindings have no room for.</summary>
    public static void CheckVendorNodes(Node? hypervisor, TreeFindings findings)
    {
        foreach (Node child in hypervisor?.Children ?? [])
        {
            if (IsVendorNode(child))
                findings.ReportNode(GunyahRules.VendorNode, child);
        }
    }

    /// <summary>In the dialect qcom: everything of the vendor's that is unlike other devicetrees.</summary>
    public static void CheckQcom(Node? hypervisor, Node? manager, TreeFindings findings)
    {
        if (hypervisor is not null)
        {
            if (!hypervisor.IsCompatible(Compatibles.Hypervisor))
                findings.ReportProperty(GunyahRules.NoGenericString, hypervisor, "compatible");
            if (hypervisor.IsCompatible(SimpleBus) && hypervisor.Property("ranges") is null)
                findings.ReportProperty(GunyahRules.BusWithoutRanges, hypervisor, "compatible");
        }
        if (manager?.UnitAddress is string text)
        {
            if (text.Length > 1 && text[0] == '0')
                findings.ReportNode(GunyahRules.PaddedUnitAddress, manager,
                    text.TrimStart('0') is { Length: > 0 } rest ? rest : "0");
            else if (IsSecondary(hypervisor))
                findings.ReportNode(GunyahRules.SecondUnitAddress, manager);
        }
        foreach (Node child in hypervisor?.Children ?? [])
        {
            if (child.Property("label") is { } label && label.TryGetU32(out _) && !label.TryGetString(out _))
                findings.ReportProperty(GunyahRules.LabelIsNumber, child, "label");
            foreach (Property property in child.Properties.Where(
                property => property.Name.StartsWith("tx_", StringComparison.Ordinal)))
                findings.ReportProperty(GunyahRules.Underscore, child, property.Name);
        }
    }
}
