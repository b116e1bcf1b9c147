using System.Globalization;
using Devicetree;
using Devicetree.Interpretation;
using Gunyah.Guest.Platform;
using Gunyah.Tool.Inspection;

namespace Gunyah.Tool.Checking;

/// <summary>
/// Everything that is odd about a guest's tree: what the guest itself finds, and beside that what no schema can say (which node
/// has to be where, who else claims an interrupt) and what the bindings of the dialect do not allow.
/// </summary>
internal sealed class GunyahTreeCheck
{
    private readonly Tree _tree;
    private readonly TreeFindings _findings;
    private readonly Dialect _dialect;
    private readonly Node? _hypervisor;
    private readonly IReadOnlyList<Node> _managers;

    private GunyahTreeCheck(Tree tree, GunyahNodes nodes, Dialect dialect, TreeFindings findings)
    {
        _tree = tree;
        _findings = findings;
        _dialect = dialect;
        _hypervisor = nodes.Hypervisor;
        _managers = nodes.Managers;
    }

    /// <summary>Checks a tree.</summary>
    /// <param name="tree">The tree. What has been checked may be taken out of it.</param>
    /// <param name="platform">What a guest finds in it.</param>
    /// <param name="asked">The dialect it has to be in; null when it may choose.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static void Run(Tree tree, GuestPlatform platform, Dialect? asked, TreeFindings findings)
    {
        GunyahNodes nodes = GunyahNodes.Of(tree);
        if (nodes.IsEmpty)
        {
            findings.ReportTree(GunyahRules.NothingOfGunyah);
            return;
        }
        IReadOnlyList<Dialect> written = nodes.Dialects;
        Dialect dialect = asked ?? written[0];
        // What one dialect forbids another one prescribes: of a tree in the wrong one nothing else is worth saying.
        if (written.Contains(dialect))
        {
            foreach (Finding finding in platform.Findings)
                findings.Report(finding);
            new GunyahTreeCheck(tree, nodes, dialect, findings).Check();
            BindingCheck.Run(tree, nodes.Hypervisor, dialect, findings);
        }
        else
        {
            findings.ReportNode(
                GunyahRules.OtherDialect, nodes.Hypervisor
                    ?? nodes.Managers[0], InspectionText.Word(written[0])!, InspectionText.Word(dialect)!);
        }
    }

    private void Check()
    {
        if (_hypervisor is not null && _hypervisor.Path != GunyahNodes.HypervisorPath)
            _findings.ReportNode(GunyahRules.WrongPlace, _hypervisor, "Gunyah's node", GunyahNodes.HypervisorPath);
        if (_managers.Count > 0)
            CheckManager(_managers[0]);
        if (_dialect == Dialect.Qcom)
            VendorHabits.CheckQcom(_hypervisor, _managers.Count > 0 ? _managers[0] : null, _findings);
        else
            VendorHabits.CheckVendorNodes(_hypervisor, _findings);
    }

    private void CheckManager(Node manager)
    {
        if (manager.Parent?.Path != GunyahNodes.HypervisorPath && manager.Parent != _hypervisor)
            _findings.ReportNode(GunyahRules.WrongPlace, manager, "the Resource Manager's node",
                "a child of " + GunyahNodes.HypervisorPath);
        if (ReadCapabilities(manager) is [ulong transmit, ulong receive])
            CheckUnitAddress(manager, transmit, receive);
        if (InterruptReader.TryGetInterrupts(_tree, manager, out IReadOnlyList<InterruptSpecifier>? interrupts, out _)
            && interrupts.Count == 2)
            CheckClaims(manager, manager.Property("interrupts-extended") is null ? "interrupts" : "interrupts-extended",
                interrupts);
    }

    /// <summary>The two IDs; null where there is more to say about <c>reg</c>.</summary>
    private static ulong[]? ReadCapabilities(Node node)
    {
        const int cells = 4;
        return node.Property("reg") is { } reg && reg.TryGetCells(out uint[]? words) && words.Length == cells
            ? [((ulong)words[0] << 32) | words[1], ((ulong)words[2] << 32) | words[3]]
            : null;
    }

    /// <summary>Guests take either of the two IDs; the bindings, and what Resource Managers write, name one.</summary>
    private void CheckUnitAddress(Node manager, ulong transmit, ulong receive)
    {
        if (manager.UnitAddress is not string text || _findings.Has(PlatformRules.UnitAddress, manager))
            return;
        string expected = _dialect != Dialect.Qcom ? Plain(transmit) : VendorHabits.IsSecondary(_hypervisor)
            ? Plain(receive) : Padded(transmit);
        if (text != expected)
            _findings.ReportNode(PlatformRules.UnitAddress, manager, text, expected, manager.BaseName);
    }

    private static string Plain(ulong capability) => capability.ToString("x", CultureInfo.InvariantCulture);

    private static string Padded(ulong capability) => capability.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Every other device of the tree that has one of the two interrupts at the same controller.</summary>
    private void CheckClaims(Node manager, string property, IReadOnlyList<InterruptSpecifier> own)
    {
        var map = new InterruptMap(_tree);
        foreach (Node other in _tree.Root.SelfAndDescendants())
        {
            // Another node of the Resource Manager is one fault, not two; a disabled device claims nothing.
            if (_managers.Contains(other) || IsDisabled(other) || IsConfiguration(other)
                || _findings.HasClash(PlatformRules.ClaimedInterrupt, manager, other))
                continue;
            foreach ((Node controller, ReadOnlyMemory<uint> specifier) in map.SpecifiersOf(other))
            {
                foreach (InterruptSpecifier interrupt in own)
                {
                    if (controller != interrupt.Controller || !IsSame(interrupt.Cells, specifier.Span))
                        continue;
                    string claim = other.Property("interrupts-extended") is not null ? "interrupts-extended"
                        : other.Property("interrupts") is not null ? "interrupts" : "interrupt-map";
                    _findings.ReportClash(PlatformRules.ClaimedInterrupt, manager, property, other, claim, Describe(interrupt),
                        other.Path);
                }
            }
        }
    }

    /// <summary>
    /// True below the description that a secondary VM was made from: what it asks for is what the devices have.
    /// </summary>
    private static bool IsConfiguration(Node node)
    {
        Node top = node;
        while (top.Parent is { Parent: not null } parent)
            top = parent;
        return top.Name is "gunyah-vm-config" or "qcom,vm-config";
    }

    private static bool IsDisabled(Node node) =>
        node.Property("status") is { } status && status.TryGetString(out string? text) && text == "disabled";

    /// <summary>True for one interrupt of a controller; of a GIC's cells kind and number tell, not what raises it.</summary>
    private static bool IsSame(IReadOnlyList<uint> cells, ReadOnlySpan<uint> others)
    {
        int compared = cells.Count >= 3 ? 2 : cells.Count;
        if (cells.Count != others.Length)
            return false;
        for (int i = 0; i < compared; i++)
        {
            if (cells[i] != others[i])
                return false;
        }
        return true;
    }

    private static string Describe(InterruptSpecifier interrupt) => interrupt.Cells switch
    {
        [(uint)InterruptKind.Spi, uint number, ..] => string.Create(CultureInfo.InvariantCulture, $"GIC_SPI {number}"),
        [(uint)InterruptKind.Ppi, uint number, ..] => string.Create(CultureInfo.InvariantCulture, $"GIC_PPI {number}"),
        _ => $"<{string.Join(' ', interrupt.Cells.Select(cell => cell.ToString(CultureInfo.InvariantCulture)))}>",
    };
}
