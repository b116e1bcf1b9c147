using System.Collections.Immutable;
using Devicetree.Text.Diagnostics;

namespace Gunyah.Guest.Platform;

/// <summary>
/// What a guest's devicetree can lack or have wrong, as <see cref="PlatformDiscovery"/> finds it. Guests read on; what they leave out the
/// messages say. <c>gunyah check</c> and <c>gunyah inspect</c> report these beside what only the bindings say. The IDs are stable.
/// </summary>
public static class PlatformRules
{
    /// <summary>No node leads to the Resource Manager, which the dialects v6 and upstream demand.</summary>
    public static readonly DiagnosticRule NoResourceManager = new(
        "GUN004", "no-resource-manager", Severity.Error,
        "no node leads to the Resource Manager", "Add the node of the Resource Manager under /hypervisor.");

    /// <summary>Several nodes lead to the Resource Manager.</summary>
    public static readonly DiagnosticRule SeveralResourceManagers = new(
        "GUN005", "several-resource-managers", Severity.Error,
        "a second node leads to the Resource Manager; {0} counts", "Remove all but one.");

    /// <summary>Both directions have one capability.</summary>
    public static readonly DiagnosticRule SameCapability = new(
        "GUN006", "same-capability", Severity.Error,
        "both directions have the capability ID {0}", "Give reg the ID of the sending queue, then that of the receiving one.");

    /// <summary>Both directions have one interrupt.</summary>
    public static readonly DiagnosticRule SameInterrupt = new(
        "GUN007", "same-interrupt", Severity.Error,
        "both directions have the interrupt {0}", "Give interrupts that of the sending queue, then that of the receiving one.");

    /// <summary>An interrupt is not edge rising.</summary>
    public static readonly DiagnosticRule NotEdgeRising = new(
        "GUN008", "not-edge-rising", Severity.Error,
        "the interrupt {0} is not edge rising", "Write 1 (IRQ_TYPE_EDGE_RISING) as its third cell.");

    /// <summary>A unit address does not spell a capability of the node, or not the right one.</summary>
    public static readonly DiagnosticRule UnitAddress = new(
        "GUN009", "unit-address", Severity.Error,
        "the unit address is {0}, not {1}: the capability ID of the device", "Name the node {2}@{1}.");

    /// <summary>Interrupts cannot be decoded: no controller, wrong length, wrong phandle.</summary>
    public static readonly DiagnosticRule UnreadableInterrupts = new(
        "GUN010", "no-interrupt-parent", Severity.Error,
        "the interrupts go to no controller: {0}", "Set interrupt-parent to the phandle of the GIC, here or in a node above.");

    /// <summary>An interrupt belongs to another device, too.</summary>
    public static readonly DiagnosticRule ClaimedInterrupt = new(
        "GUN011", "claimed-interrupt", Severity.Error,
        "{0} is claimed by {1}, too", "Give one of the two another interrupt.");

    /// <summary>An interrupt is none that Gunyah can bind, which are the shared ones.</summary>
    public static readonly DiagnosticRule NotShared = new(
        "GUN012", "not-shared", Severity.Error,
        "{0} is not an interrupt that Gunyah can raise", "Use a shared one (GIC_SPI, numbers 0 to 987).");

    /// <summary>A capability stands in several nodes.</summary>
    public static readonly DiagnosticRule ClaimedCapability = new(
        "GUN013", "claimed-capability", Severity.Error,
        "{1} has the capability ID {0}, too", "Correct one of the two; a capability belongs to one device.");

    /// <summary>The Resource Manager's node is there, the hypervisor node is not, or is not Gunyah's.</summary>
    public static readonly DiagnosticRule NoHypervisorNode = new(
        "GUN030", "no-hypervisor-node", Severity.Error,
        "no node at /hypervisor says that it is Gunyah's; only the node of the Resource Manager does",
        "Give /hypervisor the strings of the dialect.");

    /// <summary>The bus of Gunyah's devices does not have 2 address and 0 size cells.</summary>
    public static readonly DiagnosticRule CellCounts = new(
        "GUN031", "cell-counts", Severity.Error,
        "{0} is {1}; devices with capability IDs need {2}, and guests read them so", "Write {0} = <{2}>.");

    /// <summary>A <c>reg</c> is missing or too short for the capabilities that the device needs.</summary>
    public static readonly DiagnosticRule ShortReg = new(
        "GUN032", "short-reg", Severity.Error,
        "reg has {0} bytes, the device needs {1}; guests leave the device out", "Give reg two cells for each capability ID.");

    /// <summary>A <c>reg</c> has more than the device needs.</summary>
    public static readonly DiagnosticRule LongReg = new(
        "GUN033", "long-reg", Severity.Error,
        "reg has {0} bytes, the device needs {1}; guests ignore the rest", "Remove what is behind the first {1} bytes.");

    /// <summary>A device lacks interrupts that it needs.</summary>
    public static readonly DiagnosticRule MissingInterrupts = new(
        "GUN034", "missing-interrupts", Severity.Error,
        "the device has {0} interrupts and needs {1}", "Give it one interrupt for each queue or doorbell that it waits for.");

    /// <summary>A device has more interrupts than it needs.</summary>
    public static readonly DiagnosticRule ExtraInterrupts = new(
        "GUN035", "extra-interrupts", Severity.Error,
        "the device has {0} interrupts and needs {1}; guests ignore the rest", "Remove the extra ones.");

    /// <summary>A number or a string cannot be read, or a number is out of range.</summary>
    public static readonly DiagnosticRule BadValue = new(
        "GUN036", "bad-value", Severity.Error,
        "{0} is not {1}; guests ignore it", "Write {1}.");

    /// <summary>A device has no label.</summary>
    public static readonly DiagnosticRule NoLabel = new(
        "GUN037", "no-label", Severity.Error,
        "the device has no label", "Give it a qcom,label, by which its driver finds it.");

    /// <summary>A device has two labels that differ.</summary>
    public static readonly DiagnosticRule TwoLabels = new(
        "GUN038", "two-labels", Severity.Error,
        "qcom,label is {0} but label is {1}; the first counts", "Write the same number twice.");

    /// <summary>Several devices of a kind have one label.</summary>
    public static readonly DiagnosticRule SharedLabel = new(
        "GUN039", "shared-label", Severity.Error,
        "{1} has the label {0}, too", "Give each device of a kind a label of its own.");

    /// <summary>A queue of one direction does not say which.</summary>
    public static readonly DiagnosticRule NoDirection = new(
        "GUN040", "no-direction", Severity.Error,
        "the queue does not have exactly one of is-sender and is-receiver; guests leave it out", "Write one of the two.");

    /// <summary>A child of the hypervisor node is of no known kind.</summary>
    public static readonly DiagnosticRule UnknownDevice = new(
        "GUN041", "unknown-device", Severity.Warning,
        "the device is of no known kind", "Correct its compatible, or move the node out of /hypervisor.");

    /// <summary>Nothing says who this VM is, in a dialect where the tree does.</summary>
    public static readonly DiagnosticRule NoVmid = new(
        "GUN042", "no-vmid", Severity.Warning,
        "there is no qcom,vmid, which says which VM this is", "Add the node that is compatible with qcom,gunyah-vm-id-1.0.");

    /// <summary>The RAM cannot be read or there is none.</summary>
    public static readonly DiagnosticRule NoMemory = new(
        "GUN043", "no-memory", Severity.Error,
        "the memory banks cannot be read: {0}", "Add a node with device_type = \"memory\" and a reg by the root's cell counts.");

    /// <summary>The initial RAM disk has only one end, or ends before it begins.</summary>
    public static readonly DiagnosticRule BadInitrd = new(
        "GUN044", "bad-initrd", Severity.Warning,
        "linux,initrd-start and linux,initrd-end are not a range; guests ignore them", "Write both, the end behind the start.");

    /// <summary>Shared memory refers to nothing, or to no memory.</summary>
    public static readonly DiagnosticRule BadReference = new(
        "GUN045", "bad-reference", Severity.Error,
        "{0} leads to nothing that guests can use: {1}", "Correct the phandle, or the node that it leads to.");

    /// <summary>The tree has more Gunyah devices or findings than are looked at.</summary>
    public static readonly DiagnosticRule TooMuch = new(
        "GUN046", "too-much", Severity.Warning,
        "the tree has more than {0}; the rest is not looked at", "Check the tree in parts.");

    /// <summary>No node leads to the Resource Manager in the dialect qcom, where a VM may be configured so.</summary>
    public static readonly DiagnosticRule NoResourceManagerLink = new(
        "GUN108", "no-resource-manager-link", Severity.Warning,
        "no node leads to the Resource Manager, so that this VM gets no notification and calls no service",
        "Give the VM's configuration an rm-rpc device, if the VM is to talk to the Resource Manager.");

    /// <summary>The rules, in the order of their IDs.</summary>
    public static ImmutableArray<DiagnosticRule> All { get; } =
    [
        NoResourceManager, SeveralResourceManagers, SameCapability, SameInterrupt, NotEdgeRising, UnitAddress, UnreadableInterrupts,
        ClaimedInterrupt, NotShared, ClaimedCapability, NoHypervisorNode, CellCounts, ShortReg, LongReg, MissingInterrupts,
        ExtraInterrupts, BadValue, NoLabel, TwoLabels, SharedLabel, NoDirection, UnknownDevice, NoVmid, NoMemory, BadInitrd,
        BadReference, TooMuch, NoResourceManagerLink,
    ];
}
