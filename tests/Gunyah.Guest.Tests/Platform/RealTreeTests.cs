using Devicetree;
using Devicetree.Flattened;
using Devicetree.Interpretation;
using Gunyah.Guest.Platform;

namespace Gunyah.Guest.Tests.Platform;

/// <summary>Discovery on the trees that the real Resource Manager left in memory.</summary>
public class RealTreeTests
{
    // D-19: found by the Resource Manager's compatible; the hypervisor node does not say gunyah-hypervisor.
    [Fact]
    public void The_real_primary_tree_holds_the_resource_managers_queues_and_nothing_odd()
    {
        GuestPlatform platform = PlatformDiscovery.Discover(Vectors.Tree(Vectors.Primary));

        Assert.True(platform.IsGunyahGuest);
        Assert.Equal(Dialect.Qcom, platform.Dialect);
        Assert.Equal(new GuestIdentity(Vmid: 3, Vendor: "Qualcomm"), platform.Identity);
        var expected = new MessageQueuePairNode(
            "/hypervisor/qcom,resource-manager-rpc@0000000000000000",
            Label: null,
            new(new(0), Spi(928), 240, 8),
            new(new(1), Spi(929), 240, 8),
            PeerVmid: null);
        Assert.Equal(expected, platform.ResourceManager);
        Assert.Equal("SPI 928 edge rising", platform.ResourceManager!.Transmit.Interrupt.ToString());
        Assert.Equal(960u, platform.ResourceManager.Transmit.Endpoint!.Value.Intid);
        Assert.Equal(960u, platform.FreeIrqStart);
        Assert.Equal([new AddressRegion(0x4000_0000, 0x4000_0000)], platform.Memory);
        Assert.Equal(new AddressRegion(0x4080_0000, 0xF_103F), platform.Chosen.Initrd);
        Assert.StartsWith("rw root=/dev/ram", platform.Chosen.BootArguments, StringComparison.Ordinal);
        Assert.Equal("/pl011@9000000", platform.Chosen.StandardOutput);
        Assert.Empty(platform.Findings);
        Assert.Empty(platform.MessageQueuePairs);
    }

    [Fact]
    public void The_real_secondary_tree_holds_every_device_of_its_configuration()
    {
        GuestPlatform platform = PlatformDiscovery.Discover(Vectors.Tree(Vectors.Secondary));

        Assert.Equal(Dialect.Qcom, platform.Dialect);
        Assert.Equal(new GuestIdentity(0x80, OwnerVmid: 3, "probe-vm", "Qualcomm"), platform.Identity);
        Assert.Equal("/hypervisor/qcom,resource-mgr@1", platform.ResourceManager!.Path);
        Assert.Equal(new QueueSide(new(0), Spi(0x3a0), 240, 8), platform.ResourceManager.Transmit);
        Assert.Equal(new QueueSide(new(1), Spi(0x3a1), 240, 8), platform.ResourceManager.Receive);
        Assert.Equal(0u, platform.FreeIrqStart);

        var pair = new MessageQueuePairNode(
            "/hypervisor/msgq-pair@7", 5, new(new(6), Spi(0x3a4), 240, 8), new(new(7), Spi(0x3a5), 240, 8), PeerVmid: null);
        Assert.Equal([pair], platform.MessageQueuePairs);
        MessageQueueNode[] queues =
        [
            new("/hypervisor/msgq-rx@5", 4, IsSender: false, new(new(5), Spi(0x3a3), 128, 16)),
            new("/hypervisor/msgq-tx@4", 3, IsSender: true, new(new(4), Spi(0x3a2), 64, 4)),
        ];
        Assert.Equal(queues, platform.MessageQueues);
        Assert.Equal([new DoorbellNode("/hypervisor/bell-rx@2", 1, new(2), Spi(16))], platform.Doorbells);
        Assert.Equal([new DoorbellSourceNode("/hypervisor/bell-tx@3", 2, new(3))], platform.DoorbellSources);
        Assert.Equal([new AddressRegion(0x8000_0000, 0x100_0000)], platform.Memory);
        Assert.Equal("console=hvc0", platform.Chosen.BootArguments);
        Assert.Empty(platform.Findings);
    }

    [Fact]
    public void Every_truncation_of_a_real_tree_gives_a_tree_or_an_error()
    {
        byte[] blob = Vectors.Primary;
        for (int length = 0; length < blob.Length; length++)
        {
            if (FdtReader.TryRead(blob.AsMemory(0, length), out Tree? tree, out _))
                PlatformDiscovery.Discover(tree);
        }
    }

    [Fact]
    public void Ten_thousand_mutations_of_a_real_tree_make_nothing_throw()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        byte[] original = Vectors.Primary;
        int readable = 0;
        try
        {
            for (int i = 0; i < 10_000; i++)
            {
                byte[] blob = original.AsSpan().ToArray();
                for (int changes = random.Next(1, 5); changes > 0; changes--)
                    blob[random.Next(blob.Length)] = (byte)random.Next(256);
                if (!FdtReader.TryRead(blob, out Tree? tree, out _))
                    continue;
                readable++;
                GuestPlatform platform = PlatformDiscovery.Discover(tree);
                Assert.Equal(platform.IsGunyahGuest, platform.Reason is null);
            }
        }
        catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
        {
            Assert.Fail($"seed {seed}: {e}");
        }
        Assert.NotEqual(0, readable);
    }

    internal static GuestInterrupt Spi(uint number) => new(InterruptKind.Spi, number, InterruptSense.EdgeRising);
}
