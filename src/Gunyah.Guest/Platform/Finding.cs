using System.Collections.Immutable;

namespace Gunyah.Guest.Platform;

/// <summary>Something that a guest's tree can lack or have wrong; declared once, in <see cref="FindingRules"/>.</summary>
/// <param name="Id">A stable name.</param>
/// <param name="Summary">What it means.</param>
public sealed record FindingRule(string Id, string Summary);

/// <summary>One thing that is missing or odd.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Path">The node.</param>
/// <param name="Message">What exactly, and what was done about it.</param>
public sealed record Finding(FindingRule Rule, string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Rule.Id}: {Message}";
}

/// <summary>Every finding of <see cref="PlatformDiscovery"/>.</summary>
public static class FindingRules
{
    /// <summary>No node leads to the Resource Manager.</summary>
    public static readonly FindingRule NoResourceManager = new("rm-missing", "no node leads to the Resource Manager");

    /// <summary>Several nodes lead to the Resource Manager.</summary>
    public static readonly FindingRule SeveralResourceManagers = new("rm-duplicate", "several nodes lead to the Resource Manager");

    /// <summary>The Resource Manager's node is there, the hypervisor node is not.</summary>
    public static readonly FindingRule NoHypervisorNode = new("hypervisor-missing", "there is no Gunyah node at /hypervisor");

    /// <summary>The bus of Gunyah's devices does not have 2 address and 0 size cells.</summary>
    public static readonly FindingRule CellCounts = new("cell-counts", "capability IDs need 2 address cells and 0 size cells");

    /// <summary>A <c>reg</c> is missing or too short for the capabilities that the device needs.</summary>
    public static readonly FindingRule ShortReg = new("reg-short", "reg does not hold the capabilities that the device needs");

    /// <summary>A <c>reg</c> has more than the device needs.</summary>
    public static readonly FindingRule LongReg = new("reg-long", "reg holds more than the capabilities that the device needs");

    /// <summary>Both directions have one capability.</summary>
    public static readonly FindingRule SameCapability = new("tx-is-rx", "both directions have the same capability");

    /// <summary>A capability stands in several nodes.</summary>
    public static readonly FindingRule SharedCapability = new("capability-shared", "several devices have the same capability");

    /// <summary>A unit address does not spell a capability of the node.</summary>
    public static readonly FindingRule UnitAddress = new("unit-address", "the unit address is not the capability");

    /// <summary>A device lacks interrupts that it needs.</summary>
    public static readonly FindingRule MissingInterrupts = new("interrupts-missing", "the device has fewer interrupts than it needs");

    /// <summary>A device has more interrupts than it needs.</summary>
    public static readonly FindingRule ExtraInterrupts = new("interrupts-extra", "the device has more interrupts than it needs");

    /// <summary>Interrupts cannot be decoded: no parent, wrong length, wrong phandle.</summary>
    public static readonly FindingRule UnreadableInterrupts = new("interrupts-unreadable", "the interrupts cannot be decoded");

    /// <summary>An interrupt is none of a GIC.</summary>
    public static readonly FindingRule NotGic = new("interrupt-not-gic", "the interrupt is none that a GIC has");

    /// <summary>An interrupt is not edge rising.</summary>
    public static readonly FindingRule NotEdgeRising = new("interrupt-not-edge", "the interrupt is not edge rising");

    /// <summary>An interrupt is not shared.</summary>
    public static readonly FindingRule NotSpi = new("interrupt-not-spi", "Gunyah can bind only shared interrupts (SPI)");

    /// <summary>An interrupt is used twice.</summary>
    public static readonly FindingRule SharedInterrupt = new("interrupt-shared", "several devices have the same interrupt");

    /// <summary>A number cannot be read or is out of range.</summary>
    public static readonly FindingRule BadNumber = new("number-bad", "a number cannot be read or is out of range");

    /// <summary>A device has no label or two that differ.</summary>
    public static readonly FindingRule BadLabel = new("label-bad", "the device has no label, or two that differ");

    /// <summary>Several devices of a kind have one label.</summary>
    public static readonly FindingRule SharedLabel = new("label-shared", "several devices of a kind have the same label");

    /// <summary>A queue of one direction does not say which.</summary>
    public static readonly FindingRule NoDirection = new("direction-missing", "a queue needs exactly one of is-sender and is-receiver");

    /// <summary>A child of the hypervisor node is of no known kind.</summary>
    public static readonly FindingRule UnknownDevice = new("compatible-unknown", "the device is of no known kind");

    /// <summary>Nothing says who this VM is.</summary>
    public static readonly FindingRule NoVmid = new("vmid-missing", "nothing says which VM this is");

    /// <summary>The RAM cannot be read or there is none.</summary>
    public static readonly FindingRule NoMemory = new("memory-bad", "the memory banks cannot be read, or there are none");

    /// <summary>The initial RAM disk has only one end, or ends before it begins.</summary>
    public static readonly FindingRule BadInitrd = new("initrd-bad", "the initial RAM disk is not a range");

    /// <summary>Shared memory refers to nothing.</summary>
    public static readonly FindingRule BadReference = new("reference-bad", "a reference to another node leads nowhere");

    /// <summary>The tree has more Gunyah devices or findings than are looked at.</summary>
    public static readonly FindingRule TooMuch = new("too-much", "the tree has more than is looked at");

    /// <summary>The rules, in order.</summary>
    public static ImmutableArray<FindingRule> All { get; } =
    [
        NoResourceManager, SeveralResourceManagers, NoHypervisorNode, CellCounts, ShortReg, LongReg, SameCapability,
        SharedCapability, UnitAddress, MissingInterrupts, ExtraInterrupts, UnreadableInterrupts, NotGic, NotEdgeRising, NotSpi,
        SharedInterrupt, BadNumber, BadLabel, SharedLabel, NoDirection, UnknownDevice, NoVmid, NoMemory, BadInitrd,
        BadReference, TooMuch,
    ];
}
