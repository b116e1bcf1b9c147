namespace Devicetree.Comparison;

/// <summary>What counts as a difference between trees.</summary>
public sealed record TreeComparisonOptions
{
    /// <summary>
    /// Whether the numbers of phandles count. Without it a reference is what it leads to, and a cell that went from the old
    /// phandle of a node to the new one of the same node is the same where neither name nor place of its property says that it is
    /// a number.
    /// </summary>
    public bool Phandles { get; init; }

    /// <summary>Whether the order of properties, of children and of reservations counts.</summary>
    public bool Order { get; init; }

    internal static TreeComparisonOptions Default { get; } = new();
}
