using System.Collections.Immutable;
using Devicetree;

namespace Gunyah.ResourceManager.Configuration;

/// <summary>Reads the <c>vcpus</c> child and the CPU nodes of a configuration (gunyah-rm.md 7.6).</summary>
internal static class VcpuConfigurationParser
{
    private const string Psci = "psci";
    private const string GunyahHvc = "qcom,gunyah-hvc";

    public static VcpuConfiguration Read(ConfigurationReader reader, Tree tree, Node? node)
    {
        if (node is null)
        {
            reader.Fail("the configuration has no vcpus");
            return new(VcpuAffinity.Proxy, [], 0, 0, UsesPsci: false, []);
        }

        VcpuAffinity affinity = AffinityOf(reader.OptionalString(node, "affinity"));
        string path = reader.OptionalString(node, "config") ?? "/cpus";
        ImmutableArray<CpuNode> cpus = ReadCpus(reader, tree.Find(path), path, out bool cpusUsePsci);
        bool psciNodeBefore = HasPsciNode(tree, before: node, out bool psciNode);

        if (affinity != VcpuAffinity.Proxy && (cpusUsePsci || psciNodeBefore))
        {
            reader.Require(
                cpus.All(cpu => tree.Find(cpu.Path)?.Property("cpu-idle-states") is not null),
                $"{path}: PSCI without cpu-idle-states in every CPU");
        }
        return new(
            affinity,
            affinity == VcpuAffinity.Proxy ? [] : ReadAffinityMap(reader, node, cpus.Length),
            (int)(reader.OptionalCell(node, "sched-priority") ?? 0),
            reader.OptionalCell(node, "sched-timeslice") ?? 0,
            cpusUsePsci || psciNode,
            cpus);
    }

    /// <summary>An unknown word is as good as none.</summary>
    private static VcpuAffinity AffinityOf(string? word) => word switch
    {
        "sticky" => VcpuAffinity.Sticky,
        "pinned" => VcpuAffinity.Pinned,
        "proxy" => VcpuAffinity.Proxy,
        _ => VcpuAffinity.Static,
    };

    private static ImmutableArray<uint> ReadAffinityMap(ConfigurationReader reader, Node node, int cpus)
    {
        if (node.Property("affinity-map") is { } property && property.TryGetCells(out uint[]? map) && map.Length == cpus)
            return [.. map];
        reader.Fail($"{node.Path}:affinity-map is not one cell for each of {cpus} CPUs");
        return [];
    }

    private static ImmutableArray<CpuNode> ReadCpus(ConfigurationReader reader, Node? node, string path, out bool usePsci)
    {
        usePsci = false;
        if (node is null)
        {
            reader.Fail($"there is no {path}");
            return [];
        }

        string? inherited = reader.OptionalString(node, "enable-method");
        var cpus = ImmutableArray.CreateBuilder<CpuNode>();
        bool sawFirst = false;
        foreach (Node cpu in node.Children)
        {
            if (reader.OptionalString(cpu, "device_type") != "cpu")
                continue;
            string? status = reader.OptionalString(cpu, "status");
            if (status == "fail" || status?.StartsWith("fail-", StringComparison.Ordinal) == true)
                continue;
            reader.Require(status is null or "okay" or "disabled", $"{cpu.Path}:status is unknown");

            bool isBoot = status == "okay" || (status is null && !sawFirst);
            sawFirst = true;
            string? method = reader.OptionalString(cpu, "enable-method") ?? inherited;
            if (!isBoot)
            {
                reader.Require(method is Psci or GunyahHvc,
                    $"{cpu.Path} cannot be enabled: its enable-method is neither {Psci} nor {GunyahHvc}");
                usePsci |= method == Psci;
            }
            usePsci |= cpu.Property("cpu-idle-states") is not null;
            cpus.Add(new(cpu.Path, isBoot));
        }
        reader.Require(cpus.Any(cpu => cpu.IsBoot), $"{path} has no boot CPU");
        return cpus.ToImmutable();
    }

    /// <summary>
    /// Whether some node of the tree is PSCI's. One that comes after the <c>vcpus</c> node counts for the VM but not for the
    /// test of the idle states, which the original makes while it visits that node.
    /// </summary>
    private static bool HasPsciNode(Tree tree, Node before, out bool anywhere)
    {
        bool found = false;
        bool passed = false;
        bool foundBefore = false;
        foreach (Node node in tree.Root.SelfAndDescendants())
        {
            passed |= ReferenceEquals(node, before);
            if (node.IsCompatible("arm,psci-0.2") || node.IsCompatible("arm,psci-1.0"))
            {
                found = true;
                foundBefore |= !passed;
            }
        }
        anywhere = found;
        return foundBefore;
    }
}
