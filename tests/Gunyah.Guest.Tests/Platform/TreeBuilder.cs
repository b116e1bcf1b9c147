using Devicetree;

namespace Gunyah.Guest.Tests.Platform;

/// <summary>Small trees of Gunyah guests.</summary>
internal static class TreeBuilder
{
    /// <summary>Memory and an interrupt controller.</summary>
    public static Tree Minimal(uint interruptCells = 3)
    {
        var tree = new Tree();
        tree.Root.SetCells("#address-cells", 2);
        tree.Root.SetCells("#size-cells", 2);
        tree.Root.SetCells("interrupt-parent", 1);
        Node memory = tree.Root.AddChild("memory@40000000");
        memory.SetString("device_type", "memory");
        memory.SetU64("reg", 0x4000_0000, 0x4000_0000);
        Node gic = tree.Root.AddChild("intc@8000000");
        gic.SetString("compatible", "arm,gic-v3");
        gic.SetFlag("interrupt-controller");
        gic.SetCells("#interrupt-cells", interruptCells);
        gic.SetCells("phandle", 1);
        return tree;
    }

    public static Node AddHypervisor(Tree tree, params string[] compatible)
    {
        Node hypervisor = tree.Root.AddChild("hypervisor");
        hypervisor.SetCells("#address-cells", 2);
        hypervisor.SetCells("#size-cells", 0);
        hypervisor.SetString("compatible", compatible);
        return hypervisor;
    }

    public static Node AddPair(Node bus, string name, params string[] compatible)
    {
        Node pair = bus.AddChild(name);
        pair.SetString("compatible", compatible);
        pair.SetU64("reg", 0, 1);
        pair.SetCells("interrupts", 0, 928, 1, 0, 929, 1);
        return pair;
    }

    public static Node AddVmId(Node bus)
    {
        Node id = bus.AddChild("qcom,gunyah-vm");
        id.SetString("compatible", "qcom,gunyah-vm-id-1.0", "qcom,gunyah-vm-id");
        id.SetCells("qcom,vmid", 3);
        return id;
    }
}
