using System.Collections.Immutable;
using Devicetree.Text.Diagnostics;
using Gunyah.Guest.Platform;

namespace Gunyah.Tool.Checking;

/// <summary>
/// What <c>gunyah check</c> and <c>gunyah inspect</c> find beside what a guest meets (<see cref="PlatformRules"/>): where nodes have to be
/// (GUN001 to GUN003), what the bindings do not allow (GUN020), and what the open-source Resource Manager writes against the rules of
/// devicetrees or of the binding, which a tree passes with (GUN101 to GUN107). The IDs are stable.
/// </summary>
internal static class GunyahRules
{
    public static readonly DiagnosticRule NothingOfGunyah = new(
        "GUN001", "nothing-of-gunyah", Severity.Warning,
        "nothing in this tree is Gunyah's", "Check the tree of a VM, after the Resource Manager has written into it.")
    {
        Why = "A guest that boots with this tree does not know that it runs on Gunyah, and starts none of its drivers.",
        Example = "gunyah check board.dtb, the tree of the board and not of a VM",
    };

    public static readonly DiagnosticRule OtherDialect = new(
        "GUN002", "other-dialect", Severity.Error,
        "this tree is in the {0} dialect, not in {1}", "Give --dialect {0}, or write the strings of {1}.")
    {
        Why = "Guests look for the strings of one dialect: with those of another one they find no device.",
        Example = """
            gunyah check --dialect v6 guest.dts, where guest.dts says:
            / {
            	hypervisor {
            		compatible = "qcom,gunyah-hypervisor-1.0";
            	};
            };
            """,
    };

    public static readonly DiagnosticRule WrongPlace = new(
        "GUN003", "wrong-place", Severity.Error,
        "{0} must be {1}", "Guests look for it there; move the node.")
    {
        Why = "Drivers look for the node by its path, so the guest starts without it.",
        Example = """
            / {
            	soc {
            		hypervisor {
            			compatible = "gunyah-hypervisor";
            		};
            	};
            };
            """,
    };

    public static readonly DiagnosticRule Binding = new(
        "GUN020", "binding", Severity.Error,
        "the binding does not allow this: {0}", "See {1}.")
    {
        Why = "A tree that breaks the binding works with one version of a guest's drivers by chance and fails with the "
            + "next.",
        Example = """
            / {
            	hypervisor {
            		compatible = "gunyah-hypervisor";
            		#address-cells = <2>;
            		#size-cells = <0>;
            		colour = "red";
            	};
            };
            """,
    };

    public static readonly DiagnosticRule VendorNode = new(
        "GUN101", "vendor-node", Severity.Warning,
        "the binding has no room for this node, which only the qcom dialect describes", "Guests must not rely on it; dt-validate refuses it.")
    {
        Why = "The upstream binding and its drivers do not know the node, so a guest with a mainline kernel ignores it.",
        Example = """
            /hypervisor of a tree in the qcom dialect:
            qcom,gunyah-vm {
            	compatible = "qcom,gunyah-vm-id-1.0";
            };
            """,
    };

    public static readonly DiagnosticRule NoGenericString = new(
        "GUN102", "no-generic-string", Severity.Warning,
        "the list lacks gunyah-hypervisor, which secondary VMs have", "Look for the Resource Manager's node instead of /hypervisor.")
    {
        Why = "A guest that looks for the string finds no hypervisor in the primary VM, although it runs on Gunyah.",
        Example = """
            hypervisor {
            	compatible = "qcom,gunyah-hypervisor-1.0", "qcom,gunyah-hypervisor";
            };
            """,
    };

    public static readonly DiagnosticRule BusWithoutRanges = new(
        "GUN103", "bus-without-ranges", Severity.Warning,
        "a simple-bus needs ranges and size cells; capability IDs are no addresses", "Leave simple-bus out, or expect dt-validate to complain.")
    {
        Why = "Linux translates addresses of a simple bus by 'ranges'. Capability IDs are not addresses, and without "
            + "'ranges' no device of the bus gets one.",
        Example = """
            hypervisor {
            	compatible = "gunyah-hypervisor", "simple-bus";
            	#address-cells = <2>;
            	#size-cells = <0>;
            };
            """,
    };

    public static readonly DiagnosticRule PaddedUnitAddress = new(
        "GUN104", "padded-unit-address", Severity.Warning,
        "the unit address has leading zeros", "Write {0}.")
    {
        Why = "Paths are compared as text, so 'gunyah-rm@01' is not found as 'gunyah-rm@1'.",
        Example = """
            gunyah-resource-mgr@0000000000000001 {
            	reg = <0 1>, <0 2>;
            };
            """,
    };

    public static readonly DiagnosticRule SecondUnitAddress = new(
        "GUN105", "second-unit-address", Severity.Warning,
        "the unit address is the second ID of reg; in every other devicetree it is the first", "Find the node by compatible, not by name.")
    {
        Why = "Tools that build the name from 'reg' look for another node.",
        Example = """
            msgqueue-pair@2 {
            	reg = <0 1>, <0 2>;
            };
            """,
    };

    public static readonly DiagnosticRule LabelIsNumber = new(
        "GUN106", "label-is-number", Severity.Warning,
        "label is a number; in every other devicetree it is a string", "Read qcom,label instead.")
    {
        Why = "Code that reads the property as text prints nothing or garbage, and dt-validate refuses the type.",
        Example = """
            doorbell@1 {
            	label = <7>;
            };
            """,
    };

    public static readonly DiagnosticRule Underscore = new(
        "GUN107", "underscore", Severity.Warning,
        "a property's name has underscores", "Read the name as it is written; nothing else has it.")
    {
        Why = "Names of properties have hyphens, so a reader that was written by the rules looks for another name.",
        Example = """
            doorbell@1 {
            	peer_vmid = <3>;
            };
            """,
    };

    /// <summary>Every rule, those of guests first.</summary>
    public static ImmutableArray<DiagnosticRule> All { get; } =
    [
        .. PlatformRules.All, NothingOfGunyah, OtherDialect, WrongPlace, Binding,
        VendorNode, NoGenericString, BusWithoutRanges, PaddedUnitAddress, SecondUnitAddress, LabelIsNumber, Underscore,
    ];
}
