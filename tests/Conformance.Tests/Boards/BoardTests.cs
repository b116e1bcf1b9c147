using Conformance.Tests.Tools;
using Devicetree;
using Devicetree.Flattened;

namespace Conformance.Tests.Boards;

/// <summary>
/// <c>gunyah up --devicetree BOARD.dtb --dialect D --dump OUT</c> on real boards, held against dtc and fdtoverlay. The command
/// runs as a process, as a user runs it.
/// </summary>
public sealed class BoardTests(KernelCorpus corpus) : IClassFixture<KernelCorpus>
{
    private static readonly string[] _dialects = ["v6", "upstream", "qcom"];

    /// <summary>Boards of twelve vendors, chosen for what their interrupt controllers and memory nodes look like.</summary>
    private static readonly string[] _supported =
    [
        "qcom/sm8450-qrd",
        "qcom/sc7280-crd-r3",
        "qcom/sdm845-mtp",
        "rockchip/rk3399-rock-pi-4b", // four interrupt cells
        "mediatek/mt8183-evb", // four cells, and the root's interrupt parent is not the GIC
        "freescale/imx8mq-evk", // the root's interrupt parent is a power controller
        "freescale/fsl-ls1028a-rdb",
        "allwinner/sun50i-h6-pine-h64",
        "nvidia/tegra194-p2972-0000",
        "amlogic/meson-g12b-odroid-n2",
        "renesas/r8a77951-salvator-xs",
        "ti/k3-am642-evm",
        "marvell/armada-8040-mcbin",
        "broadcom/bcm2711-rpi-4-b",
        "xilinx/zynqmp-zcu102-rev1.0",
    ];

    private static readonly string[] _gicCompatibles =
        ["arm,gic-v3", "arm,gic-400", "arm,cortex-a15-gic", "arm,cortex-a7-gic", "arm,cortex-a9-gic", "arm,gic-v2"];

    public static TheoryData<string, string> BoardsAndDialects
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (string board in _supported)
            {
                foreach (string dialect in _dialects)
                    rows.Add(board, dialect);
            }

            return rows;
        }
    }

    [Theory, MemberData(nameof(BoardsAndDialects))]
    public void A_machine_boots_on_a_real_board_tree_and_leaves_the_board_as_it_was(string board, string dialect)
    {
        KernelCorpus.Require();
        string blob = corpus.Compile(board);
        string dump = corpus.NewDirectory($"{board}-{dialect}");

        Gunyah("up", "--devicetree", blob, "--dialect", dialect, "--dump", dump, "--messages", "16", "--seed", "1").Succeeds();

        string final = Path.Combine(dump, "primary.dtb");
        string overlay = Path.Combine(dump, "primary.dtbo");
        ExternalTool.Run("dtc", "-q", "-I", "dtb", "-O", "dts", "-o", Path.Combine(dump, "primary.dts"), final);

        Tree before = Read(blob);
        Tree after = Read(final);
        Assert.Empty(Differences(before.Root, after.Root));
        InterruptsAreRight(before, after);

        string merged = Path.Combine(dump, "merged.dtb");
        ExternalTool.Run("fdtoverlay", "-i", blob, "-o", merged, overlay);
        Assert.Equal(Describe(Read(merged)), Describe(after));
    }

    [Fact]
    public void A_board_whose_interrupt_controller_is_no_gic_is_refused_with_the_reason()
    {
        KernelCorpus.Require();
        string blob = corpus.Compile("apple/t8103-j274");

        ToolResult result = Gunyah("up", "--devicetree", blob, "--messages", "1");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("interrupt", result.StandardError, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_tree_that_already_has_a_hypervisor_node_is_refused_with_the_reason()
    {
        KernelCorpus.Require();
        string dump = corpus.NewDirectory("twice");
        Gunyah("up", "--devicetree", corpus.Compile("qcom/sdm845-mtp"), "--dump", dump, "--messages", "1").Succeeds();

        ToolResult result = Gunyah("up", "--devicetree", Path.Combine(dump, "primary.dtb"), "--messages", "1");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("/hypervisor", result.StandardError, StringComparison.Ordinal);
    }

    private static ToolResult Gunyah(params string[] arguments) =>
        ExternalTool.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "gunyah.dll"), .. arguments]);

    private static Tree Read(string path)
    {
        Assert.True(FdtReader.TryRead(File.ReadAllBytes(path), out Tree? tree, out FdtError? error), error?.ToString());
        return tree;
    }

    /// <summary>What differs between two trees outside the nodes that the Resource Manager owns.</summary>
    private static IEnumerable<string> Differences(Node before, Node after)
    {
        if (IsOwnedByResourceManager(before))
            yield break;

        foreach (Property property in before.Properties)
        {
            if (after.Property(property.Name) is not { } other)
                yield return $"{before.Path}:{property.Name} is gone";
            else if (!property.Value.Span.SequenceEqual(other.Value.Span))
                yield return $"{before.Path}:{property.Name} was changed";
        }

        foreach (Property property in after.Properties)
        {
            // A GIC that nothing referred to before may have been given a phandle.
            if (before.Property(property.Name) is null && property.Name != "phandle")
                yield return $"{before.Path}:{property.Name} is new";
        }

        foreach (Node child in before.Children)
        {
            if (after.Child(child.Name) is not { } other)
            {
                yield return $"{child.Path} is gone";
                continue;
            }

            foreach (string difference in Differences(child, other))
                yield return difference;
        }

        foreach (Node child in after.Children)
        {
            if (before.Child(child.Name) is null && child.Path != "/hypervisor" && !IsOwnedByResourceManager(child))
                yield return $"{child.Path} is new";
        }
    }

    private static bool IsOwnedByResourceManager(Node node) =>
        node.Parent is { Parent: null } && (node.Name is "chosen" or "reserved-memory" || node.BaseName == "memory");

    private static void InterruptsAreRight(Tree board, Tree after)
    {
        Node manager = after.Root.SelfAndDescendants().Single(node => node.IsCompatible("gunyah-resource-manager"));
        Node controller = InterruptParent(after, manager);
        Assert.Contains(_gicCompatibles, controller.IsCompatible);
        Assert.NotNull(controller.Property("interrupt-controller"));

        Assert.True(controller.Property("#interrupt-cells")!.TryGetU32(out uint width));
        Assert.True(manager.Property("interrupts")!.TryGetCells(out uint[]? cells));
        Assert.Equal(2 * (int)width, cells.Length);
        uint[] tx = cells[..(int)width];
        uint[] rx = cells[(int)width..];
        foreach (uint[] specifier in (uint[][])[tx, rx])
        {
            Assert.Equal(0u, specifier[0]); // SPI
            Assert.InRange(specifier[1], 0u, 987u);
            Assert.Equal(1u, specifier[2]); // edge rising
            Assert.All(specifier[3..], cell => Assert.Equal(0u, cell));
        }

        Assert.NotEqual(tx[1], rx[1]);
        HashSet<uint> taken = [.. SharedInterruptsOf(board, controller.Path)];
        Assert.DoesNotContain(tx[1], taken);
        Assert.DoesNotContain(rx[1], taken);
    }

    private static Node InterruptParent(Tree tree, Node node)
    {
        for (Node? at = node; at is not null; at = at.Parent)
        {
            if (at.Property("interrupt-parent") is { } property && property.TryGetU32(out uint phandle))
                return tree.FindByPhandle(phandle)
                    ?? throw new InvalidOperationException($"{at.Path}: interrupt-parent leads nowhere");
            if (at != node && at.Property("interrupt-controller") is not null)
                return at;
        }

        throw new InvalidOperationException($"{node.Path} has no interrupt-parent");
    }

    private static IEnumerable<uint> SharedInterruptsOf(Tree tree, string controller)
    {
        foreach (Node node in tree.Root.SelfAndDescendants())
        {
            if (node.Property("interrupts") is not { } property || !property.TryGetCells(out uint[]? cells))
                continue;
            Node parent = InterruptParent(tree, node);
            if (parent.Path != controller || !parent.Property("#interrupt-cells")!.TryGetU32(out uint width))
                continue;
            for (int at = 0; at + (int)width <= cells.Length; at += (int)width)
            {
                if (cells[at] == 0)
                    yield return cells[at + 1];
            }
        }
    }

    /// <summary>A tree as text: every node and property in order, so that two trees compare in one look.</summary>
    private static string Describe(Tree tree) =>
        string.Join('\n', tree.Root.SelfAndDescendants().SelectMany(node =>
            node.Properties.Select(property => $"{node.Path}:{property.Name}={Convert.ToHexString(property.Value.Span)}")
            .Prepend(node.Path)));
}
