using System.Collections.Immutable;
using Devicetree.Text.Diagnostics;
using Gunyah.Guest.Platform;

namespace Gunyah.Tool.Checking;

/// <summary>
/// What <c>gunyah check</c> and <c>gunyah inspect</c> find beside what a guest meets (<see cref="PlatformRules"/>): where nodes
/// have to be (GUN001 to GUN003), what the bindings do not allow (GUN020), and what the open-source Resource Manager writes
/// against the rules of devicetrees or of the binding, which a tree passes with (GUN101 to GUN107). The IDs are stable.
/// </summary>
internal static class GunyahRules
{
    public static readonly DiagnosticRule NothingOfGunyah = new(
        "GUN001", "nothing-of-gunyah", Severity.Warning,
        "nothing in this tree is Gunyah's", "Check the tree of a VM, after the Resource Manager has written into it.")
    {
        Why = "A guest that boots with this tree does not know that it runs on Gunyah, and starts none of its drivers.",
        Example = """
            /dts-v1/;
            / {
            	compatible = "acme,board";
            };
            """,
    };

    public static readonly DiagnosticRule OtherDialect = new(
        "GUN002", "other-dialect", Severity.Error,
        "this tree is in the {0} dialect, not in {1}", "Give --dialect {0}, or write the strings of {1}.")
    {
        Why = "Guests look for the strings of one dialect: with those of another one they find no device.",
        Example = """
            /* gunyah check --dialect v6 */
            /dts-v1/;
            / {
            	hypervisor {
            		compatible = "qcom,gunyah-hypervisor-1.0", "qcom,gunyah-hypervisor";
            		#address-cells = <2>;
            		#size-cells = <0>;
            	};
            };
            """,
    };

    public static readonly DiagnosticRule WrongPlace = new(
        "GUN003", "wrong-place", Severity.Error,
        "{0} must be {1}", "Move the node: guests look for it there.")
    {
        What = "The nodes of Gunyah are where guests look for them.",
        Why = "Drivers look for the node by its path, so the guest starts without it.",
        Example = """
            /dts-v1/;
            / {
            	gunyah {
            		compatible = "gunyah-hypervisor-1.0", "gunyah-hypervisor";
            		#address-cells = <2>;
            		#size-cells = <0>;
            	};
            };
            """,
    };

    public static readonly DiagnosticRule Binding = new(
        "GUN020", "binding", Severity.Error,
        "not as the binding says: {0}", "See {1}.")
    {
        Why = "A tree that breaks the binding works with one version of a guest's drivers by chance and fails with the "
            + "next.",
        Example = """
            &{/hypervisor} {
            	ranges;
            };
            """,
    };

    public static readonly DiagnosticRule VendorNode = new(
        "GUN101", "vendor-node", Severity.Warning,
        "the binding has no room for this node, which only the qcom dialect describes",
        "Leave it out: guests must not rely on it, and dt-validate refuses it.")
    {
        Why = "The upstream binding and its drivers do not know the node, so a guest with a mainline kernel ignores it.",
        Example = """
            &{/hypervisor} {
            	doorbell@d4 {
            		compatible = "qcom,gunyah-doorbell", "qcom,gunyah-capability";
            		reg = <0x0 0xd4>;
            		interrupts = <0 931 1>;
            		qcom,label = <7>;
            	};
            };
            """,
    };

    public static readonly DiagnosticRule NoGenericString = new(
        "GUN102", "no-generic-string", Severity.Warning,
        "the list lacks gunyah-hypervisor, which secondary VMs have",
        "Look for the Resource Manager's node instead of /hypervisor.")
    {
        Why = "A guest that looks for the string finds no hypervisor in the primary VM, although it runs on Gunyah.",
        Example = """
            &{/hypervisor} {
            	compatible = "qcom,gunyah-hypervisor-1.0", "qcom,gunyah-hypervisor";
            };
            """,
    };

    public static readonly DiagnosticRule BusWithoutRanges = new(
        "GUN103", "bus-without-ranges", Severity.Warning,
        "a simple-bus needs ranges and size cells; capability IDs are not addresses",
        "Leave simple-bus out, or expect dt-validate to complain.")
    {
        Why = "Linux translates addresses of a simple bus by 'ranges'. Capability IDs are not addresses, and without "
            + "'ranges' no device of the bus gets one.",
        Example = """
            &{/hypervisor} {
            	compatible = "gunyah-hypervisor", "qcom,gunyah-hypervisor-1.0", "qcom,gunyah-hypervisor", "simple-bus";
            };
            """,
    };

    public static readonly DiagnosticRule PaddedUnitAddress = new(
        "GUN104", "padded-unit-address", Severity.Warning,
        "the unit address has leading zeros", "Write {0}.")
    {
        Why = "Paths are compared as text, so 'gunyah-resource-mgr@00b2' is not found as 'gunyah-resource-mgr@b2'.",
        Example = """
            &{/hypervisor} {
            	/delete-node/ gunyah-resource-mgr@b2;
            	gunyah-resource-mgr@00b2 {
            		compatible = "gunyah-resource-manager", "qcom,resource-manager-1-0", "qcom,resource-manager";
            		reg = <0x0 0xa1>, <0x0 0xb2>;
            		interrupts = <0 928 1>, <0 929 1>;
            	};
            };
            """,
    };

    public static readonly DiagnosticRule SecondUnitAddress = new(
        "GUN105", "second-unit-address", Severity.Warning,
        "the unit address is the second ID of reg; in every other devicetree it is the first",
        "Find the node by compatible, not by name.")
    {
        Why = "Tools that build the name from 'reg' look for another node.",
        Example = """
            &{/hypervisor} {
            	gunyah-resource-mgr@b2 {
            		reg = <0x0 0xa1>, <0x0 0xb2>;
            	};
            };
            """,
    };

    public static readonly DiagnosticRule LabelIsNumber = new(
        "GUN106", "label-is-number", Severity.Warning,
        "label is a number; in every other devicetree it is a string", "Read qcom,label instead.")
    {
        Why = "Code that reads the property as text prints nothing or garbage, and dt-validate refuses the type.",
        Example = """
            &{/hypervisor/doorbell@c3} {
            	label = <4>;
            };
            """,
    };

    public static readonly DiagnosticRule Underscore = new(
        "GUN107", "underscore", Severity.Warning,
        "a property's name has underscores", "Read the name as it is written; nothing else has it.")
    {
        Why = "Names of properties have hyphens, so a reader that was written by the rules looks for another name.",
        Example = """
            &{/hypervisor/doorbell@c3} {
            	tx_message_size = <240>;
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
