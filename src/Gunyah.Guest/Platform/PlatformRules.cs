using System.Collections.Immutable;
using Devicetree.Text.Diagnostics;

namespace Gunyah.Guest.Platform;

/// <summary>
/// What a guest's devicetree can lack or have wrong, as <see cref="PlatformDiscovery"/> finds it. Guests read on; what they leave
/// out the messages say. <c>gunyah check</c> and <c>gunyah inspect</c> report these beside what only the bindings say. The IDs
/// are stable.
/// </summary>
internal static class PlatformRules
{
    /// <summary>No node leads to the Resource Manager, which the dialects v6 and upstream demand.</summary>
    public static readonly DiagnosticRule NoResourceManager = new(
        "GUN004", "no-resource-manager", Severity.Error,
        "no node leads to the Resource Manager", "Add the node of the Resource Manager under /hypervisor.")
    {
        Why = "The guest cannot call the Resource Manager: it cannot share memory, create VMs or learn of other VMs.",
        Example = """
            /dts-v1/;
            / {
            	hypervisor {
            		compatible = "gunyah-hypervisor-1.0", "gunyah-hypervisor";
            		#address-cells = <2>;
            		#size-cells = <0>;
            	};
            };
            """,
    };

    /// <summary>Several nodes lead to the Resource Manager.</summary>
    public static readonly DiagnosticRule SeveralResourceManagers = new(
        "GUN005", "several-resource-managers", Severity.Error,
        "a second node leads to the Resource Manager; {0} counts", "Remove all but one.")
    {
        Why = "There is one Resource Manager. A guest that takes the other node sends its requests into a queue that "
            + "nobody reads.",
        Example = """
            &{/hypervisor} {
            	gunyah-resource-mgr@d4 {
            		compatible = "gunyah-resource-manager-1-0", "gunyah-resource-manager";
            		reg = <0x0 0xd4>, <0x0 0xe5>;
            		interrupts = <0 931 1>, <0 932 1>;
            	};
            };
            """,
    };

    /// <summary>Both directions have one capability.</summary>
    public static readonly DiagnosticRule SameCapability = new(
        "GUN006", "same-capability", Severity.Error,
        "both directions have the capability ID {0}", "Give reg the ID of the sending queue, then that of the receiving one.")
    {
        Why = "A queue has one direction. With one ID for both, either sending or receiving fails.",
        Example = """
            &{/hypervisor/gunyah-resource-mgr@a1} {
            	reg = <0x0 0xa1>, <0x0 0xa1>;
            };
            """,
    };

    /// <summary>Both directions have one interrupt.</summary>
    public static readonly DiagnosticRule SameInterrupt = new(
        "GUN007", "same-interrupt", Severity.Error,
        "both directions have the interrupt {0}", "Give interrupts that of the sending queue, then that of the receiving one.")
    {
        Why = "A guest cannot tell whether it may send again or has something to receive, and waits for the wrong event.",
        Example = """
            &{/hypervisor/gunyah-resource-mgr@a1} {
            	interrupts = <0 928 1>, <0 928 1>;
            };
            """,
    };

    /// <summary>An interrupt is not edge rising.</summary>
    public static readonly DiagnosticRule NotEdgeRising = new(
        "GUN008", "not-edge-rising", Severity.Error,
        "the interrupt {0} is not edge rising", "Write 1 (IRQ_TYPE_EDGE_RISING) as its third cell.")
    {
        Why = "Gunyah raises these interrupts by edges. A guest that waits for a level misses messages, or handles one "
            + "for ever.",
        Example = """
            &{/hypervisor/gunyah-resource-mgr@a1} {
            	interrupts = <0 928 4>, <0 929 4>;
            };
            """,
    };

    /// <summary>A unit address does not spell a capability of the node, or not the right one.</summary>
    public static readonly DiagnosticRule UnitAddress = new(
        "GUN009", "unit-address", Severity.Error,
        "the unit address is {0}, not {1}: the capability ID of the device", "Name the node {2}@{1}.")
    {
        Why = "A guest or tool that finds the device by its name uses another capability than the one in 'reg'.",
        Example = """
            &{/hypervisor/gunyah-resource-mgr@a1} {
            	reg = <0x0 0xc3>, <0x0 0xd4>;
            };
            """,
    };

    /// <summary>Interrupts cannot be decoded: no controller, wrong length, wrong phandle.</summary>
    public static readonly DiagnosticRule UnreadableInterrupts = new(
        "GUN010", "no-interrupt-parent", Severity.Error,
        "the interrupts go to no controller: {0}", "Set interrupt-parent to the phandle of the GIC, here or in a node above.")
    {
        Why = "No interrupt of the device can be requested, so the guest never learns that a message has arrived.",
        Example = """
            / {
            	/delete-property/ interrupt-parent;
            };
            """,
    };

    /// <summary>An interrupt belongs to another device, too.</summary>
    public static readonly DiagnosticRule ClaimedInterrupt = new(
        "GUN011", "claimed-interrupt", Severity.Error,
        "{0} is claimed by {1}, too", "Give one of the two another interrupt.")
    {
        What = "An interrupt belongs to one device.",
        Why = "Both drivers are woken by either device, or the second one fails to request the interrupt.",
        Example = """
            &{/serial@40000000} {
            	interrupts = <0 928 4>;
            };
            """,
    };

    /// <summary>An interrupt is none that Gunyah can bind, which are the shared ones.</summary>
    public static readonly DiagnosticRule NotShared = new(
        "GUN012", "not-shared", Severity.Error,
        "{0} is not an interrupt that Gunyah can raise", "Use a shared one (GIC_SPI, numbers 0 to 987).")
    {
        What = "A device has interrupts that Gunyah can raise: shared ones.",
        Why = "Gunyah binds virtual interrupts to shared ones only, so this one never comes.",
        Example = """
            &{/hypervisor/gunyah-resource-mgr@a1} {
            	interrupts = <1 9 1>, <0 929 1>; /* 1 is GIC_PPI */
            };
            """,
    };

    /// <summary>A capability stands in several nodes.</summary>
    public static readonly DiagnosticRule ClaimedCapability = new(
        "GUN013", "claimed-capability", Severity.Error,
        "{1} has the capability ID {0}, too", "Correct one of the two; a capability belongs to one device.")
    {
        What = "A capability belongs to one device.",
        Why = "Two drivers would send and receive on one object: each takes the messages of the other.",
        Example = """
            &{/hypervisor/doorbell@c3} {
            	reg = <0x0 0xb2>;
            };
            """,
    };

    /// <summary>The Resource Manager's node is there, the hypervisor node is not, or is not Gunyah's.</summary>
    public static readonly DiagnosticRule NoHypervisorNode = new(
        "GUN030", "no-hypervisor-node", Severity.Error,
        "no node at /hypervisor says that it is Gunyah's; only the node of the Resource Manager does",
        "Give /hypervisor the strings of the dialect.")
    {
        Why = "Linux looks at /hypervisor to decide whether it runs on Gunyah, and starts no driver when that is missing.",
        Example = """
            &{/hypervisor} {
            	/delete-property/ compatible;
            };
            """,
    };

    /// <summary>The bus of Gunyah's devices does not have 2 address and 0 size cells.</summary>
    public static readonly DiagnosticRule CellCounts = new(
        "GUN031", "cell-counts", Severity.Error,
        "{0} is {1}; devices with capability IDs need {2}, and guests read them so", "Write {0} = <{2}>.")
    {
        What = "The bus of Gunyah's devices has two address cells and no size cell.",
        Why = "Capability IDs have 64 bits, and guests read two cells each: with other counts they read parts of two "
            + "IDs as one.",
        Example = """
            &{/hypervisor} {
            	#address-cells = <1>;
            };
            """,
    };

    /// <summary>A <c>reg</c> is missing or too short for the capabilities that the device needs.</summary>
    public static readonly DiagnosticRule ShortReg = new(
        "GUN032", "short-reg", Severity.Error,
        "reg has {0} bytes, the device needs {1}; guests leave the device out", "Give reg two cells for each capability ID.")
    {
        Why = "A capability is missing, and without it the device cannot be used.",
        Example = """
            &{/hypervisor/gunyah-resource-mgr@a1} {
            	reg = <0x0 0xa1>;
            };
            """,
    };

    /// <summary>A <c>reg</c> has more than the device needs.</summary>
    public static readonly DiagnosticRule LongReg = new(
        "GUN033", "long-reg", Severity.Error,
        "reg has {0} bytes, the device needs {1}; guests ignore the rest", "Remove what is behind the first {1} bytes.")
    {
        Why = "Somebody meant something by what is ignored. Often the cell counts are wrong, and then the rest is "
            + "wrong, too.",
        Example = """
            &{/hypervisor/gunyah-resource-mgr@a1} {
            	reg = <0x0 0xa1>, <0x0 0xb2>, <0x0 0xc3>;
            };
            """,
    };

    /// <summary>A device lacks interrupts that it needs.</summary>
    public static readonly DiagnosticRule MissingInterrupts = new(
        "GUN034", "missing-interrupts", Severity.Error,
        "the device has {0} interrupts and needs {1}", "Give it one interrupt for each queue or doorbell that it waits for.")
    {
        Why = "The guest never learns that it can send again or that a message has arrived, and has to poll.",
        Example = """
            &{/hypervisor/gunyah-resource-mgr@a1} {
            	interrupts = <0 928 1>;
            };
            """,
    };

    /// <summary>A device has more interrupts than it needs.</summary>
    public static readonly DiagnosticRule ExtraInterrupts = new(
        "GUN035", "extra-interrupts", Severity.Error,
        "the device has {0} interrupts and needs {1}; guests ignore the rest", "Remove the extra ones.")
    {
        Why = "Somebody meant something by what is ignored. Often '#interrupt-cells' is wrong, and then the rest is "
            + "wrong, too.",
        Example = """
            &{/hypervisor/gunyah-resource-mgr@a1} {
            	interrupts = <0 928 1>, <0 929 1>, <0 930 1>;
            };
            """,
    };

    /// <summary>A number or a string cannot be read, or a number is out of range.</summary>
    public static readonly DiagnosticRule BadValue = new(
        "GUN036", "bad-value", Severity.Error,
        "{0} is not {1}; guests ignore it", "Write {1}.")
    {
        What = "Numbers and strings of Gunyah's devices can be read and are in their ranges.",
        Why = "The device works with a default that does not suit it, or not at all.",
        Example = """
            &{/hypervisor/qcom,gunyah-vm} {
            	qcom,vmid = <0x10000>;
            };
            """,
    };

    /// <summary>A device has no label.</summary>
    public static readonly DiagnosticRule NoLabel = new(
        "GUN037", "no-label", Severity.Error,
        "the device has no label", "Give it a qcom,label, by which its driver finds it.")
    {
        Why = "A driver cannot tell this device from others of its kind, and does not use it.",
        Example = """
            &{/hypervisor/doorbell@c3} {
            	/delete-property/ qcom,label;
            };
            """,
    };

    /// <summary>A device has two labels that differ.</summary>
    public static readonly DiagnosticRule TwoLabels = new(
        "GUN038", "two-labels", Severity.Error,
        "qcom,label is {0} but label is {1}; the first counts", "Write the same number twice.")
    {
        Why = "Drivers that read the other property take this device for another one.",
        Example = """
            &{/hypervisor/doorbell@c3} {
            	qcom,label = <4>;
            	label = <5>;
            };
            """,
    };

    /// <summary>Several devices of a kind have one label.</summary>
    public static readonly DiagnosticRule SharedLabel = new(
        "GUN039", "shared-label", Severity.Error,
        "{1} has the label {0}, too", "Give each device of a kind a label of its own.")
    {
        What = "Each device of a kind has a label of its own.",
        Why = "Drivers find a device by its label and take the first one: the second one is never used.",
        Example = """
            &{/hypervisor} {
            	doorbell@d4 {
            		compatible = "qcom,gunyah-doorbell", "qcom,gunyah-capability";
            		reg = <0x0 0xd4>;
            		interrupts = <0 931 1>;
            		qcom,label = <4>; /* as doorbell@c3 has */
            	};
            };
            """,
    };

    /// <summary>A queue of one direction does not say which.</summary>
    public static readonly DiagnosticRule NoDirection = new(
        "GUN040", "no-direction", Severity.Error,
        "the queue does not have exactly one of is-sender and is-receiver; guests leave it out", "Write one of the two.")
    {
        Why = "A guest that guesses would send into a queue that it may only receive from, and every call would fail.",
        Example = """
            &{/hypervisor} {
            	message-queue@d4 {
            		compatible = "qcom,gunyah-message-queue", "qcom,gunyah-capability";
            		reg = <0x0 0xd4>;
            		interrupts = <0 931 1>;
            		qcom,label = <7>;
            	};
            };
            """,
    };

    /// <summary>A child of the hypervisor node is of no known kind.</summary>
    public static readonly DiagnosticRule UnknownDevice = new(
        "GUN041", "unknown-device", Severity.Warning,
        "the device is of no known kind", "Correct its compatible, or move the node out of /hypervisor.")
    {
        Why = "No driver of a guest uses the device.",
        Example = """
            &{/hypervisor} {
            	watchdog {
            	};
            };
            """,
    };

    /// <summary>Nothing says who this VM is, in a dialect where the tree does.</summary>
    public static readonly DiagnosticRule NoVmid = new(
        "GUN042", "no-vmid", Severity.Warning,
        "there is no qcom,vmid, which says which VM this is", "Add the node that is compatible with qcom,gunyah-vm-id-1.0.")
    {
        Why = "The guest does not know its own VMID, which it needs to share memory and to name itself to others.",
        Example = """
            &{/hypervisor} {
            	/delete-node/ qcom,gunyah-vm;
            };
            """,
    };

    /// <summary>The RAM cannot be read or there is none.</summary>
    public static readonly DiagnosticRule NoMemory = new(
        "GUN043", "no-memory", Severity.Error,
        "the memory banks cannot be read: {0}", "Add a node with device_type = \"memory\" and a reg by the root's cell counts.")
    {
        Why = "A guest without RAM does not boot, and one that reads the banks wrong uses memory that it does not have.",
        Example = """
            &{/memory@80000000} {
            	reg = <0x0 0x80000000 0x0>;
            };
            """,
    };

    /// <summary>The initial RAM disk has only one end, or ends before it begins.</summary>
    public static readonly DiagnosticRule BadInitrd = new(
        "GUN044", "bad-initrd", Severity.Warning,
        "linux,initrd-start and linux,initrd-end are not a range; guests ignore them", "Write both, the end behind the start.")
    {
        Why = "The guest boots without its initial RAM disk, and usually stops because it finds no root file system.",
        Example = """
            / {
            	chosen {
            		linux,initrd-start = <0x84000000>;
            	};
            };
            """,
    };

    /// <summary>Shared memory refers to nothing, or to no memory.</summary>
    public static readonly DiagnosticRule BadReference = new(
        "GUN045", "bad-reference", Severity.Error,
        "{0} leads to nothing that guests can use: {1}", "Correct the phandle, or the node that it leads to.")
    {
        What = "A reference to shared memory leads to memory.",
        Why = "The buffer that two VMs share is not found, so the device cannot be used.",
        Example = """
            &{/hypervisor} {
            	shm-doorbell@d4 {
            		compatible = "qcom,gunyah-shm-doorbell";
            		memory-region = <99>; /* no node has this phandle */
            	};
            };
            """,
    };

    /// <summary>The tree has more Gunyah devices or findings than are looked at.</summary>
    public static readonly DiagnosticRule TooMuch = new(
        "GUN046", "too-much", Severity.Warning,
        "the tree has more than {0}; the rest is not looked at", "Check the tree in parts.")
    {
        Why = "The limit keeps a hostile tree from filling the report. What else is wrong is not known.",
        Example = "A tree with thousands of devices below /hypervisor.",
    };

    /// <summary>No node leads to the Resource Manager in the dialect qcom, where a VM may be configured so.</summary>
    public static readonly DiagnosticRule NoResourceManagerLink = new(
        "GUN108", "no-resource-manager-link", Severity.Warning,
        "no node leads to the Resource Manager, so that this VM gets no notification and calls no service",
        "Give the VM's configuration an rm-rpc device, if the VM is to talk to the Resource Manager.")
    {
        Why = "The VM runs, but cannot share memory, create VMs or learn that others have exited.",
        Example = """
            &{/hypervisor} {
            	/delete-node/ gunyah-resource-mgr@b2;
            };
            """,
    };

    /// <summary>The rules, in the order of their IDs.</summary>
    public static ImmutableArray<DiagnosticRule> All { get; } =
    [
        NoResourceManager, SeveralResourceManagers, SameCapability, SameInterrupt, NotEdgeRising, UnitAddress,
        UnreadableInterrupts,
        ClaimedInterrupt, NotShared, ClaimedCapability, NoHypervisorNode, CellCounts, ShortReg, LongReg, MissingInterrupts,
        ExtraInterrupts, BadValue, NoLabel, TwoLabels, SharedLabel, NoDirection, UnknownDevice, NoVmid, NoMemory, BadInitrd,
        BadReference, TooMuch, NoResourceManagerLink,
    ];
}
