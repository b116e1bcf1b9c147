namespace Devicetree.Interpretation;

/// <summary>A tree as the search for an interrupt parent sees it.</summary>
/// <typeparam name="T">A node.</typeparam>
internal interface IInterruptTree<T>
    where T : class
{
    /// <summary>The node that holds a node; null for the root.</summary>
    T? Above(T node);

    /// <summary>Whether a node has <c>#interrupt-cells</c>.</summary>
    bool HasCells(T node);

    /// <summary>Reads <c>interrupt-parent</c> of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="phandle">The phandle; null when it is not one cell.</param>
    /// <returns>False when the node has none.</returns>
    bool TryGetPointer(T node, out uint? phandle);

    /// <summary>The node of a phandle; null when there is none.</summary>
    T? Find(uint phandle);
}
