using System.Globalization;
using Devicetree;

namespace Gunyah.Guest.VmManager;

/// <summary>
/// Writes the devicetree that a VMM hands to the Resource Manager: a small arm64 base tree (the same platform that crosvm
/// describes) and the node <c>gunyah-vm-config</c>.
/// </summary>
internal static class VmConfigurationWriter
{
    private const ulong DistributorBase = 0x3FFF_0000;
    private const ulong DistributorSize = 0x1_0000;
    private const ulong RedistributorSize = 0x2_0000;
    private const uint GicPhandle = 1;
    private const string CpusPath = "/cpus";
    private const string DevicesPath = "/hypervisor";

    private const uint Spi = 0;
    private const uint Ppi = 1;
    private const uint EdgeRising = 1;
    private const uint LevelLow = 8;

    /// <summary>The architected timer's PPIs: secure, non-secure, virtual, hypervisor.</summary>
    private static readonly uint[] _timerPpis = [13, 14, 11, 10];

    public static Tree Write(VmConfiguration configuration)
    {
        var tree = new Tree();
        Node root = tree.Root;
        SetCellCounts(root, 2, 2);
        root.SetCells("interrupt-parent", GicPhandle);
        root.SetString("compatible", "linux,dummy-virt");
        root.AddChild("chosen").SetString("bootargs", configuration.BootArguments);
        Node psci = root.AddChild("psci");
        psci.SetString("compatible", "arm,psci-1.0", "arm,psci-0.2");
        psci.SetString("method", "hvc");
        AddCpus(root, configuration);
        Node gic = AddInterruptController(root, configuration.VcpuCount);
        AddTimer(root);
        AddConfiguration(root, configuration, gic.Path);
        return tree;
    }

    private static void AddCpus(Node root, VmConfiguration configuration)
    {
        Node cpus = root.AddChild(CpusPath[1..]);
        SetCellCounts(cpus, 1, 0);
        for (uint i = 0; i < configuration.VcpuCount; i++)
        {
            Node cpu = cpus.AddChild(string.Create(CultureInfo.InvariantCulture, $"cpu@{i:x}"));
            cpu.SetString("device_type", "cpu");
            cpu.SetString("compatible", "arm,armv8");
            cpu.SetCells("reg", i);
            cpu.SetString("enable-method", "psci");

            // The Resource Manager demands it of vCPUs with PSCI that it does not leave to the owner; empty is enough.
            if (configuration.Scheduling is not null)
                cpu.SetFlag("cpu-idle-states");
        }
    }

    private static Node AddInterruptController(Node root, int vcpus)
    {
        ulong redistributors = RedistributorSize * (ulong)vcpus;
        Node gic = root.AddChild(string.Create(CultureInfo.InvariantCulture, $"intc@{DistributorBase:x}"));
        gic.SetString("compatible", "arm,gic-v3");
        gic.SetCells("#interrupt-cells", 3);
        gic.SetFlag("interrupt-controller");
        SetCellCounts(gic, 2, 2);
        gic.SetU64("reg", DistributorBase, DistributorSize, DistributorBase - redistributors, redistributors);
        gic.SetCells("phandle", GicPhandle);
        return gic;
    }

    private static void AddTimer(Node root)
    {
        Node timer = root.AddChild("timer");
        timer.SetString("compatible", "arm,armv8-timer");
        timer.SetFlag("always-on");
        timer.SetCells("interrupts", [.. _timerPpis.SelectMany(ppi => (uint[])[Ppi, ppi, LevelLow])]);
    }

    private static void AddConfiguration(Node root, VmConfiguration configuration, string gicPath)
    {
        Node config = root.AddChild("gunyah-vm-config");
        SetCellCounts(config, 2, 2);
        config.SetString("image-name", configuration.ImageName);
        config.SetString("os-type", "linux");
        config.SetString("vm-type", "aarch64-guest");

        Node memory = config.AddChild("memory");
        SetCellCounts(memory, 2, 2);
        memory.SetU64("base-address", configuration.MemoryBase);
        config.AddChild("interrupts").SetString("config", gicPath);
        AddVcpus(config.AddChild("vcpus"), configuration.Scheduling);

        Node devices = config.AddChild("vdevices");
        devices.SetString("generate", DevicesPath);
        if (configuration.HasResourceManagerLink)
            AddDevice(devices, "rm-rpc", "rm-rpc", "gunyah-resource-mgr").SetFlag("peer-default");
        foreach (VmDevice device in configuration.Devices)
            AddDevice(devices, device);
    }

    private static void AddVcpus(Node vcpus, StaticScheduling? scheduling)
    {
        vcpus.SetString("affinity", scheduling is null ? "proxy" : "static");
        vcpus.SetString("config", CpusPath);
        if (scheduling is null)
            return;
        vcpus.SetCells("affinity-map", scheduling.AffinityMap.AsSpan());
        vcpus.SetCells("sched-priority", unchecked((uint)scheduling.PriorityOffset));
        vcpus.SetCells("sched-timeslice", scheduling.Timeslice);
    }

    private static void AddDevice(Node devices, VmDevice device)
    {
        switch (device)
        {
            case VmQueuePairDevice pair:
                SetQueue(AddPeerDevice(devices, "message-queue-pair", "msgq-pair", device.Label), pair.MessageSize, pair.Depth);
                break;
            case VmQueueDevice queue:
                Node node = AddPeerDevice(devices, "message-queue", queue.IsSender ? "msgq-tx" : "msgq-rx", device.Label);
                node.SetFlag(queue.IsSender ? "is-sender" : "is-receiver");
                SetQueue(node, queue.MessageSize, queue.Depth);
                break;
            case VmDoorbellDevice doorbell:
                Node bell = AddPeerDevice(devices, "doorbell", "bell-rx", device.Label);
                if (doorbell.SourceCanClear)
                    bell.SetFlag("source-can-clear");
                if (doorbell.Spi is { } spi)
                    bell.SetCells("interrupts", Spi, spi, EdgeRising);
                break;
            case VmDoorbellSourceDevice:
                AddPeerDevice(devices, "doorbell-source", "bell-tx", device.Label);
                break;
            default:
                throw new ArgumentException($"{device.GetType().Name} is no device that can be configured", nameof(device));
        }
    }

    private static Node AddPeerDevice(Node devices, string type, string name, uint label)
    {
        string labelled = string.Create(CultureInfo.InvariantCulture, $"{name}-{label:x}");
        Node node = AddDevice(devices, type, labelled, labelled);
        node.SetCells("label", label);
        node.SetFlag("peer-default");
        return node;
    }

    private static Node AddDevice(Node devices, string type, string name, string generated)
    {
        Node node = devices.AddChild(name);
        node.SetString("vdevice-type", type);
        node.SetString("generate", $"{DevicesPath}/{generated}");
        return node;
    }

    private static void SetQueue(Node node, uint messageSize, uint depth)
    {
        node.SetCells("message-size", messageSize);
        node.SetCells("queue-depth", depth);
    }

    private static void SetCellCounts(Node node, uint addressCells, uint sizeCells)
    {
        node.SetCells("#address-cells", addressCells);
        node.SetCells("#size-cells", sizeCells);
    }
}
