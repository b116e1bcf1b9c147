using System.Globalization;
using Devicetree;
using Devicetree.Interpretation;
using Gunyah.Guest.Platform;
using Gunyah.Tool.Inspection;

namespace Gunyah.Tool.Checking;

/// <summary>Checks of a guest's tree that a schema cannot make: what must differ, what must agree, what must lead somewhere.</summary>
internal sealed class GunyahTreeCheck
{
    /// <summary>Where every dialect has Gunyah's node.</summary>
    public const string HypervisorPath = "/hypervisor";

    private readonly Tree _tree;
    private readonly TreeFindings _findings;
    private readonly Dialect _dialect;
    private readonly Node? _hypervisor;
    private readonly List<Node> _managers;

    private GunyahTreeCheck(Tree tree, GunyahNodes nodes, Dialect dialect, TreeFindings findings)
    {
        _tree = tree;
        _findings = findings;
        _dialect = dialect;
        _hypervisor = nodes.Hypervisor;
        _managers = nodes.Managers;
    }

    /// <summary>Checks a tree, by the bindings of its dialect too.</summary>
    /// <param name="tree">The tree. What has been checked may be taken out of it.</param>
    /// <param name="asked">The dialect it has to be in; null when it may choose.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <returns>The dialect whose binding the tree has to follow; null where nothing in it is Gunyah's.</returns>
    public static Dialect? Run(Tree tree, Dialect? asked, TreeFindings findings)
    {
        GunyahNodes nodes = GunyahNodes.Of(tree);
        if (nodes.IsEmpty)
        {
            findings.ReportTree(GunyahRules.NothingOfGunyah);
            return null;
        }
        IReadOnlyList<Dialect> written = nodes.Dialects;
        Dialect dialect = asked ?? written[0];
        // What one dialect forbids another one prescribes: of a tree in the wrong one nothing else is worth saying.
        if (written.Contains(dialect))
        {
            new GunyahTreeCheck(tree, nodes, dialect, findings).Check();
            BindingCheck.Run(tree, nodes.Hypervisor, dialect, findings);
        }
        else
        {
            findings.ReportNode(GunyahRules.OtherDialect, nodes.Hypervisor ?? nodes.Managers[0], InspectionText.Word(written[0])!, InspectionText.Word(dialect)!);
        }
        return dialect;
    }

    private void Check()
    {
        if (_hypervisor is not null && _hypervisor.Path != HypervisorPath)
            _findings.ReportNode(GunyahRules.WrongPlace, _hypervisor, "Gunyah's node", HypervisorPath);
        if (_managers.Count == 0)
            _findings.ReportNode(_dialect == Dialect.Qcom ? GunyahRules.NoResourceManagerLink : GunyahRules.NoResourceManager, _hypervisor!);
        foreach (Node second in _managers.Skip(1))
            _findings.ReportNode(GunyahRules.SeveralResourceManagers, second);
        if (_managers.Count > 0)
            CheckManager(_managers[0]);
        if (_dialect == Dialect.Qcom)
            VendorHabits.CheckQcom(_hypervisor, _managers.Count > 0 ? _managers[0] : null, _findings);
        else
            VendorHabits.CheckVendorNodes(_hypervisor, _findings);
    }

    private void CheckManager(Node manager)
    {
        if (manager.Parent?.Path != HypervisorPath && manager.Parent != _hypervisor)
            _findings.ReportNode(GunyahRules.WrongPlace, manager, "the Resource Manager's node", "a child of " + HypervisorPath);
        if (ReadCapabilities(manager) is [ulong transmit, ulong receive])
        {
            if (transmit == receive)
                _findings.ReportProperty(GunyahRules.SameCapability, manager, "reg", transmit);
            CheckUnitAddress(manager, transmit, receive);
            CheckOtherCapabilities(manager, transmit, receive);
        }
        CheckInterrupts(manager);
    }

    /// <summary>The two IDs; null where the schema has more to say about <c>reg</c>.</summary>
    private static ulong[]? ReadCapabilities(Node node)
    {
        const int cells = 4;
        return node.Property("reg") is { } reg && reg.TryGetCells(out uint[]? words) && words.Length == cells
            ? [((ulong)words[0] << 32) | words[1], ((ulong)words[2] << 32) | words[3]]
            : null;
    }

    private void CheckUnitAddress(Node manager, ulong transmit, ulong receive)
    {
        if (manager.UnitAddress is not string text)
        {
            // The bindings of v6 and upstream leave it open whether there is one.
            if (_dialect == Dialect.Qcom)
                Report("missing", transmit, "sending", Padded(transmit));
            return;
        }
        bool isSecondary = VendorHabits.IsSecondary(_hypervisor);
        if (_dialect == Dialect.Qcom && isSecondary)
        {
            if (text != Plain(receive))
                Report(text, receive, "receiving", Plain(receive));
        }
        else if (_dialect == Dialect.Qcom)
        {
            if (text != Padded(transmit))
                Report(text, transmit, "sending", Padded(transmit));
        }
        else if (text != Plain(transmit))
        {
            Report(text, transmit, "sending", Plain(transmit));
        }

        void Report(string found, ulong capability, string queue, string expected) =>
            _findings.ReportNode(GunyahRules.UnitAddress, manager, found, expected, queue, manager.BaseName);
    }

    private static string Plain(ulong capability) => capability.ToString("x", CultureInfo.InvariantCulture);

    private static string Padded(ulong capability) => capability.ToString("x16", CultureInfo.InvariantCulture);

    private void CheckOtherCapabilities(Node manager, ulong transmit, ulong receive)
    {
        if (_hypervisor is null)
            return;
        foreach (Node other in _hypervisor.Children)
        {
            if (other == manager || !other.IsCompatible(Compatibles.Capability) || other.Property("reg") is not { } reg)
                continue;
            if (!reg.TryGetCells(out uint[]? words))
                continue;
            for (int i = 0; i + 1 < words.Length; i += 2)
            {
                ulong capability = ((ulong)words[i] << 32) | words[i + 1];
                if (capability == transmit || capability == receive)
                    _findings.ReportClash(GunyahRules.ClaimedCapability, manager, "reg", other, "reg", capability, other.Path);
            }
        }
    }

    private void CheckInterrupts(Node manager)
    {
        if (manager.Property("interrupts") is null && manager.Property("interrupts-extended") is null)
            return; // the schema says so
        string property = manager.Property("interrupts-extended") is null ? "interrupts" : "interrupts-extended";
        if (!InterruptReader.TryGetInterrupts(_tree, manager, out IReadOnlyList<InterruptSpecifier>? interrupts, out string? reason))
        {
            _findings.ReportProperty(GunyahRules.NoInterruptParent, manager, property, reason);
            return;
        }
        if (interrupts.Select(interrupt => interrupt.Controller).FirstOrDefault(node => node.Property("interrupt-controller") is null) is Node nobody)
        {
            _findings.ReportProperty(GunyahRules.NoInterruptParent, manager, property, $"{nobody.Path} is no interrupt controller");
            return;
        }
        if (interrupts is not [InterruptSpecifier transmit, InterruptSpecifier receive])
            return; // a matter of the schema
        if (transmit.Controller == receive.Controller && IsSame(transmit.Cells, [.. receive.Cells]))
            _findings.ReportProperty(GunyahRules.SameInterrupt, manager, property, Describe(transmit));
        CheckInterrupt(manager, property, transmit, "sending");
        CheckInterrupt(manager, property, receive, "receiving");
        CheckClaims(manager, property, transmit, receive);
    }

    private void CheckInterrupt(Node manager, string property, InterruptSpecifier interrupt, string queue)
    {
        if (interrupt.Cells is not [uint kind, uint number, uint sense, ..])
            return; // the controller is none that Gunyah has; its own binding knows what its cells mean
        if (sense != (uint)InterruptSense.EdgeRising)
            _findings.ReportProperty(GunyahRules.NotEdgeRising, manager, property, queue, SenseWord(sense));
        bool isShared = GuestInterrupt.Decode([kind, number, (uint)InterruptSense.EdgeRising])
            is { Kind: InterruptKind.Spi or InterruptKind.ExtendedSpi };
        if (!isShared)
            _findings.ReportProperty(GunyahRules.NotShared, manager, property, queue);
    }

    /// <summary>Every other device of the tree that has one of the two interrupts at the same controller.</summary>
    private void CheckClaims(Node manager, string property, params ReadOnlySpan<InterruptSpecifier> own)
    {
        var map = new InterruptMap(_tree);
        foreach (Node other in _tree.Root.SelfAndDescendants())
        {
            // Another node of the Resource Manager is one mistake, not two; a disabled device claims nothing.
            if (other == manager || _managers.Contains(other) || IsDisabled(other) || IsConfiguration(other))
                continue;
            foreach ((Node controller, ReadOnlyMemory<uint> specifier) in map.SpecifiersOf(other))
            {
                foreach (InterruptSpecifier interrupt in own)
                {
                    if (controller != interrupt.Controller || !IsSame(interrupt.Cells, specifier.Span))
                        continue;
                    string claim = other.Property("interrupts-extended") is not null ? "interrupts-extended"
                        : other.Property("interrupts") is not null ? "interrupts" : "interrupt-map";
                    _findings.ReportClash(GunyahRules.ClaimedInterrupt, manager, property, other, claim, Describe(interrupt), other.Path);
                }
            }
        }
    }

    /// <summary>True below the description that a secondary VM was made from: what it asks for is what the devices have.</summary>
    private static bool IsConfiguration(Node node)
    {
        Node top = node;
        while (top.Parent is { Parent: not null } parent)
            top = parent;
        return top.Name is "gunyah-vm-config" or "qcom,vm-config";
    }

    private static bool IsDisabled(Node node) => node.Property("status") is { } status && status.TryGetString(out string? text) && text == "disabled";

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

    private static string SenseWord(uint sense) => sense switch
    {
        (uint)InterruptSense.EdgeFalling => "edge falling",
        (uint)InterruptSense.LevelHigh => "level high",
        (uint)InterruptSense.LevelLow => "level low",
        _ => string.Create(CultureInfo.InvariantCulture, $"of kind {sense}"),
    };
}
