namespace Devicetree;

/// <summary>One entry of the memory reservation block: physical memory that the operating system must leave alone.</summary>
/// <param name="Address">The first byte.</param>
/// <param name="Size">The size in bytes; readers of blobs take an entry of size 0 for the end of the list.</param>
public readonly record struct MemoryReservation(ulong Address, ulong Size);

/// <summary>
/// A devicetree with all that a flattened blob can hold. Not safe for use by several threads while one of them writes.
/// </summary>
public sealed class Tree
{
    /// <summary>A tree of an empty root.</summary>
    public Tree() => Root = new Node("", null);

    /// <summary>The root node, whose name is empty.</summary>
    public Node Root { get; }

    /// <summary>The memory reservation block in order.</summary>
    public IList<MemoryReservation> Reservations { get; } = new List<MemoryReservation>();

    /// <summary>The physical ID of the boot CPU: the <c>reg</c> of its node (header field <c>boot_cpuid_phys</c>).</summary>
    public uint BootCpu { get; set; }

    /// <summary>The highest phandle in use, 0 when there is none.</summary>
    public uint HighestPhandle => Root.SelfAndDescendants().Max(node => node.Phandle) ?? 0;

    /// <summary>
    /// The node at a path whose components are full names with unit addresses. Leading, repeated and trailing slashes are
    /// ignored, so
    /// <c>/</c> and the empty path mean the root. Aliases are not resolved. Null when there is no such node.
    /// </summary>
    public Node? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Node? node = Root;
        foreach (string component in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = node.Child(component);
            if (node is null)
                return null;
        }
        return node;
    }

    /// <summary>The first node with that phandle, null when there is none. Walks the whole tree.</summary>
    public Node? FindByPhandle(uint phandle) => Root.SelfAndDescendants().FirstOrDefault(node => node.Phandle == phandle);

    /// <summary>A copy that can be changed without changing this one.</summary>
    public Tree Clone()
    {
        var copy = new Tree { BootCpu = BootCpu };
        foreach (MemoryReservation reservation in Reservations)
            copy.Reservations.Add(reservation);
        copy.Root.CopyFrom(Root);
        return copy;
    }
}
