using System.Collections.Immutable;
using System.Globalization;
using Devicetree;
using Devicetree.Interpretation;
using Devicetree.Text.Diagnostics;
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
    private const string Reg = "reg";

    private readonly ImmutableArray<Finding>.Builder _findings = ImmutableArray.CreateBuilder<Finding>();
    private readonly Dictionary<CapId, string> _capabilities = [];
    private readonly Dictionary<uint, string> _interrupts = [];
    private readonly Dictionary<(string Kind, uint Label), string> _labels = [];
    private readonly HashSet<string> _buses = [];

    public ImmutableArray<Finding> Findings => _findings.ToImmutable();

    public void Report(DiagnosticRule rule, Node node, string? property, params object[] arguments) =>
        Add(new(rule, node.Path, property, arguments));

    /// <summary>Reports that two devices have what only one can have.</summary>
    private void ReportClash(DiagnosticRule rule, Node node, string property, string other, object what) =>
        Add(new(rule, node.Path, property, [what, other]) { OtherPath = other });

    private void Add(Finding finding)
    {
        if (_findings.Count < MaxFindings)
            _findings.Add(finding);
        else if (_findings.Count == MaxFindings)
            _findings.Add(new(PlatformRules.TooMuch, "/", null, [$"{MaxFindings} findings"]));
    }

    /// <summary>The capabilities in a device's <c>reg</c>, two cells each.</summary>
    /// <returns>Exactly as many as asked for, or null (reported).</returns>
    public CapId[]? Capabilities(Node node, int count)
    {
        // Where the counts are wrong, so is what follows them.
        bool isBusGood = CheckCellCounts(node);
        Property? reg = node.Property(Reg);
        if (reg is null || reg.CellCount < count * CellsPerCapability)
        {
            if (isBusGood || reg is null)
                Report(PlatformRules.ShortReg, node, Reg, reg?.Value.Length ?? 0, count * sizeof(ulong));
            return null;
        }
        if (isBusGood && reg.Value.Length > count * sizeof(ulong))
            Report(PlatformRules.LongReg, node, Reg, reg.Value.Length, count * sizeof(ulong));

        var capabilities = new CapId[count];
        for (int i = 0; i < count; i++)
            capabilities[i] = new(((ulong)reg.Cell(CellsPerCapability * i) << 32) | reg.Cell((CellsPerCapability * i) + 1));
        if (isBusGood)
            CheckSharing(node, capabilities);
        return capabilities;
    }

    /// <summary>
    /// The unit address must spell one of the node's capabilities. Which one differs: the open-source Resource Manager writes
    /// TX for the primary VM and RX for the others (gunyah-rm.md 12, Q-12).
    /// </summary>
    /// <param name="node">The device.</param>
    /// <param name="capabilities">Its capabilities.</param>
    /// <param name="isNeeded">Whether there has to be one.</param>
    public void CheckUnitAddress(Node node, CapId[] capabilities, bool isNeeded = true)
    {
        string? text = node.UnitAddress;
        if (text is null ? !isNeeded
            : ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong number)
                && capabilities.Contains(new CapId(number)))
            return;
        string expected = capabilities[0].Value.ToString("x", CultureInfo.InvariantCulture);
        Report(PlatformRules.UnitAddress, node, null, text ?? "missing", expected, node.BaseName);
    }

    /// <summary>The interrupts of a device; those that are missing or cannot be read are null (reported).</summary>
    public GuestInterrupt?[] Interrupts(Node node, int count)
    {
        var interrupts = new GuestInterrupt?[count];
        string property = node.Property("interrupts-extended") is null ? "interrupts" : "interrupts-extended";
        if (!InterruptReader.TryGetInterrupts(tree, node, out IReadOnlyList<InterruptSpecifier>? specifiers, out string? reason))
        {
            Report(PlatformRules.UnreadableInterrupts, node, property, reason);
            return interrupts;
        }
        if (specifiers.FirstOrDefault(each => each.Controller.Property(
            "interrupt-controller") is null) is { Controller: Node nobody })
        {
            Report(PlatformRules.UnreadableInterrupts, node, property, $"{nobody.Path} is not an interrupt controller");
            return interrupts;
        }
        if (specifiers.Count < count)
            Report(PlatformRules.MissingInterrupts, node, property, specifiers.Count, count);
        if (specifiers.Count > count)
            Report(PlatformRules.ExtraInterrupts, node, property, specifiers.Count, count);

        for (int i = 0; i < count && i < specifiers.Count; i++)
            interrupts[i] = Decode(node, property, specifiers[i]);
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
            Report(PlatformRules.BadValue, node, name, name, $"one cell from {minimum} to {maximum}");
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
            Report(PlatformRules.NoLabel, node, "qcom,label");
            return null;
        }
        if (plain is not null && preferred is not null && plain != preferred)
            Report(PlatformRules.TwoLabels, node, "label", preferred, plain);
        if (!_labels.TryAdd((kind, label), node.Path))
            ReportClash(PlatformRules.SharedLabel, node, preferred is null ? "label" : "qcom,label", _labels[(kind, label)],
                label);
        return label;
    }

    /// <summary>A string, or null where there is none or it is not one (reported).</summary>
    public string? Text(Node node, string name)
    {
        if (node.Property(name) is not Property property)
            return null;
        if (property.TryGetString(out string? text))
            return text;
        Report(PlatformRules.BadValue, node, name, name, "one string");
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
        Report(PlatformRules.BadValue, node, name, name, "a number of one or two cells");
        return null;
    }

    /// <summary>The node that a property refers to by phandle.</summary>
    public Node? Reference(Node node, string name)
    {
        if (node.Property(name) is not Property property)
            return null;
        Node? target = property.TryGetU32(out uint phandle) ? tree.FindByPhandle(phandle) : null;
        if (target is null)
            Report(PlatformRules.BadReference, node, name, name, "it is no node's phandle");
        return target;
    }

    /// <summary>Whether the bus of a device has the cell counts of capabilities; each bus is reported once.</summary>
    private bool CheckCellCounts(Node node)
    {
        if (node.Parent is not Node bus)
            return true;
        uint? addressCells = AddressReader.AddressCells(bus);
        uint? sizeCells = AddressReader.SizeCells(bus);
        if (addressCells == CellsPerCapability && sizeCells == 0)
            return true;
        if (_buses.Add(bus.Path))
        {
            Check("#address-cells", addressCells, CellsPerCapability);
            Check("#size-cells", sizeCells, 0);
        }
        return false;

        void Check(string name, uint? found, uint expected)
        {
            object said = bus.Property(name) is null ? "missing" : found is uint count ? count : "unreadable";
            if (found != expected)
                Report(PlatformRules.CellCounts, bus, name, name, said, expected);
        }
    }

    private void CheckSharing(Node node, CapId[] capabilities)
    {
        if (capabilities.Length == 2 && capabilities[0] == capabilities[1])
            Report(PlatformRules.SameCapability, node, Reg, capabilities[0]);
        foreach (CapId capability in capabilities)
        {
            if (!_capabilities.TryAdd(capability, node.Path) && _capabilities[capability] != node.Path)
                ReportClash(PlatformRules.ClaimedCapability, node, Reg, _capabilities[capability], capability);
        }
    }

    private GuestInterrupt? Decode(Node node, string property, InterruptSpecifier specifier)
    {
        IReadOnlyList<uint> cells = specifier.Cells;
        if (GuestInterrupt.Decode(cells) is not { } interrupt)
        {
            string text = $"<{string.Join(' ', cells.Select(cell => $"0x{cell:x}"))}>";
            // Of a good number with a sense that no GIC has, the sense is wrong.
            bool isSense = cells.Count > 2
                && GuestInterrupt.Decode([cells[0], cells[1], (uint)InterruptSense.EdgeRising]) is not null;
            Report(isSense ? PlatformRules.NotEdgeRising : PlatformRules.NotShared, node, property, text);
            return null;
        }

        if (interrupt.Kind is not (InterruptKind.Spi or InterruptKind.ExtendedSpi))
            Report(PlatformRules.NotShared, node, property, interrupt);
        if (interrupt.Sense != InterruptSense.EdgeRising)
            Report(PlatformRules.NotEdgeRising, node, property, interrupt);
        if (_interrupts.TryAdd(interrupt.Intid, node.Path))
            return interrupt;
        if (_interrupts[interrupt.Intid] == node.Path)
            Report(PlatformRules.SameInterrupt, node, property, interrupt);
        else
            ReportClash(PlatformRules.ClaimedInterrupt, node, property, _interrupts[interrupt.Intid], interrupt);
        return interrupt;
    }
}
