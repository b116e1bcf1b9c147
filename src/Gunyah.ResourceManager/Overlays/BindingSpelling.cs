using System.Globalization;
using Devicetree;
using Gunyah.Abi;
using Gunyah.Guest.Platform;
using Gunyah.ResourceManager.Configuration;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Overlays;

/// <summary>
/// How each dialect of the binding spells the hypervisor node and the Resource Manager's node (gunyah-rm.md 7.2, 7.5
/// and 8).
/// </summary>
/// <param name="Hypervisor">The <c>compatible</c> of <c>/hypervisor</c> in the primary VM.</param>
/// <param name="SecondaryHypervisor">The same in a secondary VM.</param>
/// <param name="Manager">The <c>compatible</c> of the Resource Manager's node in the primary VM.</param>
/// <param name="SecondaryManager">The same in a secondary VM.</param>
/// <param name="HasVendorProperties">Whether the <c>qcom,</c> properties and nodes are written.</param>
internal sealed record BindingSpelling(
    string[] Hypervisor,
    string[] SecondaryHypervisor,
    string[] Manager,
    string[] SecondaryManager,
    bool HasVendorProperties)
{
    private const string SimpleBus = "simple-bus";

    private static readonly BindingSpelling _v6 = new(
        [Compatibles.HypervisorV6, Compatibles.Hypervisor],
        [Compatibles.HypervisorV6, Compatibles.Hypervisor],
        [Compatibles.ResourceManagerV6, Compatibles.ResourceManager],
        [Compatibles.ResourceManagerV6, Compatibles.ResourceManager],
        HasVendorProperties: false);

    private static readonly BindingSpelling _upstream = new(
        [Compatibles.Hypervisor], [Compatibles.Hypervisor], [Compatibles.ResourceManager], [Compatibles.ResourceManager],
        HasVendorProperties: false);

    private static readonly BindingSpelling _qcom = new(
        [Compatibles.HypervisorQcomVersion, Compatibles.HypervisorQcom, SimpleBus],
        [Compatibles.Hypervisor, Compatibles.HypervisorQcomVersion, Compatibles.HypervisorQcom, SimpleBus],
        [Compatibles.ResourceManager, Compatibles.ResourceManagerQcom, Compatibles.ResourceManagerQcomPlain],
        [Compatibles.ResourceManager, Compatibles.ResourceManagerQcomPlain, Compatibles.ResourceManagerQcom,
            Compatibles.MessageQueue, Compatibles.Capability],
        HasVendorProperties: true);

    /// <summary>The spelling of a dialect.</summary>
    public static BindingSpelling Of(Dialect dialect) => dialect switch
    {
        Dialect.V6 => _v6,
        Dialect.Upstream => _upstream,
        Dialect.Qcom => _qcom,
        _ => throw new ArgumentOutOfRangeException(nameof(dialect), dialect, "no such dialect"),
    };

    /// <summary>The name of the Resource Manager's node in the primary VM.</summary>
    public string ManagerNodeName(CapId transmit) => HasVendorProperties
        ? string.Create(CultureInfo.InvariantCulture, $"qcom,resource-manager-rpc@{transmit.Value:x16}")
        : string.Create(CultureInfo.InvariantCulture, $"gunyah-resource-mgr@{transmit.Value:x}");

    /// <summary>Writes the properties that every child of the hypervisor node depends on.</summary>
    public static void WriteHypervisor(Node hypervisor, string[] compatible)
    {
        hypervisor.SetCells("#address-cells", 2);
        hypervisor.SetCells("#size-cells", 0);
        hypervisor.SetString("compatible", compatible);
    }

    /// <summary>Writes the two capability IDs and the two interrupts of a queue pair: transmit first.</summary>
    public static void WriteEnds(Node node, LinkEnds ends, int interruptCells = GicSpecifier.Cells)
    {
        node.SetU64("reg", ends.Transmit.Capability.Value, ends.Receive.Capability.Value);
        node.SetCells(
            "interrupts",
            [
                .. GicSpecifier.ForShared(ends.Transmit.Virq, ends.Transmit.Trigger, interruptCells),
                .. GicSpecifier.ForShared(ends.Receive.Virq, ends.Receive.Trigger, interruptCells),
            ]);
    }

    /// <summary>Writes the vendor's properties of a queue pair; both queues are alike.</summary>
    public static void WriteVendorQueuePair(Node node, uint freeIrqStart, uint messageSize, uint depth)
    {
        node.SetCells("qcom,free-irq-start", freeIrqStart);
        node.SetFlag("qcom,is-full-duplex");
        node.SetCells("qcom,tx-message-size", messageSize);
        node.SetCells("qcom,rx-message-size", messageSize);
        node.SetCells("qcom,tx-queue-depth", depth);
        node.SetCells("qcom,rx-queue-depth", depth);
    }
}
