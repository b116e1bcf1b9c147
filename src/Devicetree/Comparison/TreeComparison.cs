using Devicetree.Live;

namespace Devicetree.Comparison;

/// <summary>What came of comparing two trees.</summary>
public sealed class TreeComparison
{
    private readonly NodePairs _pairs;

    internal TreeComparison(IReadOnlyList<TreeDifference> differences, NodePairs pairs)
    {
        Differences = differences;
        _pairs = pairs;
    }

    /// <summary>
    /// The differences: of the trees as wholes, then node by node in the order of the old tree, those of a node before those
    /// below it. Nodes that are gone and nodes that are new come with those of their parents.
    /// </summary>
    public IReadOnlyList<TreeDifference> Differences { get; }

    /// <summary>True for a node, of either tree, that is in the other one as well, maybe elsewhere.</summary>
    internal bool HasPartner(LiveNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return _pairs.TryNew(node, out _) || _pairs.TryOld(node, out _);
    }
}
