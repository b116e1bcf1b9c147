using System.Globalization;
using Devicetree;
using Devicetree.Interpretation;
using Gunyah.Machine.Configuration;

namespace Gunyah.Machine.Platform;

/// <summary>
/// A board's devicetree as a boot loader hands it on: with the kernel's arguments, and with the processors that the VM has.
/// </summary>
internal static class BoardForKernel
{
    private const string Arguments = "bootargs";
    private const string Processors = "cpus";
    private const string Clusters = "cpu-map";

    /// <summary>Makes it.</summary>
    /// <param name="board">The tree; not changed.</param>
    /// <param name="primary">The VM, which runs a kernel.</param>
    public static Tree Make(Tree board, PrimarySettings primary)
    {
        Tree made = board.Clone();
        if (primary.Kernel?.Arguments is { } arguments)
            made.Root.GetOrAddChild("chosen").SetString(Arguments, arguments);
        if (made.Root.Child(Processors) is { } cpus && AddressReader.AddressCells(cpus) is 1 or 2)
            FitProcessors(cpus, primary.Vcpus);
        return made;
    }

    /// <summary>
    /// The vCPU of an index has the index as its affinity. Nodes that say so stay as they are; else there are as many as vCPUs,
    /// made of those that the board has.
    /// </summary>
    private static void FitProcessors(Node cpus, int count)
    {
        Node[] there = [.. cpus.Children.Where(static node => node.BaseName == "cpu")];
        bool fits = there.Length == count && there.Index().All(static cpu => AffinityOf(cpu.Item) == (ulong)cpu.Index);
        if (fits || there.Length == 0)
            return;
        foreach (Node node in there)
            cpus.RemoveChild(node.Name);
        // It names processors that may be gone.
        cpus.RemoveChild(Clusters);
        uint cells = AddressReader.AddressCells(cpus)!.Value;
        for (int index = 0; index < count; index++)
        {
            Node made = cpus.AddChild(string.Create(CultureInfo.InvariantCulture, $"cpu@{index:x}"));
            Copy(there[Math.Min(index, there.Length - 1)], made, withHandles: index < there.Length);
            made.SetCells("reg", cells == 1 ? [(uint)index] : [0, (uint)index]);
        }
    }

    private static ulong? AffinityOf(Node cpu) => cpu.Property("reg") switch
    {
        { } reg when reg.TryGetU32(out uint one) => one,
        { } reg when reg.TryGetU64(out ulong two) => two,
        _ => null,
    };

    /// <summary>Copies a node; without its handles it may stand beside the original.</summary>
    private static void Copy(Node from, Node to, bool withHandles)
    {
        foreach (Property property in from.Properties)
        {
            if (withHandles || property.Name is not ("phandle" or "linux,phandle"))
                to.Set(property.Name, property.Value);
        }

        foreach (Node child in withHandles ? from.Children : [])
            Copy(child, to.AddChild(child.Name), withHandles);
    }
}
