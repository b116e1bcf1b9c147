namespace Devicetree.Interpretation;

/// <summary>A plain tree as the search for an interrupt parent sees it.</summary>
/// <param name="find">Finds the node of a phandle.</param>
internal sealed class NodeInterrupts(Func<uint, Node?> find) : IInterruptTree<Node>
{
    /// <inheritdoc/>
    public Node? Above(Node node) => node.Parent;

    /// <inheritdoc/>
    public bool HasCells(Node node) => node.Property(PropertyNames.InterruptCells) is not null;

    /// <inheritdoc/>
    public bool TryGetPointer(Node node, out uint? phandle)
    {
        Property? pointer = node.Property(PropertyNames.InterruptParent);
        phandle = pointer is not null && pointer.TryGetU32(out uint value) ? value : null;
        return pointer is not null;
    }

    /// <inheritdoc/>
    public Node? Find(uint phandle) => find(phandle);
}
