namespace Devicetree.Interpretation;

/// <summary>How a search for an interrupt parent ended.</summary>
internal enum InterruptParentOutcome
{
    /// <summary>At a node with <c>#interrupt-cells</c>.</summary>
    Found,

    /// <summary>At a node whose <c>interrupt-parent</c> is not one cell.</summary>
    NotOneCell,

    /// <summary>At a node whose <c>interrupt-parent</c> is the phandle of no node.</summary>
    NoSuchPhandle,

    /// <summary>At the root.</summary>
    None,

    /// <summary>Nowhere: the nodes lead in a circle, or on for longer than any tree that is meant.</summary>
    Endless,
}

/// <summary>
/// Finds the node that interprets a node's <c>interrupts</c>: what <c>interrupt-parent</c> points to, else the parent; from there
/// on again, until a node has <c>#interrupt-cells</c>. That is how Linux searches, and for well-formed trees what the Devicetree
/// Specification 0.4, section 2.4, says about inheritance. Two others are not this one: dtc's check and dt-schema's decoding each
/// search in a way of their own, and their answers have to be the originals'.
/// </summary>
internal static class InterruptParentSearch
{
    /// <summary>How many nodes are passed: as many as readers of trees take from the root to a leaf.</summary>
    private const int LongestChain = 256;

    /// <summary>Searches.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="node">The node with the interrupts.</param>
    /// <param name="end">The interrupt parent; where the search ended when there is none.</param>
    /// <param name="phandle">The phandle that no node has, where that is the outcome.</param>
    public static InterruptParentOutcome Find<T>(IInterruptTree<T> tree, T node, out T end, out uint phandle)
        where T : class
    {
        phandle = 0;
        end = node;
        // Stays behind, twice as far each time: who meets it again runs in a circle (Brent).
        T mark = node;
        int markStep = 0;
        for (int step = 1; step <= LongestChain; step++)
        {
            T? next = tree.Above(end);
            if (tree.TryGetPointer(end, out uint? pointer))
            {
                if (pointer is null)
                    return InterruptParentOutcome.NotOneCell;
                phandle = pointer.Value;
                next = tree.Find(phandle);
                if (next is null)
                    return InterruptParentOutcome.NoSuchPhandle;
            }
            if (next is null)
                return InterruptParentOutcome.None;
            end = next;
            if (tree.HasCells(end))
                return InterruptParentOutcome.Found;
            if (ReferenceEquals(end, mark))
                return InterruptParentOutcome.Endless;
            if (step >= 2 * markStep)
                (mark, markStep) = (end, step);
        }
        return InterruptParentOutcome.Endless;
    }
}
