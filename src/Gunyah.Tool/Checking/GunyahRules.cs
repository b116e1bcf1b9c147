using System.Collections.Immutable;
using Devicetree.Text.Diagnostics;

namespace Gunyah.Tool.Checking;

/// <summary>
/// What <c>gunyah check</c> finds: what a schema cannot say (GUN001 to GUN013), what the bindings do not allow (GUN020), and what the
/// open-source Resource Manager writes against the rules of devicetrees or of the binding, which a tree passes with (GUN101 to GUN107).
/// The IDs are stable.
/// </summary>
internal static class GunyahRules
{
    public static readonly DiagnosticRule NothingOfGunyah = new(
        "GUN001", "nothing-of-gunyah", Severity.Warning,
        "nothing in this tree is Gunyah's", "check the tree of a VM, after the Resource Manager has written into it");

    public static readonly DiagnosticRule OtherDialect = new(
        "GUN002", "other-dialect", Severity.Error,
        "this tree is in the {0} dialect, not in {1}", "give --dialect {0}, or write the strings of {1}");

    public static readonly DiagnosticRule WrongPlace = new(
        "GUN003", "wrong-place", Severity.Error,
        "{0} must be {1}", "guests look for it there; move the node");

    public static readonly DiagnosticRule NoResourceManager = new(
        "GUN004", "no-resource-manager", Severity.Error,
        "no node leads to the Resource Manager", "add the node of the Resource Manager under /hypervisor");

    /// <summary>In the vendor's dialect a VM may be configured without a link.</summary>
    public static readonly DiagnosticRule NoResourceManagerLink = new(
        "GUN004", "no-resource-manager", Severity.Warning,
        "no node leads to the Resource Manager", "give the VM's configuration an rm-rpc device, if the VM is to talk to the Resource Manager");

    public static readonly DiagnosticRule SeveralResourceManagers = new(
        "GUN005", "several-resource-managers", Severity.Error,
        "a second node leads to the Resource Manager", "remove all but one; a guest takes the first");

    public static readonly DiagnosticRule SameCapability = new(
        "GUN006", "same-capability", Severity.Error,
        "both directions have the capability ID 0x{0:x}", "give reg the ID of the sending queue, then that of the receiving one");

    public static readonly DiagnosticRule SameInterrupt = new(
        "GUN007", "same-interrupt", Severity.Error,
        "both directions have the interrupt {0}", "give interrupts that of the sending queue, then that of the receiving one");

    public static readonly DiagnosticRule NotEdgeRising = new(
        "GUN008", "not-edge-rising", Severity.Error,
        "the {0} interrupt is {1}, not edge rising", "write 1 (IRQ_TYPE_EDGE_RISING) as its third cell");

    public static readonly DiagnosticRule UnitAddress = new(
        "GUN009", "unit-address", Severity.Error,
        "the unit address is {0}, it must be {1}: the capability ID of the {2} queue", "name the node {3}@{1}");

    public static readonly DiagnosticRule NoInterruptParent = new(
        "GUN010", "no-interrupt-parent", Severity.Error,
        "the interrupts go to no controller: {0}", "set interrupt-parent to the phandle of the GIC, here or in a node above");

    public static readonly DiagnosticRule ClaimedInterrupt = new(
        "GUN011", "claimed-interrupt", Severity.Error,
        "{0} is claimed by {1} too", "give one of the two another interrupt");

    public static readonly DiagnosticRule NotShared = new(
        "GUN012", "not-shared", Severity.Error,
        "the {0} interrupt is none that a queue can raise", "use a shared one (GIC_SPI, numbers 0 to 987)");

    public static readonly DiagnosticRule ClaimedCapability = new(
        "GUN013", "claimed-capability", Severity.Error,
        "{1} has the capability ID 0x{0:x} too", "a capability belongs to one device; correct one of the two");

    public static readonly DiagnosticRule Binding = new(
        "GUN020", "binding", Severity.Error,
        "the binding does not allow this: {0}", "see {1}");

    public static readonly DiagnosticRule VendorNode = new(
        "GUN101", "vendor-node", Severity.Warning,
        "the binding has no room for this node, which only the qcom dialect describes", "guests must not rely on it; dt-validate refuses it");

    public static readonly DiagnosticRule NoGenericString = new(
        "GUN102", "no-generic-string", Severity.Warning,
        "the list lacks gunyah-hypervisor, which secondary VMs have", "look for the Resource Manager's node instead of /hypervisor");

    public static readonly DiagnosticRule BusWithoutRanges = new(
        "GUN103", "bus-without-ranges", Severity.Warning,
        "a simple-bus needs ranges and size cells; capability IDs are no addresses", "leave simple-bus out, or expect dt-validate to complain");

    public static readonly DiagnosticRule PaddedUnitAddress = new(
        "GUN104", "padded-unit-address", Severity.Warning,
        "the unit address has leading zeros", "write {0}");

    public static readonly DiagnosticRule SecondUnitAddress = new(
        "GUN105", "second-unit-address", Severity.Warning,
        "the unit address is the second ID of reg; in every other devicetree it is the first", "find the node by compatible, not by name");

    public static readonly DiagnosticRule LabelIsNumber = new(
        "GUN106", "label-is-number", Severity.Warning,
        "label is a number; in every other devicetree it is a string", "read qcom,label instead");

    public static readonly DiagnosticRule Underscore = new(
        "GUN107", "underscore", Severity.Warning,
        "a property's name has underscores", "read the name as it is written; nothing else has it");

    /// <summary>The rules in order, one row an ID.</summary>
    public static ImmutableArray<DiagnosticRule> All { get; } =
    [
        NothingOfGunyah, OtherDialect, WrongPlace, NoResourceManager, SeveralResourceManagers, SameCapability, SameInterrupt,
        NotEdgeRising, UnitAddress, NoInterruptParent, ClaimedInterrupt, NotShared, ClaimedCapability, Binding,
        VendorNode, NoGenericString, BusWithoutRanges, PaddedUnitAddress, SecondUnitAddress, LabelIsNumber, Underscore,
    ];
}
