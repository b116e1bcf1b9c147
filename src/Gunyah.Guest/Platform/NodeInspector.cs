using System.Collections.Immutable;
using System.Globalization;
using Devicetree;
using Devicetree.Interpretation;
using Gunyah.Abi;

namespace Gunyah.Guest.Platform;

/// <summary>
/// Reads what the devices of one tree have in common (capabilities, interrupts, numbers, labels) and collects what is odd
/// about it. No tree makes it throw, and hostile ones are cut short.
/// </summary>
internal sealed class NodeInspector(Tree tree)
{
    /// <summary>A tree with more findings than this is not worth reading further.</summary>
    private const int MaxFindings = 256;

    private const int CellsPerCapability = 2;

    private readonly ImmutableArray<Finding>.Builder _findings = ImmutableArray.CreateBuilder<Finding>();
    private readonly Dictionary<CapId, string> _capabilities = [];
    private readonly Dictionary<uint, string> _interrupts = [];
    private readonly Dictionary<(string Kind, uint Label), string> _labels = [];

    public ImmutableArray<Finding> Findings => _findings.ToImmutable();

    public void Report(FindingRule rule, Node node, string message)
    {
        if (_findings.Count < MaxFindings)
            _findings.Add(new(rule, node.Path, message));
        else if (_findings.Count == MaxFindings)
            _findings.Add(new(FindingRules.TooMuch, "/", "there are more findings"));
    }

    /// <summary>The capabilities in a device's <c>reg</c>, two cells each.</summary>
    /// <returns>Exactly as many as asked for, or null (reported).</returns>
    public CapId[]? Capabilities(Node node, int count)
    {
        CheckCellCounts(node);
        Property? reg = node.Property("reg");
        if (reg is null || reg.CellCount < count * CellsPerCapability)
        {
            Report(FindingRules.ShortReg, node, $"reg has {reg?.Value.Length ?? 0} bytes, needs {count * sizeof(ulong)}; the device is left out");
            return null;
        }
        if (reg.Value.Length > count * sizeof(ulong))
            Report(FindingRules.LongReg, node, $"reg has {reg.Value.Length} bytes, needs {count * sizeof(ulong)}; the rest is ignored");

        var capabilities = new CapId[count];
        for (int i = 0; i < count; i++)
            capabilities[i] = new(((ulong)reg.Cell(CellsPerCapability * i) << 32) | reg.Cell((CellsPerCapability * i) + 1));
        CheckSharing(node, capabilities);
        return capabilities;
    }

    /// <summary>
    /// The unit address must spell one of the node's capabilities. Which one differs: the open-source Resource Manager writes
    /// TX for the primary VM and RX for the others (gunyah-rm.md 12, Q-12).
    /// </summary>
    public void CheckUnitAddress(Node node, CapId[] capabilities)
    {
        if (node.UnitAddress is not { } text)
        {
            Report(FindingRules.UnitAddress, node, "the node has a reg but no unit address");
            return;
        }
        if (!ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong number)
            || !capabilities.Contains(new CapId(number)))
            Report(FindingRules.UnitAddress, node, $"the unit address is {text}, the capability {capabilities[0]}");
    }

    /// <summary>The interrupts of a device; those that are missing or cannot be read are null (reported).</summary>
    public GuestInterrupt?[] Interrupts(Node node, int count)
    {
        var interrupts = new GuestInterrupt?[count];
        if (!InterruptReader.TryGetInterrupts(tree, node, out IReadOnlyList<InterruptSpecifier>? specifiers, out string? reason))
        {
            Report(FindingRules.UnreadableInterrupts, node, reason);
            return interrupts;
        }
        if (specifiers.Count < count)
            Report(FindingRules.MissingInterrupts, node, $"there are {specifiers.Count} interrupts, needed are {count}");
        if (specifiers.Count > count)
            Report(FindingRules.ExtraInterrupts, node, $"there are {specifiers.Count} interrupts, needed are {count}; the rest is ignored");

        for (int i = 0; i < count && i < specifiers.Count; i++)
            interrupts[i] = Decode(node, specifiers[i]);
        return interrupts;
    }

    /// <summary>A number of one cell within a range, by the first of several names.</summary>
    /// <returns>The number, or null where there is none or it is bad (reported).</returns>
    public uint? Number(Node node, uint minimum, uint maximum, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (node.Property(name) is not Property property)
                continue;
            if (property.TryGetU32(out uint value) && value >= minimum && value <= maximum)
                return value;
            Report(FindingRules.BadNumber, node, $"{name} is not one cell between {minimum} and {maximum}; it is ignored");
            return null;
        }
        return null;
    }

    /// <summary>A device's label: <c>qcom,label</c>, else <c>label</c>.</summary>
    public uint? Label(Node node, string kind)
    {
        uint? preferred = Number(node, 0, uint.MaxValue, "qcom,label");
        uint? plain = Number(node, 0, uint.MaxValue, "label");
        if ((preferred ?? plain) is not { } label)
        {
            Report(FindingRules.BadLabel, node, "there is no label");
            return null;
        }
        if (plain is not null && preferred is not null && plain != preferred)
            Report(FindingRules.BadLabel, node, $"qcom,label is {preferred}, label is {plain}; the first counts");
        if (!_labels.TryAdd((kind, label), node.Path))
            Report(FindingRules.SharedLabel, node, $"{_labels[(kind, label)]} has label {label} too");
        return label;
    }

    /// <summary>A string, or null where there is none or it is not one (reported).</summary>
    public string? Text(Node node, string name)
    {
        if (node.Property(name) is not Property property)
            return null;
        if (property.TryGetString(out string? text))
            return text;
        Report(FindingRules.BadNumber, node, $"{name} is not a string; it is ignored");
        return null;
    }

    /// <summary>A number of one or two cells.</summary>
    public ulong? WideNumber(Node node, string name)
    {
        if (node.Property(name) is not Property property)
            return null;
        if (property.TryGetU32(out uint narrow))
            return narrow;
        if (property.TryGetU64(out ulong wide))
            return wide;
        Report(FindingRules.BadNumber, node, $"{name} is neither one nor two cells; it is ignored");
        return null;
    }

    /// <summary>The node that a property refers to by phandle.</summary>
    public Node? Reference(Node node, string name)
    {
        if (node.Property(name) is not Property property)
            return null;
        Node? target = property.TryGetU32(out uint phandle) ? tree.FindByPhandle(phandle) : null;
        if (target is null)
            Report(FindingRules.BadReference, node, $"{name} refers to no node");
        return target;
    }

    private void CheckCellCounts(Node node)
    {
        if (node.Parent is not Node bus)
            return;
        uint? addressCells = AddressReader.AddressCells(bus);
        uint? sizeCells = AddressReader.SizeCells(bus);
        if (addressCells != CellsPerCapability || sizeCells != 0)
        {
            Report(
                FindingRules.CellCounts,
                node,
                $"{bus.Path} has {addressCells?.ToString(CultureInfo.InvariantCulture) ?? "unreadable"} address and "
                + $"{sizeCells?.ToString(CultureInfo.InvariantCulture) ?? "unreadable"} size cells; reg is read as capabilities nevertheless");
        }
    }

    private void CheckSharing(Node node, CapId[] capabilities)
    {
        if (capabilities.Length == 2 && capabilities[0] == capabilities[1])
            Report(FindingRules.SameCapability, node, $"both capabilities are {capabilities[0]}");
        foreach (CapId capability in capabilities)
        {
            if (!_capabilities.TryAdd(capability, node.Path) && _capabilities[capability] != node.Path)
                Report(FindingRules.SharedCapability, node, $"{_capabilities[capability]} has capability {capability} too");
        }
    }

    private GuestInterrupt? Decode(Node node, InterruptSpecifier specifier)
    {
        bool isController = specifier.Controller.Property("interrupt-controller") is not null;
        if (!isController || GuestInterrupt.Decode(specifier.Cells) is not { } interrupt)
        {
            Report(
                FindingRules.NotGic,
                node,
                $"<{string.Join(' ', specifier.Cells.Select(cell => $"0x{cell:x}"))}> is no interrupt of a GIC at {specifier.Controller.Path}");
            return null;
        }

        if (interrupt.Kind != InterruptKind.Spi)
            Report(FindingRules.NotSpi, node, $"the interrupt is {interrupt}");
        if (interrupt.Sense != InterruptSense.EdgeRising)
            Report(FindingRules.NotEdgeRising, node, $"the interrupt is {interrupt}");
        if (!_interrupts.TryAdd(interrupt.Intid, node.Path))
            Report(FindingRules.SharedInterrupt, node, $"{interrupt} belongs to {_interrupts[interrupt.Intid]} too");
        return interrupt;
    }
}
