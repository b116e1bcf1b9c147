using Devicetree;
using Devicetree.Text.Diagnostics;
using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Guest.Platform;

namespace Gunyah.Guest.Tests.Platform;

/// <summary>The real secondary tree (which has nothing odd), with one thing changed a case.</summary>
public class FindingTests
{
    private const string Manager = "/hypervisor/qcom,resource-mgr@1";
    private const string Pair = "/hypervisor/msgq-pair@7";
    private const string Sender = "/hypervisor/msgq-tx@4";
    private const string Bell = "/hypervisor/bell-rx@2";
    private const string Source = "/hypervisor/bell-tx@3";
    private const string VmId = "/hypervisor/qcom,gunyah-vm";

    /// <summary>A change of the tree and the finding it must lead to.</summary>
    private sealed record Case(string Name, DiagnosticRule Rule, string Path, Action<Tree> Change);

    private static readonly Case[] _cases =
    [
        new("no RM node", PlatformRules.NoResourceManagerLink, "/hypervisor", tree => Remove(tree, Manager)),
        new("no RM node where one has to be", PlatformRules.NoResourceManager, "/hypervisor", tree =>
        {
            Remove(tree, Manager);
            At(tree, "/hypervisor").SetString("compatible", "gunyah-hypervisor");
        }),
        new("two RM nodes", PlatformRules.SeveralResourceManagers, "/second", tree =>
        {
            Node second = tree.Root.AddChild("second");
            second.SetString("compatible", "gunyah-resource-manager");
        }),
        new("no hypervisor compatible", PlatformRules.NoHypervisorNode, "/hypervisor",
            tree => At(tree, "/hypervisor").RemoveProperty("compatible")),
        new("wrong #address-cells", PlatformRules.CellCounts, "/hypervisor",
            tree => At(tree, "/hypervisor").SetCells("#address-cells", 1)),
        new("no #size-cells", PlatformRules.CellCounts, "/hypervisor",
            tree => At(tree, "/hypervisor").RemoveProperty("#size-cells")),
        new("unreadable #size-cells", PlatformRules.CellCounts, "/hypervisor",
            tree => At(tree, "/hypervisor").SetString("#size-cells", "zero")),
        new("reg of three cells", PlatformRules.ShortReg, Manager, tree => At(tree, Manager).SetCells("reg", 0, 0, 0)),
        new("no reg", PlatformRules.ShortReg, Bell, tree => At(tree, Bell).RemoveProperty("reg")),
        new("reg of three capabilities", PlatformRules.LongReg, Manager, tree => At(tree, Manager).SetU64("reg", 0, 1, 2)),
        new("TX = RX", PlatformRules.SameCapability, Manager, tree => At(tree, Manager).SetU64("reg", 1, 1)),
        new("capability of another device", PlatformRules.ClaimedCapability, Manager,
            tree => At(tree, Manager).SetU64("reg", 4, 1)),
        new("unit address is no capability", PlatformRules.UnitAddress, Manager, tree => At(tree, Manager).SetU64("reg", 8, 9)),
        new("unit address is no number", PlatformRules.UnitAddress, "/hypervisor/bell@x", tree =>
        {
            Node bell = At(tree, "/hypervisor").AddChild("bell@x");
            bell.SetString("compatible", "qcom,gunyah-doorbell-source");
            bell.SetU64("reg", 77);
            bell.SetCells("label", 77);
        }),
        new("one interrupt too few", PlatformRules.MissingInterrupts, Manager,
            tree => At(tree, Manager).SetCells("interrupts", 0, 928, 1)),
        new("no interrupts", PlatformRules.MissingInterrupts, Bell, tree => At(tree, Bell).RemoveProperty("interrupts")),
        new("one interrupt too many", PlatformRules.ExtraInterrupts, Bell,
            tree => At(tree, Bell).SetCells("interrupts", 0, 5, 1, 0, 6, 1)),
        new("no interrupt-parent", PlatformRules.UnreadableInterrupts, Manager,
            tree => tree.Root.RemoveProperty("interrupt-parent")),
        new("interrupt-parent leads nowhere", PlatformRules.UnreadableInterrupts, Manager,
            tree => tree.Root.SetCells("interrupt-parent", 99)),
        new("interrupts of a half", PlatformRules.UnreadableInterrupts, Manager,
            tree => At(tree, Manager).SetCells("interrupts", 0, 928)),
        new("SPI 988", PlatformRules.NotShared, Bell, tree => At(tree, Bell).SetCells("interrupts", 0, 988, 1)),
        new("interrupt kind 4", PlatformRules.NotShared, Bell, tree => At(tree, Bell).SetCells("interrupts", 4, 5, 1)),
        new("interrupt sense 3", PlatformRules.NotEdgeRising, Bell, tree => At(tree, Bell).SetCells("interrupts", 0, 5, 3)),
        new("parent is no controller", PlatformRules.UnreadableInterrupts, Bell,
            tree => At(tree, "/intc@3fff0000").RemoveProperty("interrupt-controller")),
        new("level interrupt", PlatformRules.NotEdgeRising, Manager,
            tree => At(tree, Manager).SetCells("interrupts", 0, 928, 4, 0, 929, 1)),
        new("falling edge", PlatformRules.NotEdgeRising, Bell, tree => At(tree, Bell).SetCells("interrupts", 0, 5, 2)),
        new("PPI", PlatformRules.NotShared, Bell, tree => At(tree, Bell).SetCells("interrupts", 1, 5, 1)),
        new("interrupt of another device", PlatformRules.ClaimedInterrupt, Manager,
            tree => At(tree, Bell).SetCells("interrupts", 0, 928, 1)),
        new("one interrupt for both", PlatformRules.SameInterrupt, Manager,
            tree => At(tree, Manager).SetCells("interrupts", 0, 928, 1, 0, 928, 1)),
        new("depth 0", PlatformRules.BadValue, Pair, tree => At(tree, Pair).SetCells("qcom,tx-queue-depth", 0)),
        new("message size 1024", PlatformRules.BadValue, Sender, tree => At(tree, Sender).SetCells("tx_message_size", 1024)),
        new("message size of two cells", PlatformRules.BadValue, Pair,
            tree => At(tree, Pair).SetCells("qcom,rx-message-size", 0, 240)),
        new("VMID of two cells", PlatformRules.BadValue, VmId, tree => At(tree, VmId).SetCells("qcom,vmid", 0, 3)),
        new("image name without NUL", PlatformRules.BadValue, VmId,
            tree => At(tree, VmId).Set("qcom,image-name", "x"u8.ToArray())),
        new("no label", PlatformRules.NoLabel, Source, tree =>
        {
            At(tree, Source).RemoveProperty("label");
            At(tree, Source).RemoveProperty("qcom,label");
        }),
        new("two labels", PlatformRules.TwoLabels, Source, tree => At(tree, Source).SetCells("label", 9)),
        new("label of another queue", PlatformRules.SharedLabel, Sender, tree =>
        {
            At(tree, Sender).SetCells("label", 5);
            At(tree, Sender).SetCells("qcom,label", 5);
        }),
        new("no direction", PlatformRules.NoDirection, Sender, tree => At(tree, Sender).RemoveProperty("is-sender")),
        new("two directions", PlatformRules.NoDirection, Sender, tree => At(tree, Sender).SetFlag("is-receiver")),
        new("unknown child", PlatformRules.UnknownDevice, "/hypervisor/what", tree => At(tree, "/hypervisor").AddChild("what")),
        new("no VMID", PlatformRules.NoVmid, "/hypervisor", tree => Remove(tree, VmId)),
        new("no memory", PlatformRules.NoMemory, "/", tree => Remove(tree, "/memory")),
        new("memory of a half", PlatformRules.NoMemory, "/", tree => At(tree, "/memory").SetCells("reg", 0, 0x8000_0000, 0)),
        new("initrd without end", PlatformRules.BadInitrd, "/chosen",
            tree => At(tree, "/chosen").SetCells("linux,initrd-start", 5)),
        new("initrd ends before it starts", PlatformRules.BadInitrd, "/chosen", tree =>
        {
            At(tree, "/chosen").SetCells("linux,initrd-start", 5);
            At(tree, "/chosen").SetU64("linux,initrd-end", 4);
        }),
        new("buffer is no node", PlatformRules.BadReference, "/hypervisor/shm",
            tree => AddSharedMemory(tree).SetCells("memory-region", 99)),
        new("too many devices", PlatformRules.TooMuch, "/hypervisor/bell-100@100", tree =>
        {
            for (uint i = 1; i <= 0x100; i++)
            {
                Node bell = At(tree, "/hypervisor").AddChild($"bell-{i:x}@{i:x}");
                bell.SetString("compatible", "qcom,gunyah-doorbell-source");
                bell.SetU64("reg", 1000 + i);
                bell.SetCells("label", 1000 + i);
            }
        }),
    ];

    public static TheoryData<string> Names => [.. _cases.Select(@case => @case.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_thing_that_is_odd_is_found(string name)
    {
        Case @case = _cases.Single(@case => @case.Name == name);
        Tree tree = Vectors.Tree(Vectors.Secondary);
        @case.Change(tree);

        GuestPlatform platform = PlatformDiscovery.Discover(tree);

        Assert.True(platform.IsGunyahGuest);
        Assert.Contains(platform.Findings, finding =>
            finding.Rule == @case.Rule && (finding.Path == @case.Path || @case.Rule == PlatformRules.TooMuch));
        Assert.All(platform.Findings, finding => Assert.DoesNotContain("{", finding.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_rule_has_a_case_and_an_id_of_its_own()
    {
        Assert.Equal(
            PlatformRules.All.Select(rule => rule.Id).Order(),
            _cases.Select(@case => @case.Rule.Id).Distinct().Order());
        Assert.Equal(PlatformRules.All.Length, PlatformRules.All.Select(rule => rule.Id).Distinct().Count());
    }

    [Fact]
    public void Findings_are_bounded_and_the_rest_is_still_read()
    {
        Tree tree = Vectors.Tree(Vectors.Secondary);
        for (int i = 0; i < 1000; i++)
            At(tree, "/hypervisor").AddChild($"what-{i}");

        GuestPlatform platform = PlatformDiscovery.Discover(tree);

        Assert.Equal(257, platform.Findings.Length);
        Assert.Equal(PlatformRules.TooMuch, platform.Findings[^1].Rule);
        Assert.NotNull(platform.ResourceManager);
    }

    [Fact]
    public void Numbers_at_both_ends_of_their_ranges_are_not_odd()
    {
        foreach ((uint size, uint depth, uint vmid) in new (uint, uint, uint)[]
        {
            (1u, 1u, 0u), (MessageQueueLimits.MaxMessageSize, MessageQueueLimits.MaxDepth, ushort.MaxValue),
        })
        {
            Tree tree = Vectors.Tree(Vectors.Secondary);
            At(tree, Pair).SetCells("qcom,tx-message-size", size);
            At(tree, Pair).SetCells("qcom,rx-queue-depth", depth);
            At(tree, Pair).SetCells("qcom,peer-vmid", vmid);

            Assert.Empty(PlatformDiscovery.Discover(tree).Findings);
        }
    }

    [Fact]
    public void A_device_does_not_take_a_capability_from_itself()
    {
        Tree tree = Vectors.Tree(Vectors.Secondary);
        At(tree, Manager).SetU64("reg", 1, 1);

        Assert.Equal(PlatformRules.SameCapability, Assert.Single(PlatformDiscovery.Discover(tree).Findings).Rule);
    }

    [Fact]
    public void Shared_memory_is_reported_with_its_buffer_and_its_doorbells()
    {
        Tree tree = Vectors.Tree(Vectors.Secondary);
        Node shared = AddSharedMemory(tree);
        shared.SetCells("tx-doorbell", 0x91);
        At(tree, Source).SetCells("phandle", 0x91);
        Node alone = At(tree, "/reserved-memory").AddChild("buffer@90000000");
        alone.SetU64("reg", 0x9000_0000, 0x2000);
        alone.SetFlag("qcom,shared-memory");

        GuestPlatform platform = PlatformDiscovery.Discover(tree);

        Assert.Empty(platform.Findings);
        Assert.Equal(2, platform.SharedMemory.Length);
        SharedMemoryNode first = platform.SharedMemory[0];
        Assert.Equal(("/hypervisor/shm", 7u, 12UL, Source),
            (first.Path, first.Label, first.MemoryHandle, first.TransmitDoorbell));
        Assert.Equal([new(0x8800_0000, 0x1000)], first.Regions);
        Assert.Equal("/reserved-memory/buffer@90000000", platform.SharedMemory[1].Path);
    }

    [Fact]
    public void A_device_that_cannot_be_read_leaves_the_others_alone()
    {
        Tree tree = Vectors.Tree(Vectors.Secondary);
        At(tree, Bell).RemoveProperty("reg");
        At(tree, Manager).RemoveProperty("interrupts");

        GuestPlatform platform = PlatformDiscovery.Discover(tree);

        Assert.Empty(platform.Doorbells);
        Assert.Single(platform.MessageQueuePairs);
        Assert.Null(platform.ResourceManager!.Transmit.Interrupt);
        Assert.Null(platform.ResourceManager.Transmit.Endpoint);
        Assert.Equal(new CapId(0), platform.ResourceManager.Transmit.Capability);
    }

    private static Node AddSharedMemory(Tree tree)
    {
        Node buffer = At(tree, "/reserved-memory").AddChild("buffer@88000000");
        buffer.SetU64("reg", 0x8800_0000, 0x1000);
        buffer.SetFlag("qcom,shared-memory");
        buffer.SetCells("phandle", 0x90);
        buffer.SetCells("qcom,rm-mem-handle", 12);
        Node device = At(tree, "/hypervisor").AddChild("shm");
        device.SetString("compatible", "qcom,shared-memory");
        device.SetCells("label", 7);
        device.SetCells("memory-region", 0x90);
        return device;
    }

    private static Node At(Tree tree, string path)
    {
        Node node = tree.Root;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            node = node.Child(name) ?? throw new ArgumentException($"{path} does not exist", nameof(path));
        return node;
    }

    private static void Remove(Tree tree, string path)
    {
        Node node = At(tree, path);
        Assert.True(node.Parent!.RemoveChild(node.Name));
    }
}
