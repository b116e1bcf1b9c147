using Devicetree;
using Devicetree.Flattened;
using Devicetree.Interpretation;
using Gunyah.Guest.VmManager;

namespace Gunyah.Guest.Tests.VmManager;

public class VmConfigurationTests
{
    [Fact]
    public void The_tree_has_what_the_real_resource_manager_was_given()
    {
        // The configuration part of the real secondary tree is the input tree's own, untouched by the Resource Manager.
        Tree real = Vectors.Tree(Vectors.Secondary);
        Tree ours = new VmConfiguration
        {
            ImageName = "probe-vm",
            BootArguments = "console=hvc0",
            VcpuCount = 2,
            Devices =
            [
                new VmDoorbellDevice(1, Spi: 0x10),
                new VmDoorbellSourceDevice(2),
                new VmQueueDevice(3, IsSender: true, 64, 4),
                new VmQueueDevice(4, IsSender: false, 128, 16),
                new VmQueuePairDevice(5),
            ],
        }.ToTree();

        foreach (string path in (string[])["/psci", "/cpus", "/intc@3fff0000", "/timer"])
            Assert.Equal(Dump(real.Find(path)!), Dump(ours.Find(path)!));
        Assert.Equal(Dump(real.Find("/gunyah-vm-config")!, depth: 0), Dump(ours.Find("/gunyah-vm-config")!, depth: 0));
        foreach (string part in (string[])["memory", "interrupts", "vcpus"])
            Assert.Equal(Dump(real.Find($"/gunyah-vm-config/{part}")!), Dump(ours.Find($"/gunyah-vm-config/{part}")!));

        (string Real, string Ours)[] devices =
            [("bell-rx", "bell-rx-1"), ("bell-tx", "bell-tx-2"), ("msgq-tx", "msgq-tx-3"), ("msgq-rx", "msgq-rx-4"),
            ("msgq-pair", "msgq-pair-5")];
        foreach ((string realName, string ourName) in devices)
        {
            Node expected = real.Find($"/gunyah-vm-config/vdevices/{realName}")!;
            Node actual = ours.Find($"/gunyah-vm-config/vdevices/{ourName}")!;
            Assert.Equal($"/hypervisor/{ourName}", Text(actual, "generate"));
            expected.RemoveProperty("generate");
            expected.RemoveProperty("push-compatible");
            actual.RemoveProperty("generate");
            Assert.Equal(Properties(expected).Order(), Properties(actual).Order());
        }
        Node link = ours.Find("/gunyah-vm-config/vdevices/rm-rpc")!;
        Assert.Equal(("rm-rpc", "/hypervisor/gunyah-resource-mgr"), (Text(link, "vdevice-type"), Text(link, "generate")));
    }

    [Fact]
    public void A_scheduled_vm_has_what_is_mandatory_for_it()
    {
        Tree tree = new VmConfiguration
        {
            ImageName = "static",
            VcpuCount = 2,
            Scheduling = new([1, 2], PriorityOffset: -2, Timeslice: 10_000),
            HasResourceManagerLink = false,
        }.ToTree();

        Node vcpus = tree.Find("/gunyah-vm-config/vcpus")!;
        Assert.Equal("static", Text(vcpus, "affinity"));
        Assert.True(vcpus.Property("affinity-map")!.TryGetCells(out uint[]? map));
        Assert.Equal([1u, 2u], map);
        Assert.Equal(unchecked((uint)-2), vcpus.Property("sched-priority")!.Cell(0));
        Assert.Equal(10_000u, vcpus.Property("sched-timeslice")!.Cell(0));
        Assert.All(tree.Find("/cpus")!.Children, cpu => Assert.NotNull(cpu.Property("cpu-idle-states")));
        Assert.Empty(tree.Find("/gunyah-vm-config/vdevices")!.Children);
    }

    [Fact]
    public void The_redistributors_lie_below_the_distributor_one_per_vcpu()
    {
        Tree tree = new VmConfiguration { ImageName = "eight", VcpuCount = 8 }.ToTree();

        Assert.True(AddressReader.TryGetRegions(tree.Find("/intc@3fff0000")!, out IReadOnlyList<AddressRegion>? regions, out _));
        Assert.Equal([new(0x3fff_0000, 0x1_0000), new(0x3fef_0000, 0x10_0000)], regions);
    }

    [Fact]
    public void The_blob_is_the_tree_and_no_base_tree_has_memory_or_a_hypervisor_node()
    {
        var configuration = new VmConfiguration { ImageName = "blob", Devices = [new VmQueuePairDevice(1)] };

        Assert.True(FdtReader.TryRead(configuration.ToBlob(), out Tree? tree, out _));

        Assert.Equal(Dump(configuration.ToTree().Root), Dump(tree.Root));
        Assert.Null(tree.Find("/hypervisor"));
        Assert.DoesNotContain(tree.Root.Children, node => node.Property("device_type") is not null);
    }

    private static string Text(Node node, string property) =>
        node.Property(property)!.TryGetString(out string? text) ? text : throw new FormatException($"{node}:{property}");

    private static IEnumerable<string> Properties(Node node) =>
        node.Properties.Select(property => $"{property.Name}={Convert.ToHexString(property.Value.Span)}");

    private static string[] Dump(Node node, int depth = int.MaxValue)
    {
        IEnumerable<string> children = depth == 0 ? [] : node.Children.SelectMany(child => Dump(child, depth - 1));
        return [.. Properties(node).Order().Select(line => $"{node.Name}:{line}"), .. children];
    }
}
