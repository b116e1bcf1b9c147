using Devicetree;
using Gunyah.Guest.Platform;

namespace Gunyah.Guest.Tests.Platform;

/// <summary>The six spellings of gunyah-rm.md 8.</summary>
public class DialectTests
{
    // D-20 is the first row: the binding's own example, TX before RX.
    [Theory]
    [InlineData(Dialect.V6, "gunyah-hypervisor-1.0 gunyah-hypervisor", "gunyah-resource-mgr@0",
        "gunyah-resource-manager-1-0 gunyah-resource-manager")]
    [InlineData(Dialect.Upstream, "gunyah-hypervisor", "gunyah-resource-mgr@0", "gunyah-resource-manager")]
    [InlineData(Dialect.Upstream, "gunyah-hypervisor", "gunyah-resource-mgr@0", "example,new gunyah-resource-manager")]
    [InlineData(
        Dialect.Qcom,
        "qcom,gunyah-hypervisor-1.0 qcom,gunyah-hypervisor simple-bus",
        "qcom,resource-manager-rpc@0000000000000000",
        "gunyah-resource-manager qcom,resource-manager-1-0 qcom,resource-manager")]
    [InlineData(
        Dialect.Qcom,
        "gunyah-hypervisor qcom,gunyah-hypervisor-1.0 qcom,gunyah-hypervisor simple-bus",
        "qcom,resource-mgr@1",
        "gunyah-resource-manager qcom,resource-manager qcom,resource-manager-1-0 qcom,gunyah-message-queue "
        + "qcom,gunyah-capability")]
    [InlineData(
        Dialect.Qcom,
        "qcom,gunyah-hypervisor-1.0 qcom,gunyah-hypervisor simple-bus",
        "qcom,resource-manager-rpc@0",
        "qcom,resource-manager-1-0 qcom,resource-manager")]
    [InlineData(Dialect.Qcom, "qcom,haven-hypervisor-1.0 qcom,haven-hypervisor simple-bus", "qcom,resource-manager-rpc@0",
        "qcom,resource-manager-1-0")]
    public void Each_dialect_is_recognised_with_its_queues(Dialect dialect, string hypervisor, string name, string manager)
    {
        Tree tree = TreeBuilder.Minimal();
        Node bus = TreeBuilder.AddHypervisor(tree, hypervisor.Split(' '));
        TreeBuilder.AddPair(bus, name, manager.Split(' '));
        TreeBuilder.AddVmId(bus);

        GuestPlatform platform = PlatformDiscovery.Discover(tree);

        Assert.Equal(dialect, platform.Dialect);
        Assert.Equal((0UL, 1UL), (platform.ResourceManager!.Transmit.Capability.Value,
            platform.ResourceManager.Receive.Capability.Value));
        Assert.Equal((240u, 8u), (platform.ResourceManager.Transmit.MessageSize, platform.ResourceManager.Receive.Depth));
        Assert.Equal("SPI 928 edge rising", $"{platform.ResourceManager.Transmit.Interrupt}");
        Assert.Equal("SPI 929 edge rising", $"{platform.ResourceManager.Receive.Interrupt}");
        Assert.Empty(platform.Findings);
    }

    [Theory]
    [InlineData("gunyah-hypervisor-1.0 gunyah-hypervisor", Dialect.V6)]
    [InlineData("gunyah-hypervisor", Dialect.Upstream)]
    [InlineData("gunyah-hypervisor qcom,gunyah-hypervisor-1.0 qcom,gunyah-hypervisor simple-bus", Dialect.Qcom)]
    public void Without_a_resource_manager_the_hypervisor_node_decides(string hypervisor, Dialect dialect)
    {
        Tree tree = TreeBuilder.Minimal();
        TreeBuilder.AddVmId(TreeBuilder.AddHypervisor(tree, hypervisor.Split(' ')));

        GuestPlatform platform = PlatformDiscovery.Discover(tree);

        Assert.True(platform.IsGunyahGuest);
        Assert.Equal(dialect, platform.Dialect);
        Assert.Null(platform.ResourceManager);
        Assert.Equal(
            dialect == Dialect.Qcom
                ? PlatformRules.NoResourceManagerLink : PlatformRules.NoResourceManager, Assert.Single(platform.Findings).Rule);
    }

    [Fact]
    public void A_tree_without_gunyah_says_why()
    {
        GuestPlatform bare = PlatformDiscovery.Discover(TreeBuilder.Minimal());
        Tree xen = TreeBuilder.Minimal();
        TreeBuilder.AddHypervisor(xen, "xen,xen-4.16", "xen,xen");

        Assert.False(bare.IsGunyahGuest);
        Assert.Equal("there is neither a Resource Manager node nor /hypervisor", bare.Reason);
        Assert.Equal("/hypervisor is compatible with xen,xen-4.16, xen,xen, not with Gunyah",
            PlatformDiscovery.Discover(xen).Reason);
    }

    [Fact]
    public void Interrupts_of_four_cells_and_interrupts_extended_are_decoded()
    {
        Tree tree = TreeBuilder.Minimal(interruptCells: 4);
        Node bus = TreeBuilder.AddHypervisor(tree, "gunyah-hypervisor");
        Node manager = TreeBuilder.AddPair(bus, "gunyah-resource-mgr@0", "gunyah-resource-manager");
        manager.SetCells("interrupts", 0, 928, 1, 0, 0, 929, 1, 0);
        Node bell = bus.AddChild("bell@9");
        bell.SetString("compatible", "qcom,gunyah-doorbell");
        bell.SetU64("reg", 9);
        bell.SetCells("label", 1);
        bell.SetCells("interrupts-extended", 1, 0, 5, 1, 0);

        GuestPlatform platform = PlatformDiscovery.Discover(tree);

        Assert.Equal(RealTreeTests.Spi(929), platform.ResourceManager!.Receive.Interrupt);
        Assert.Equal(RealTreeTests.Spi(5), Assert.Single(platform.Doorbells).Interrupt);
        Assert.Empty(platform.Findings);
    }
}
